// What became of the cases of a class, and what those who had spoken say of it.
#include <algorithm>

#include "features/cases/edges.h"
#include "features/cases/store.h"
#include "features/classes/kept_from.h"
#include "features/classes/measuring.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

constexpr std::int64_t smallest_sample = 5;

bool says_whether_solved(cases::EventKind kind) {
  return kind == cases::EventKind::callback_done || kind == cases::EventKind::rated ||
         kind == cases::EventKind::still_solved_told ||
         kind == cases::EventKind::still_solved_called;
}

}  // namespace

bool is_open(cases::State state, bool asks_again) {
  // A merged case waits for the answer of another.
  return cases::waiting_for_us.has(state) || state == cases::State::merged || asks_again;
}

std::int64_t to_be_heard(std::int64_t members) {
  return std::min(smallest_sample, members);
}

CaseCounts count_cases(Reading& reading, const cases::Context& context, ClassId id) {
  const RegionId region = context.county.region;
  CaseCounts counts;
  reading.query(
      "SELECT COUNT(*), f.state, CASE WHEN f.asks_again_at IS NULL THEN 0 ELSE 1 END, "
      "CASE WHEN f.answered_at IS NULL THEN 0 ELSE 1 END, f.solved "
      "FROM class_member m JOIN case_file f "
      "ON f.region_id = m.region_id AND f.case_id = m.case_id "
      "WHERE m.region_id = ?1 AND m.class_id = ?2 AND f.region_id = ?1 "
      "GROUP BY 2, 3, 4, f.solved",
      {param(region), param(id)}, [&](const Row& row) {
        const auto state = cases::named<cases::State>(row.text(1));
        if (!state) throw StorageFailure("a case is in no state");
        const std::int64_t number = row.integer(0);
        counts.all += number;
        if (is_open(*state, row.integer(2) != 0)) counts.open += number;
        if (row.integer(3) != 0) counts.answered += number;
        if (row.text(4) == cases::name(cases::Solved::yes)) counts.solved += number;
        if (row.text(4) == cases::name(cases::Solved::no)) counts.not_solved += number;
      });
  for (const cases::CaseFile& hidden : members_kept_from(reading, context, id)) {
    --counts.all;
    if (is_open(hidden.state, hidden.asks_again_at.has_value())) --counts.open;
    if (hidden.answered_at) --counts.answered;
    if (hidden.solved == cases::Solved::yes) --counts.solved;
    if (hidden.solved == cases::Solved::no) --counts.not_solved;
  }
  return counts;
}

std::vector<cases::CaseId> sample_of(Reading& reading, const cases::Context& context,
                                     const ClassFile& file) {
  struct Drawn {
    Digest hash;
    cases::CaseId id;
  };
  std::vector<Drawn> all;
  for (const Member& member : file.members) {
    const auto one = cases::load_file(reading, context.county.region, member.case_id);
    if (!one || !one->answered_at) continue;
    // Under a key that lies outside the database: who knows the cases cannot tell which are drawn.
    all.push_back(
        {keyed_hash(context.keyring.token_hash,
                    {as_bytes("minhu/class-sample/v1"), file.id.bytes(), member.case_id.bytes()}),
         member.case_id});
  }
  std::sort(all.begin(), all.end(), [](const Drawn& a, const Drawn& b) { return a.hash < b.hash; });
  if (all.size() > largest_sample) all.resize(largest_sample);
  std::vector<cases::CaseId> ids;
  for (const Drawn& one : all) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

Heard heard_since(Reading& reading, const cases::County& county, const ClassFile& file) {
  Heard heard;
  if (file.treated_on.empty()) return heard;
  const Instant since = start_of_day(*parse_date(file.treated_on), county.rules.zone);
  for (const Member& member : file.members) {
    Instant at{since.unix_ms - 1};
    std::string solved;
    const auto listen = [&](Instant when, std::string_view what) {
      if (when <= at || what.empty()) return;
      at = when;
      solved = what;
    };
    for (const cases::Event& event : cases::load_events(reading, county.region, member.case_id)) {
      if (says_whether_solved(event.kind)) listen(event.recorded_at, event.fact("solved"));
    }
    for (const Asked& asked : file.asked) {
      if (asked.case_id == member.case_id) listen(asked.at, asked.solved);
    }
    if (solved == "yes") ++heard.solved;
    if (solved == "partly") ++heard.partly;
    if (solved == "no") ++heard.not_solved;
  }
  return heard;
}

}  // namespace minhu::classes
