#include "features/accusations/code.h"

#include <sodium.h>

#include <algorithm>

namespace minhu::accusations {

Sealed<std::string> make_code(const cases::Keyring& keyring, const cases::ClientToken& token) {
  // Made as query codes are, for a "number" that no receipt can have.
  return cases::make_query_code(keyring, "accusation", 1, token);
}

Result<ReporterKeys> keys_of_code(const Ground& ground, const Sealed<std::string>& code) {
  const Digest salt = keyed_hash(ground.installation.keyring.query_code,
                                 {as_bytes("minhu/accusation-code-salt/v1")});
  std::array<std::uint8_t, 48> made{};
  MINHU_CHECK_OK(ground.hasher.derive(code, BytesView(salt).first(16), made));
  ReporterKeys keys;
  std::copy(made.begin(), made.begin() + 16, keys.index.begin());
  keys.pair = key_pair_from(Secret(BytesView(made).subspan(16)));
  sodium_memzero(made.data(), made.size());
  return keys;
}

}  // namespace minhu::accusations
