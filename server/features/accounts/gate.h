// The door of every route that is not public: who is signed in, may their role do this at all, and
// did the request come from our own pages. What concerns one case (is it theirs?) the use case
// decides.
#pragma once

#include <string_view>

#include "features/accounts/permissions.h"
#include "features/accounts/sessions.h"
#include "ports/clock.h"
#include "ports/http.h"

namespace minhu::accounts {

// __Host-: only over TLS (or to this machine), only this host, only the path "/".
inline constexpr std::string_view session_cookie = "__Host-minhu";
std::string session_cookie_header(std::string_view token);  // Set-Cookie value
std::string forget_session_header();

// Programs of ours set it on every request to /api that changes something: no form of another site
// can, and a script of another site may not.
inline constexpr std::string_view desk_header = "x-minhu-desk";

class Gate {
 public:
  Gate(Sessions& sessions, const Clock& clock) : sessions_(sessions), clock_(clock) {}

  // Faults: unauthenticated accounts.sign_in_first, accounts.second_factor_first (the session is
  // half open); not_allowed accounts.not_your_role; not_allowed accounts.foreign_request,
  // accounts.desk_header_missing (a request that changes something and does not come from our
  // pages).
  Result<Account> admit(const http::Request& request, std::string_view permission) const;
  // The same with the whole seat: whose post it is, since when.
  Result<Seat> admit_seat(const http::Request& request, std::string_view permission) const;
  // Whoever has a session, half open or open: for the second factor and for leaving.
  Result<Seat> admit_half_open(const http::Request& request) const;

 private:
  Sessions& sessions_;
  const Clock& clock_;
};

// A form or script of another site asks the browser to change something here. Browsers say where a
// request comes from in Sec-Fetch-Site or Origin; without either (old browsers, programs) the
// SameSite cookie is what protects.
bool comes_from_elsewhere(const http::Request& request);

// Does any line of the table give this role that permission, in whatever relation to a case?
bool role_has(Role role, std::string_view permission);

}  // namespace minhu::accounts
