#include "features/rechecks/store.h"

#include <algorithm>

#include "features/places_and_units/places_and_units.h"

namespace minhu::rechecks {

namespace {

const Uuid no_case{};

Parameter param_or_first(cases::CaseId id) {
  return id.empty() ? Parameter(BytesView(no_case)) : param(id);
}

}  // namespace

std::vector<Sampling> sampling_of(Reading& reading, RegionId region) {
  std::vector<Sampling> all{{28, 1, 40}, {90, 5, 20}};
  reading.query("SELECT day, one_in, most_a_month FROM recheck_setting WHERE region_id = ?1",
                {param(region)}, [&](const Row& row) {
                  for (Sampling& each : all) {
                    if (each.day == row.integer(0))
                      each = {each.day, row.integer(1), row.integer(2)};
                  }
                });
  return all;
}

Outcome set_sampling(Transaction& transaction, RegionId region, const Sampling& sampling) {
  const auto sensible = [](std::int64_t number) { return number >= 1 && number <= 1000; };
  if ((sampling.day != 28 && sampling.day != 90) || !sensible(sampling.one_in) ||
      !sensible(sampling.most_a_month)) {
    return fail(FaultCode::invalid_input, "rechecks.bad_sampling");
  }
  transaction.execute(
      "INSERT INTO recheck_setting(region_id, day, one_in, most_a_month) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, day) DO UPDATE SET one_in = excluded.one_in, "
      "most_a_month = excluded.most_a_month",
      {param(region), sampling.day, sampling.one_in, sampling.most_a_month});
  return {};
}

cases::SolvedCase walked_to(Reading& reading, RegionId region, std::int64_t day) {
  return reading
      .first("SELECT solved_at, case_id FROM recheck_walk WHERE region_id = ?1 AND day = ?2",
             {param(region), day},
             [](const Row& row) {
               return cases::SolvedCase{row.instant(0), row.id<cases::CaseId>(1)};
             })
      .value_or(cases::SolvedCase{{-1}, {}});
}

void walk_on(Transaction& transaction, RegionId region, std::int64_t day,
             const cases::SolvedCase& to) {
  transaction.execute(
      "INSERT INTO recheck_walk(region_id, day, solved_at, case_id) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, day) DO UPDATE SET solved_at = excluded.solved_at, "
      "case_id = excluded.case_id",
      {param(region), day, param(to.solved_at), param(to.id)});
}

std::int64_t asked_in(Reading& reading, RegionId region, const OpenQuestion& like) {
  return reading
      .first(
          "SELECT asked FROM recheck_count WHERE region_id = ?1 AND month = ?2 AND unit_id = ?3 "
          "AND day = ?4",
          {param(region), std::string_view(like.month), param(like.unit), like.day},
          [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

void open_question(Transaction& transaction, RegionId region, const OpenQuestion& question) {
  transaction.execute(
      "INSERT INTO recheck_open(region_id, asked_at, case_id, seq, day, unit_id, month) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {param(region), param(question.asked_at), param(question.case_id), question.seq, question.day,
       param(question.unit), std::string_view(question.month)});
  transaction.execute(
      "INSERT INTO recheck_count(region_id, month, unit_id, day, asked, yes, partly, no, "
      "unanswered, overtaken) VALUES (?1, ?2, ?3, ?4, 1, 0, 0, 0, 0, 0) "
      "ON CONFLICT (region_id, month, unit_id, day) DO UPDATE SET asked = recheck_count.asked + 1",
      {param(region), std::string_view(question.month), param(question.unit), question.day});
}

std::vector<OpenQuestion> open_questions(Reading& reading, RegionId region,
                                         const OpenQuestion& after, std::int64_t most) {
  return reading.all(
      "SELECT asked_at, case_id, seq, day, unit_id, month FROM recheck_open WHERE region_id = ?1 "
      "AND (asked_at, case_id) > (?2, ?3) ORDER BY asked_at, case_id LIMIT ?4",
      {param(region), param(after.asked_at), param_or_first(after.case_id), most},
      [](const Row& row) {
        return OpenQuestion{row.instant(0), row.id<cases::CaseId>(1), row.integer(2),
                            row.integer(3), row.id<UnitId>(4),        std::string(row.text(5))};
      });
}

void end_question(Transaction& transaction, RegionId region, const OpenQuestion& question,
                  Ending ending) {
  transaction.execute(
      "DELETE FROM recheck_open WHERE region_id = ?1 AND asked_at = ?2 AND case_id = ?3",
      {param(region), param(question.asked_at), param(question.case_id)});
  const auto one_if = [&](Ending which) { return std::int64_t{ending == which}; };
  transaction.execute(
      "UPDATE recheck_count SET yes = yes + ?5, partly = partly + ?6, no = no + ?7, "
      "unanswered = unanswered + ?8, overtaken = overtaken + ?9 "
      "WHERE region_id = ?1 AND month = ?2 AND unit_id = ?3 AND day = ?4",
      {param(region), std::string_view(question.month), param(question.unit), question.day,
       one_if(Ending::yes), one_if(Ending::partly), one_if(Ending::no), one_if(Ending::unanswered),
       one_if(Ending::overtaken)});
}

std::vector<UnitCounts> counts_of(Reading& reading, RegionId region, std::string_view month) {
  auto counts = reading.all(
      "SELECT unit_id, day, asked, yes, partly, no, unanswered, overtaken FROM recheck_count "
      "WHERE region_id = ?1 AND month = ?2",
      {param(region), month}, [](const Row& row) {
        return UnitCounts{row.id<UnitId>(0), {},
                          row.integer(1),    row.integer(2),
                          row.integer(3),    row.integer(4),
                          row.integer(5),    row.integer(6),
                          row.integer(7)};
      });
  const auto units = places_and_units::all_units(reading, region);
  for (UnitCounts& each : counts) {
    const auto unit = std::find_if(units.begin(), units.end(),
                                   [&](const auto& one) { return one.id == each.unit; });
    if (unit != units.end()) each.unit_name = unit->name;
  }
  std::sort(counts.begin(), counts.end(), [](const UnitCounts& a, const UnitCounts& b) {
    return std::tie(a.unit_name, a.day) < std::tie(b.unit_name, b.day);
  });
  return counts;
}

}  // namespace minhu::rechecks
