// A new query code in place of one that somebody else may have seen.
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

// More often than this nobody changes a code; it bounds the search below.
constexpr std::int64_t most_versions = 64;

// The response with the new code was lost and the form is sent again: the pass names the old code,
// which opens nothing any more. Whoever holds the form's token, though, can be given the code that
// was made from it — and from nothing else: the one in force is that code, or this finds nothing.
std::optional<Opened> already_replaced(const Site& site, const Pass& before,
                                       const cases::ClientToken& token) {
  const auto context = site.anyone();
  for (std::int64_t version = 2; version < most_versions; ++version) {
    auto code = cases::make_query_code(context.keyring, before.number, version, token);
    const auto id = site.installation.database.read([&](Reading& reading) {
      return cases::open_with_code(reading, context, before.number, code);
    });
    if (id) return Opened{*id, Pass{before.number, std::move(code), context.now, true}, false};
  }
  return std::nullopt;
}

http::Response revoke_page(const Site& site, const http::Request& request, const Opened& opened,
                           const Errors& errors, int status) {
  templates::Values values;
  values.set("NUMBER", cases::show_number(opened.pass.number)).set("TOKEN", new_token(site));
  if (opened.by_hidden_field) values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
  errors.show(values);
  return site.surface.page(
      request, "revoke", values,
      {errors.title(site, request, site.say(request, "residents.revoke.title")), status,
       Keep::nothing, opened.by_hidden_field ? Quiet::yes : Quiet::no});
}

}  // namespace

http::Response show_revoke(const Site& site, const http::Request& request) {
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  return revoke_page(site, request, *opened_case, {}, 200);
}

http::Response take_revoke(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  if (request.part("show") != nullptr) return show_revoke(site, request);
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto token = token_of(request);
  if (!token) return site.refuse(request, token.error());
  const bool by_hidden_field = !request.form("pass").empty();

  auto opened_case = opened(site, request, *number);
  if (opened_case) {
    const auto context = site.speaker();
    auto code = site.installation.database.write([&](Transaction& transaction) {
      return cases::replace_code(transaction, context, opened_case->id, *token);
    });
    if (!code) return site.refuse(request, code.error());
    opened_case->pass = {*number, std::move(*code), context.now, true};
  } else if (const auto before = carried_pass(site, request, *number)) {
    opened_case = already_replaced(site, *before, *token);
  }
  if (!opened_case) return ask_for_code(site, request, *number);
  opened_case->by_hidden_field = by_hidden_field;
  return enter_case(site, request, *opened_case);
}

}  // namespace minhu::pages
