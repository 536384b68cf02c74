// What every use case is given beside its own input.
#pragma once

#include <memory>
#include <vector>

#include "engines/deadlines/deadlines.h"
#include "features/accounts/principal.h"
#include "features/cases/keyring.h"
#include "features/cases/kinds.h"
#include "ports/entropy.h"

namespace minhu::cases {

class Derivation;

// The rules of one place at one time, immutable: a changed calendar or pack is a new one.
struct County {
  RegionId region;
  std::string name;
  UnitId petition_office;  // takes in and sends what comes by web, letter and visit
  UnitId hotline_body;     // takes in and sends what comes by phone
  UnitId upper_body;       // has what complains of one of these two; empty: guard.h says who
  Track default_track = Track::petition;
  deadlines::RuleBook rules;
  // What other features keep of the events (derivation.h), each called in the event's transaction.
  // Here and not in Context: there must be no way to append an event that leaves them out.
  std::vector<const Derivation*> derivations;
};

struct Context {
  const County& county;
  const Keyring& keyring;
  Entropy& entropy;
  Instant now;  // becomes recorded_at
  accounts::Principal actor;
};

}  // namespace minhu::cases
