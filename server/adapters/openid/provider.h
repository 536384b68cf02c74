// The county's provider as we know it: where it is asked, and the keys it signs with. Both are
// fetched when first needed and kept for an hour. Thread-safe; a provider that is slow holds few
// workers, and one that is down is not asked again for ten seconds: signing in with a password goes
// on as if nothing were.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/openid/fetch.h"
#include "adapters/openid/id_token.h"
#include "adapters/openid/settings.h"
#include "ports/clock.h"

namespace minhu::openid {

// What one sign-in is bound to: told to the provider at the start, asked back at the end.
struct Binding {
  std::string state;
  std::string nonce;
  std::string verifier;  // PKCE (RFC 7636): the provider gets its hash first
};

class Provider {
 public:
  static constexpr std::int64_t kept_ms = 3'600'000;
  static constexpr std::int64_t between_key_fetches_ms = 60'000;
  static constexpr std::int64_t after_failure_ms = 10'000;
  static constexpr int most_at_once = 4;

  Provider(Settings settings, const Clock& clock) : settings_(std::move(settings)), clock_(clock) {}

  const Settings& settings() const { return settings_; }
  std::string return_address() const;

  // Where the browser goes; `anew`: they prove again who they are, also where the provider knows
  // them still. Fault unavailable openid.unreachable.
  Result<std::string> sign_in_address(const Binding& binding, bool anew);
  // Whose code this is. `issuer` as the answer named it (RFC 9207), empty when it did not. Faults
  // as above; unauthenticated openid.answer_refused (details: reason).
  Result<Identity> who(std::string_view code, std::string_view issuer, const Binding& binding);
  // Does what the provider says of this sign-in count as a second factor?
  bool gave_second_factor(const Identity& identity) const;

 private:
  struct Places {
    std::string sign_in;
    std::string token;
    std::string keys;
    bool names_itself = false;  // in each answer (RFC 9207)
    Instant at;
  };
  struct Keys {
    std::vector<PublicKey> all;
    Instant at;
  };

  Result<Places> places();
  Result<Places> fetch_places();
  Result<PublicKey> key_of(const Token& token, const Places& places);
  Result<std::string> ask(Question question);

  Settings settings_;
  const Clock& clock_;
  std::mutex mutex_;  // never held while the provider is asked
  std::optional<Places> places_;
  std::optional<Keys> keys_;
  std::optional<Instant> failed_at_;
  std::atomic<int> asking_{0};
};

}  // namespace minhu::openid
