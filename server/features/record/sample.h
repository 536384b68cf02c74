// What an auditor of public figures is given (engines/merkle/sample.h): the leaves that the root of
// a later day drew, each opened alone.
#pragma once

#include "engines/merkle/policy.h"
#include "engines/merkle/sample.h"
#include "features/record/chronicle_leaves.h"
#include "ports/log_files.h"
#include "ports/storage.h"

namespace minhu::record {

// `chronicles`: all of the program, so that every leaf can be opened. `audited` is a published
// checkpoint of this record, as the auditor has it. Faults of accept_checkpoint; conflict
// merkle.sample_unwitnessed: nobody can say of which day it is; not_found
// record.no_later_checkpoint: nothing was published on a later day, so that nothing is drawn yet;
// conflict record.checkpoint_of_another_tree; conflict record.leaf_not_stored, with the index: what
// is stored of a drawn leaf is not what was recorded.
Result<merkle::Sample> sample_of(Reading& reading, RegionId region, const cases::Keyring& keyring,
                                 Chronicles chronicles, const LogFiles& files,
                                 const merkle::TrustPolicy& policy, const std::string& audited,
                                 std::size_t count, Instant now);

}  // namespace minhu::record
