#include "features/cases/sealed_reports.h"

#include <algorithm>

#include "features/cases/store.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t first_version = 1;

bool is_held_accusation(const CaseFile& file) {
  return file.track == Track::accusation && file.state == State::held;
}

Event next_event(const Context& context, const CaseFile& file, EventKind kind) {
  Event event;
  event.case_id = file.id;
  event.seq = file.seq + 1;
  event.kind = kind;
  event.happened_at = std::max(context.now, file.received_at);
  event.recorded_at = std::max(context.now, file.changed_at);
  event.actor = context.actor;
  return event;
}

}  // namespace

void register_sealed(Transaction& transaction, const Context& context, CaseId id,
                     std::string_view notice) {
  const RegionId region = context.county.region;
  const std::uint64_t serial = serial_after(last_serial(transaction, region), context.now);
  Event event;
  event.case_id = id;
  event.kind = EventKind::received;
  event.happened_at = context.now;
  event.recorded_at = context.now;
  event.actor = context.actor;
  event.facts = {{"channel", std::string(name(Channel::web))},
                 {"number", make_number(context.keyring, serial)},
                 {"track", std::string(name(Track::accusation))}};
  if (!notice.empty()) event.facts["notice"] = notice;
  CaseFile file;
  apply(file, event);
  // A hash that no code has: found by its own 24 digits alone (features/accusations).
  insert_receipt(transaction, region, serial, id,
                 {first_version, context.entropy.bytes<32>(), false});
  store_case_key(transaction, region, make_case_key(id, context.entropy), context.keyring,
                 context.entropy);
  append_events(transaction, context.county, std::nullopt, file, {&event, 1});
}

Outcome note_sealed_step(Transaction& transaction, const Context& context, CaseId id,
                         std::string_view what, Facts more) {
  const auto before = load_file(transaction, context.county.region, id);
  if (!before || !is_held_accusation(*before)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  Event event = next_event(context, *before, EventKind::sealed_step);
  event.facts = std::move(more);
  event.facts["what"] = what;
  CaseFile now = *before;
  apply(now, event);
  append_events(transaction, context.county, before, now, {&event, 1});
  return {};
}

std::vector<CaseId> held_with_words(Reading& reading, const Context& context, std::int64_t limit) {
  return reading.all(
      "SELECT f.case_id FROM case_file f WHERE f.region_id = ?1 AND f.track = 'accusation' "
      "AND f.state = 'held' AND EXISTS (SELECT 1 FROM content c WHERE c.region_id = f.region_id "
      "AND c.case_id = f.case_id) ORDER BY f.case_id LIMIT ?2",
      {param(context.county.region), limit}, [](const Row& row) { return row.id<CaseId>(0); });
}

Result<std::vector<HeldContent>> read_held(Reading& reading, const Context& context, CaseId id) {
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseKey key, load_case_key(reading, region, id, context.keyring));
  std::vector<HeldContent> all;
  for (const ContentInfo& info : list_content(reading, region, id)) {
    MINHU_TRY(Bytes bytes, read_content(reading, region, key, info.id));
    all.push_back({info.role, info.media_type, info.stored_at, std::move(bytes)});
  }
  return all;
}

Outcome forget_held(Transaction& transaction, const Context& context, CaseId id,
                    std::size_t known) {
  const RegionId region = context.county.region;
  if (list_content(transaction, region, id).size() != known) {
    return fail(FaultCode::conflict, "cases.changed_meanwhile");
  }
  transaction.execute("DELETE FROM content_piece WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
  transaction.execute("DELETE FROM content WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
  return note_sealed_step(transaction, context, id, "sealed");
}

}  // namespace minhu::cases
