#include "adapters/pages/pages.h"

#include <memory>

#include "adapters/pages/assets.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

using http::Body;
using http::Method;

constexpr std::uint64_t small_form = 64 * 1024;
// Ten photos of a good phone and a recording; the script makes them smaller before they are sent.
constexpr std::uint64_t form_with_files = 96 * 1024 * 1024;

// Of what must not lie on the disk even for a moment: all of it is held while it comes.
constexpr std::uint64_t form_in_memory = 24 * 1024 * 1024;

Body body_of(std::uint64_t limit) {
  if (limit == 0) return Body::none;
  return limit == form_in_memory ? Body::form_in_memory : Body::form;
}

using Handler = http::Response (*)(const Site&, const http::Request&);

struct Line {
  Method method;
  std::string_view pattern;
  std::string_view permission;
  std::uint64_t body_limit;  // 0: no body
  Handler handler;
};

// The permissions of a case are asked again by the use case itself; here they say what a route is
// for.
constexpr Line lines[] = {
    {Method::get, "/", "public", 0, show_home},
    {Method::get, "/help", "public", 0, show_help},
    {Method::get, "/privacy", "public", 0, show_privacy},
    {Method::get, "/done", "public", 0, show_done},
    {Method::get, "/done/classes", "public", 0, show_classes},
    {Method::get, "/promises", "public", 0, show_promises},
    {Method::get, "/visits", "public", 0, show_visits},
    {Method::get, "/visits.ics", "public", 0, show_visit_calendar},
    {Method::get, "/visits/calendar/{token}", "public", 0, show_own_visit_calendar},
    {Method::get, "/visits/lots", "public", 0, show_lots},
    {Method::get, "/visits/lots/{month}/proof", "public", 0, show_lot_proof},
    {Method::get, "/visits/{id}", "public", 0, show_visit},
    {Method::post, "/visits/{id}", "public", small_form, take_visit_booking},
    {Method::get, "/visits/{id}/photos/{photo}", "public", 0, show_posting_photo},
    {Method::get, "/visits/{id}/mine", "public", 0, show_own_booking},
    {Method::post, "/visits/{id}/mine", "public", small_form, take_own_booking},
    {Method::get, "/figures", "public", 0, show_figures},
    {Method::get, "/figures/offices", "public", 0, show_figure_offices},
    {Method::get, "/figures/data.csv", "public", 0, download_figures_csv},
    {Method::get, "/figures/data.json", "public", 0, download_figures_json},
    {Method::get, "/offline", "public", 0, show_offline},
    {Method::get, "/verify", "public", 0, show_verify},

    {Method::get, "/suggest", "public", 0, show_suggestion},
    {Method::get, "/report/what", "public", 0, show_what},
    {Method::post, "/report/what", "public", form_with_files, take_what},
    {Method::get, "/report/files/{id}", "public", 0, show_draft_file},
    {Method::get, "/report/similar", "public", 0, show_similar},
    {Method::post, "/report/similar", "public", small_form, take_similar},
    {Method::get, "/report/where", "public", 0, show_where},
    {Method::post, "/report/where", "public", small_form, take_where},
    {Method::post, "/report/places", "public", small_form, show_places},
    {Method::get, "/report/contact", "public", 0, show_contact},
    {Method::post, "/report/contact", "public", small_form, take_contact},
    {Method::get, "/report/check", "public", 0, show_check},
    {Method::post, "/report/check", "public", small_form, file_draft},
    {Method::get, "/report/kept/{number}", "public", 0, put_receipt_away},
    {Method::get, "/report/official", "public", 0, to_jubao},

    {Method::get, "/jubao", "public", 0, show_jubao},
    {Method::post, "/jubao", "public", form_in_memory, file_jubao},
    {Method::get, "/jubao/look", "public", 0, show_jubao_look},
    {Method::post, "/jubao/look", "public", small_form, take_jubao_look},
    {Method::get, "/jubao/leave", "public", 0, leave_jubao},

    {Method::get, "/t", "public", 0, show_open},
    {Method::post, "/t", "public", small_form, take_open},
    {Method::get, "/lost", "public", 0, show_lost},
    {Method::post, "/lost", "public", small_form, take_lost},
    {Method::get, "/activate", "public", 0, show_activate},
    {Method::post, "/activate", "public", small_form, take_activate},

    {Method::get, "/t/{number}", "receipt:read", 0, show_case},
    {Method::get, "/t/{number}/print", "receipt:read", 0, show_print},
    {Method::get, "/t/{number}/files/{id}", "receipt:read", 0, show_case_file},
    {Method::get, "/t/{number}/proof", "receipt:read", 0, show_proof},
    {Method::post, "/t/{number}/proof", "receipt:read", small_form, show_proof},
    {Method::post, "/t/{number}/kept", "receipt:read", small_form, keep_receipt},
    {Method::post, "/t/{number}/leave", "public", small_form, leave_case},
    {Method::get, "/t/{number}/supplement", "receipt:supplement", 0, show_step},
    {Method::post, "/t/{number}/supplement", "receipt:supplement", form_with_files,
     take_speakers_step},
    {Method::get, "/t/{number}/retaliation", "receipt:read", 0, show_retaliation},
    {Method::post, "/t/{number}/retaliation", "receipt:read", small_form, file_retaliation},
    {Method::get, "/t/{number}/urge", "receipt:urge", 0, show_step},
    {Method::post, "/t/{number}/urge", "receipt:urge", small_form, take_speakers_step},
    {Method::get, "/t/{number}/withdraw", "receipt:withdraw", 0, show_step},
    {Method::post, "/t/{number}/withdraw", "receipt:withdraw", small_form, take_speakers_step},
    {Method::get, "/t/{number}/rate", "receipt:rate", 0, show_step},
    {Method::post, "/t/{number}/rate", "receipt:rate", small_form, take_speakers_step},
    {Method::get, "/t/{number}/still", "receipt:rate", 0, show_step},
    {Method::post, "/t/{number}/still", "receipt:rate", small_form, take_speakers_step},
    {Method::get, "/t/{number}/review", "receipt:review", 0, show_step},
    {Method::post, "/t/{number}/review", "receipt:review", small_form, take_speakers_step},
    {Method::get, "/t/{number}/promises", "receipt:read", 0, show_own_promises},
    {Method::post, "/t/{number}/promises", "receipt:rate", small_form, take_verdict},
    {Method::get, "/t/{number}/mine", "receipt:read", 0, show_mine},
    {Method::post, "/t/{number}/mine", "receipt:read", small_form, show_mine},
    {Method::post, "/t/{number}/mine/copy", "receipt:read", small_form, download_copy},
    {Method::post, "/t/{number}/mine/contact", "receipt:correct", small_form,
     take_contact_correction},
    {Method::post, "/t/{number}/mine/calls", "receipt:correct", small_form, take_no_calls},
    {Method::post, "/t/{number}/mine/publication", "receipt:correct", small_form, take_publication},
    {Method::get, "/t/{number}/mine/erase", "receipt:erase", 0, show_erase},
    {Method::post, "/t/{number}/mine/erase", "receipt:erase", small_form, take_erase},
    {Method::get, "/t/{number}/looks", "receipt:read", 0, show_looks},
    {Method::post, "/t/{number}/looks", "receipt:read", small_form, show_looks},
    {Method::get, "/t/{number}/revoke", "receipt:revoke", 0, show_revoke},
    {Method::post, "/t/{number}/revoke", "receipt:revoke", small_form, take_revoke},
};

}  // namespace

