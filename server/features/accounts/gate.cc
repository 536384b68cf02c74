#include "features/accounts/gate.h"

#include <algorithm>

namespace minhu::accounts {

std::string session_cookie_header(std::string_view token) {
  return std::string(session_cookie) + "=" + std::string(token) +
         "; Path=/; Secure; HttpOnly; SameSite=Strict";
}

std::string forget_session_header() {
  return std::string(session_cookie) + "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";
}

bool comes_from_elsewhere(const http::Request& request) {
  if (request.method == http::Method::get || request.method == http::Method::head) return false;
  const auto site = request.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const auto origin = request.header("origin");
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("host");
}

bool role_has(Role role, std::string_view permission) {
  const auto table = permission_table();
  return std::any_of(table.begin(), table.end(), [&](const PermissionRow& row) {
    return row.role == role && row.permission == permission;
  });
}

Result<Seat> Gate::admit_half_open(const http::Request& request) const {
  if (comes_from_elsewhere(request)) {
    return fail(FaultCode::not_allowed, "accounts.foreign_request");
  }
  auto seat = sessions_.seat(request.cookie(session_cookie), clock_.now());
  if (!seat) return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
  const bool changes = request.method != http::Method::get && request.method != http::Method::head;
  // Pages send forms, which have no headers of their own; they are held by where they come from and
  // by the cookie's SameSite.
  if (changes && request.path.starts_with("/api/") && request.header(desk_header).empty()) {
    return fail(FaultCode::not_allowed, "accounts.desk_header_missing");
  }
  return std::move(*seat);
}

Result<Seat> Gate::admit_seat(const http::Request& request, std::string_view permission) const {
  MINHU_TRY(Seat seat, admit_half_open(request));
  if (seat.stage != Stage::open) {
    return fail(FaultCode::unauthenticated, "accounts.second_factor_first");
  }
  if (!role_has(seat.account.principal.role, permission)) {
    return fail(FaultCode::not_allowed, "accounts.not_your_role");
  }
  return seat;
}

Result<Account> Gate::admit(const http::Request& request, std::string_view permission) const {
  MINHU_TRY(Seat seat, admit_seat(request, permission));
  return std::move(seat.account);
}

}  // namespace minhu::accounts
