#include "features/cases/names.h"

#include <algorithm>
#include <array>

#include "features/cases/access.h"
#include "features/cases/guard.h"
#include "features/cases/reading.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "kernel/utf8.h"

namespace minhu::cases {

namespace {

constexpr std::array<std::string_view, 5> state_names{"waiting", "granted", "refused", "used",
                                                      "over"};

tl::unexpected<Fault> sealed_off() {
  return fail(FaultCode::not_allowed, "cases.identity_sealed");
}

Event next_event(const Context& context, const CaseFile& file, EventKind kind) {
  Event event;
  event.case_id = file.id;
  event.seq = file.seq + 1;
  event.kind = kind;
  event.happened_at = context.now;
  event.recorded_at = std::max(context.now, file.changed_at);
  event.actor = context.actor;
  return event;
}

Event appended(Transaction& transaction, const Context& context, const CaseFile& before,
               Event event) {
  CaseFile file = before;
  apply(file, event);
  append_events(transaction, context.county, before, file, {&event, 1});
  return event;
}

// The case as far as an official of this actor's office may know of it at all.
Result<CaseFile> known(Reading& reading, const Context& context, CaseId id) {
  auto file = load_file(reading, context.county.region, id);
  if (!file || !office_may_read(reading, context, *file)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  return std::move(*file);
}

bool same_person(const accounts::Principal& a, const accounts::Principal& b) {
  return a.account == b.account;
}

Result<NameRequest> find_request(Reading& reading, const Context& context, CaseId id,
                                 std::int64_t seq) {
  const auto history = load_events(reading, context.county.region, id);
  for (const NameRequest& request : name_requests(history, context.now)) {
    if (request.seq == seq) return request;
  }
  return fail(FaultCode::conflict, "seal.not_asked");
}

}  // namespace

std::string_view name(NameRequestState state) noexcept {
  return state_names[static_cast<std::size_t>(state)];
}

std::int64_t request_of(const Event& event) {
  std::int64_t value = -1;
  for (const char digit : event.fact("asked")) {
    value = std::max<std::int64_t>(value, 0) * 10 + digit - '0';
  }
  return value;
}

std::vector<NameRequest> name_requests(std::span<const Event> history, Instant now) {
  std::vector<NameRequest> all;
  const auto asked = [&](const Event& event) {
    return std::find_if(all.begin(), all.end(), [seq = request_of(event)](const NameRequest& one) {
      return one.seq == seq;
    });
  };
  for (const Event& event : history) {
    if (event.kind == EventKind::name_asked_for) {
      all.push_back({event.seq, event.actor, event.happened_at, NameRequestState::waiting, {}, {}});
      continue;
    }
    const bool decided =
        event.kind == EventKind::name_granted || event.kind == EventKind::name_refused;
    if (!decided && event.kind != EventKind::identity_revealed) continue;
    const auto request = asked(event);
    if (request == all.end()) continue;  // the telephone of whoever is called back
    if (!decided) {
      request->state = NameRequestState::used;
      continue;
    }
    request->state = event.kind == EventKind::name_granted ? NameRequestState::granted
                                                           : NameRequestState::refused;
    request->decided_by = event.actor;
    request->decided_at = event.happened_at;
  }
  for (NameRequest& request : all) {
    if (request.state != NameRequestState::granted) continue;
    if (request.decided_at->unix_ms + name_shown_within_ms < now.unix_ms) {
      request.state = NameRequestState::over;
    }
  }
  return all;
}

bool may_ask_for_name(const Context& context, const CaseFile& file) {
  if (context.actor.account.empty() || context.actor.by_delegation) return false;
  if (file.contact.empty() || file.erased) return false;
  if (!decide(context, file, "case:ask_name").allowed) return false;
  switch (file.identity_level) {
    case IdentityLevel::anonymous:
      return false;
    case IdentityLevel::confidential:
      return context.actor.role == accounts::Role::dispatcher;
    case IdentityLevel::named:
      return true;
  }
  return false;
}

bool may_decide_on_name(const Context& context, const CaseFile& file) {
  return !context.actor.account.empty() && !context.actor.by_delegation &&
         decide(context, file, "case:grant_name").allowed;
}

Result<Event> ask_for_name(Transaction& transaction, const Context& context, CaseId id,
                           std::string_view reason) {
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseFile file, known(transaction, context, id));
  if (!decide(context, file, "case:ask_name").allowed) return sealed_off();
  if (!file.contact.empty() && !may_ask_for_name(context, file)) return sealed_off();
  MINHU_TRY(const std::string why, clean_text(reason));
  if (why.empty()) return fail(FaultCode::invalid_input, "seal.reason_missing", "reason");
  if (file.contact.empty()) return fail(FaultCode::conflict, "seal.no_name_kept");
  MINHU_TRY(const CaseKey key, load_case_key(transaction, region, id, context.keyring));
  const SealedContent said = seal_content(key, ContentRole::reason, plain_type, as_bytes(why),
                                          context.now, context.entropy);
  store_content(transaction, region, id, said, context.now);
  Event event = next_event(context, file, EventKind::name_asked_for);
  event.facts = {{"reason", said.ref.id.text()}, {"what", "identity"}};
  event.contents = {said.ref};
  return appended(transaction, context, file, std::move(event));
}

Result<Event> decide_on_name(Transaction& transaction, const Context& context, CaseId id,
                             std::int64_t request_seq, bool agreed) {
  MINHU_TRY(const CaseFile file, known(transaction, context, id));
  if (!may_decide_on_name(context, file)) return sealed_off();
  MINHU_TRY(const NameRequest request, find_request(transaction, context, id, request_seq));
  if (request.state != NameRequestState::waiting) {
    return fail(FaultCode::conflict, "seal.not_asked");
  }
  if (same_person(request.by, context.actor)) {
    return fail(FaultCode::conflict, "seal.same_person");
  }
  Event event =
      next_event(context, file, agreed ? EventKind::name_granted : EventKind::name_refused);
  event.facts = {{"asked", std::to_string(request.seq)}};
  return appended(transaction, context, file, std::move(event));
}

Result<SeenName> look_at_name(Transaction& transaction, const Context& context, CaseId id,
                              std::int64_t request_seq) {
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseFile file, known(transaction, context, id));
  // Asked again now: the case may have gone to another unit since, or be held.
  if (!may_ask_for_name(context, file)) return sealed_off();
  MINHU_TRY(const NameRequest request, find_request(transaction, context, id, request_seq));
  if (!same_person(request.by, context.actor) || request.state != NameRequestState::granted) {
    return fail(FaultCode::conflict, "seal.not_granted");
  }
  MINHU_TRY(const CaseKey key, load_case_key(transaction, region, id, context.keyring));
  MINHU_TRY(const Bytes plain, read_content(transaction, region, key, file.contact));
  Contact contact = contact_of(to_text(plain));
  Event event = next_event(context, file, EventKind::identity_revealed);
  event.facts = {{"asked", std::to_string(request.seq)}, {"what", "identity"}};
  // The reason that was given when it was asked for stands beside the look, too.
  const auto history = load_events(transaction, region, id);
  const Event& asked = history[static_cast<std::size_t>(request.seq)];
  event.facts["reason"] = asked.fact("reason");
  event.contents = asked.contents;
  appended(transaction, context, file, std::move(event));
  return SeenName{Sealed(std::move(contact.name)), Sealed(std::move(contact.phone)),
                  Sealed(std::move(contact.address))};
}

