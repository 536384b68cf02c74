// That somebody has just been through the county's provider once more, for one page of ours. Where
// the provider gives the second factor there is no code of ours to ask for: this stands in its
// place. It lies in a cookie of the browser, tied to the account and the page; the server keeps
// nothing, so whichever of several is asked next can tell.
#pragma once

#include <string>
#include <string_view>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

inline constexpr std::string_view anew_cookie = "__Host-minhu-anew";
inline constexpr std::int64_t anew_ms = 5 * 60'000;
// By which the clock of the server that is asked next may be behind.
inline constexpr std::int64_t anew_skew_ms = 60'000;

// Value of Set-Cookie. Only after the provider gave a second factor that is not from before.
std::string anew_cookie_header(const Keys& keys, AccountId account, std::string_view page,
                               Instant now);
// By this account, for this page, within five minutes. `cookie` is whatever a browser sent.
bool is_signed_in_anew(const Keys& keys, std::string_view cookie, AccountId account,
                       std::string_view page, Instant now);

}  // namespace minhu::accounts
