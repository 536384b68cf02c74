// Reports of wrongdoing (检举控告). One page, no draft, no cookie, nothing kept on the phone and no
// second address: what is sent is answered in place.
//
// Where handlers were named, the report goes under a seal that this server cannot open again
// (features/accusations). Until then it is held under the key of its case, from everybody, as an
// accusation always was.
#include "adapters/pages/jubao.h"

#include <algorithm>

#include "adapters/pages/draft_session.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/phone.h"
#include "features/accusations/file_report.h"
#include "features/accusations/handlers.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_contact = 200;
// A page that means nothing to whoever looks over a shoulder.
constexpr std::string_view harmless = "https://www.weather.com.cn/";

struct Seal {
  bool is_there = false;
  std::vector<accusations::Handler> handlers;  // those who have a key
};

Seal seal_of(const Site& site) {
  return site.installation.database.read([&](Reading& reading) {
    Seal seal{accusations::can_seal(reading, site.accusations), {}};
    for (auto& handler : accusations::handlers(reading, site.accusations)) {
      if (handler.key_made_at) seal.handlers.push_back(std::move(handler));
    }
    return seal;
  });
}

// What was typed comes back into the form and is kept nowhere else.
std::string_view echo(const http::Request& request, std::string_view field) {
  const auto typed = request.form(field);
  return is_valid_utf8(typed) ? typed : std::string_view();
}

bool ticked(const http::Request& request, std::string_view field, std::string_view value) {
  return std::any_of(request.parts.begin(), request.parts.end(), [&](const http::Part& part) {
    return part.name == field && part.value == value;
  });
}

void show_levels(const Site& site, const http::Request& request, templates::Values& values) {
  const auto& say = site.surface.sentences(request);
  const auto chosen =
      accusations::level_named(request.form("level")).value_or(accusations::Level::anonymous);
  for (const auto level : {accusations::Level::anonymous, accusations::Level::confidential,
                           accusations::Level::named}) {
    const std::string name(accusations::name(level));
    auto& line = values.add("LEVEL");
    line.set("VALUE", name)
        .set("LABEL", say.say("residents.jubao.level." + name))
        .set("HINT", say.say("residents.jubao.level_hint." + name));
    line.show_if(level == chosen, "CHECKED");
  }
}

http::Response form_page(const Site& site, const http::Request& request, const Errors& errors) {
  const Seal seal = seal_of(site);
  templates::Values values;
  values.set("TEXT", echo(request, "words")).set("CONTACT", echo(request, "contact"));
  values.set("TOKEN", new_token(site));
  values.show_if(errors.any() && brings_files(request), "FILES_AGAIN");
  errors.show(values);
  if (seal.is_there) {
    auto& sealed = values.add("SEALED");
    sealed.set("NAME", echo(request, "name")).set("COMPLAINT", echo(request, "complaint"));
    sealed.show_if(ticked(request, "originals", "yes"), "ORIGINALS");
    show_levels(site, request, sealed);
    for (const auto& handler : seal.handlers) {
      auto& line = sealed.add("HANDLER");
      line.set("ID", handler.account.text())
          .set("WHO", handler.unit + " · " + handler.display_name);
      line.show_if(ticked(request, "kept_from", handler.account.text()), "CHECKED");
    }
    sealed.show_if(!seal.handlers.empty(), "KEPT_FROM");
  } else {
    values.show("HELD");
  }
  return jubao_page(site, request, "jubao", values, errors.any() ? 400 : 200);
}

std::optional<Sealed<cases::Contact>> contact_from(const std::string& text, std::string language) {
  if (text.empty()) return std::nullopt;
  cases::Contact contact;
  const auto phone = parse_phone(text);
  (phone ? contact.phone : contact.address) = phone ? phone->digits : text;
  contact.language = std::move(language);
  return Sealed(std::move(contact));
}

struct Typed {
  cases::ClientToken token{};
  std::string words;
  std::string contact;
  Uploads uploads;
};

Typed read_form(const Site& site, const http::Request& request, Errors& errors) {
  const auto& say = site.surface.sentences(request);
  Typed typed;
  const auto take = [&](std::string_view field, std::size_t most, std::string& into) {
    auto text = text_of(request, field, most);
    if (text) {
      into = std::move(*text);
    } else {
      errors.add(std::string(field), say.say(text.error()));
    }
  };
  const auto token = token_of(request);
  if (token) {
    typed.token = *token;
  } else {
    errors.add("words", say.say(token.error()));
  }
  take("words", cases::longest_words, typed.words);
  take("contact", longest_contact, typed.contact);
  typed.uploads = take_uploads(site, request);
  for (const std::string& why : typed.uploads.refused) {
    errors.add("photos", say.say("residents.what.error_file", {{"why", why}}));
  }
  if (typed.uploads.taken.size() > cases::most_attachments) {
    errors.add("photos", say.say("residents.what.error_many"));
  }
  if (!errors.any() && typed.words.empty() && typed.uploads.taken.empty()) {
    errors.add("words", say.say("residents.what.error_empty"));
  }
  return typed;
}

