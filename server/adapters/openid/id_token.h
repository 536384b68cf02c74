// The ID token: a signature of the provider's over who somebody is (OpenID Connect Core §3.1.3.7).
// Inner header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/bytes.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::openid {

inline constexpr std::size_t longest_token = std::size_t{64} * 1024;
inline constexpr std::int64_t skew_seconds = 60;

// The two ways of signing that are taken. Everything else ("none", those with a shared secret,
// which a public key could be passed off as) is refused before a key is looked for.
enum class Algorithm : std::uint8_t { rs256, es256 };

// What a key of the provider's set is, not yet made one of libcrypto's: keys are few, and asked for
// seldom.
struct PublicKey {
  std::string id;  // "kid"; may be empty
  Algorithm algorithm = Algorithm::rs256;
  Bytes first;   // RSA: n.  EC P-256: x
  Bytes second;  // RSA: e.  EC P-256: y
};
// Those keys of a JWK set (RFC 7517) that can check a signature; what is none is passed over. Fault
// unauthenticated openid.answer_refused when it is no set.
Result<std::vector<PublicKey>> read_keys(std::string_view json);

struct Token {
  Algorithm algorithm = Algorithm::rs256;
  std::string key_id;
  std::string signed_part;  // header.claims, as it came
  Bytes signature;
  std::string claims;  // JSON
};
// Faults of all below: unauthenticated openid.answer_refused (details: reason, for the log).
Result<Token> read_token(std::string_view text);

// The key that the token names; one without a name is good only where there is no choice.
const PublicKey* key_for(const Token& token, const std::vector<PublicKey>& keys);
bool is_signed_by(const Token& token, const PublicKey& key);

struct Expected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  Instant now;
};
struct Identity {
  std::string subject;
  std::string acr;
  std::vector<std::string> amr;
  std::optional<Instant> signed_in_at;  // "auth_time": when they last proved who they are
};
// Only of a token whose signature is good.
Result<Identity> identity_of(const Token& token, const Expected& expected);

tl::unexpected<Fault> refused(std::string reason);

}  // namespace minhu::openid
