// Who the speaker is, seen by an official: one asks and says why, another of the body that
// dispatches agrees, then the first sees it once, within a day. Nobody alone, nobody without a
// reason, and each of the three is an event that the speaker reads (docs/seal.md).
//
// Who may ask follows from what the speaker chose: nobody when they are anonymous, the body that
// dispatches when they are confidential, the unit that handles it as well when they are named.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "kernel/sealed.h"
#include "ports/storage.h"

namespace minhu::cases {

inline constexpr std::int64_t name_shown_within_ms = std::int64_t{24} * 3'600'000;

enum class NameRequestState : std::uint8_t { waiting, granted, refused, used, over };
std::string_view name(NameRequestState) noexcept;

struct NameRequest {
  std::int64_t seq = 0;  // of the event name_asked_for
  accounts::Principal by;
  Instant asked_at;
  NameRequestState state = NameRequestState::waiting;
  accounts::Principal decided_by;
  std::optional<Instant> decided_at;
};
// Of name_granted, name_refused and identity_revealed: the request that it belongs to; -1: none.
std::int64_t request_of(const Event& event);
// In the order in which they were asked.
std::vector<NameRequest> name_requests(std::span<const Event> history, Instant now);

// By permission, by relation and by what the speaker chose; never in a colleague's post.
bool may_ask_for_name(const Context& context, const CaseFile& file);
bool may_decide_on_name(const Context& context, const CaseFile& file);

// Faults of all three: not_found cases.not_found (there is none, or it is not yours; an accusation
// always), not_allowed cases.identity_sealed, gone cases.erased.
// invalid_input seal.reason_missing, conflict seal.no_name_kept.
Result<Event> ask_for_name(Transaction& transaction, const Context& context, CaseId id,
                           std::string_view reason);
// Not by whoever asked: conflict seal.same_person; conflict seal.not_asked.
Result<Event> decide_on_name(Transaction& transaction, const Context& context, CaseId id,
                             std::int64_t request, bool agreed);

struct SeenName {
  Sealed<std::string> name;
  Sealed<std::string> phone;
  Sealed<std::string> address;
};
// Only by whoever asked, once: conflict seal.not_granted.
Result<SeenName> look_at_name(Transaction& transaction, const Context& context, CaseId id,
                              std::int64_t request);

// The speaker says more of who they are. Faults: conflict seal.never_down; invalid_input
// seal.contact_missing, seal.name_missing; gone cases.erased.
struct Contact;
Result<Event> raise_identity(Transaction& transaction, const Context& context, CaseId id,
                             IdentityLevel level, const Sealed<Contact>& contact);

}  // namespace minhu::cases
