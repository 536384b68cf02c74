// The keys that live outside the database of cases: those that follow from the file of the
// installation (or a hardware module later), and the store of the keys of cases. Who has only the
// database can open no word and compute no query code.
#pragma once

#include "kernel/crypto.h"

namespace minhu::cases {

class KeyStore;

struct Keyring {
  Key wrapping;      // wrapped the key of each case before there was a key store; opens such rows
  Key query_code;    // makes a query code out of number, version and the client's token
  Key code_hash;     // the keyed hash under which a code is stored
  Key token_hash;    // the same for idempotency tokens
  Key number;        // makes receipt numbers out of serials
  Key draft;         // seals what a person has begun to write
  Key account_seal;  // seals the secrets of officials' second factors
  Key account_hash;  // the keyed hash of their recovery codes and of names given by OpenID Connect
  Key record;        // makes the key under which a case's leaves stand in the record
  Key master;        // wraps the wrapping keys of the key store
  Key once;          // the keyed hash of codes that are sent to a telephone and work once

  // The keys of cases (key_store.h), lent by whoever opened the installation; without it no case
  // can be taken in or opened.
  KeyStore* store = nullptr;

  // All keys of one installation from one root of 32 random bytes.
  static Keyring from_root(const Key& root);
};

}  // namespace minhu::cases
