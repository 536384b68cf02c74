#include "adapters/web_api/web_api.h"

#include "adapters/web_api/areas.h"

namespace minhu::web_api {

namespace {

using Kind = cases::EventKind;

std::vector<http::Route> speaker_routes(const SharedApi& api) {
  const On on{api};
  const auto own_step = [on](Kind kind) {
    return on([kind](const Api& shared, const http::Request& request) {
      return take_own_step(shared, request, kind);
    });
  };

  // clang-format off
  return {
      // whoever has something to say, and whoever writes a program
      {Method::post,    "/api/v1/cases",                                      "public",             Body::json, words,      on(receive_words)},
      {Method::post,    "/api/v1/cases/with_files",                           "public",             Body::form, with_files, on(receive_words_with_files)},
      {Method::get,     "/api/v1/places",                                     "public",             Body::none, no_body,    on(search_places)},
      {Method::get,     "/api/v1/openapi.yaml",                               "public",             Body::none, no_body,    on(show_contract)},
      {Method::get,     "/api/v1/problems.yaml",                              "public",             Body::none, no_body,    on(show_problems)},

      // the speaker, with number and code
      {Method::get,     "/api/v1/receipts/{number}",                          "receipt:read",       Body::none, no_body,    on(show_receipt)},
      {Method::get,     "/api/v1/receipts/{number}/proof",                    "receipt:read",       Body::none, no_body,    on(show_proof)},
      {Method::get,     "/api/v1/receipts/{number}/attachments/{content}",    "receipt:read",       Body::none, no_body,    on(show_receipt_attachment)},
      {Method::post,    "/api/v1/receipts/{number}/steps/supplemented",       "receipt:supplement", Body::json, long_words, own_step(Kind::supplemented)},
      {Method::post,    "/api/v1/receipts/{number}/steps/urged",              "receipt:urge",       Body::json, words,      own_step(Kind::urged)},
      {Method::post,    "/api/v1/receipts/{number}/steps/withdrawn",          "receipt:withdraw",   Body::json, words,      own_step(Kind::withdrawn)},
      {Method::post,    "/api/v1/receipts/{number}/steps/rated",              "receipt:rate",       Body::json, long_words, own_step(Kind::rated)},
      {Method::post,    "/api/v1/receipts/{number}/steps/review_requested",   "receipt:review",     Body::json, long_words, own_step(Kind::review_requested)},
      {Method::post,    "/api/v1/receipts/{number}/steps/recheck_requested",  "receipt:review",     Body::json, long_words, own_step(Kind::recheck_requested)},
      {Method::get,     "/api/v1/receipts/{number}/rights",                   "receipt:read",       Body::none, no_body,    on(show_rights)},
      {Method::get,     "/api/v1/receipts/{number}/copy",                     "receipt:read",       Body::none, no_body,    on(take_copy)},
      {Method::put,     "/api/v1/receipts/{number}/contact",                  "receipt:correct",    Body::json, words,      on(correct_contact)},
      {Method::delete_, "/api/v1/receipts/{number}/calls",                    "receipt:correct",    Body::none, no_body,    on(stop_calls)},
      {Method::put,     "/api/v1/receipts/{number}/publication",              "receipt:correct",    Body::json, words,      on(allow_publication)},
      {Method::delete_, "/api/v1/receipts/{number}/publication",              "receipt:correct",    Body::none, no_body,    on(refuse_publication)},
      {Method::post,    "/api/v1/receipts/{number}/erasure",                  "receipt:erase",      Body::json, words,      on(erase_case)},
      {Method::post,    "/api/v1/receipts/{number}/code",                     "receipt:revoke",     Body::none, no_body,    on(replace_code)},
      {Method::post,    "/api/v1/receipts/{number}/activate",                 "public",             Body::none, no_body,    on(activate_receipt)},
  };
  // clang-format on
}

std::vector<http::Route> office_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // an office and its cases
      {Method::post,    "/api/v1/office/cases",                               "case:receive",       Body::json, long_words, on(receive_at_the_counter)},
      {Method::get,     "/api/v1/cases/{id}",                                 "case:read",          Body::none, no_body,    on(show_case)},
      {Method::get,     "/api/v1/cases/{id}/attachments/{content}",           "case:read",          Body::none, no_body,    on(show_attachment)},
      {Method::get,     "/api/v1/cases/{id}/steps",                           "case:read",          Body::none, no_body,    on(show_steps)},
      {Method::post,    "/api/v1/cases/{id}/steps/{kind}",                    "case:read",          Body::json, long_words, on(take_office_step)},
      {Method::post,    "/api/v1/cases/{id}/phone",                           "case:reveal_phone",  Body::json, words,      on(reveal_phone)},
      {Method::get,     "/api/v1/units",                                      "session:own",        Body::none, no_body,    on(list_units)},
      {Method::get,     "/api/v1/categories",                                 "session:own",        Body::none, no_body,    on(list_categories)},
      {Method::get,     "/api/v1/dispatch_suggestion",                        "session:own",        Body::none, no_body,    on(suggest_dispatch)},
  };
  // clang-format on
}

}  // namespace

std::vector<http::Route> routes(Services services) {
  const auto api = std::make_shared<const Api>(Api{std::move(services)});
  std::vector<http::Route> all;
  for (const auto area :
       {speaker_routes, own_account_routes, people_routes, office_routes, desk_routes,
        intake_routes, admin_routes, figures_routes, callback_routes, matters_routes,
        supervision_routes, classes_routes, visits_routes, seal_routes, closeness_routes,
        accusations_routes, plans_routes, receptions_routes, promises_routes}) {
    for (http::Route& route : area(api)) all.push_back(std::move(route));
  }
  return all;
}

}  // namespace minhu::web_api
