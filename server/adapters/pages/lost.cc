// The code of a receipt is lost, its number is not: a code that works once goes to the telephone
// that was left. The page never says whether anything was sent.
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "features/cases/lost_receipt.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_typed = 100;

http::Response lost_page(const Site& site, const http::Request& request, std::string_view number,
                         bool asked, const Errors& errors, int status) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("NUMBER", number).set("TOKEN", new_token(site));
  values.show(asked ? "ASKED" : "ASKING");
  values.set("OFFICE",
             say.say("residents.lost.office", {{"phone", unbroken(site.surface.county().phone)}}));
  errors.show(values);
  return site.surface.page(request, "lost", values,
                           {errors.title(site, request, say.say("residents.lost.title")), status});
}

std::string typed(const http::Request& request, std::string_view field) {
  return text_of(request, field, longest_typed).value_or("");
}

http::Response take_code(const Site& site, const http::Request& request,
                         const std::string& number) {
  Errors errors;
  const auto token = token_of(request);
  if (!token) errors.add("code", site.surface.sentences(request).say(token.error()));
  if (errors.any()) return lost_page(site, request, number, true, errors, 400);
  const auto context = site.anyone();
  std::optional<Sealed<std::string>> fresh;
  const Outcome done = site.installation.database.write_job([&](Transaction& t) -> Outcome {
    fresh = cases::exchange_code_once(t, context, number, Sealed(typed(request, "code")), *token);
    return {};
  });
  if (!done) return site.refuse(request, done.error());
  const auto parsed = cases::parse_number(number);
  if (!fresh || !parsed) {
    errors.add("code", site.say(request, "residents.lost.error_code"));
    http::Response response = lost_page(site, request, number, true, errors, 401);
    response.hold = site.guesses.wrong(request.client, site.installation.clock.now());
    return response;
  }
  site.guesses.right(request.client);
  const auto id = site.installation.database.read(
      [&](Reading& reading) { return cases::open_with_code(reading, context, *parsed, *fresh); });
  if (!id) return ask_for_code(site, request, *parsed);
  return enter_case(site, request, {*id, {*parsed, *fresh, context.now, true}, false});
}

}  // namespace

http::Response show_lost(const Site& site, const http::Request& request) {
  return lost_page(site, request, "", false, {}, 200);
}

http::Response take_lost(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  Errors errors;
  const std::string number = typed(request, "number");
  if (number.empty()) errors.add("number", site.say(request, "residents.open.error_number"));
  if (!errors.any() && !typed(request, "code").empty()) return take_code(site, request, number);
  const auto phone = parse_phone(typed(request, "phone"));
  if (!phone) errors.add("phone", site.say(request, "residents.contact.error_phone"));
  if (errors.any()) return lost_page(site, request, number, false, errors, 400);
  const auto context = site.anyone();
  const Outcome done = site.installation.database.write_job([&](Transaction& t) -> Outcome {
    cases::ask_for_code_once(t, context, number, Sealed(phone->digits));
    return {};
  });
  if (!done) return site.refuse(request, done.error());
  http::Response response = lost_page(site, request, number, true, {}, 200);
  // Each time later, whether or not it fits: nobody tries numbers one after the other.
  response.hold = site.guesses.wrong(request.client, site.installation.clock.now());
  return response;
}

}  // namespace minhu::pages
