#include "features/accusations/handlers.h"

#include <algorithm>
#include <cstring>

#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/gate.h"
#include "features/accounts/own_account.h"
#include "features/accounts/tries.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::accusations {

namespace {

constexpr std::string_view handling = "accusation:handle";
constexpr std::string_view wrap_context = "minhu/accusation-key/v1";

tl::unexpected<Fault> not_there() {
  return fail(FaultCode::not_found, "accusations.not_found");
}

struct Stored {
  KeyId key;
  Key public_key{};
  Bytes salt;
  Bytes wrapped;
  std::int64_t wrong_tries = 0;
  Instant wait_until;
};

Bytes bytes_of(const Row& row, int column) {
  return {row.bytes(column).begin(), row.bytes(column).end()};
}

Key key_of(const Row& row, int column) {
  Key key{};
  if (row.bytes(column).size() == key.size()) {
    std::memcpy(key.data(), row.bytes(column).data(), key.size());
  }
  return key;
}

std::optional<Stored> stored_key(Reading& reading, RegionId region, accounts::AccountId account) {
  return reading.first(
      "SELECT key_id, public_key, salt, wrapped, wrong_tries, wait_until FROM accusation_key "
      "WHERE region_id = ?1 AND account_id = ?2 AND retired_at IS NULL",
      {param(region), param(account)}, [](const Row& row) {
        return Stored{row.id<KeyId>(0), key_of(row, 1), bytes_of(row, 2),
                      bytes_of(row, 3), row.integer(4), row.instant(5)};
      });
}

// Binds a wrapped key to whose it is: put into another's row it no longer opens.
Bytes context_of(KeyId key, accounts::AccountId account) {
  Bytes context = to_bytes(wrap_context);
  context.insert(context.end(), key.bytes().begin(), key.bytes().end());
  context.insert(context.end(), account.bytes().begin(), account.bytes().end());
  return context;
}

struct Wrapped {
  std::array<std::uint8_t, 16> salt{};
  Bytes key;
};

Result<Wrapped> wrap(const Ground& ground, KeyId key, accounts::AccountId account,
                     const KeyPair& pair, const Sealed<std::string>& passphrase) {
  Entropy& entropy = ground.installation.entropy;
  Wrapped made{entropy.bytes<16>(), {}};
  Secret wrapping;
  MINHU_CHECK_OK(ground.hasher.derive(passphrase, made.salt, wrapping.bytes()));
  made.key = seal(wrapping.bytes(), pair.private_key.bytes(), context_of(key, account),
                  entropy.bytes<24>());
  return made;
}

void retire_keys(Transaction& transaction, RegionId region, accounts::AccountId account,
                 Instant now) {
  transaction.execute(
      "DELETE FROM accusation_box WHERE region_id = ?1 AND key_id IN (SELECT key_id FROM "
      "accusation_key WHERE region_id = ?1 AND account_id = ?2)",
      {param(region), param(account)});
  transaction.execute(
      "UPDATE accusation_key SET retired_at = ?3, wrapped = NULL, salt = NULL "
      "WHERE region_id = ?1 AND account_id = ?2 AND retired_at IS NULL",
      {param(region), param(account), param(now)});
}

void write_down(Transaction& transaction, const Ground& ground, accounts::Act act,
                accounts::AccountId by, accounts::AccountId about) {
  accounts::write_down(transaction, ground.region(), ground.installation.entropy, ground.now(),
                       {{}, {}, act, by, about, {}, {}});
}

// Counts the try as a wrong one before it is looked at, until it has proved right: deriving takes a
// while, and of many sent at once none must be looked at for which somebody has to wait.
Result<Stored> count_try(const Ground& ground, const accounts::Principal& actor) {
  const RegionId region = ground.region();
  return ground.installation.database.write([&](Transaction& transaction) -> Result<Stored> {
    if (!is_handler(transaction, ground, actor)) return not_there();
    const auto stored = stored_key(transaction, region, actor.account);
    if (!stored) return fail(FaultCode::conflict, "accusations.no_key");
    if (ground.now() < stored->wait_until) {
      return accounts::wait_first("accounts.too_many_passphrases", stored->wait_until,
                                  ground.now());
    }
    const std::int64_t wrong = stored->wrong_tries + 1;
    transaction.execute(
        "UPDATE accusation_key SET wrong_tries = ?3, wait_until = ?4 "
        "WHERE region_id = ?1 AND key_id = ?2",
        {param(region), param(stored->key), wrong,
         ground.now().unix_ms + accounts::wait_after(wrong)});
    return *stored;
  });
}

}  // namespace

