// Beside demo.h: what was taken down at receptions.
#pragma once

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::demo {

// Tablets of the petition office and a morning that one of them took down. After put_visits;
// running it again changes nothing.
Outcome put_receptions(Database& database, const cases::County& county,
                       const cases::Keyring& keyring, Entropy& entropy, Date today);

}  // namespace minhu::demo
