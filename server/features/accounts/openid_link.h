// Who somebody is at the county's OpenID provider, as far as we keep it: a keyed hash of issuer and
// subject (the subject may be an identity number), and the account that an invitation linked it to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/ground.h"
#include "features/accounts/sessions.h"

namespace minhu::accounts {

// What the county calls its provider, by language of the house; empty: there is none, and nothing
// of it is offered.
using ProviderNames = std::map<std::string, std::string, std::less<>>;
// Where signing in by it begins.
inline constexpr std::string_view openid_path = "/session/openid";

Digest openid_subject_hash(const Keys& keys, std::string_view issuer, std::string_view subject);
// The account had at most one before; that one no longer opens it.
void put_openid_link(Transaction& transaction, const Ground& ground, BytesView subject_hash,
                     AccountId account, Instant now);
std::optional<Account> find_by_openid(Reading& reading, RegionId region, BytesView subject_hash);
bool has_openid_link(Reading& reading, RegionId region, AccountId account);

}  // namespace minhu::accounts
