// Who a speaker is, seen by two persons together (cases/names.h): what has been asked, asking,
// deciding, looking; and the list of whoever must decide.
#include <charconv>

#include "adapters/web_api/areas.h"
#include "adapters/web_api/show.h"
#include "features/cases/names_waiting.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"

namespace minhu::web_api {

namespace {

Result<std::int64_t> request_in(const http::Request& request) {
  const std::string_view text = request.captures.at(1);
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc() || end != text.data() + text.size() || seq < 0) {
    return fail(FaultCode::conflict, "seal.not_asked");
  }
  return seq;
}

boost::json::object shown(const cases::NameRequest& request, const cases::Context& context,
                          const UnitNames& units) {
  const bool mine = request.by.account == context.actor.account;
  return {{"request", request.seq},
          {"state", std::string(cases::name(request.state))},
          {"unit", units.show(request.by.unit)},
          {"role", std::string(accounts::name(request.by.role))},
          {"asked_at", format_instant(request.asked_at)},
          {"mine", mine}};
}

Answer show_names(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const cases::Context& context = admitted.context;
    const auto file = cases::load_file(reading, context.county.region, admitted.id);
    if (!file || !cases::office_may_read(reading, context, *file)) {
      return fail(FaultCode::not_found, "cases.not_found");
    }
    const UnitNames units(reading, context.county.region);
    boost::json::array requests;
    const auto history = cases::load_events(reading, context.county.region, admitted.id);
    for (const cases::NameRequest& one : cases::name_requests(history, context.now)) {
      requests.push_back(shown(one, context, units));
    }
    return json({{"identity_level", std::string(cases::name(file->identity_level))},
                 {"may_ask", cases::may_ask_for_name(context, *file)},
                 {"may_decide", cases::may_decide_on_name(context, *file)},
                 {"requests", std::move(requests)}});
  });
}

Answer list_waiting(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "case:grant_name"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, context.county.region);
    boost::json::array requests;
    for (const cases::WaitingName& one : cases::names_waiting(reading, context)) {
      boost::json::object line = shown(one.request, context, units);
      line.erase("state");  // all of them wait
      line["id"] = one.id.text();
      line["number"] = cases::show_number(one.number);
      line["reason"] = one.reason;
      requests.push_back(std::move(line));
    }
    return json({{"requests", std::move(requests)}});
  });
}

Answer ask_name(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:ask_name"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"reason"}));
  MINHU_TRY(const auto reason, body.members().short_text("reason", 500, Presence::required));
  MINHU_TRY(const cases::Event event,
            api.installation.database.write([&](Transaction& transaction) {
              return cases::ask_for_name(transaction, admitted.context, admitted.id, reason);
            }));
  return json({{"request", event.seq}});
}

Answer decide_on_name(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:grant_name"));
  MINHU_TRY(const std::int64_t seq, request_in(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"agreed"}));
  MINHU_TRY(const bool agreed, body.members().flag("agreed"));
  MINHU_TRY(const cases::Event event,
            api.installation.database.write([&](Transaction& transaction) {
              return cases::decide_on_name(transaction, admitted.context, admitted.id, seq, agreed);
            }));
  return json({{"request", seq},
               {"state", event.kind == cases::EventKind::name_granted ? "granted" : "refused"}});
}

Answer look_at_name(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:ask_name"));
  MINHU_TRY(const std::int64_t seq, request_in(request));
  MINHU_TRY(const cases::SeenName seen,
            api.installation.database.write([&](Transaction& transaction) {
              return cases::look_at_name(transaction, admitted.context, admitted.id, seq);
            }));
  constexpr const char* why = "asked for with a reason and agreed to by a second person";
  return json({{"name", seen.name.reveal_because(why)},
               {"phone", seen.phone.reveal_because(why)},
               {"address", seen.address.reveal_because(why)}});
}

}  // namespace

std::vector<http::Route> seal_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/agreements",                              "case:grant_name",    Body::none, no_body,    on(list_waiting)},
      {Method::get,     "/api/v1/cases/{id}/names",                           "case:read",          Body::none, no_body,    on(show_names)},
      {Method::post,    "/api/v1/cases/{id}/names",                           "case:ask_name",      Body::json, words,      on(ask_name)},
      {Method::post,    "/api/v1/cases/{id}/names/{request}/decision",        "case:grant_name",    Body::json, words,      on(decide_on_name)},
      {Method::post,    "/api/v1/cases/{id}/names/{request}/look",            "case:ask_name",      Body::none, no_body,    on(look_at_name)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
