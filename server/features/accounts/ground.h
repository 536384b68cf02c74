// What the commands of this feature stand on, lent by the composition root.
#pragma once

#include "features/accounts/password.h"
#include "kernel/crypto.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::accounts {

// From the installation's key file, never in the database: who has only the database can neither
// make a code nor recognise one.
struct Keys {
  Key seal{};  // the secrets of second factors
  Key hash{};  // recovery codes, and who somebody is at an OpenID provider
};

struct Ground {
  Database& database;
  RegionId region;
  Entropy& entropy;
  PasswordHasher& hasher;
  Keys keys;
};

}  // namespace minhu::accounts
