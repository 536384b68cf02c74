// What every use case is given beside its own input.
#pragma once

#include <memory>

#include "engines/deadlines/deadlines.h"
#include "features/accounts/principal.h"
#include "features/cases/keyring.h"
#include "features/cases/kinds.h"
#include "ports/entropy.h"

namespace minhu::cases {

// The rules of one place at one time, immutable: a changed calendar or pack is a new one.
struct County {
  RegionId region;
  std::string name;
  UnitId petition_office;  // takes in and sends what comes by web, letter and visit
  UnitId hotline_body;     // takes in and sends what comes by phone
  Track default_track = Track::petition;
  deadlines::RuleBook rules;
};

struct Context {
  const County& county;
  const Keyring& keyring;
  Entropy& entropy;
  Instant now;  // becomes recorded_at
  accounts::Principal actor;
};

}  // namespace minhu::cases
