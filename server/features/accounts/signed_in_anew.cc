#include "features/accounts/signed_in_anew.h"

#include <charconv>

namespace minhu::accounts {

namespace {

// The time and a keyed hash: what it is tied to is known to whoever asks and need not travel.
std::string proof_of(const Keys& keys, AccountId account, std::string_view page, Instant at) {
  const std::string when = std::to_string(at.unix_ms);
  const Digest hash = keyed_hash(keys.hash, {as_bytes("signed in anew"), as_bytes(account.text()),
                                             as_bytes(page), as_bytes(when)});
  return when + '.' + to_base64url(hash);
}

}  // namespace

std::string anew_cookie_header(const Keys& keys, AccountId account, std::string_view page,
                               Instant now) {
  return std::string(anew_cookie) + "=" + proof_of(keys, account, page, now) +
         "; Path=/; Max-Age=" + std::to_string(anew_ms / 1000) +
         "; Secure; HttpOnly; SameSite=Strict";
}

bool is_signed_in_anew(const Keys& keys, std::string_view cookie, AccountId account,
                       std::string_view page, Instant now) {
  Instant at;
  const char* const end = cookie.data() + cookie.size();
  const auto [after, error] = std::from_chars(cookie.data(), end, at.unix_ms);
  if (error != std::errc() || after == end || *after != '.') return false;
  // The hash first: a time that nobody wrote is not reckoned with.
  if (!equal_in_constant_time(as_bytes(cookie), as_bytes(proof_of(keys, account, page, at)))) {
    return false;
  }
  const std::int64_t age = now.unix_ms - at.unix_ms;
  return age >= -anew_skew_ms && age < anew_ms;
}

}  // namespace minhu::accounts
