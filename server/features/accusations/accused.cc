#include "features/accusations/accused.h"

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::accusations {

bool is_kept_from(Reading& reading, const Ground& ground, const accounts::Principal& handler,
                  cases::CaseId id) {
  const auto file = cases::load_file(reading, ground.region(), id);
  if (!file || !cases::names_somebody(*file)) return false;
  return cases::touches(cases::circle_of(reading, ground.region(), handler, ground.now()), *file);
}

std::vector<PublicKey> keys_of_others(Reading& reading, const Ground& ground, cases::CaseId id) {
  std::vector<PublicKey> keys = keys_in_force(reading, ground);
  std::erase_if(keys, [&](const PublicKey& key) {
    if (key.account.empty()) return false;
    const auto account = accounts::find_account(reading, ground.region(), key.account);
    return !account || is_kept_from(reading, ground, account->principal, id);
  });
  return keys;
}

}  // namespace minhu::accusations
