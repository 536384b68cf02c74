#include "features/cases/intake_key.h"

namespace minhu::cases {

std::optional<WrappingKeyId> intake_key_in_use(Reading& reading, RegionId region) {
  return reading.first("SELECT wrapping_id FROM intake_key WHERE region_id = ?1", {param(region)},
                       [](const Row& row) { return row.id<WrappingKeyId>(0); });
}

WrappingKey intake_key(Transaction& transaction, RegionId region, KeyStore& store) {
  const auto named = intake_key_in_use(transaction, region);
  if (named) {
    if (const auto key = store.wrapping_key(region, *named)) return {*named, *key};
  }
  const WrappingKey newest = store.current(region, WrappingUse::intake);
  replace_intake_key(transaction, region, named, newest.id);
  return newest;
}

void replace_intake_key(Transaction& transaction, RegionId region,
                        std::optional<WrappingKeyId> before, WrappingKeyId made) {
  if (before) {
    transaction.execute(
        "UPDATE intake_key SET wrapping_id = ?3 WHERE region_id = ?1 AND wrapping_id = ?2",
        {param(region), param(*before), param(made)});
    return;
  }
  transaction.execute(
      "INSERT INTO intake_key(region_id, wrapping_id) VALUES (?1, ?2) "
      "ON CONFLICT (region_id) DO NOTHING",
      {param(region), param(made)});
}

}  // namespace minhu::cases
