#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "app/commands.h"
#include "app/terminal.h"
#include "app/tours_files.h"
#include "engines/tours/benchmark.h"

namespace minhu::app {

int solve_tours(const SolveToursOptions& options) {
  const EndSignal end;
  auto work = tours_work(options.work, end);
  if (!work) return refuse(work.error());
  const auto text = read_tours_file(options.instance);
  if (!text) return refuse(text.error());
  const bool cordeau = options.instance.filename().string().starts_with("pr");
  const auto field = tours::read_benchmark(*text, cordeau ? 2 : 1, options.tours);
  if (!field) return refuse(field.error());
  work->content_with_all = true;
  const tours::Solution solution = tours::search(*field, *work);
  progress("");

  std::string json = "{\"tours\": [";
  int visits = 0;
  for (std::size_t tour = 0; tour < solution.tours.size(); ++tour) {
    json += tour == 0 ? "[" : ", [";
    for (std::size_t k = 0; k < solution.tours[tour].size(); ++k) {
      json += fmt::format("{}{}", k == 0 ? "" : ", ", solution.tours[tour][k] + 1);
      ++visits;
    }
    json += "]";
  }
  json += "]}\n";
  if (options.out.empty()) {
    std::fputs(json.c_str(), stdout);
  } else if (const auto written = write_tours_file(options.out, json); !written) {
    return refuse(written.error());
  }
  const auto line = fmt::format("score {:g}, {} of {} stops in {} tours",
                                static_cast<double>(solution.value) / tours::benchmark_value,
                                visits, field->stops, options.tours);
  if (!options.out.empty()) return finish(line);
  std::fprintf(stderr, "%s\n", line.c_str());
  return done;
}

}  // namespace minhu::app