// Before anybody is named: held under the key of the case.
http::Response file_held(const Site& site, const http::Request& request, Typed typed,
                         Errors& errors) {
  const auto& say = site.surface.sentences(request);
  cases::Words words;
  words.token = typed.token;
  words.track = cases::Track::accusation;
  words.text = std::move(typed.words);
  words.notice = current_notice;
  words.contact = contact_from(typed.contact, say.language());
  words.attachments = std::move(typed.uploads.taken);
  const auto context = site.anyone();
  auto prepared = cases::prepare(context, std::move(words));
  auto receipt = !prepared ? tl::unexpected<Fault>(prepared.error())
                           : site.installation.database.write([&](Transaction& transaction) {
                               return cases::receive(transaction, context, **prepared);
                             });
  if (!receipt) {
    errors.add("words", say.say(receipt.error()));
    return form_page(site, request, errors);
  }
  return with_nothing_left(
      enter_case(site, request,
                 {receipt->case_id,
                  {receipt->number, receipt->query_code, site.installation.clock.now(), true},
                  true}));
}

// The files as they were sent, beside the copies that are shown: in the order in which take_uploads
// took them, and only when none was refused.
std::vector<accusations::ReportFile> files_of(const http::Request& request, Uploads uploads) {
  const bool originals = ticked(request, "originals", "yes");
  std::vector<accusations::ReportFile> files;
  for (const http::Part& part : request.parts) {
    if ((part.name != "photos" && part.name != "voice") || part.size == 0) continue;
    if (files.size() == uploads.taken.size()) break;
    accusations::ReportFile file{std::move(uploads.taken[files.size()]), {}};
    if (originals) {
      cases::NewAttachment original{"application/octet-stream", to_bytes(part.value)};
      if (original.bytes != file.shown.bytes) file.original = std::move(original);
    }
    files.push_back(std::move(file));
  }
  return files;
}

accusations::Report report_of(const http::Request& request, Typed typed) {
  accusations::Report report;
  report.notice = current_notice;
  report.token = typed.token;
  report.level =
      accusations::level_named(request.form("level")).value_or(accusations::Level::anonymous);
  report.words = std::move(typed.words);
  report.contact = std::move(typed.contact);
  report.name = request.form("name");
  report.complaint = request.form("complaint");
  for (const http::Part& part : request.parts) {
    if (part.name != "kept_from") continue;
    if (const auto id = accounts::AccountId::parse(part.value)) report.kept_from.push_back(*id);
  }
  report.files = files_of(request, std::move(typed.uploads));
  return report;
}

http::Response receipt_page(const Site& site, const http::Request& request,
                            const accusations::Filed& filed, accusations::Level level) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("CODE", cases::show_query_code(
                         filed.code.reveal_because("shown to the person who has just got it")));
  values.set("PROMISE",
             say.say("residents.jubao.promise." + std::string(accusations::name(level))));
  if (filed.complaint) {
    values.add("COMPLAINT")
        .set("NUMBER", cases::show_number(filed.complaint->number))
        .set("COMPLAINT_CODE", cases::show_query_code(filed.complaint->query_code.reveal_because(
                                   "shown to the person who has just got it")));
  }
  return with_nothing_left(jubao_page(site, request, "jubao-receipt", values, 200));
}

http::Response file_sealed(const Site& site, const http::Request& request, Typed typed,
                           Errors& errors) {
  const auto& say = site.surface.sentences(request);
  accusations::Report report = report_of(request, std::move(typed));
  const accusations::Level level = report.level;
  const auto filed = accusations::file_report(site.accusations, std::move(report));
  if (!filed) {
    const Fault& fault = filed.error();
    errors.add(fault.field.empty() ? "words" : fault.field, say.say(fault));
    return form_page(site, request, errors);
  }
  return receipt_page(site, request, *filed, level);
}

}  // namespace

http::Response jubao_page(const Site& site, const http::Request& request, std::string_view name,
                          templates::Values& values, int status) {
  return site.surface.page(request, name, values, {"", status, Keep::nothing, Quiet::yes});
}

http::Response show_jubao(const Site& site, const http::Request& request) {
  const EvenAnswer even;
  return even.make(form_page(site, request, {}));
}

http::Response file_jubao(const Site& site, const http::Request& request) {
  const EvenAnswer even;
  if (const auto ours = from_our_own_page(request); !ours) {
    return site.refuse(request, ours.error());
  }
  Errors errors;
  Typed typed = read_form(site, request, errors);
  if (errors.any()) return even.make(form_page(site, request, errors));
  return even.make(seal_of(site).is_there ? file_sealed(site, request, std::move(typed), errors)
                                          : file_held(site, request, std::move(typed), errors));
}

http::Response leave_jubao(const Site&, const http::Request&) {
  return with_nothing_left(http::see_other(std::string(harmless))
                               .with("Cache-Control", "no-store")
                               .with("Referrer-Policy", "no-referrer"));
}

http::Response to_jubao(const Site& site, const http::Request& request) {
  http::Response response = http::see_other("/jubao");
  response.with("Cache-Control", "no-store");
  // Whoever began on the ordinary way and comes here leaves nothing behind: the draft's cookie goes
  // to addresses below /report alone. It is SameSite=Strict, so no other site can make a browser do
  // this.
  if (holds_draft(request)) forget_draft(site, request, response);
  return response;
}

}  // namespace minhu::pages
