#include "adapters/office_pages/page.h"

#include <algorithm>
#include <boost/url.hpp>

#include "adapters/office_pages/form.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/held_answers.h"

namespace minhu::office_pages {

namespace {

std::string language_of(const Office& office, const http::Request& request) {
  return office.catalogues.of(request.cookie(language_cookie)).language();
}

// The address of a GET as it was asked for.
std::string address_of(const http::Request& request) {
  boost::urls::url address;
  address.set_path(request.path);
  for (const auto& [key, value] : request.query) address.params().append({key, value});
  return std::string(address.buffer());
}

// To the page where the session is opened, or where what it still owes is given.
std::string sign_in_and_come_back(const http::Request& request, const Fault& fault) {
  boost::urls::url address;
  address.set_path(fault.key == "accounts.second_factor_first" ? "/office/second-factor"
                                                               : "/office/sign-in");
  address.params().append({"next", address_of(request)});
  return std::string(address.buffer());
}

// The session ended while somebody was writing: the words come back, to be sent again.
void give_back(const http::Request& request, templates::Values& values) {
  const bool typed = std::any_of(request.parts.begin(), request.parts.end(),
                                 [](const http::Part& part) { return part.file_name.empty(); });
  if (!typed) return;
  values.show("AGAIN").set("ACTION", request.path).show_if(brings_files(request), "FILES_AGAIN");
  for (const http::Part& part : request.parts) {
    if (!part.file_name.empty()) continue;
    const std::string text = text_of(part);
    const bool long_text = text.size() > 40 || text.find('\n') != std::string::npos;
    values.add(long_text ? "AGAIN_TEXT" : "AGAIN_HIDDEN").set("NAME", part.name).set("VALUE", text);
  }
}

}  // namespace

Wording wording_of(const Office& office, const http::Request& request) {
  return Wording(office.catalogues.of(language_of(office, request)));
}

Page::Page(const Office& office, const http::Request& request, const accounts::Account* who)
    : office_(office), wording_(wording_of(office, request)) {
  values_.set("LANGUAGE", wording_.language())
      .set("COUNTY", office.county.name)
      .set("STYLE", "/office/assets/" + office.style_name)
      .set("PHONE", wording_.say("office.nav.phone", {{"phone", office.county.phone}}))
      .show_if(office.county.profile == places_and_units::Profile::demo, "DEMO");
  path_ = request.path;
  const std::string here =
      request.method == http::Method::get ? local_address(address_of(request)) : "/office";
  values_.set("HERE", path_ == "/office/sign-in" ? path_ : here);
  for (const catalogue::Catalogue& catalogue : office.catalogues.all()) {
    const std::string& language = catalogue.language();
    if (language == wording_.language()) continue;
    values_.add("OTHER_LANGUAGE")
        .set("TAG", language)
        .set("NAME", language == "zh-CN" ? "中文"
                     : language == "en"  ? "English"
                                         : language);
  }
  if (who != nullptr) put_navigation(*who);
}

void Page::put_navigation(const accounts::Account& who) {
  values_.show("SIGNED_IN").set("WHO", who.display_name);
  const auto unit = office_.installation.database.read([&](Reading& reading) {
    return places_and_units::find_unit(reading, office_.installation.county.region,
                                       who.principal.unit);
  });
  values_.set("WHO_ROLE", wording_.of(who.principal.role));
  if (unit) values_.set("WHO_UNIT", unit->name);

  struct Entry {
    std::string_view permission;
    std::string_view address;
    std::string_view key;
  };
  constexpr Entry entries[] = {{"queue:read", "/office", "office.nav.queue"},
                               {"case:receive", "/office/receive", "office.nav.receive"},
                               {"session:own", "/office/rules", "office.nav.rules"}};
  for (const Entry& entry : entries) {
    if (!accounts::role_has(who.principal.role, entry.permission)) continue;
    const bool here = path_ == entry.address;
    values_.add("NAV")
        .set("ADDRESS", entry.address)
        .set("NAME", wording_.say(entry.key))
        .show_if(here, "CURRENT");
  }
  values_.show_if(accounts::role_has(who.principal.role, "case:read"), "FIND");
}

http::Response Page::answer(std::string_view name, std::string_view title, int status) {
  values_.set("TITLE", title).show_if(status >= 400, "FAILED");
  const templates::Templates& templates = office_.templates.find(wording_.language())->second;
  http::Response response = http::html(templates.render(name, values_), status);
  response.with("Cache-Control", "no-store");
  return response;
}

http::Response refuse(const Office& office, const http::Request& request, const Fault& fault,
                      const accounts::Account* who) {
  const bool reading = request.method == http::Method::get || request.method == http::Method::head;
  const bool nobody = fault.code == FaultCode::unauthenticated;
  if (nobody && reading) {
    http::Response response = http::see_other(sign_in_and_come_back(request, fault));
    response.with("Cache-Control", "no-store");
    return response;
  }
  Page page(office, request, who);
  const std::string why = page.wording().fault(fault);
  page.values().set("WHY", why).show_if(nobody, "SIGN_IN").show_if(who != nullptr, "HOME");
  if (nobody) give_back(request, page.values());
  http::Response response = page.answer("refused", why, http::status_of(fault.code));
  response.hold = http::held_back(fault);
  return response;
}

std::string local_address(std::string_view wanted) {
  constexpr std::string_view home = "/office";
  const bool plain = std::all_of(wanted.begin(), wanted.end(),
                                 [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
  const bool ours =
      wanted.starts_with(home) &&
      (wanted.size() == home.size() || wanted[home.size()] == '/' || wanted[home.size()] == '?');
  const bool door = wanted.starts_with("/office/sign-");
  return std::string(plain && ours && !door ? wanted : home);
}

std::string origin_of(const http::Request& request) {
  const std::string_view host = request.header("host");
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  };
  if (host.empty() || host.size() > 200 || !std::all_of(host.begin(), host.end(), plain)) return {};
  return (request.secure ? "https://" : "http://") + std::string(host);
}

}  // namespace minhu::office_pages
