#include "adapters/openid/id_token.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

namespace minhu::openid {

namespace {

namespace json = boost::json;

std::optional<json::object> object_of(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string_view text_of(const json::value& value) {
  return value.is_string() ? std::string_view(value.as_string().data(), value.as_string().size())
                           : std::string_view();
}

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr ? std::string_view() : text_of(*value);
}

std::optional<std::int64_t> seconds_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto seconds = value->to_number<std::int64_t>(error);
  if (!error) return seconds;
  // Some write 1.7e9; whoever writes a fraction means a moment in it.
  const double fraction = value->is_double() ? value->as_double() : -1;
  if (fraction < 0 || fraction > 1e11) return std::nullopt;
  return static_cast<std::int64_t>(fraction);
}

std::vector<std::string> list_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  std::vector<std::string> all;
  if (value == nullptr) return all;
  if (value->is_string()) all.emplace_back(text_of(*value));
  if (value->is_array()) {
    for (const json::value& element : value->as_array()) all.emplace_back(text_of(element));
  }
  return all;
}

std::optional<PublicKey> key_of(const json::object& from) {
  const auto use = text_of(from, "use");
  if (!use.empty() && use != "sig") return std::nullopt;
  PublicKey key;
  key.id = text_of(from, "kid");
  std::string_view first = "n";
  std::string_view second = "e";
  std::string_view algorithm = "RS256";
  if (text_of(from, "kty") == "EC" && text_of(from, "crv") == "P-256") {
    key.algorithm = Algorithm::es256;
    first = "x";
    second = "y";
    algorithm = "ES256";
  } else if (text_of(from, "kty") != "RSA") {
    return std::nullopt;
  }
  if (const auto said = text_of(from, "alg"); !said.empty() && said != algorithm) {
    return std::nullopt;
  }
  auto one = from_base64url(text_of(from, first));
  auto two = from_base64url(text_of(from, second));
  if (!one || !two || one->empty() || two->empty()) return std::nullopt;
  key.first = std::move(*one);
  key.second = std::move(*two);
  return key;
}

Outcome check_audience(const json::object& claims, const std::string& client_id) {
  const auto audience = list_of(claims, "aud");
  if (std::find(audience.begin(), audience.end(), client_id) == audience.end()) {
    return refused("another audience");
  }
  const bool says = claims.contains("azp");
  if ((says && text_of(claims, "azp") != client_id) || (audience.size() > 1 && !says)) {
    return refused("another authorized party");
  }
  return {};
}

Outcome check_times(const json::object& claims, std::int64_t now) {
  const auto expires = seconds_of(claims, "exp");
  const auto issued = seconds_of(claims, "iat");
  if (!expires || !issued) return refused("no exp or iat");
  if (*expires <= now - skew_seconds) return refused("expired");
  if (*issued > now + skew_seconds) return refused("issued in the future");
  const auto not_before = seconds_of(claims, "nbf");
  if (not_before && *not_before > now + skew_seconds) return refused("not yet good");
  return {};
}

}  // namespace

tl::unexpected<Fault> refused(std::string reason) {
  return fail(FaultCode::unauthenticated, "openid.answer_refused", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

Result<std::vector<PublicKey>> read_keys(std::string_view text) {
  const auto set = object_of(text);
  const json::value* keys = set ? set->if_contains("keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) return refused("no set of keys");
  std::vector<PublicKey> all;
  for (const json::value& each : keys->as_array()) {
    if (!each.is_object()) continue;
    if (auto key = key_of(each.as_object())) all.push_back(std::move(*key));
  }
  return all;
}

Result<Token> read_token(std::string_view text) {
  if (text.size() > longest_token) return refused("token too long");
  const auto first = text.find('.');
  const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos) return refused("no token");
  const auto head = from_base64url(text.substr(0, first));
  const auto claims = from_base64url(text.substr(first + 1, second - first - 1));
  auto signature = from_base64url(text.substr(second + 1));
  if (!head || !claims || !signature) return refused("no token");
  const auto header = object_of(to_text(*head));
  if (!header) return refused("no token");
  Token token;
  const auto algorithm = text_of(*header, "alg");
  if (algorithm == "ES256") {
    token.algorithm = Algorithm::es256;
  } else if (algorithm != "RS256") {
    return refused("algorithm");
  }
  // Extensions that must be understood (RFC 7515 §4.1.11): we understand none.
  if (header->contains("crit")) return refused("crit");
  token.key_id = text_of(*header, "kid");
  token.signed_part = text.substr(0, second);
  token.signature = std::move(*signature);
  token.claims = to_text(*claims);
  return token;
}

const PublicKey* key_for(const Token& token, const std::vector<PublicKey>& keys) {
  const PublicKey* found = nullptr;
  for (const PublicKey& key : keys) {
    if (key.algorithm != token.algorithm) continue;
    if (!token.key_id.empty() && key.id != token.key_id) continue;
    if (found != nullptr) return nullptr;
    found = &key;
  }
  return found;
}

Result<Identity> identity_of(const Token& token, const Expected& expected) {
  const auto claims = object_of(token.claims);
  if (!claims) return refused("no claims");
  if (text_of(*claims, "iss") != expected.issuer) return refused("another issuer");
  MINHU_CHECK_OK(check_audience(*claims, expected.client_id));
  MINHU_CHECK_OK(check_times(*claims, expected.now.unix_ms / 1000));
  if (text_of(*claims, "nonce") != expected.nonce) return refused("another nonce");
  Identity identity;
  identity.subject = text_of(*claims, "sub");
  if (identity.subject.empty() || identity.subject.size() > 255) return refused("no subject");
  identity.acr = text_of(*claims, "acr");
  identity.amr = list_of(*claims, "amr");
  constexpr std::int64_t longest_ago = std::int64_t{1} << 40;  // seconds; more would overflow
  const auto signed_in = seconds_of(*claims, "auth_time");
  if (signed_in && *signed_in >= 0 && *signed_in < longest_ago) {
    identity.signed_in_at = Instant{*signed_in * 1000};
  }
  return identity;
}

}  // namespace minhu::openid
