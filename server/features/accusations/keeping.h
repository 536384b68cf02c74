// What time brings about, without anybody's passphrase: old accusations go under the seal, closed
// ones are destroyed. Run again and again by the program; a second run does nothing.
#pragma once

#include <cstdint>

#include "features/accusations/accusations.h"
#include "features/cases/derivation.h"

namespace minhu::accusations {

inline constexpr std::int64_t kept_days_after_closing = 90;

// Moves what held accusations have in the content store under the seal, as long as there is anybody
// to seal to whom the case does not accuse; how many cases. What their speakers add later goes the
// same way.
std::int64_t seal_what_was_held(const Ground& ground);

// Destroys every key box and every byte of reports closed 90 days ago; the events stay. How many.
std::int64_t shred_what_is_closed(const Ground& ground);

// Everything of the report but its case: nothing opens it any more, by whatever key.
void shred(Transaction& transaction, RegionId region, cases::CaseId id);
// Lent to the cases: whatever erases a case, its speaker above all, erases what of it lies under
// the seal in the same transaction. What its speaker takes back counts as closed.
const cases::Derivation& shredding();

}  // namespace minhu::accusations