Result<std::vector<http::Route>> routes(const cases::Installation& installation,
                                        const catalogue::Catalogues& catalogues,
                                        const places_and_units::CountyProfile& county,
                                        TakeUpload take_upload, Admit admit,
                                        accounts::Guesses& guesses, PublicCache& cache,
                                        RecordOffered record,
                                        const accusations::Ground& accusations) {
  MINHU_TRY(Surface surface, Surface::open(catalogues, county));
  // Shared by all routes made from it.
  const auto site = std::make_shared<Site>(Site{installation, std::move(surface),
                                                std::move(take_upload), std::move(admit), guesses,
                                                cache, std::move(record), accusations});
  std::vector<http::Route> all;
  for (const Line& line : lines) {
    all.push_back({line.method, line.pattern, line.permission, body_of(line.body_limit),
                   line.body_limit, [site, handler = line.handler](const http::Request& request) {
                     return handler(*site, request);
                   }});
  }
  all.push_back({Method::get, "/assets/*", "public", Body::none, 0, serve_asset});
  all.push_back({Method::get, "/sw.js", "public", Body::none, 0, serve_service_worker});
  return all;
}

Result<http::Refusal> refusal_page(const catalogue::Catalogues& catalogues,
                                   const places_and_units::CountyProfile& county) {
  MINHU_TRY(Surface opened, Surface::open(catalogues, county));
  const auto surface = std::make_shared<const Surface>(std::move(opened));
  return http::Refusal([surface](const http::Request& request, int status, const Fault& fault) {
    return surface->refusal(request, status, fault);
  });
}

}  // namespace minhu::pages
