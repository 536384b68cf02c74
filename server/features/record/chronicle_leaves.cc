#include "features/record/chronicle_leaves.h"

#include <fmt/format.h>

#include <algorithm>

namespace minhu::record {

namespace {

Bytes number_of(std::int64_t seq) {
  const std::string text = std::to_string(seq);
  return {text.begin(), text.end()};
}

// Every column that the payload does not have in full.
std::string row_text(const ChronicleEvent& event) {
  return fmt::format("minhu-row/v1\nrecorded {}\nrole {}\nunit {}\naccount {}\n{}\n",
                     event.recorded_at.unix_ms, event.role, event.unit.text(), event.account.text(),
                     event.payload);
}

Key subject_key(const cases::Keyring& keyring, std::string_view purpose, const Chronicle& chronicle,
                const Uuid& subject) {
  return keyed_hash(keyring.record, {as_bytes(purpose), as_bytes(chronicle.name()), subject});
}

Key record_key(const cases::Keyring& keyring, const Chronicle& chronicle, const Uuid& subject) {
  return subject_key(keyring, "minhu/record-subject-key/v1", chronicle, subject);
}

merkle::Hash body_of(const cases::Keyring& keyring, const Chronicle& chronicle,
                     const ChronicleEvent& event) {
  if (chronicle.is_public()) {
    return public_body(record_key(keyring, chronicle, event.subject), event.seq, event.payload);
  }
  const Key key = subject_key(keyring, "minhu/record-row-salt/v1", chronicle, event.subject);
  return merkle::content_commitment(keyed_hash(key, {number_of(event.seq)}),
                                    as_bytes(row_text(event)));
}

struct Lacking {
  std::int64_t next = 0;
  Bytes previous;  // the entry of the leaf before that one
};

Lacking lacking_of(Reading& reading, RegionId region, const Chronicle& chronicle,
                   const Uuid& subject) {
  auto last = last_leaf_of(reading, region, subject);
  if (!last) return {};
  if (last->about != chronicle.name()) {
    throw StorageFailure("leaves of something else stand under the id of a " +
                         std::string(chronicle.name()));
  }
  return {last->seq + 1, std::move(last->entry)};
}

// Those from `lacking.next` on.
std::int64_t append(Transaction& transaction, RegionId region, const cases::Keyring& keyring,
                    const Chronicle& chronicle, std::span<const ChronicleEvent> events,
                    Lacking lacking, Instant now) {
  std::int64_t appended = 0;
  std::optional<End> end;
  for (const ChronicleEvent& event : events) {
    if (event.seq < lacking.next) continue;
    if (!end) end.emplace(transaction, region);
    lacking.previous =
        end->add(chronicle.name(), event.subject, event.seq, now, [&](std::uint64_t seconds) {
          return opening_of(transaction, region, keyring, chronicle, event, lacking.previous,
                            seconds);
        });
    ++appended;
  }
  return appended;
}

}  // namespace

const Chronicle* chronicle_named(Chronicles chronicles, std::string_view name) {
  const auto found =
      std::find_if(chronicles.begin(), chronicles.end(),
                   [&](const Chronicle* chronicle) { return chronicle->name() == name; });
  return found == chronicles.end() ? nullptr : *found;
}

merkle::Hash public_body(const Key& subject_key, std::int64_t seq, std::string_view says) {
  return merkle::content_commitment(
      keyed_hash(subject_key, {as_bytes("minhu/record-public-salt/v1"), number_of(seq)}),
      as_bytes(says));
}

namespace {

accounts::Role role_of(const ChronicleEvent& event) {
  return accounts::role_named(event.role).value_or(accounts::Role::handler);
}

merkle::Opening opened(std::string by, const cases::Keyring& keyring, const Chronicle& chronicle,
                       const ChronicleEvent& event, BytesView previous, std::uint64_t seconds) {
  merkle::EventPayload payload;
  payload.case_id = event.subject;
  payload.number = static_cast<std::uint32_t>(event.seq);
  payload.kind = std::string(chronicle.name()) + "." + event.kind;
  payload.happened = seconds_of(event.recorded_at);
  payload.by = std::move(by);
  if (!previous.empty()) payload.previous = merkle::leaf_hash(previous);
  payload.body = body_of(keyring, chronicle, event);
  return {record_key(keyring, chronicle, event.subject), seconds, std::move(payload)};
}

}  // namespace

merkle::Opening opening_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           const Chronicle& chronicle, const ChronicleEvent& event,
                           BytesView previous, std::uint64_t seconds) {
  return opened(code_of(reading, region, role_of(event), event.unit), keyring, chronicle, event,
                previous, seconds);
}

merkle::Opening opening_of(UnitCodes& codes, const cases::Keyring& keyring,
                           const Chronicle& chronicle, const ChronicleEvent& event,
                           BytesView previous, std::uint64_t seconds) {
  return opened(codes.of(role_of(event), event.unit), keyring, chronicle, event, previous, seconds);
}

std::int64_t append_leaves_up_to(Transaction& transaction, RegionId region,
                                 const cases::Keyring& keyring, const Chronicle& chronicle,
                                 const ChronicleEvent& event) {
  Lacking lacking = lacking_of(transaction, region, chronicle, event.subject);
  // The rule: the event before this one has its leaf, and nothing is read again.
  if (lacking.next == event.seq) {
    return append(transaction, region, keyring, chronicle, {&event, 1}, std::move(lacking),
                  event.recorded_at);
  }
  return append(transaction, region, keyring, chronicle,
                chronicle.events_of(transaction, region, event.subject), std::move(lacking),
                event.recorded_at);
}

std::int64_t append_missing_leaves(Transaction& transaction, RegionId region,
                                   const cases::Keyring& keyring, const Chronicle& chronicle,
                                   const Uuid& subject, Instant now) {
  return append(transaction, region, keyring, chronicle,
                chronicle.events_of(transaction, region, subject),
                lacking_of(transaction, region, chronicle, subject), now);
}

}  // namespace minhu::record
