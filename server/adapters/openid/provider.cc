#include "adapters/openid/provider.h"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/url.hpp>
#include <map>

#include "kernel/crypto.h"

namespace minhu::openid {

namespace {

namespace json = boost::json;

constexpr std::string_view discovery_path = "/.well-known/openid-configuration";

tl::unexpected<Fault> unreachable(std::string reason) {
  return fail(FaultCode::unavailable, "openid.unreachable", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

std::string encoded(std::string_view text) {
  return boost::urls::encode(boost::core::string_view(text.data(), text.size()),
                             boost::urls::unreserved_chars);
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

Result<json::object> object_of(const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return unreachable("answer is no JSON object");
  return std::move(value.as_object());
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

bool is_fresh(Instant at, Instant now, std::int64_t for_ms) {
  // A clock that was set back must not keep old keys for ever.
  return now >= at && now.unix_ms - at.unix_ms < for_ms;
}

}  // namespace

std::string Provider::return_address() const {
  return settings_.public_url + std::string(accounts::openid_path) + "/return";
}

Result<std::string> Provider::ask(Question question) {
  struct Turn {
    explicit Turn(std::atomic<int>& counter) : asking(counter), place(++counter) {}
    ~Turn() { --asking; }
    std::atomic<int>& asking;
    int place;
  };
  {
    const std::lock_guard lock(mutex_);
    if (failed_at_ && is_fresh(*failed_at_, clock_.now(), after_failure_ms)) {
      return unreachable("was down a moment ago");
    }
  }
  const Turn turn(asking_);
  if (turn.place > most_at_once) return unreachable("asked by too many at once");
  question.authorities = settings_.authorities;
  question.patience = settings_.patience;
  return fetch(question);
}

Result<Provider::Places> Provider::places() {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (places_ && is_fresh(places_->at, now, kept_ms)) return *places_;
  }
  auto fetched = fetch_places();
  const std::lock_guard lock(mutex_);
  if (fetched) {
    fetched->at = now;
    places_ = *fetched;
  } else if (!failed_at_ || !is_fresh(*failed_at_, now, after_failure_ms)) {
    failed_at_ = now;
  }
  return fetched;
}

Result<Provider::Places> Provider::fetch_places() {
  std::string issuer = settings_.issuer;
  if (issuer.ends_with('/')) issuer.pop_back();
  MINHU_TRY(const std::string text,
            ask({issuer + std::string(discovery_path), {}, {}, {}, settings_.patience}));
  MINHU_TRY(const json::object said, object_of(text));
  if (text_of(said, "issuer") != settings_.issuer) return unreachable("names another issuer");
  Places places;
  places.sign_in = text_of(said, "authorization_endpoint");
  places.token = text_of(said, "token_endpoint");
  places.keys = text_of(said, "jwks_uri");
  for (const std::string& place : {places.sign_in, places.token, places.keys}) {
    // A provider of the world does not lead to this machine.
    if (!is_address(place) || is_on_this_machine(place) != is_on_this_machine(settings_.issuer)) {
      return unreachable("names an address that is not https");
    }
  }
  const json::value* names_itself =
      said.if_contains("authorization_response_iss_parameter_supported");
  places.names_itself =
      names_itself != nullptr && names_itself->is_bool() && names_itself->as_bool();
  return places;
}

Result<std::string> Provider::sign_in_address(const Binding& binding, bool anew) {
  MINHU_TRY(const Places where, places());
  boost::urls::url address(where.sign_in);
  const auto put = [&](const char* name, const std::string& value) {
    address.params().append({name, value});
  };
  put("response_type", "code");
  put("client_id", settings_.client_id);
  put("redirect_uri", return_address());
  put("scope", joined(settings_.scopes));
  put("state", binding.state);
  put("nonce", binding.nonce);
  put("code_challenge", to_base64url(sha256(as_bytes(binding.verifier))));
  put("code_challenge_method", "S256");
  if (anew) {
    put("prompt", "login");
    put("max_age", "0");  // also makes it say when that was (auth_time)
  }
  if (!settings_.second_factor_acr.empty()) {
    put("acr_values", joined(settings_.second_factor_acr));
  }
  return std::string(address.buffer());
}

Result<PublicKey> Provider::key_of(const Token& token, const Places& places) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const bool fresh = keys_ && is_fresh(keys_->at, now, kept_ms);
    if (fresh) {
      if (const PublicKey* key = key_for(token, keys_->all)) return *key;
      // Keys change without notice; whoever sends made-up names must not make us ask each time.
      if (is_fresh(keys_->at, now, between_key_fetches_ms)) return refused("unknown key");
    }
  }
  MINHU_TRY(const std::string text, ask({places.keys, {}, {}, {}, settings_.patience}));
  MINHU_TRY(std::vector<PublicKey> all, read_keys(text));
  const std::lock_guard lock(mutex_);
  keys_ = Keys{std::move(all), now};
  const PublicKey* key = key_for(token, keys_->all);
  if (key == nullptr) return refused("unknown key");
  return *key;
}

Result<Identity> Provider::who(std::string_view code, std::string_view issuer,
                               const Binding& binding) {
  MINHU_TRY(const Places where, places());
  if (issuer.empty() ? where.names_itself : issuer != settings_.issuer) {
    return refused("answer of another issuer");
  }
  const std::string form = "grant_type=authorization_code&code=" + encoded(code) +
                           "&redirect_uri=" + encoded(return_address()) +
                           "&code_verifier=" + encoded(binding.verifier);
  // RFC 6749 §2.3.1: both are encoded before they are put together.
  const std::string us =
      encoded(settings_.client_id) + ":" +
      encoded(settings_.client_secret.reveal_because("who we are, to the provider"));
  MINHU_TRY(const std::string answer, ask({where.token,
                                           Sealed<std::string>(form),
                                           Sealed<std::string>("Basic " + to_base64(as_bytes(us))),
                                           {},
                                           settings_.patience}));
  MINHU_TRY(const json::object said, object_of(answer));
  MINHU_TRY(const Token token, read_token(text_of(said, "id_token")));
  MINHU_TRY(const PublicKey key, key_of(token, where));
  if (!is_signed_by(token, key)) return refused("signature");
  return identity_of(token, {settings_.issuer, settings_.client_id, binding.nonce, clock_.now()});
}

bool Provider::gave_second_factor(const Identity& identity) const {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  return has(settings_.second_factor_acr, identity.acr) ||
         std::any_of(identity.amr.begin(), identity.amr.end(),
                     [&](const std::string& way) { return has(settings_.second_factor_amr, way); });
}

}  // namespace minhu::openid
