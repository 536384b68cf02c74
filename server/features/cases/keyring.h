// The keys that live outside the database (a file beside it, or a hardware module later). Who has
// only the database can open no word and compute no query code.
#pragma once

#include "kernel/crypto.h"

namespace minhu::cases {

struct Keyring {
  Key wrapping;      // wraps the key of each case
  Key query_code;    // makes a query code out of number, version and the client's token
  Key code_hash;     // the keyed hash under which a code is stored
  Key token_hash;    // the same for idempotency tokens
  Key number;        // makes receipt numbers out of serials
  Key draft;         // seals what a person has begun to write
  Key account_seal;  // seals the secrets of officials' second factors
  Key account_hash;  // the keyed hash of their recovery codes and of names given by OpenID Connect
  Key record;        // makes the key under which a case's leaves stand in the record

  // All keys of one installation from one root of 32 random bytes.
  static Keyring from_root(const Key& root);
};

}  // namespace minhu::cases
