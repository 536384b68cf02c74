// Who holds the receipt of a case, and its code. Inner header.
#pragma once

#include <string>

#include "adapters/web_api/api.h"
#include "features/cases/access.h"

namespace minhu::web_api {

constexpr accounts::Principal a_speaker{accounts::Role::speaker, {}, {}};

struct Credentials {
  std::string number;
  Sealed<std::string> code;
};
// The number stands in the path, the code only ever in a header: paths lie in logs and histories.
// "Authorization: Receipt <number>:<code>" or "X-Query-Code: <code>".
Result<Credentials> credentials_of(const http::Request& request);

// The same answer, and the same wait, for a number that does not exist and a code that does not
// fit.
http::Response wrong(const Api& api, const http::Request& request, const Fault& fault);

// Runs `use(context, case)` for whoever holds the code.
template <class F>
Answer with_own_case(const Api& api, const http::Request& request, F&& use) {
  MINHU_TRY(const Credentials credentials, credentials_of(request));
  const cases::Context context = api.installation.as(a_speaker);
  const auto id = api.installation.database.read([&](Reading& reading) {
    return cases::open_with_code(reading, context, credentials.number, credentials.code);
  });
  if (!id) return wrong(api, request, id.error());
  api.guesses.right(request.client);
  return use(context, *id);
}

}  // namespace minhu::web_api
