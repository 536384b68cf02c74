// What a browser carries while it is at the provider: what this sign-in is bound to, and where it
// leads. Sealed into a cookie under a key of the installation, so that whichever of its servers is
// asked next can open it; the server keeps nothing, so nobody can fill it by beginning and not
// coming back. Inner header.
#pragma once

#include <optional>
#include <string>

#include "adapters/openid/provider.h"
#include "features/accounts/ground.h"
#include "kernel/crypto.h"
#include "ports/entropy.h"

namespace minhu::openid {

inline constexpr std::string_view crossing_cookie = "__Host-minhu-openid";
inline constexpr std::int64_t crossing_ms = 10 * 60'000;
// By which the clock of the server that is asked next may be behind.
inline constexpr std::int64_t crossing_skew_ms = 60'000;

struct Crossing {
  Binding binding;
  std::string next;        // a page of ours
  std::string invitation;  // its token; empty: signing in
  Instant begun_at;
  bool anew = false;  // for a signature on `next`: who they are must be proved after `begun_at`
};

Binding new_binding(Entropy& entropy);

// The same at every server of the installation, and after a restart.
Key crossing_key(const accounts::Keys& keys);
std::string seal_crossing(const Crossing& crossing, const Key& key, Entropy& entropy);
// Nothing when it was not sealed by us or is older than ten minutes.
std::optional<Crossing> open_crossing(std::string_view cookie, const Key& key, Instant now);

// Values of Set-Cookie. Lax: it has to come along when the provider sends the browser back.
std::string crossing_header(std::string_view sealed);
std::string forget_crossing_header();

// `wanted` if it is a page of the desk or of the office, else the desk: nobody is sent elsewhere by
// a link that goes through here.
std::string page_of_ours(std::string_view wanted);

}  // namespace minhu::openid
