// Under which intake key (key_store.h) new cases are stored: a row of the large database, read in
// the transaction that stores a key. So that all servers on it change over in one commit, and an
// intake key that is not named there any more gets no new case.
#pragma once

#include <optional>

#include "features/cases/key_store.h"

namespace minhu::cases {

// Nothing before the first case.
std::optional<WrappingKeyId> intake_key_in_use(Reading& reading, RegionId region);

// The same with its key. Where none is named, or one that has come to its end (a database from an
// old copy), the newest of the store is from now on.
WrappingKey intake_key(Transaction& transaction, RegionId region, KeyStore& store);

// `made` takes the place of `before`; nothing happens when another did meanwhile.
void replace_intake_key(Transaction& transaction, RegionId region,
                        std::optional<WrappingKeyId> before, WrappingKeyId made);

}  // namespace minhu::cases
