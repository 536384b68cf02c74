// The two doors that stay shut until somebody is let through, each one function and each closed by
// default.
#pragma once

#include <optional>

#include "features/accounts/permissions.h"
#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "kernel/sealed.h"
#include "ports/storage.h"

namespace minhu::cases {

// Is this unit in the closure of those whom the case accuses (closure.h)? Such a unit gets nothing
// of the case, by whatever relation: it is asked again at each reading, because the tree of units
// and its leaders change. Of an official: Sight.
bool complains_of(Reading& reading, const Context& context, const CaseFile& file, UnitId unit);

// May this case be sent to, shown to or shared with this unit? Every dispatch, re-dispatch,
// co-handling, objection, merge, review, supervision and recommendation asks here and nowhere
// else. An accusation: no, whatever the unit (the seal opens it). Otherwise: an active unit of the
// region, and none in the closure of those whom the case accuses. The answer carries its reason for
// the log, never for the unit.
accounts::Decision may_receive(Reading& reading, const Context& context, const CaseFile& file,
                               UnitId unit);

// Who has a case that complains of the body that would have it: the county's upper body, then the
// units above that body, then one of inspection. The first of them that may receive it; nothing
// when all of them are in its closure too, or there is none.
std::optional<UnitId> body_above(Reading& reading, const Context& context, const CaseFile& file);

// Who reviews what that unit answered: the next above it that may receive the case, at last the
// petition office, then the body above. Nothing when nobody may.
std::optional<UnitId> reviewer_above(Reading& reading, const Context& context, const CaseFile& file,
                                     UnitId unit);

// Who somebody is. Closed, with one exception that the speaker opened themselves: those who asked
// to be phoned about the answer may be phoned by a caller of the body that dispatched, who then
// gets the phone number and nothing else. Each opening is an event (identity_revealed) that the
// speaker reads on their page. Never for an accusation.
// Whether that one exception is open to this actor now.
bool may_ask_for_phone(const Context& context, const CaseFile& file);
struct Identity {
  Sealed<std::string> phone;
};
Result<Identity> reveal(Transaction& transaction, const Context& context, CaseId id,
                        std::string_view reason);

}  // namespace minhu::cases
