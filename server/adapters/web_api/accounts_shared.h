// What the handlers about sessions and accounts share. Inner header.
#pragma once

#include "adapters/web_api/api.h"
#include "adapters/web_api/show.h"
#include "features/accounts/password.h"
#include "features/accounts/second_factor.h"
#include "features/accounts/sessions.h"

namespace minhu::web_api {

boost::json::object who_is(const Api& api, const accounts::Seat& seat);
// Whether an app of ours can give a code; of whoever has none the county's provider gives the
// second factor, or they are of the demo.
bool has_code_of_ours(const Api& api, accounts::AccountId account);
boost::json::array shown(const accounts::RecoveryCodes& codes);
// The session of this token, open or half open, with its cookie.
Answer seated(const Api& api, const std::string& token);
// What somebody may be guessing at is refused slowly; every other fault at once.
Answer refuse_slowly(const Api& api, const http::Request& request, const Fault& fault);

inline Result<Sealed<std::string>> secret_of(const Members& given, std::string_view name) {
  MINHU_TRY(const auto text,
            given.short_text(name, accounts::longest_password, Presence::required));
  return Sealed<std::string>(std::string(text));
}

// An id that is none, and one that is nobody's, are the same answer.
template <class SomeId>
Result<SomeId> id_of(std::string_view text, const char* otherwise) {
  auto id = SomeId::parse(text);
  if (!id) return fail(FaultCode::not_found, otherwise);
  return *id;
}

}  // namespace minhu::web_api
