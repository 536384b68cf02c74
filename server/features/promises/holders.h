// Who can hold a post, or come into one: for lists to choose from.
#pragma once

#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "ports/storage.h"

namespace minhu::promises {

// Officials in office who may sign a hand-over. Those who sit in no unit first, then by unit;
// within, by login.
struct PossibleHolder {
  accounts::AccountId account;
  std::string name;
  UnitId unit;  // empty: in none
};
std::vector<PossibleHolder> possible_holders(Reading& reading, RegionId region);

}  // namespace minhu::promises
