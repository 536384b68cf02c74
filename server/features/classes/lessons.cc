#include "features/classes/lessons.h"

#include <algorithm>

#include "features/cases/case_file.h"
#include "features/cases/closure.h"

namespace minhu::classes {

namespace {

std::string month_of(const cases::County& county, const cases::Event& event) {
  return format_date(to_date(event.recorded_at, county.rules.zone)).substr(0, 7);
}

// An answer of an office; one that came with the answer of another case is nobody's lesson.
bool is_answer(const cases::Event& event) {
  return event.kind == cases::EventKind::answered && !event.actor.unit.empty();
}

// Do these events leave somebody whom the case accuses? Its answers are then in nobody's count: the
// number of an office would tell those it is kept from that there is such a case.
bool accuses_somebody(std::span<const cases::Event> history) {
  cases::CaseFile file;
  for (const cases::Event& event : history) cases::apply(file, event);
  return cases::names_somebody(file);
}

bool is_gone(const cases::Event& event) {
  return event.kind == cases::EventKind::held || event.kind == cases::EventKind::erased ||
         event.kind == cases::EventKind::voided;
}

class Learning final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    if (std::none_of(history.begin(), history.end(), is_answer)) return;
    const bool counts =
        std::none_of(history.begin(), history.end(), is_gone) && !accuses_somebody(history);
    const bool counted = known > 0 && !accuses_somebody(history.first(known));
    for (std::size_t at = 0; at < history.size(); ++at) {
      const cases::Event& event = history[at];
      if (!is_answer(event)) continue;
      const std::string month = month_of(county, event);
      if (!counts) {
        transaction.execute(
            "DELETE FROM class_lesson WHERE region_id = ?1 AND month = ?2 AND unit_id = ?3 "
            "AND case_id = ?4 AND seq = ?5",
            {param(county.region), std::string_view(month), param(event.actor.unit),
             param(event.case_id), event.seq});
      } else if (at >= known || !counted) {
        transaction.execute(
            "INSERT INTO class_lesson(region_id, month, unit_id, case_id, seq, others_like_it, "
            "changed_so_that) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            {param(county.region), std::string_view(month), param(event.actor.unit),
             param(event.case_id), event.seq, std::int64_t{!event.fact("others_like_it").empty()},
             std::int64_t{!event.fact("changed_so_that").empty()}});
      }
    }
  }
};

}  // namespace

std::vector<Lessons> lessons_in(Reading& reading, RegionId region, std::string_view from,
                                std::string_view to) {
  return reading.all(
      "SELECT unit_id, COUNT(*), CAST(SUM(others_like_it) AS BIGINT), "
      "CAST(SUM(changed_so_that) AS BIGINT) FROM class_lesson "
      "WHERE region_id = ?1 AND month >= ?2 AND month <= ?3 GROUP BY unit_id ORDER BY unit_id",
      {param(region), from, to}, [](const Row& row) {
        return Lessons{row.id<UnitId>(0), row.integer(1), row.integer(2), row.integer(3)};
      });
}

const cases::Derivation& learning() {
  static const Learning one;
  return one;
}

}  // namespace minhu::classes
