#include "features/cases/keyring.h"

namespace minhu::cases {

Keyring Keyring::from_root(const Key& root) {
  const auto derive = [&](std::string_view label) { return keyed_hash(root, {as_bytes(label)}); };
  return {derive("minhu/wrapping/v1"),     derive("minhu/query-code/v1"),
          derive("minhu/code-hash/v1"),    derive("minhu/token-hash/v1"),
          derive("minhu/number/v1"),       derive("minhu/draft/v1"),
          derive("minhu/account-seal/v1"), derive("minhu/account-hash/v1"),
          derive("minhu/record/v1"),       derive("minhu/master/v1"),
          derive("minhu/once/v1")};
}

}  // namespace minhu::cases
