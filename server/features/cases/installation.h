// What a running installation lends to whoever carries out use cases: pages, the API, imports,
// jobs. Made once in the composition root; everything in it outlives its users and is thread-safe.
#pragma once

#include "features/cases/context.h"
#include "ports/clock.h"
#include "ports/storage.h"

namespace minhu::cases {

struct Installation {
  Database& database;
  const County& county;
  const Keyring& keyring;
  Entropy& entropy;
  const Clock& clock;

  // A context for one request of this actor, at this moment.
  Context as(accounts::Principal actor) const {
    return {county, keyring, entropy, clock.now(), actor};
  }
};

}  // namespace minhu::cases
