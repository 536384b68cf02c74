// Signing in at the county's OpenID provider in place of a password: authorisation code with PKCE
// (RFC 7636), nothing else. Never makes an account: an invitation links somebody to one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/openid/settings.h"
#include "features/accounts/sessions.h"
#include "ports/clock.h"
#include "ports/http.h"

namespace minhu::openid {

// Pages in the look of the house.
struct Pages {
  // One sentence and a link to go on by; goes on by itself at once.
  std::function<http::Response(const http::Request&, const std::string& address)> go_on;
  // Why it was not done, and a link back.
  std::function<http::Response(const http::Request&, const Fault&, const std::string& back)> refuse;
};

// Everything by reference outlives the routes.
struct Services {
  accounts::Sessions& sessions;
  const Clock& clock;
  Entropy& entropy;
  Pages pages;
  // For the log of the machine: why an answer was refused, in a few words and about nobody.
  std::function<void(const std::string& reason)> note;
};

// Without settings the routes are there and say that there is no provider.
std::vector<http::Route> routes(Services services, std::optional<Settings> settings);

}  // namespace minhu::openid
