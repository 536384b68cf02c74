#include <charconv>

#include "adapters/web_api/accounts_shared.h"
#include "adapters/web_api/promise_shown.h"
#include "adapters/web_api/promises.h"
#include "adapters/web_api/request_parts.h"
#include "features/accounts/second_factor.h"
#include "features/accounts/signed_in_anew.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using promises::RelayId;

constexpr std::size_t longest_code = 100;
constexpr std::size_t longest_digest = 64;

using RelayRequest = Asked<RelayId>;
Result<RelayRequest> admit_to_relay(const Api& api, const http::Request& request,
                                    std::string_view permission) {
  return admit_to<RelayId>(api, request, permission, "promises.no_such_relay");
}

Answer the_relay(const Api& api, const cases::Context& context, RelayId id, int status = 200) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto view = promises::view_relay(reading, context, id);
    if (!view) return fail(FaultCode::not_found, "promises.no_such_relay");
    const UnitNames units(reading, context.county.region);
    return json(whole_relay({reading, context, units}, *view), status);
  });
}

Result<std::int64_t> item_of(const http::Request& request) {
  const std::string_view text = request.captures.at(1);
  std::int64_t item = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), item);
  if (error != std::errc() || end != text.data() + text.size()) {
    return fail(FaultCode::not_found, "promises.no_such_item");
  }
  return item;
}

// The page of the desk from which it is signed: what a sign-in anew is tied to.
std::string page_of(RelayId id) {
  return "/desk/relays/" + id.text();
}

// A signature asks for the second factor again: a desk that was left open signs nothing. Where the
// county's provider gives it, they have been there once more for this hand-over. An invented county
// has none, and its signatures say so.
Result<std::string> second_factor(const Api& api, const http::Request& request,
                                  const accounts::Account& account, RelayId id,
                                  const Members& given) {
  if (api.sessions.is_demo(account.id)) return "demo";
  if (!has_code_of_ours(api, account.id)) {
    if (!accounts::is_signed_in_anew(api.sessions.ground().keys,
                                     request.cookie(accounts::anew_cookie), account.id, page_of(id),
                                     api.installation.clock.now())) {
      return fail(FaultCode::conflict, "accounts.sign_in_anew");
    }
    return "given";
  }
  MINHU_TRY(const auto code, given.short_text("code", longest_code, Presence::required));
  const auto passed =
      accounts::present_code(api.sessions.ground(), account, code, api.installation.clock.now());
  if (!passed) return tl::unexpected<Fault>(passed.error());
  return "given";
}

}  // namespace

Answer list_relays(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "relay:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    bj::array shown;
    for (const promises::Relay& relay : promises::all_relays(reading, context)) {
      shown.push_back(relay_line({reading, context, units}, relay));
    }
    return json({{"relays", std::move(shown)}});
  });
}

Answer freeze_relay(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "relay:freeze"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"post", "incoming"}));
  MINHU_TRY(const auto post, given.text("post", Presence::required));
  MINHU_TRY(const auto incoming, given.text("incoming", Presence::required));
  // What is no id is nobody's: the feature says which of the two there is not.
  const auto post_id = promises::PostId::parse(post);
  const auto account = accounts::AccountId::parse(incoming);
  MINHU_TRY(const promises::Relay relay,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::freeze(transaction, context, post_id.value_or(promises::PostId()),
                                      account.value_or(accounts::AccountId()));
            }));
  return the_relay(api, context, relay.id, 201);
}

Answer show_relay(const Api& api, const http::Request& request) {
  MINHU_TRY(const RelayRequest asked, admit_to_relay(api, request, "relay:read"));
  return the_relay(api, asked.context, asked.id);
}

Answer answer_relay_item(const Api& api, const http::Request& request) {
  MINHU_TRY(const RelayRequest asked, admit_to_relay(api, request, "relay:sign"));
  promises::NewAnswer answer;
  MINHU_TRY(answer.item, item_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"change", "due", "reason"}));
  MINHU_TRY(const auto change, given.text("change", Presence::required));
  const auto named = promises::change_named(change);
  if (!named) return not_a_choice("change", "none, new_due, given_up, other");
  answer.change = *named;
  MINHU_TRY(answer.due, given.text("due"));
  MINHU_TRY(answer.reason, given.text("reason"));
  MINHU_TRY(const promises::Relay relay,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::answer(transaction, asked.context, asked.id, answer);
            }));
  return the_relay(api, asked.context, relay.id);
}

Answer sign_relay(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "relay:sign"));
  MINHU_TRY(const RelayRequest asked, admit_to_relay(api, request, "relay:sign"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"digest", "code"}));
  MINHU_TRY(const auto digest, given.short_text("digest", longest_digest, Presence::required));
  MINHU_TRY(const std::string factor, second_factor(api, request, account, asked.id, given));
  MINHU_TRY(const promises::Relay relay,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::sign(transaction, asked.context, asked.id, digest, factor);
            }));
  return the_relay(api, asked.context, relay.id);
}

Answer sign_relay_in_absence(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "relay:freeze"));
  MINHU_TRY(const RelayRequest asked, admit_to_relay(api, request, "relay:freeze"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"digest", "reason", "code"}));
  promises::AbsentSignature signature;
  MINHU_TRY(signature.digest, given.short_text("digest", longest_digest, Presence::required));
  MINHU_TRY(signature.reason, given.text("reason", Presence::required));
  MINHU_TRY(signature.second_factor, second_factor(api, request, account, asked.id, given));
  MINHU_TRY(const promises::Relay relay,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::sign_in_absence(transaction, asked.context, asked.id, signature);
            }));
  return the_relay(api, asked.context, relay.id);
}

Answer call_off_relay(const Api& api, const http::Request& request) {
  MINHU_TRY(const RelayRequest asked, admit_to_relay(api, request, "relay:freeze"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"reason"}));
  MINHU_TRY(const auto reason, given.text("reason", Presence::required));
  MINHU_TRY(const promises::Relay relay,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::call_off(transaction, asked.context, asked.id, reason);
            }));
  return the_relay(api, asked.context, relay.id);
}

}  // namespace minhu::web_api
