#include "features/classes/watching.h"

#include <algorithm>
#include <map>

#include "features/classes/counting.h"
#include "features/classes/edges.h"
#include "features/classes/measuring.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

using recurrence::Period;

// One count for each whole month since the class was verified, all places together.
std::vector<recurrence::Now> counts_since(Reading& reading, const cases::Context& context,
                                          const Matching& matching, const ClassFile& file,
                                          const std::string& from) {
  const std::int64_t first = recurrence::period_of(*parse_date(from + "-01"), Period::month);
  const std::int64_t running = month_of(context.county, context.now);
  std::map<std::int64_t, std::int64_t> by_month;
  for (std::int64_t month = first; month < running; ++month) by_month[month] = 0;
  if (by_month.empty()) return {};
  for (const Arrival& one :
       arrivals_of(reading, context.county, matching, file, start_of_month(context.county, first),
                   start_of_month(context.county, running))) {
    ++by_month[month_of(context.county, one.received_at)];
  }
  std::vector<recurrence::Now> counts;
  for (const auto& [month, number] : by_month) counts.push_back({month, number, 1});
  return counts;
}

// The facts of a relapse, or nothing.
std::optional<Facts> relapse_of(Reading& reading, const cases::Context& context,
                                const Matching& matching, const ClassFile& file) {
  const auto watch = watched(file);
  if (!watch) return std::nullopt;
  const auto counts = counts_since(reading, context, matching, file, watch->from);
  if (counts.empty()) return std::nullopt;
  const auto looked = recurrence::look(watch->rule, counts);
  // Counts of this house, one for each month: the engine has nothing to refuse.
  MINHU_ASSERT(looked.has_value());
  if (!looked->relapsed_in) return std::nullopt;
  const auto seen =
      std::find_if(looked->periods.begin(), looked->periods.end(),
                   [&](const auto& one) { return one.now.period == *looked->relapsed_in; });
  MINHU_ASSERT(seen != looked->periods.end());
  return Facts{{"month", month_name(seen->now.period)},
               {"cases", std::to_string(seen->now.cases)},
               {"sentence", json_of(looked->sentence)}};
}

struct Finding {
  ClassId id;
  std::int64_t seq = 0;  // as it was when it was looked at
  std::optional<Facts> relapse;
  bool to_be_watched = false;
};

Finding look_at(Reading& reading, const cases::Context& context, const Matching& matching,
                ClassId id) {
  const auto file = load_class(reading, context.county.region, id);
  MINHU_ASSERT(file.has_value());
  return {id, file->step_seq, relapse_of(reading, context, matching, *file),
          file->state == State::closed};
}

// Whether it was written: somebody may have taken a step meanwhile.
bool write_down(Database& database, const cases::Context& context, const Finding& finding) {
  const EventKind kind = finding.relapse ? EventKind::relapsed : EventKind::watched;
  bool written = false;
  const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
    const RegionId region = context.county.region;
    auto file = load_class(transaction, region, finding.id);
    if (file->step_seq != finding.seq || open_edge(kind, file->state) == nullptr) return {};
    const Event event{finding.id,    file->seq + 1,
                      kind,          std::max(context.now, file->last_at),
                      context.actor, finding.relapse.value_or(Facts())};
    append(transaction, context.county, *file, {event});
    written = true;
    return {};
  });
  return done.has_value() && written;
}

}  // namespace

WatchRound watch_once(const cases::Installation& installation, const Matching& matching) {
  const cases::Context context = installation.as({accounts::Role::system, {}, {}});
  WatchRound round;
  const auto rows = installation.database.read(
      [&](Reading& reading) { return all_rows(reading, context.county.region); });
  for (const ClassRow& row : rows) {
    if (!solved_states.has(row.state)) continue;
    ++round.looked_at;
    const Finding finding = installation.database.read(
        [&](Reading& reading) { return look_at(reading, context, matching, row.id); });
    if (!finding.relapse && !finding.to_be_watched) continue;
    if (!write_down(installation.database, context, finding)) continue;
    ++(finding.relapse ? round.relapsed : round.begun);
  }
  return round;
}

}  // namespace minhu::classes
