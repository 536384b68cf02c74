#include <array>

#include "adapters/pages/draft_session.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_field = 200;
constexpr std::array<std::string_view, 5> ways{"sms", "voice", "mail", "paper", "none"};

constexpr std::array levels{cases::IdentityLevel::anonymous, cases::IdentityLevel::confidential,
                            cases::IdentityLevel::named};

struct Typed {
  std::string phone;
  std::string address;
  std::string way;
  bool may_call = false;
  std::optional<cases::IdentityLevel> level;
  std::string name;
};

http::Response contact_page(const Site& site, const http::Request& request, const Typed& typed,
                            const Errors& errors) {
  templates::Values values;
  values.set("PHONE_TYPED", typed.phone).set("ADDRESS", typed.address);
  values.set("TOKEN", new_token(site));
  for (const auto way : ways) {
    values.add("WAY")
        .set("VALUE", way)
        .set("LABEL", site.say(request, "residents.contact." + std::string(way)))
        .show_if(typed.way == way, "CHECKED");
  }
  for (const auto level : levels) {
    const std::string key = "residents.level." + std::string(cases::name(level));
    values.add("LEVEL")
        .set("VALUE", cases::name(level))
        .set("LABEL", site.say(request, key))
        .set("MEANING", site.say(request, key + "_means"))
        .show_if(typed.level.value_or(cases::IdentityLevel::confidential) == level, "CHECKED");
  }
  values.set("NAME_TYPED", typed.name);
  values.show_if(typed.may_call, "MAY_CALL");
  values.show_if(request.query_value("from") == "check" || request.form("from") == "check",
                 "FROM_CHECK");
  errors.show(values);
  return site.surface.page(
      request, "contact", values,
      {errors.title(site, request, site.say(request, "residents.contact.title")),
       errors.any() ? 400 : 200});
}

// An e-mail address that could be one; whether it is, only a message can tell.
bool looks_like_mail(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find(' ') == std::string_view::npos;
}

// What was typed, made into a contact; nothing when there is nothing to keep.
std::optional<cases::Contact> contact_from(const Site& site, const http::Request& request,
                                           const Typed& typed, Errors& errors) {
  // Whatever was typed before they chose to stay unknown is not kept.
  if (typed.level == cases::IdentityLevel::anonymous) return std::nullopt;
  const bool named = typed.level == cases::IdentityLevel::named;
  if (named && typed.name.empty()) {
    errors.add("name", site.say(request, "residents.level.error_name"));
  }
  const auto phone = parse_phone(typed.phone);
  if (!typed.phone.empty() && !phone) {
    errors.add("phone", site.say(request, "residents.contact.error_phone"));
    return std::nullopt;
  }
  std::string way = typed.way;
  // Nothing chosen: the number says what is meant, or else the address. A browser that does not
  // know :has shows the field for it whatever is chosen.
  if (way.empty() && phone) way = phone->mobile ? "sms" : "voice";
  if (way.empty() && !typed.address.empty()) {
    way = looks_like_mail(typed.address) ? "mail" : "paper";
  }
  if (way == "none") way.clear();

  if ((way == "sms" || way == "voice") && !phone) {
    errors.add("phone", site.say(request, "residents.contact.error_need_phone"));
  } else if (way == "sms" && !phone->mobile) {
    errors.add("phone", site.say(request, "residents.contact.error_mobile"));
  } else if (way == "mail" && !looks_like_mail(typed.address)) {
    errors.add("address",
               site.say(request, typed.address.empty() ? "residents.contact.error_address"
                                                       : "residents.contact.error_mail"));
  } else if (way == "paper" && code_points(typed.address) < 4) {
    errors.add("address", site.say(request, "residents.contact.error_address"));
  }
  if (typed.may_call && !phone) {
    errors.add("phone", site.say(request, "residents.contact.error_call"));
  }
  if (errors.any()) return std::nullopt;

  // What is not needed for telling or calling is not kept.
  cases::Contact contact;
  contact.way = way;
  contact.language = site.surface.sentences(request).language();
  if (named) contact.name = typed.name;
  if (phone && (named || typed.may_call || way == "sms" || way == "voice"))
    contact.phone = phone->digits;
  if (way == "mail" || way == "paper") contact.address = typed.address;
  if (contact.name.empty() && contact.phone.empty() && contact.address.empty()) return std::nullopt;
  return contact;
}

}  // namespace

http::Response show_contact(const Site& site, const http::Request& request) {
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  Typed typed;
  if (session->draft.contact) {
    const auto& contact =
        session->draft.contact->reveal_because("shown to the person who typed it");
    typed = {contact.phone,
             contact.address,
             contact.way.empty() ? "none" : contact.way,
             session->draft.may_be_called,
             {},
             contact.name};
  }
  typed.level = session->draft.identity_level;
  return contact_page(site, request, typed, {});
}

http::Response take_contact(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  Typed typed;
  Errors errors;
  const auto phone = text_of(request, "phone", longest_field);
  const auto address = text_of(request, "address", longest_field);
  if (!phone) errors.add("phone", site.surface.sentences(request).say(phone.error()));
  if (!address) errors.add("address", site.surface.sentences(request).say(address.error()));
  typed.phone = phone.value_or("");
  typed.address = address.value_or("");
  for (const auto way : ways) {
    if (request.form("way") == way) typed.way = way;
  }
  typed.may_call = request.form("may_call") == "yes";
  const auto name = text_of(request, "name", longest_field);
  if (!name) errors.add("name", site.surface.sentences(request).say(name.error()));
  typed.name = name.value_or("");
  typed.level = cases::named<cases::IdentityLevel>(request.form("level"));
  std::optional<cases::Contact> contact;
  if (!errors.any()) contact = contact_from(site, request, typed, errors);
  if (errors.any()) return contact_page(site, request, typed, errors);
  const auto kept =
      change_draft(site, *session, [&](Transaction&, drafts::Draft& draft) -> Outcome {
        draft.contact.reset();
        if (contact) draft.contact = Sealed(*contact);
        draft.may_be_called = contact && typed.may_call;
        // Whoever leaves nothing is anonymous, whatever was ticked.
        draft.identity_level = contact ? typed.level.value_or(cases::IdentityLevel::confidential)
                                       : cases::IdentityLevel::anonymous;
        return {};
      });
  if (!kept) return site.refuse(request, kept.error());
  return http::see_other(after(request, "/report/check"));
}

}  // namespace minhu::pages
