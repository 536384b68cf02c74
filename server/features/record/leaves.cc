#include "features/record/leaves.h"

#include <algorithm>

#include "features/places_and_units/places_and_units.h"
#include "features/record/chronicle_leaves.h"

namespace minhu::record {

namespace {

// Printable ASCII without blanks, as a payload needs it.
bool is_code(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::optional<std::uint64_t> due_of(const cases::Event& event) {
  std::optional<std::uint64_t> earliest;
  for (const cases::ClockChange& change : event.clocks) {
    using enum cases::ClockStep;
    const bool gives_a_date = change.step == start || change.step == resume || change.step == move;
    if (!gives_a_date || change.citizen) continue;
    earliest = std::min(earliest.value_or(merkle::largest_size), seconds_of(change.due));
  }
  return earliest;
}

bool is_text(cases::ContentRole role) {
  using enum cases::ContentRole;
  return role == words || role == public_answer || role == opinion || role == reason;
}

// A unit's code never changes, so the same event gives the same payload for ever. A county that
// gave its units codes in Chinese is named by the unit's id.
std::string by_whom(accounts::Role role, UnitId unit, auto&& stored_code) {
  using accounts::Role;
  if (role == Role::system) return "program";
  if (unit.empty()) {
    return role == Role::speaker || role == Role::anyone ? "citizen" : "office";
  }
  const std::optional<std::string> code = stored_code();
  return code && is_code(*code) ? *code : unit.text();
}

}  // namespace

Key record_key_of(const cases::Keyring& keyring, cases::CaseId id) {
  return keyed_hash(keyring.record, {as_bytes("minhu/record-case-key/v1"), id.bytes()});
}

std::uint64_t seconds_of(Instant instant) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(instant.unix_ms, 0) / 1000);
}

std::string code_of(Reading& reading, RegionId region, accounts::Role role, UnitId unit) {
  return by_whom(role, unit, [&] {
    return reading.first("SELECT code FROM unit WHERE region_id = ?1 AND unit_id = ?2",
                         {param(region), param(unit)},
                         [](const Row& row) { return std::string(row.text(0)); });
  });
}

std::string UnitCodes::of(accounts::Role role, UnitId unit) {
  return by_whom(role, unit, [&]() -> std::optional<std::string> {
    if (!codes_) {
      codes_.emplace();
      reading_.query("SELECT unit_id, code FROM unit WHERE region_id = ?1", {param(region_)},
                     [&](const Row& row) { codes_->emplace(row.id<UnitId>(0), row.text(1)); });
    }
    const auto found = codes_->find(unit);
    return found == codes_->end() ? std::nullopt : std::optional(found->second);
  });
}

merkle::EventPayload payload_of(std::string by, const cases::Event& event, BytesView previous) {
  merkle::EventPayload payload;
  payload.case_id = event.case_id.uuid();
  payload.number = static_cast<std::uint32_t>(event.seq);
  payload.kind = name(event.kind);
  payload.happened = seconds_of(event.happened_at);
  payload.by = std::move(by);
  payload.due = due_of(event);
  if (!previous.empty()) payload.previous = merkle::leaf_hash(previous);
  for (const cases::ContentRef& content : event.contents) {
    if (!payload.body && is_text(content.role)) {
      payload.body = content.commitment;
    } else {
      payload.attachments.push_back(content.commitment);
    }
  }
  return payload;
}

merkle::Opening opening_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           const cases::Event& event, BytesView previous, std::uint64_t seconds) {
  std::string by = code_of(reading, region, event.actor.role, event.actor.unit);
  return {record_key_of(keyring, event.case_id), seconds,
          payload_of(std::move(by), event, previous)};
}

merkle::Opening opening_of(UnitCodes& codes, const cases::Keyring& keyring,
                           const cases::Event& event, BytesView previous, std::uint64_t seconds) {
  std::string by = codes.of(event.actor.role, event.actor.unit);
  return {record_key_of(keyring, event.case_id), seconds,
          payload_of(std::move(by), event, previous)};
}

End::End(Transaction& transaction, RegionId region) : transaction_(transaction), region_(region) {
  const auto last = last_leaf(transaction, region);
  if (!last) return;
  const auto leaf = merkle::parse_leaf(last->entry);
  if (!leaf) throw StorageFailure("the last leaf of the record has been changed outside");
  position_ = last->position + 1;
  seconds_ = leaf->seconds;
}

Bytes End::add(std::string_view about, const Uuid& subject, std::int64_t seq, Instant not_before,
               const std::function<merkle::Opening(std::uint64_t seconds)>& opening_at) {
  seconds_ = std::max(seconds_, seconds_of(not_before));
  const merkle::LeafBytes entry = merkle::encode_leaf(leaf_of(opening_at(seconds_)));
  LeafRow row{std::string(about), subject, seq, position_++, {entry.begin(), entry.end()}};
  insert_leaf(transaction_, region_, row);
  return std::move(row.entry);
}

std::int64_t append_leaves(Transaction& transaction, RegionId region, const cases::Keyring& keyring,
                           std::span<const cases::Event> history, std::size_t known, Instant now) {
  if (history.empty()) return 0;
  Bytes previous;
  std::size_t next = 0;
  if (known > 0) {
    if (auto last = last_leaf_of(transaction, region, history.front().case_id.uuid())) {
      next = static_cast<std::size_t>(last->seq) + 1;
      previous = std::move(last->entry);
    }
  }
  if (next >= history.size()) return 0;
  End end(transaction, region);
  const auto appended = static_cast<std::int64_t>(history.size() - next);
  for (; next < history.size(); ++next) {
    const cases::Event& event = history[next];
    // An event from before the record is written into it now, whatever day it is from.
    previous = end.add(about_cases, event.case_id.uuid(), event.seq,
                       next < known ? now : event.recorded_at, [&](std::uint64_t seconds) {
                         return opening_of(transaction, region, keyring, event, previous, seconds);
                       });
  }
  return appended;
}

void Leaves::derive(Transaction& transaction, const cases::County& county,
                    std::span<const cases::Event> history, std::size_t known) const {
  if (history.empty()) return;
  append_leaves(transaction, county.region, *keyring_, history, known, history.back().recorded_at);
}

void Leaves::derive_from(Transaction& transaction, const cases::County& county,
                         const state_machine::Chronicle& chronicle,
                         const state_machine::ChronicleEvent& event) const {
  append_leaves_up_to(transaction, county.region, *keyring_, chronicle, event);
}

}  // namespace minhu::record
