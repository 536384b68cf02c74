// The rows of this feature: SQL and nothing else. Inner header.
#pragma once

#include <optional>
#include <string>

#include "features/cases/still_solved.h"
#include "features/rechecks/rechecks.h"

namespace minhu::rechecks {

struct OpenQuestion {
  Instant asked_at;
  cases::CaseId case_id;
  std::int64_t seq = 0;  // of the event that asked
  std::int64_t day = 28;
  UnitId unit;  // whose answer it is about
  std::string month;
};

// What became of one question.
enum class Ending : std::uint8_t { yes, partly, no, unanswered, overtaken };

cases::SolvedCase walked_to(Reading& reading, RegionId region, std::int64_t day);
void walk_on(Transaction& transaction, RegionId region, std::int64_t day,
             const cases::SolvedCase& to);

std::int64_t asked_in(Reading& reading, RegionId region, const OpenQuestion& like);
void open_question(Transaction& transaction, RegionId region, const OpenQuestion& question);
// In the order of asking, after one of them.
std::vector<OpenQuestion> open_questions(Reading& reading, RegionId region,
                                         const OpenQuestion& after, std::int64_t most);
void end_question(Transaction& transaction, RegionId region, const OpenQuestion& question,
                  Ending ending);

}  // namespace minhu::rechecks
