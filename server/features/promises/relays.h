// Handing over a post (一任接一任): the list of what it owes is frozen, the successor answers every
// item, both sign. No step takes an item out, and none deletes a relay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/posts.h"
#include "features/promises/relay.h"
#include "ports/storage.h"

namespace minhu::promises {

// Freezes what the post owes now. By an office that is neither of the two. Faults: not_allowed
// promises.not_allowed; invalid_input promises.no_such_post (post), promises.no_such_account
// (incoming), promises.same_person (incoming); conflict promises.relay_under_way.
Result<Relay> freeze(Transaction& transaction, const cases::Context& context, PostId post,
                     accounts::AccountId incoming);

struct NewAnswer {
  std::int64_t item = 0;
  Change change = Change::none;
  std::string due;     // of new_due
  std::string reason;  // of every change; becomes public with it
};
// By the successor, and again until somebody has signed. Faults: not_found promises.no_such_relay,
// promises.no_such_item; not_allowed promises.not_your_relay; conflict promises.relay_signed;
// invalid_input promises.field_missing, promises.field_wrong (a due day or giving up is of promises
// alone), promises.due_before, and those of public words.
Result<Relay> answer(Transaction& transaction, const cases::Context& context, RelayId id,
                     const NewAnswer& given);

// By one of the two, in their own name, with a second factor that the caller has just asked for.
// `digest`: what the signer has before them. With the second signature the successor holds the
// post, every promise is taken over and what was changed is changed. Faults: not_found
// promises.no_such_relay; not_allowed promises.not_your_relay; conflict promises.not_all_answered
// (details: missing), promises.changed_meanwhile, promises.signed_already, promises.relay_over.
Result<Relay> sign(Transaction& transaction, const cases::Context& context, RelayId id,
                   std::string_view digest, std::string_view second_factor);

// When one of the two can sign no longer, their account being disabled or their post one that signs
// nothing, the other would wait for ever. Whoever may freeze a list ends it then, for a reason that
// stays: an office that is neither of the two and, where it signs, did not freeze the list itself.
//
// In the predecessor's place, with a second factor that the caller has just asked for. It is the
// signature of that office and never the predecessor's own. Faults: as sign; not_allowed
// promises.not_allowed, promises.frozen_by_you; conflict promises.still_there; those of public
// words (reason).
struct AbsentSignature {
  std::string digest;
  std::string reason;
  std::string second_factor;
};
Result<Relay> sign_in_absence(Transaction& transaction, const cases::Context& context, RelayId id,
                              const AbsentSignature& given);
// Without a successor nobody can take the post over, and nobody does in their place: the post stays
// where it was, the list stays to be read, and another list is frozen for another successor.
// Faults: not_found promises.no_such_relay; not_allowed promises.not_allowed,
// promises.not_your_relay; conflict promises.still_there, promises.relay_over; those of public
// words (reason).
Result<Relay> call_off(Transaction& transaction, const cases::Context& context, RelayId id,
                       std::string_view reason);
// Which of the two this actor may do now.
struct OpenToOffices {
  bool sign_in_absence = false;
  bool call_off = false;
};
OpenToOffices open_to_offices(Reading& reading, const cases::Context& context, const Relay& relay);

struct RelayView {
  Relay relay;
  std::vector<RelayItem> items;
};
// Offices that watch see all of them, everybody else those that they sign. nullopt also where there
// is none.
std::optional<RelayView> view_relay(Reading& reading, const cases::Context& context, RelayId id);
std::vector<Relay> all_relays(Reading& reading, const cases::Context& context);  // latest first

// Of a case that came under seal after the list was frozen, or that accuses the reader: it stays an
// item, for the list was signed with it, and says nothing more.
bool is_hidden(Reading& reading, const cases::Context& context, const RelayItem& item);

}  // namespace minhu::promises
