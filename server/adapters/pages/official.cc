// Reporting an official. One page, no draft, no cookie, nothing kept on the phone; filed as an
// accusation, which is held from everybody from its first moment.
//
// Its receipt is the answer to the POST itself: no address to go back to, no cookie that says that
// it was. Sent twice (a double tap, a lost response, a reload), the hidden token makes it the same
// case and the same receipt.
#include "adapters/pages/draft_session.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/phone.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_contact = 200;

struct Typed {
  std::string_view words;
  std::string_view contact;
};

http::Response official_page(const Site& site, const http::Request& request, Typed typed,
                             const Errors& errors) {
  templates::Values values;
  values.set("TEXT", typed.words).set("CONTACT", typed.contact);
  values.set("TOKEN", new_token(site));
  errors.show(values);
  return site.surface.page(request, "official", values,
                           {"", errors.any() ? 400 : 200, Keep::nothing, Quiet::yes});
}

std::optional<Sealed<cases::Contact>> contact_from(const std::string& text, std::string language) {
  if (text.empty()) return std::nullopt;
  cases::Contact contact;
  const auto phone = parse_phone(text);
  (phone ? contact.phone : contact.address) = phone ? phone->digits : text;
  contact.language = std::move(language);
  return Sealed(std::move(contact));
}

}  // namespace

http::Response show_official(const Site& site, const http::Request& request) {
  http::Response response = official_page(site, request, {}, {});
  // Whoever began on the ordinary way and comes here leaves nothing behind. The cookie is
  // SameSite=Strict, so no other site can make a browser do this.
  if (holds_draft(request)) forget_draft(site, request, response);
  return response;
}

http::Response file_official(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto& say = site.surface.sentences(request);
  Errors errors;
  const auto token = token_of(request);
  const auto text = text_of(request, "words", cases::longest_words);
  const auto contact = text_of(request, "contact", longest_contact);
  if (!token) errors.add("words", say.say(token.error()));
  if (!text) errors.add("words", say.say(text.error()));
  if (!contact) errors.add("contact", say.say(contact.error()));
  Uploads uploads = take_uploads(site, request);
  for (const std::string& why : uploads.refused) {
    errors.add("photos", say.say("residents.what.error_file", {{"why", why}}));
  }
  if (uploads.taken.size() > cases::most_attachments) {
    errors.add("photos", say.say("residents.what.error_many"));
  }
  if (text && text->empty() && uploads.taken.empty()) {
    errors.add("words", say.say("residents.what.error_empty"));
  }

  Result<cases::Receipt> receipt = fail(FaultCode::invalid_input, "cases.words_empty");
  if (!errors.any()) {
    cases::Words words;
    words.token = *token;
    words.track = cases::Track::accusation;
    words.text = *text;
    words.notice = current_notice;
    words.contact = contact_from(*contact, say.language());
    words.attachments = std::move(uploads.taken);
    const auto context = site.anyone();
    auto prepared = cases::prepare(context, std::move(words));
    receipt = !prepared ? tl::unexpected<Fault>(prepared.error())
                        : site.installation.database.write([&](Transaction& transaction) {
                            return cases::receive(transaction, context, **prepared);
                          });
    if (!receipt) errors.add("words", say.say(receipt.error()));
  }
  if (errors.any()) {
    const auto echo = [&](std::string_view field) {
      const auto typed = request.form(field);
      return is_valid_utf8(typed) ? typed : std::string_view();
    };
    return official_page(site, request, {echo("words"), echo("contact")}, errors);
  }
  return enter_case(site, request,
                    {receipt->case_id,
                     {receipt->number, receipt->query_code, site.installation.clock.now(), true},
                     true});
}

}  // namespace minhu::pages
