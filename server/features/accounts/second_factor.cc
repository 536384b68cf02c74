#include "features/accounts/second_factor.h"

#include "features/accounts/account_log.h"
#include "features/accounts/totp.h"
#include "features/accounts/tries.h"

namespace minhu::accounts {

namespace {

struct Stored {
  Bytes sealed_secret;
  bool confirmed = false;
  std::int64_t last_step = 0;
  std::int64_t wrong_codes = 0;
  Instant wait_until;
};

std::optional<Stored> find_stored(Reading& reading, RegionId region, AccountId account) {
  return reading.first(
      "SELECT sealed_secret, confirmed_at, last_step, wrong_codes, wait_until FROM second_factor "
      "WHERE region_id = ?1 AND account_id = ?2",
      {param(region), param(account)}, [](const Row& row) {
        const BytesView sealed = row.bytes(0);
        return Stored{Bytes(sealed.begin(), sealed.end()), !row.is_null(1), row.integer(2),
                      row.integer(3), row.instant(4)};
      });
}

Bytes context_of(AccountId account) {
  Bytes context = to_bytes("second_factor.secret");
  context.insert(context.end(), account.bytes().begin(), account.bytes().end());
  return context;
}

// Twelve letters of 32 that are hard to misread: 60 bits, and the database has only a keyed hash.
std::string make_recovery_code(Entropy& entropy) {
  static constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string code;
  for (const std::uint8_t byte : entropy.bytes<12>()) {
    if (code.size() == 4 || code.size() == 9) code += '-';
    code += letters[byte % letters.size()];
  }
  return code;
}

Digest hash_of(const Ground& ground, AccountId account, std::string_view code) {
  std::string letters;
  for (const char c : code) {
    if (c == '-' || c == ' ') continue;
    letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return keyed_hash(ground.keys.hash,
                    {as_bytes("recovery code"), account.bytes(), as_bytes(letters)});
}

RecoveryCodes put_recovery_codes(Transaction& transaction, const Ground& ground,
                                 AccountId account) {
  transaction.execute("DELETE FROM recovery_code WHERE region_id = ?1 AND account_id = ?2",
                      {param(ground.region), param(account)});
  RecoveryCodes codes;
  while (codes.size() < recovery_code_count) {
    std::string code = make_recovery_code(ground.entropy);
    const Digest hash = hash_of(ground, account, code);
    transaction.execute(
        "INSERT INTO recovery_code(region_id, account_id, code_hash) VALUES (?1, ?2, ?3)",
        {param(ground.region), param(account), BytesView(hash)});
    codes.push_back(std::move(code));
  }
  return codes;
}

bool use_recovery_code(Transaction& transaction, const Ground& ground, AccountId account,
                       std::string_view code) {
  const Digest hash = hash_of(ground, account, code);
  return transaction.execute(
             "DELETE FROM recovery_code "
             "WHERE region_id = ?1 AND account_id = ?2 AND code_hash = ?3",
             {param(ground.region), param(account), BytesView(hash)}) == 1;
}

enum class NewCodes : bool { keep, make };

// A wrong code is counted, and counting must be kept: so the job succeeds either way and says in
// `refused` what the caller answers.
Result<RecoveryCodes> present(const Ground& ground, const Account& account, std::string_view code,
                              NewCodes new_codes, Instant now) {
  std::optional<Fault> refused;
  RecoveryCodes codes;
  MINHU_CHECK_OK(ground.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto log = [&](Act act) {
      write_down(transaction, ground.region, ground.entropy, now,
                 {{}, {}, act, account.id, account.id, {}, {}});
    };
    const auto stored = find_stored(transaction, ground.region, account.id);
    if (!stored) return fail(FaultCode::conflict, "accounts.enrol_first");
    if (now < stored->wait_until) {
      return wait_first("accounts.too_many_codes", stored->wait_until, now);
    }
    MINHU_TRY(const Bytes secret,
              open_sealed(ground.keys.seal, stored->sealed_secret, context_of(account.id)));
    const auto step = matching_step(secret, code, now, stored->last_step);
    // A recovery code stands in for the app at the door, but does not make new codes.
    const bool recovered = !step && stored->confirmed && new_codes == NewCodes::keep &&
                           use_recovery_code(transaction, ground, account.id, code);
    if (!step && !recovered) {
      const std::int64_t wrong = stored->wrong_codes + 1;
      transaction.execute(
          "UPDATE second_factor SET wrong_codes = ?3, wait_until = ?4 "
          "WHERE region_id = ?1 AND account_id = ?2",
          {param(ground.region), param(account.id), wrong, now.unix_ms + wait_after(wrong)});
      log(Act::code_refused);
      refused = Fault(FaultCode::unauthenticated, "accounts.wrong_code", "code");
      return {};
    }
    transaction.execute(
        "UPDATE second_factor SET wrong_codes = 0, wait_until = 0, last_step = ?3, "
        "confirmed_at = coalesce(confirmed_at, ?4) WHERE region_id = ?1 AND account_id = ?2",
        {param(ground.region), param(account.id), step.value_or(stored->last_step), param(now)});
    if (recovered) log(Act::recovery_code_used);
    if (!stored->confirmed) log(Act::second_factor_set);
    if (!stored->confirmed || new_codes == NewCodes::make) {
      codes = put_recovery_codes(transaction, ground, account.id);
      log(Act::recovery_codes_made);
    }
    return {};
  }));
  if (refused) return tl::unexpected<Fault>(std::move(*refused));
  return codes;
}

}  // namespace

