#include "features/receptions/tablet.h"

#include <algorithm>
#include <charconv>

#include "kernel/enum_names.h"

namespace minhu::receptions {

MINHU_ENUM_NAMES(EventKind, taken_out_of_use, "set_up", "numbers_given", "session_kept",
                 "taken_out_of_use")

namespace {

[[noreturn]] void damaged(const Event& event, std::string_view why) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") of a tablet: " + std::string(why));
}

template <class SomeId>
SomeId id_in(const Event& event, std::string_view fact) {
  if (event.fact(fact).empty()) return SomeId();
  const auto id = SomeId::parse(event.fact(fact));
  if (!id) damaged(event, fact);
  return *id;
}

std::string text_of(const auto& id) {
  return id.empty() ? std::string() : id.text();
}

std::string text_of(Instant instant) {
  return std::to_string(instant.unix_ms);
}

template <class Rows, class One>
void add(Rows& rows, One row) {
  const auto at = std::lower_bound(rows.begin(), rows.end(), row,
                                   [](const auto& a, const auto& b) { return a.id < b.id; });
  rows.insert(at, std::move(row));
}

}  // namespace

std::optional<EventKind> event_kind_named(std::string_view text) noexcept {
  return EventKind_names.named(text);
}

Instant time_in(const Event& event) {
  const std::string_view text = event.fact("at");
  Instant at;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at.unix_ms);
  if (error != std::errc() || end != text.data() + text.size()) damaged(event, "at");
  return at;
}

DeviceRow device_in(const Event& event) {
  return {event.subject,
          id_in<UnitId>(event, "unit"),
          std::string(event.fact("label")),
          time_in(event),
          {}};
}

BlockRow block_in(const Event& event) {
  return {id_in<cases::BlockId>(event, "block"), id_in<visits::VisitId>(event, "visit"),
          time_in(event)};
}

StoredSession session_in(const Event& event) {
  const auto hash = from_hex(event.fact("record_hash"));
  if (!hash) damaged(event, "record_hash");
  return {id_in<SessionId>(event, "session"),
          event.subject,
          id_in<visits::VisitId>(event, "visit"),
          id_in<cases::CaseId>(event, "case"),
          time_in(event),
          *hash,
          id_in<cases::ContentId>(event, "content"),
          std::string(event.fact("instruction")),
          std::string(event.fact("because"))};
}

Facts facts_of(const DeviceRow& device) {
  return {
      {"unit", text_of(device.unit)}, {"label", device.label}, {"at", text_of(device.added_at)}};
}

Facts facts_of(const BlockRow& block) {
  return {{"block", text_of(block.id)},
          {"visit", text_of(block.visit)},
          {"at", text_of(block.given_at)}};
}

Facts facts_of(const StoredSession& session) {
  return {{"session", text_of(session.id)},      {"visit", text_of(session.visit)},
          {"case", text_of(session.case_id)},    {"at", text_of(session.received_at)},
          {"content", text_of(session.content)}, {"record_hash", to_hex(session.record_hash)},
          {"instruction", session.instruction},  {"because", session.because}};
}

Facts facts_of_revocation(Instant at) {
  return {{"at", text_of(at)}};
}

void apply(Tablet& tablet, const Event& event) {
  if (event.seq != tablet.seq + 1) damaged(event, "does not follow");
  if ((event.kind == EventKind::set_up) != (event.seq == 0)) {
    damaged(event, "a tablet begins with being set up, once");
  }
  switch (event.kind) {
    case EventKind::set_up:
      tablet.device = device_in(event);
      break;
    case EventKind::numbers_given:
      add(tablet.blocks, block_in(event));
      break;
    case EventKind::session_kept:
      add(tablet.sessions, session_in(event));
      break;
    case EventKind::taken_out_of_use:
      tablet.device.revoked_at = time_in(event);
      break;
  }
  tablet.seq = event.seq;
}

}  // namespace minhu::receptions
