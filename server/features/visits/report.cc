#include "features/visits/report.h"

#include "features/cases/store.h"
#include "features/visits/store.h"

namespace minhu::visits {

Report count_report(Reading& reading, RegionId region, const Visit& visit) {
  Report report;
  for (const Group& group : visit.groups) {
    if (group.case_id.empty()) {
      if (group.state == GroupState::done) {
        ++report.heard;
        ++report.in_progress;
      }
      continue;
    }
    ++report.heard;
    const auto file = cases::load_file(reading, region, group.case_id);
    const bool known = file && !file->erased && file->state != cases::State::held;
    const bool answered_no = known && (file->outcome == cases::AnswerOutcome::explained ||
                                       file->outcome == cases::AnswerOutcome::not_supported ||
                                       file->state == cases::State::not_accepted);
    if (answered_no) {
      ++report.not_possible;
    } else if (known && file->state == cases::State::answered_on_spot) {
      ++report.solved_on_the_spot;
    } else {
      ++report.in_progress;
    }
  }
  return report;
}

Facts facts_of(const Report& report) {
  return {{"heard", std::to_string(report.heard)},
          {"solved_on_the_spot", std::to_string(report.solved_on_the_spot)},
          {"in_progress", std::to_string(report.in_progress)},
          {"not_possible", std::to_string(report.not_possible)}};
}

}  // namespace minhu::visits
