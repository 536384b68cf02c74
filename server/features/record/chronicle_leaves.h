// How an event of a chronicle (a step of a visit, of a promise, of a relay …) becomes a leaf, like
// one of a case and among them: nobody outside can tell one from the other.
//
// The payload is that of a case's event: `case` is the subject, `kind` the chronicle's name and the
// event's ("visit.published"), `at` when it was recorded, `by` as ever. Everything else of the row
// stands behind `body`, the commitment to its bytes under a salt of its own: a leaf can be opened
// for an auditor without telling a word of what the event says.
//
// Of a chronicle that is public, `body` commits to what the event says, and its salt is made of the
// record key of the subject: whoever has a receipt of it (record.h) checks that it is about this.
#pragma once

#include <span>

#include "features/record/leaves.h"
#include "features/state_machine/chronicle.h"

namespace minhu::record {

using state_machine::Chronicle;
using state_machine::ChronicleEvent;
// Of a whole program, lent by the composition root.
using Chronicles = std::span<const Chronicle* const>;
const Chronicle* chronicle_named(Chronicles chronicles, std::string_view name);

// What `body` commits to in the event `seq` of a public chronicle, by the key in its receipt.
merkle::Hash public_body(const Key& subject_key, std::int64_t seq, std::string_view says);

// What opens the leaf of the event; `previous`: the entry of the subject's leaf before.
merkle::Opening opening_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           const Chronicle& chronicle, const ChronicleEvent& event,
                           BytesView previous, std::uint64_t seconds);
merkle::Opening opening_of(UnitCodes& codes, const cases::Keyring& keyring,
                           const Chronicle& chronicle, const ChronicleEvent& event,
                           BytesView previous, std::uint64_t seconds);

// The leaf of an event that was just appended, and before it those that its subject still lacks
// (events from before this record kept such leaves): theirs are as old as this one. Gives how many.
// StorageFailure when leaves of something else stand under that id.
std::int64_t append_leaves_up_to(Transaction& transaction, RegionId region,
                                 const cases::Keyring& keyring, const Chronicle& chronicle,
                                 const ChronicleEvent& event);
// The leaves that one subject lacks, written now, whatever day its events are from.
std::int64_t append_missing_leaves(Transaction& transaction, RegionId region,
                                   const cases::Keyring& keyring, const Chronicle& chronicle,
                                   const Uuid& subject, Instant now);

}  // namespace minhu::record
