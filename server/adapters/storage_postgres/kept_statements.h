// Which statements the server keeps for one connection, so that it need not parse and plan them
// again: half of what reading costs it. Only where the session is ours alone; a pooler that hands
// out connections by the transaction would keep them with somebody else's.
#pragma once

#include <string>
#include <unordered_map>

#include "adapters/storage_postgres/dialect.h"
#include "adapters/storage_postgres/values.h"

namespace minhu::storage_postgres {

class KeptStatements {
 public:
  // What is asked as often as this on one connection is kept from then on.
  static constexpr int often = 3;
  // A kept plan takes some ten KiB of the server's process.
  static constexpr std::size_t most = 400;

  struct Kept {
    int asked = 0;
    std::string name;  // empty: not kept
  };
  struct Use {
    Kept* kept = nullptr;         // its name is the one to send; nullptr: send the text
    bool has_to_be_made = false;  // and PREPARE goes before it
  };

  // A connection was made: nothing is kept yet.
  void begin_anew(bool session_is_ours);

  // How this statement with parameters of these types is to be sent. Stays valid until
  // begin_anew().
  Use use(const Statement& statement, const Sent& sent);

  // The server said no, or never came to it: it is not there.
  void not_made(Kept& kept);

 private:
  bool session_is_ours_ = false;
  std::size_t made_ = 0;  // names given, each once
  std::size_t kept_ = 0;
  std::unordered_map<std::string, Kept> all_;  // by text and types
};

}  // namespace minhu::storage_postgres
