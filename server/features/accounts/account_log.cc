#include "features/accounts/account_log.h"

#include <array>
#include <utility>

namespace minhu::accounts {

namespace {

constexpr std::int64_t kept_ms = std::int64_t{3 * 365} * 24 * 3'600'000;

using enum Act;
constexpr std::pair<Act, std::string_view> names[] = {
    {signed_in, "signed_in"},
    {password_refused, "password_refused"},
    {code_refused, "code_refused"},
    {signed_out, "signed_out"},
    {invited, "invited"},
    {accepted, "accepted"},
    {post_changed, "post_changed"},
    {disabled, "disabled"},
    {sessions_ended, "sessions_ended"},
    {password_changed, "password_changed"},
    {second_factor_set, "second_factor_set"},
    {recovery_code_used, "recovery_code_used"},
    {recovery_codes_made, "recovery_codes_made"},
    {passphrase_set, "passphrase_set"},
    {passphrase_refused, "passphrase_refused"},
    {unlocked, "unlocked"},
    {delegated, "delegated"},
    {delegation_ended, "delegation_ended"},
    {acted_for, "acted_for"},
    {openid_linked, "openid_linked"},
    {leader_appointed, "leader_appointed"},
    {leader_ended, "leader_ended"},
    {interest_declared, "interest_declared"},
    {interest_ended, "interest_ended"},
    {accusation_handler_named, "accusation_handler_named"},
    {accusation_handler_ended, "accusation_handler_ended"},
    {accusation_key_made, "accusation_key_made"},
};

Act act_named(std::string_view text) {
  for (const auto& [act, word] : names) {
    if (word == text) return act;
  }
  return signed_in;  // never written
}

AccountEvent event_of(const Row& row) {
  return {row.id<AccountEventId>(0), row.instant(1),       act_named(row.text(2)),
          row.id<AccountId>(3),      row.id<AccountId>(4), std::string(row.text(5)),
          std::string(row.text(6))};
}

}  // namespace

std::string_view name(Act act) noexcept {
  for (const auto& [each, word] : names) {
    if (each == act) return word;
  }
  return "?";
}

void write_down(Transaction& transaction, RegionId region, Entropy& entropy, Instant now,
                AccountEvent event) {
  event.id = entropy.id<AccountEventId>(now);
  transaction.execute(
      "INSERT INTO account_event(region_id, event_id, happened_at, act, by_account, about_account, "
      "detail, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      {param(region), param(event.id), param(now), name(event.act), param(event.by),
       param(event.about), std::string_view(event.detail), std::string_view(event.reason)});
}

std::vector<AccountEvent> account_events(Reading& reading, RegionId region, AccountEventId before,
                                         std::int64_t limit) {
  if (before.empty()) {
    Uuid last;
    last.fill(0xFF);
    before = AccountEventId(last);
  }
  return reading.all(
      "SELECT event_id, happened_at, act, by_account, about_account, detail, reason "
      "FROM account_event WHERE region_id = ?1 AND event_id < ?2 "
      "ORDER BY event_id DESC LIMIT ?3",
      {param(region), param(before), limit}, event_of);
}

void forget_old_events(Transaction& transaction, RegionId region, Instant now) {
  // The id begins with the time it was made at.
  const AccountEventId oldest(make_uuid_v7({now.unix_ms - kept_ms}, {}));
  transaction.execute("DELETE FROM account_event WHERE region_id = ?1 AND event_id < ?2",
                      {param(region), param(oldest)});
}

}  // namespace minhu::accounts