Result<Event> raise_identity(Transaction& transaction, const Context& context, CaseId id,
                             IdentityLevel level, const Sealed<Contact>& contact) {
  const RegionId region = context.county.region;
  const auto file = load_file(transaction, region, id);
  if (!file || context.actor.role != accounts::Role::speaker ||
      !decide(context, *file, "receipt:supplement").allowed) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  if (level <= file->identity_level) return fail(FaultCode::conflict, "seal.never_down");
  const Contact& left = contact.reveal_because("it is sealed here");
  if (left.name.empty() && left.phone.empty() && left.address.empty()) {
    return fail(FaultCode::invalid_input, "seal.contact_missing", "contact");
  }
  if (level == IdentityLevel::named && left.name.empty()) {
    return fail(FaultCode::invalid_input, "seal.name_missing", "name");
  }
  MINHU_TRY(const CaseKey key, load_case_key(transaction, region, id, context.keyring));
  const SealedContent sealed = seal_content(key, ContentRole::contact, contact_type,
                                            as_bytes(to_json(left)), context.now, context.entropy);
  store_content(transaction, region, id, sealed, context.now);
  Event event = next_event(context, *file, EventKind::identity_raised);
  event.facts = {{"identity_level", std::string(name(level))}};
  event.contents = {sealed.ref};
  return appended(transaction, context, *file, std::move(event));
}

}  // namespace minhu::cases
