// Who booked, and how to reach them: sealed under a key of the visit, opened for a reason that the
// events keep, and destroyed with the key when the visit is over. The only part of a visit that is
// about persons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/visits/visit_file.h"
#include "kernel/sealed.h"
#include "ports/storage.h"

namespace minhu::visits {

struct Contact {
  std::string name;   // may be empty
  std::string phone;  // digits; may be empty: who has none gives none
  std::vector<Need> needs;
  std::string words;       // what else we should know, in their own words
  std::string language{};  // in which they booked: "zh-CN", "en"; empty: the county's
  bool empty() const { return name.empty() && phone.empty() && needs.empty() && words.empty(); }
};

// Digits alone, as cases/telephone.h reads them. Fault invalid_input visits.phone_wrong.
Result<std::string> plain_phone(std::string_view text);

// Keeps the contact of a new group and gives the id that its event carries; empty for an empty
// contact. The same telephone again: Fault conflict visits.already_booked.
Result<cases::ContentId> keep_contact(Transaction& transaction, const cases::Context& context,
                                      const Visit& visit, GroupId group,
                                      const Sealed<Contact>& contact);
// The telephone may book again.
void forget_phone(Transaction& transaction, RegionId region, VisitId visit, GroupId group);

// Opened for whoever holds the visit; that it was, by whom and why, is an event of the visit.
// Faults: not_found visits.no_such_visit, visits.no_such_group; not_allowed visits.not_allowed;
// gone visits.contact_gone; invalid_input visits.field_missing (reason).
Result<Sealed<Contact>> open_contact(Transaction& transaction, const cases::Context& context,
                                     VisitId visit, GroupId group, std::string_view reason);

// For the program alone, which tells those who booked that their day has changed (telling.h): no
// official sees it, so it is no event. Nothing where there is none, or not any more.
std::optional<Sealed<Contact>> contact_for_telling(Reading& reading, const cases::Context& context,
                                                   const Visit& visit, const Group& group);

// How many groups need what: for the preparation of the day, no group among them.
struct NeedCount {
  Need need;
  std::int64_t groups = 0;
};
std::vector<NeedCount> needs_of(Reading& reading, const cases::Context& context,
                                const Visit& visit);

// For good: contents, key, the hashes of telephones and of booking codes.
Outcome destroy_contacts(Transaction& transaction, const cases::Context& context, Visit& visit);

// Those of visits whose day is over, or was called off, longer ago, whatever state they are in.
inline constexpr std::int64_t days_of_contacts = 7;
std::int64_t destroy_old_contacts(Transaction& transaction, const cases::Context& context);

}  // namespace minhu::visits
