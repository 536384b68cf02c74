#include <algorithm>

#include "adapters/pages/dates.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/next_steps.h"
#include "adapters/pages/phone.h"
#include "adapters/pages/record_line.h"
#include "engines/qr_code/qr_code.h"
#include "features/cases/store.h"
#include "features/rights/publication.h"

namespace minhu::pages {

namespace {

// The address of this installation as the browser knows it; a Host that is not one gives a bare
// path.
std::string origin_of(const http::Request& request) {
  const auto host = request.header("host");
  const bool plain = !host.empty() && host.size() < 200 &&
                     std::all_of(
                         host.begin(), host.end(),
                         [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' ||
                                  c == '[' || c == ']';
                         });
  if (!plain) return {};
  return (request.secure ? "https://" : "http://") + std::string(host);
}

std::optional<cases::CaseFile> file_of(const Site& site, const Opened& opened) {
  return site.installation.database.read([&](Reading& reading) {
    return cases::load_file(reading, site.installation.county.region, opened.id);
  });
}

void show_numbers(const Site& site, const http::Request& request, std::string_view number,
                  Instant received_at, templates::Values& values) {
  const auto& say = site.surface.sentences(request);
  const auto zone = site.installation.county.rules.zone;
  const std::string address = origin_of(request) + case_address(number);
  values.set("NUMBER", cases::show_number(number));
  values.set("RECEIVED", say_moment(say, received_at, Date{}, zone));
  values.set_markup("QR", qr_code::as_svg(address, say.say("residents.receipt.qr")));
  values.set("HOW", say.say("residents.receipt.how", {{"address", origin_of(request) + "/t"}}));
  values.set("PHONE_LINE", say.say("residents.receipt.phone",
                                   {{"phone", unbroken(site.surface.county().phone)}}));
}

// Number and code of the case; the code only while it may still be shown.
void show_whole_receipt(const Site& site, const http::Request& request, const Opened& opened,
                        const cases::CaseFile& file, templates::Values& values) {
  show_numbers(site, request, file.number, file.received_at, values);
  values.set("TOKEN", new_token(site));
  values.show_if(file.track == cases::Track::accusation, "HELD");
  values.show_if(!file.retaliation_for.empty(), "ABOVE");
  values.show_if(rights::can_be_published(file), "MAY_PUBLISH");
  if (opened.by_hidden_field) {
    values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
  } else {
    values.show("BY_LINK");
  }
  if (opened.pass.fresh) {
    values.add("CODE").set("DIGITS", cases::show_query_code(opened.pass.code.reveal_because(
                                         "shown to the person who has just got it")));
  } else {
    values.show("NO_CODE");
  }
  const auto& say = site.surface.sentences(request);
  for (const NextStep& step :
       next_steps(site.installation.county, file.track, file.received_at, say)) {
    values.add("STEP").set("WHAT", step.what).set("WHEN", step.when).set("BASIS", step.basis);
  }
}

http::Response put_away(http::Response response, std::string_view number, std::string_view said) {
  for (auto& [name, value] : response.headers) {
    if (name == "Location") {
      value = "/report/kept/" + cases::show_number(number) + std::string(said);
    }
  }
  return response;
}

}  // namespace

http::Response show_receipt(const Site& site, const http::Request& request, const Opened& opened) {
  const auto file = file_of(site, opened);
  if (!file) return site.refuse(request, Fault(FaultCode::not_found, "cases.not_found"));
  templates::Values values;
  show_whole_receipt(site, request, opened, *file, values);
  show_record_line(site, request, opened, values);
  return site.surface.page(request, "receipt", values,
                           {site.say(request, "residents.receipt.title"), 200, Keep::nothing,
                            opened.by_hidden_field ? Quiet::yes : Quiet::no});
}

http::Response show_print(const Site& site, const http::Request& request) {
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  const auto file = file_of(site, *opened_case);
  if (!file) return site.refuse(request, Fault(FaultCode::not_found, "cases.not_found"));
  templates::Values values;
  show_whole_receipt(site, request, *opened_case, *file, values);
  return site.surface.page(request, "print", values,
                           {site.say(request, "residents.receipt.heading")});
}

http::Response keep_receipt(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  auto opened_case = opened(site, request, *number);
  if (!opened_case) return http::see_other(case_address(*number));
  opened_case->pass.fresh = false;
  http::Response response = enter_case(site, request, std::move(*opened_case));
  // By way of the draft, whose cookie goes to addresses below /report alone: it has the code, too.
  return response.status == 303 ? put_away(std::move(response), *number, "") : response;
}

http::Response leave_case(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  http::Response response = put_away(http::see_other("/t"), *number, "?said=left");
  take_pass_back(request, response, *number);
  return response;
}

}  // namespace minhu::pages