std::vector<Handler> handlers(Reading& reading, const Ground& ground) {
  const RegionId region = ground.region();
  const auto named = reading.all(
      "SELECT account_id FROM accusation_handler WHERE region_id = ?1 ORDER BY account_id",
      {param(region)}, [](const Row& row) { return row.id<accounts::AccountId>(0); });
  std::vector<Handler> found;
  for (const accounts::AccountId id : named) {
    const auto account = accounts::find_account(reading, region, id);
    if (!account || !accounts::role_has(account->principal.role, handling)) continue;
    const auto unit = places_and_units::find_unit(reading, region, account->principal.unit);
    const auto made = reading.first(
        "SELECT made_at FROM accusation_key "
        "WHERE region_id = ?1 AND account_id = ?2 AND retired_at IS NULL",
        {param(region), param(id)}, [](const Row& row) { return row.instant(0); });
    found.push_back({id, account->display_name, unit ? unit->name : std::string(), made});
  }
  return found;
}

bool is_handler(Reading& reading, const Ground& ground, const accounts::Principal& actor) {
  if (actor.by_delegation || !accounts::role_has(actor.role, handling)) return false;
  return reading
      .first("SELECT 1 FROM accusation_handler WHERE region_id = ?1 AND account_id = ?2",
             {param(ground.region()), param(actor.account)}, [](const Row&) { return true; })
      .has_value();
}

Outcome name_handler(Transaction& transaction, const Ground& ground, const accounts::Principal& by,
                     accounts::AccountId account) {
  const auto found = accounts::find_account(transaction, ground.region(), account);
  if (!found) return fail(FaultCode::not_found, "accusations.no_such_account");
  if (!accounts::role_has(found->principal.role, handling)) {
    return fail(FaultCode::invalid_input, "accusations.cannot_be_named", "account");
  }
  transaction.execute(
      "INSERT INTO accusation_handler(region_id, account_id, named_by, named_at) "
      "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (region_id, account_id) DO NOTHING",
      {param(ground.region()), param(account), param(by.account), param(ground.now())});
  write_down(transaction, ground, accounts::Act::accusation_handler_named, by.account, account);
  return {};
}

Outcome unname_handler(Transaction& transaction, const Ground& ground,
                       const accounts::Principal& by, accounts::AccountId account) {
  if (transaction.execute("DELETE FROM accusation_handler WHERE region_id = ?1 AND account_id = ?2",
                          {param(ground.region()), param(account)}) == 0) {
    return fail(FaultCode::not_found, "accusations.no_such_handler");
  }
  retire_keys(transaction, ground.region(), account, ground.now());
  write_down(transaction, ground, accounts::Act::accusation_handler_ended, by.account, account);
  return {};
}

