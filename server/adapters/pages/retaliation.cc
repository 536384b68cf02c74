// Somebody is made to pay for having spoken: one page away from every receipt, a report of its own
// that goes to the level above (cases/retaliation.h). Quiet like an accusation: no cookie, no
// draft, its receipt is the answer to the POST itself.
#include "features/cases/retaliation.h"

#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "features/cases/store.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_contact = 200;

http::Response retaliation_page(const Site& site, const http::Request& request,
                                const Opened& opened, const Errors& errors, int status) {
  const auto echo = [&](std::string_view field) {
    const auto typed = request.form(field);
    return is_valid_utf8(typed) ? typed : std::string_view();
  };
  templates::Values values;
  values.set("NUMBER", cases::show_number(opened.pass.number));
  values.set("TEXT", echo("words")).set("CONTACT", echo("contact"));
  // The same form sent again must mean the same report, also after an error.
  const auto token = token_of(request);
  values.set("TOKEN", token ? to_hex(*token) : new_token(site));
  // Always by hidden field: the report must leave no more behind than this page does.
  values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
  errors.show(values);
  return site.surface.page(request, "retaliation", values, {"", status, Keep::nothing, Quiet::yes});
}

std::optional<Sealed<cases::Contact>> contact_from(const std::string& text, std::string language) {
  if (text.empty()) return std::nullopt;
  cases::Contact contact;
  const auto phone = parse_phone(text);
  (phone ? contact.phone : contact.address) = phone ? phone->digits : text;
  contact.language = std::move(language);
  return Sealed(std::move(contact));
}

Result<cases::Receipt> report(const Site& site, const Opened& opened, cases::Words words) {
  const auto speaker = site.speaker();
  MINHU_TRY(const auto prepared, cases::prepare(speaker, std::move(words)));
  return site.installation.database.write([&](Transaction& transaction) {
    return cases::report_retaliation(transaction, speaker, opened.id, *prepared);
  });
}

}  // namespace

http::Response show_retaliation(const Site& site, const http::Request& request) {
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  return retaliation_page(site, request, *opened_case, {}, 200);
}

http::Response file_retaliation(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours) {
    return site.refuse(request, ours.error());
  }
  if (request.part("show") != nullptr) return show_retaliation(site, request);
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  auto opened_case = opened(site, request, *number);
  if (!opened_case && !request.form("code").empty()) {
    if (auto by_code = open_with(site, *number, request.form("code"))) {
      site.guesses.right(request.client);
      opened_case = std::move(*by_code);
    }
  }
  if (!opened_case) return ask_for_code_again(site, request, *number);

  const auto& say = site.surface.sentences(request);
  Errors errors;
  const auto token = token_of(request);
  const auto text = text_of(request, "words", cases::longest_words);
  const auto contact = text_of(request, "contact", longest_contact);
  if (!token) errors.add("words", say.say(token.error()));
  if (!text) errors.add("words", say.say(text.error()));
  if (!contact) errors.add("contact", say.say(contact.error()));
  if (text && text->empty()) errors.add("words", say.say("residents.what.error_empty"));
  if (errors.any()) return retaliation_page(site, request, *opened_case, errors, 400);

  cases::Words words;
  words.token = *token;
  words.track = cases::Track::petition;
  words.text = *text;
  words.contact = contact_from(*contact, say.language());
  const auto receipt = report(site, *opened_case, std::move(words));
  if (!receipt) {
    errors.add("words", say.say(receipt.error()));
    return retaliation_page(site, request, *opened_case, errors,
                            http::status_of(receipt.error().code));
  }
  return enter_case(site, request,
                    {receipt->case_id,
                     {receipt->number, receipt->query_code, site.installation.clock.now(), true},
                     true});
}

}  // namespace minhu::pages
