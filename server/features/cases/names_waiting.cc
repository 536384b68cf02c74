#include "features/cases/names_waiting.h"

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

struct Place {
  CaseId id;
  std::int64_t seq = 0;
};

std::string reason_of(Reading& reading, const Context& context, CaseId id, const Event& asked) {
  const RegionId region = context.county.region;
  const auto key = load_case_key(reading, region, id, context.keyring);
  if (!key || asked.contents.empty()) return {};
  const auto plain = read_content(reading, region, *key, asked.contents.front().id);
  return plain ? to_text(*plain) : std::string();
}

}  // namespace

std::vector<WaitingName> names_waiting(Reading& reading, const Context& context) {
  const RegionId region = context.county.region;
  const auto rows = reading.all(
      "SELECT case_id, seq FROM name_waiting WHERE region_id = ?1 ORDER BY asked_at, case_id, seq",
      {param(region)}, [](const Row& row) { return Place{row.id<CaseId>(0), row.integer(1)}; });
  std::vector<WaitingName> waiting;
  Sight sight(reading, context);
  for (const Place& row : rows) {
    const auto file = load_file(reading, region, row.id);
    if (!file || file->erased || !sight.may_read(*file)) continue;
    if (!may_decide_on_name(context, *file)) continue;
    const auto history = load_events(reading, region, row.id);
    for (NameRequest& request : name_requests(history, context.now)) {
      if (request.seq != row.seq || request.state != NameRequestState::waiting) continue;
      const Event& asked = history[static_cast<std::size_t>(row.seq)];
      waiting.push_back(
          {row.id, file->number, std::move(request), reason_of(reading, context, row.id, asked)});
    }
  }
  return waiting;
}

void keep_names_waiting(Transaction& transaction, RegionId region, std::span<const Event> added) {
  for (const Event& event : added) {
    if (event.kind == EventKind::name_asked_for) {
      transaction.execute(
          "INSERT INTO name_waiting(region_id, case_id, seq, asked_at) VALUES (?1, ?2, ?3, ?4)",
          {param(region), param(event.case_id), event.seq, param(event.happened_at)});
    } else if (event.kind == EventKind::name_granted || event.kind == EventKind::name_refused) {
      transaction.execute(
          "DELETE FROM name_waiting WHERE region_id = ?1 AND case_id = ?2 AND seq = ?3",
          {param(region), param(event.case_id), request_of(event)});
    } else if (event.kind == EventKind::erased) {
      transaction.execute("DELETE FROM name_waiting WHERE region_id = ?1 AND case_id = ?2",
                          {param(region), param(event.case_id)});
    }
  }
}

}  // namespace minhu::cases
