#include "adapters/pages/surface.h"

#include "adapters/pages/assets.h"
#include "adapters/pages/phone.h"
#include "minhu_resident_pages.h"

namespace minhu::pages {

namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

void protect(http::Response& response, Keep keep) {
  response.with("Content-Security-Policy", std::string(policy));
  response.with("X-Content-Type-Options", "nosniff");
  // Same-origin: our own forms still say where they come from, other sites learn nothing.
  response.with("Referrer-Policy", "same-origin");
  switch (keep) {
    case Keep::nothing:
      response.with("Cache-Control", "no-store");
      break;
    case Keep::until_asked_again:
      response.with("Cache-Control", "private, no-cache");
      break;
    case Keep::five_minutes:
      response.with("Cache-Control", "public, max-age=300");
      response.with("Vary", "Cookie, Accept-Language");
      break;
  }
}

}  // namespace

Result<Surface> Surface::open(const catalogue::Catalogues& catalogues,
                              const places_and_units::CountyProfile& county) {
  Surface surface(catalogues, county);
  for (const catalogue::Catalogue& language : catalogues.all()) {
    MINHU_TRY(auto all,
              templates::Templates::read(embedded::resident_pages(),
                                         [&](std::string_view key) -> std::optional<std::string> {
                                           if (!language.has(key)) return std::nullopt;
                                           return language.say(key);
                                         }));
    surface.templates_.emplace(language.language(), std::move(all));
  }
  return surface;
}

const catalogue::Catalogue& Surface::sentences(const http::Request& request) const {
  return catalogues_->of(look_of(request, *catalogues_).language);
}

http::Response Surface::page(const http::Request& request, std::string_view name,
                             templates::Values& values, const Frame& frame) const {
  const Look look = look_of(request, *catalogues_);
  const auto& say = catalogues_->of(look.language);
  const bool quiet = frame.quiet == Quiet::yes;
  values.set("TITLE",
             quiet ? say.say("residents.name") : frame.title + " – " + say.say("residents.name"));
  values.set("LANG", look.language).set("SIZE", look.elder ? "elder" : "standard");
  values.set("STYLE", asset_address("style.css")).set("SCRIPT", asset_address("script.js"));
  values.set("ICON", asset_address("icon.svg"));
  values.set("HERE", request.path);
  // A quiet page remembers nothing, so its own address carries the look to the next one.
  std::string carried;
  if (quiet) {
    if (look.elder) carried += "?size=elder";
    if (look.language != catalogues_->all().front().language()) {
      carried += (carried.empty() ? "?lang=" : "&lang=") + look.language;
    }
  }
  values.set("CARRIED", carried);
  values.show(look.elder ? "IS_ELDER" : "IS_STANDARD");
  values.show(look.language == "en" ? "TO_CHINESE" : "TO_ENGLISH");
  values.set("COUNTY", county_.name);
  values.set("PHONE", county_.phone).set("PHONE_DIGITS", dialable(county_.phone));
  values.set("ORGANISER_LINE",
             say.say("residents.footer.organiser",
                     {{"organiser", county_.organiser}, {"phone", unbroken(county_.phone)}}));
  values.show_if(county_.profile == places_and_units::Profile::demo, "DEMO");
  values.show_if(quiet, "QUIET").show_if(!quiet, "LOUD");
  http::Response response =
      http::html(templates_.at(look.language).render(name, values), frame.status);
  protect(response, frame.keep);
  const bool shared = frame.keep == Keep::five_minutes;  // and carries no cookie of anybody
  if (!quiet && !shared && request.method == http::Method::get)
    remember_look(request, look, response);
  return response;
}

http::Response Surface::piece(const http::Request& request, std::string_view name,
                              const templates::Values& values) const {
  const Look look = look_of(request, *catalogues_);
  http::Response response = http::html(templates_.at(look.language).render(name, values));
  protect(response, Keep::nothing);
  return response;
}

http::Response Surface::refusal(const http::Request& request, int status,
                                const Fault& fault) const {
  const auto& say = sentences(request);
  const std::string by_status = "residents.refusal." + std::to_string(status);
  templates::Values values;
  values.set("SENTENCE", say.has(fault.key)   ? say.say(fault)
                         : say.has(by_status) ? say.say(by_status)
                                              : say.say("residents.refusal.500"));
  // Whoever mistyped an address did nothing that could have failed.
  const bool no_page = fault.key == "http.no_such_page";
  const std::string heading =
      say.say(no_page ? "residents.refusal.title_404" : "residents.refusal.title");
  values.set("HEADING", heading);
  return page(request, "refusal", values, {heading, status});
}

}  // namespace minhu::pages