Outcome make_key(const Ground& ground, const accounts::Ground& accounts_ground,
                 const accounts::Account& account, const Sealed<std::string>& password,
                 const Sealed<std::string>& passphrase) {
  const bool named = ground.installation.database.read(
      [&](Reading& reading) { return is_handler(reading, ground, account.principal); });
  if (!named) return not_there();
  MINHU_CHECK_OK(
      accounts::check_password(passphrase, {account.login, account.display_name}, "passphrase"));
  if (password.reveal_because("they must differ") ==
      passphrase.reveal_because("they must differ")) {
    return fail(FaultCode::invalid_input, "accounts.same_as_password", "passphrase");
  }
  MINHU_CHECK_OK(accounts::prove_password(accounts_ground, account, password, ground.now()));

  Entropy& entropy = ground.installation.entropy;
  const auto id = entropy.id<KeyId>(ground.now());
  const KeyPair pair = key_pair_from(Secret::random(entropy));
  MINHU_TRY(const Wrapped wrapped, wrap(ground, id, account.id, pair, passphrase));
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    if (!is_handler(transaction, ground, account.principal)) return not_there();
    retire_keys(transaction, ground.region(), account.id, ground.now());
    transaction.execute(
        "INSERT INTO accusation_key(region_id, key_id, account_id, public_key, salt, wrapped, "
        "made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {param(ground.region()), param(id), param(account.id), BytesView(pair.public_key),
         BytesView(wrapped.salt), BytesView(wrapped.key), param(ground.now())});
    write_down(transaction, ground, accounts::Act::accusation_key_made, account.id, account.id);
    return {};
  });
}

Outcome change_passphrase(const Ground& ground, const accounts::Account& account,
                          const Sealed<std::string>& old_passphrase,
                          const Sealed<std::string>& passphrase) {
  MINHU_CHECK_OK(
      accounts::check_password(passphrase, {account.login, account.display_name}, "passphrase"));
  auto unlocked = unlock(ground, account.principal, old_passphrase);
  if (!unlocked) {
    Fault why = std::move(unlocked).error();
    if (!why.field.empty()) why.field = "old_passphrase";
    return tl::unexpected(std::move(why));
  }
  MINHU_TRY(const Wrapped wrapped,
            wrap(ground, unlocked->key, account.id, unlocked->pair, passphrase));
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute(
        "UPDATE accusation_key SET salt = ?3, wrapped = ?4 "
        "WHERE region_id = ?1 AND key_id = ?2 AND retired_at IS NULL",
        {param(ground.region()), param(unlocked->key), BytesView(wrapped.salt),
         BytesView(wrapped.key)});
    return {};
  });
}

Result<Unlocked> unlock(const Ground& ground, const accounts::Principal& actor,
                        const Sealed<std::string>& passphrase) {
  const RegionId region = ground.region();
  Database& database = ground.installation.database;
  MINHU_TRY(const Stored stored, count_try(ground, actor));
  Secret wrapping;
  MINHU_CHECK_OK(ground.hasher.derive(passphrase, stored.salt, wrapping.bytes()));
  auto plain = open_sealed(wrapping.bytes(), stored.wrapped, context_of(stored.key, actor.account));
  if (!plain) {
    MINHU_CHECK_OK(database.write_job([&](Transaction& transaction) -> Outcome {
      write_down(transaction, ground, accounts::Act::passphrase_refused, actor.account,
                 actor.account);
      return {};
    }));
    return fail(FaultCode::unauthenticated, "accusations.wrong_passphrase", "passphrase");
  }
  Unlocked unlocked{stored.key, {stored.public_key, Secret(*plain)}};
  wipe(*plain);
  MINHU_CHECK_OK(database.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute(
        "UPDATE accusation_key SET wrong_tries = 0, wait_until = 0 "
        "WHERE region_id = ?1 AND key_id = ?2",
        {param(region), param(stored.key)});
    return {};
  }));
  return unlocked;
}

std::vector<PublicKey> keys_in_force(Reading& reading, const Ground& ground) {
  std::vector<PublicKey> keys;
  const auto stored = reading.all(
      "SELECT key_id, account_id, public_key FROM accusation_key "
      "WHERE region_id = ?1 AND retired_at IS NULL ORDER BY key_id",
      {param(ground.region())}, [](const Row& row) {
        return PublicKey{row.id<KeyId>(0), row.id<accounts::AccountId>(1), key_of(row, 2)};
      });
  for (const PublicKey& key : stored) {
    if (!key.account.empty()) {
      const auto account = accounts::find_account(reading, ground.region(), key.account);
      if (!account || !is_handler(reading, ground, account->principal)) continue;
    }
    keys.push_back(key);
  }
  return keys;
}

}  // namespace minhu::accusations
