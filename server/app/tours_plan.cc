#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "app/commands.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "app/tours_files.h"
#include "engines/tours/plan.h"

namespace minhu::app {

int plan_tours(const PlanToursOptions& options) {
  const EndSignal end;
  const auto work = tours_work(options.work, end);
  if (!work) return refuse(work.error());
  const auto text = read_tours_file(options.problem);
  if (!text) return refuse(text.error());
  const auto problem = tours::read_problem(*text);
  if (!problem) return refuse(problem.error());
  const tours::Plan plan = tours::make_plan(*problem, *work);
  progress("");
  const catalogue::Catalogue& language = sentences().of(options.language);
  const std::string json = tours::write_plan(*problem, plan, [&](const tours::Reason& reason) {
    return language.say(reason.key, reason.facts);
  });
  std::size_t visits = 0;
  for (const tours::PlannedDay& day : plan.days) visits += day.visits.size();
  const auto line =
      fmt::format("planned {} of {} stops on {} tours, value {:g}, {} rules broken", visits,
                  problem->stops.size(), plan.days.size(), plan.value, plan.broken.size());
  if (options.out.empty()) {
    std::fputs(json.c_str(), stdout);
    std::fprintf(stderr, "%s\n", line.c_str());
    return done;
  }
  if (const auto written = write_tours_file(options.out, json); !written) {
    return refuse(written.error());
  }
  return finish(line);
}

}  // namespace minhu::app
