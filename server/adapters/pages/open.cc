#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_typed = 100;

http::Response open_page(const Site& site, const http::Request& request, std::string_view number,
                         const Errors& errors, int status) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("NUMBER", number).set("TOKEN", new_token(site));
  values.set("LOST",
             say.say("residents.open.lost", {{"phone", unbroken(site.surface.county().phone)}}));
  if (request.query_value("said") == "left") {
    values.add("NOTICE").set("SENTENCE", say.say("residents.notice.left"));
  }
  errors.show(values);
  return site.surface.page(request, "open", values,
                           {errors.title(site, request, say.say("residents.open.title")), status});
}

std::string typed(const http::Request& request, std::string_view field) {
  return text_of(request, field, longest_typed).value_or("");
}

// The delay that the wrong answer waits, so that guessing a code takes for ever.
void slow_down(const Site& site, const http::Request& request, http::Response& response) {
  response.hold = site.guesses.wrong(request.client, site.installation.clock.now());
}

http::Response activate_page(const Site& site, const http::Request& request,
                             std::string_view number, std::string_view token, const Errors& errors,
                             int status) {
  templates::Values values;
  values.set("NUMBER", number).set("TOKEN", token);
  errors.show(values);
  return site.surface.page(
      request, "activate", values,
      {errors.title(site, request, site.say(request, "residents.activate.title")), status});
}

// Both fields are there: their absence may be told apart, everything else is one sentence.
void check_filled(const Site& site, const http::Request& request, Errors& errors) {
  if (typed(request, "number").empty()) {
    errors.add("number", site.say(request, "residents.open.error_number"));
  }
  if (typed(request, "code").empty()) {
    errors.add("code", site.say(request, "residents.open.error_code"));
  }
}

}  // namespace

http::Response show_open(const Site& site, const http::Request& request) {
  return open_page(site, request, "", {}, 200);
}

http::Response ask_for_code(const Site& site, const http::Request& request,
                            std::string_view number) {
  return open_page(site, request, cases::show_number(number), {}, 200);
}

http::Response ask_for_code_again(const Site& site, const http::Request& request,
                                  std::string_view number) {
  templates::Values values;
  values.set("NUMBER", cases::show_number(number)).set("ACTION", request.path);
  for (const http::Part& part : request.parts) {
    if (part.name == "photos" || part.name == "voice") continue;
    if (part.name == "pass" || part.name == "code" || !part.spooled.empty()) continue;
    if (!is_valid_utf8(part.value) || !is_valid_utf8(part.name)) continue;
    values.add("KEPT").set("NAME", part.name).set("VALUE", part.value);
  }
  values.show_if(brings_files(request), "FILES_AGAIN");
  Errors errors;
  if (!request.form("code").empty()) {
    errors.add("code", site.say(request, "cases.wrong_number_or_code"));
  }
  errors.show(values);
  // Quiet pages alone carry their pass in the form.
  const Quiet quiet = request.part("pass") != nullptr ? Quiet::yes : Quiet::no;
  http::Response response =
      site.surface.page(request, "again", values,
                        {errors.title(site, request, site.say(request, "residents.open.again")),
                         401, Keep::nothing, quiet});
  if (errors.any()) slow_down(site, request, response);
  return response;
}

http::Response take_open(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  Errors errors;
  check_filled(site, request, errors);
  const std::string number = typed(request, "number");
  if (errors.any()) return open_page(site, request, number, errors, 400);
  auto found = open_with(site, number, typed(request, "code"));
  if (!found) {
    errors.add("number", site.surface.sentences(request).say(found.error()));
    http::Response response =
        open_page(site, request, number, errors, http::status_of(found.error().code));
    slow_down(site, request, response);
    return response;
  }
  site.guesses.right(request.client);
  return enter_case(site, request, std::move(*found));
}

http::Response show_activate(const Site& site, const http::Request& request) {
  return activate_page(site, request, "", new_token(site), {}, 200);
}

http::Response take_activate(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  Errors errors;
  check_filled(site, request, errors);
  const std::string number = typed(request, "number");
  const auto token = token_of(request);
  if (!token) errors.add("number", site.surface.sentences(request).say(token.error()));
  if (errors.any()) return activate_page(site, request, number, new_token(site), errors, 400);

  const auto parsed_number = cases::parse_number(number);
  const auto parsed_code = cases::parse_query_code(typed(request, "code"));
  Result<Sealed<std::string>> code = fail(FaultCode::unauthenticated, "cases.wrong_number_or_code");
  const auto context = site.anyone();
  if (parsed_number && parsed_code) {
    code = site.installation.database.write([&](Transaction& transaction) {
      return cases::activate(transaction, context, *parsed_number, *parsed_code, *token);
    });
  }
  if (!code) {
    errors.add("number", site.surface.sentences(request).say(code.error()));
    http::Response response = activate_page(site, request, number, to_hex(*token), errors,
                                            http::status_of(code.error().code));
    if (code.error().code == FaultCode::unauthenticated) slow_down(site, request, response);
    return response;
  }
  site.guesses.right(request.client);
  const auto id = site.installation.database.read([&](Reading& reading) {
    return cases::open_with_code(reading, context, *parsed_number, *code);
  });
  if (!id) return ask_for_code(site, request, *parsed_number);
  return enter_case(site, request, {*id, {*parsed_number, *code, context.now, true}, false});
}

}  // namespace minhu::pages
