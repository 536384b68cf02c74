// Whoever booked was told a time. When the day is moved, another leader comes, or it is called off,
// they hear of it on the telephone that they left; who stood on the list, when they get a place:
// one sentence with the new time, that says nothing of who they are or what about. By the gateways
// and at the hours of other messages (messages/message.h), at least once.
#pragma once

#include <map>
#include <set>

#include "engines/catalogue/catalogue.h"
#include "features/cases/installation.h"
#include "features/visits/visit_file.h"
#include "ports/outbound.h"

namespace minhu::visits {

enum class Occasion : std::uint8_t { moved, substitute, cancelled, moved_up };
std::string_view name(Occasion) noexcept;

// Everybody who has a place or stands on the list, and left a telephone, is to be told; what they
// were still to be told of an earlier change is not said any more. In the transaction of the step.
void remember_to_tell(Transaction& transaction, const cases::Context& context, const Visit& visit,
                      Occasion occasion);
// This group has moved up from the list. In the transaction of whatever made room.
void remember_to_tell_of_a_place(Transaction& transaction, const cases::Context& context,
                                 const Visit& visit, GroupId group);
// With the contacts.
void forget_to_tell(Transaction& transaction, RegionId region, VisitId visit);

// What a gateway took while the disk was too full to write that down. Whoever calls keeps it from
// round to round, so that nobody is told the same every ten seconds until there is room.
using ToldUnrecorded = std::set<Uuid>;

struct TellingRound {
  std::int64_t told = 0;
  std::int64_t given_up = 0;  // no address, ten tries, or the day is over: the office telephones
};
// One round: what is due is tried once, for messages::longest_round_ms at most and the time of a
// gateway that does not answer: it is left alone until the next. Fault out_of_storage.
Result<TellingRound> tell_who_booked(const cases::Installation& installation,
                                     const catalogue::Catalogues& sentences, Outbound& outbound,
                                     ToldUnrecorded& told_unrecorded);

enum class Telling : std::uint8_t {
  waiting,
  told,         // a gateway took the message
  not_reached,  // no address, ten tries, or the day is over: somebody calls them
};
std::string_view name(Telling) noexcept;
// How the telling of the last change, or of a place, stands, by the number of the group. Who left
// no telephone is not among them.
std::map<std::int64_t, Telling> telling_of(Reading& reading, RegionId region, const Visit& visit);

}  // namespace minhu::visits