Result<Enrolment> begin_enrolment(const Ground& ground, const Account& account,
                                  std::string_view house) {
  const auto secret = ground.entropy.bytes<std::tuple_size_v<TotpSecret>>();
  const Bytes sealed =
      seal(ground.keys.seal, secret, context_of(account.id), ground.entropy.bytes<24>());
  MINHU_CHECK_OK(ground.database.write_job([&](Transaction& transaction) -> Outcome {
    const auto stored = find_stored(transaction, ground.region, account.id);
    if (stored && stored->confirmed) {
      return fail(FaultCode::conflict, "accounts.second_factor_is_set");
    }
    transaction.execute(
        "INSERT INTO second_factor(region_id, account_id, sealed_secret, last_step, wrong_codes, "
        "wait_until) VALUES (?1, ?2, ?3, 0, 0, 0) ON CONFLICT (region_id, account_id) "
        "DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0",
        {param(ground.region), param(account.id), BytesView(sealed)});
    return {};
  }));
  return Enrolment{to_base32(secret), otpauth_uri(secret, house, account.login)};
}

bool has_second_factor(Reading& reading, RegionId region, AccountId account) {
  const auto stored = find_stored(reading, region, account);
  return stored && stored->confirmed;
}

Result<RecoveryCodes> present_code(const Ground& ground, const Account& account,
                                   std::string_view code, Instant now) {
  return present(ground, account, code, NewCodes::keep, now);
}

Result<RecoveryCodes> replace_recovery_codes(const Ground& ground, const Account& account,
                                             std::string_view code, Instant now) {
  return present(ground, account, code, NewCodes::make, now);
}

std::int64_t recovery_codes_left(Reading& reading, RegionId region, AccountId account) {
  return reading
      .first("SELECT count(*) FROM recovery_code WHERE region_id = ?1 AND account_id = ?2",
             {param(region), param(account)}, [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

void forget_second_factor(Transaction& transaction, RegionId region, AccountId account) {
  transaction.execute("DELETE FROM second_factor WHERE region_id = ?1 AND account_id = ?2",
                      {param(region), param(account)});
  transaction.execute("DELETE FROM recovery_code WHERE region_id = ?1 AND account_id = ?2",
                      {param(region), param(account)});
}

}  // namespace minhu::accounts
