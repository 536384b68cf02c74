// Matters alike, by words and by facts.
#include "features/desk/similar.h"

#include "adapters/web_api/desk.h"
#include "adapters/web_api/matters.h"
#include "adapters/web_api/show.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

// Why it is proposed: what agrees, and how near it is.
std::string reason_for(const catalogue::Catalogue& say, const desk::Similar& similar) {
  const char* what = similar.same_text    ? "desk.similar.text."
                     : similar.same_issue ? "desk.similar.issue."
                     : similar.score > 0  ? "desk.similar.words."
                                          : "desk.similar.";
  return say.say(what + std::string(desk::name(similar.near)));
}

}  // namespace

bj::array shown_similar(const Api& api, const http::Request& request, Reading& reading,
                        const cases::Context& context, const std::vector<desk::Similar>& found) {
  const RegionId region = context.county.region;
  const UnitNames units(reading, region);
  bj::array list;
  for (const desk::Similar& similar : found) {
    const cases::CaseFile& file = similar.file;
    const auto place = places_and_units::find_place(reading, region, file.place);
    const std::string_view near = desk::name(similar.near);
    bj::array words;
    for (const std::string& word : similar.words) words.push_back(bj::value(word));
    list.push_back(bj::object{
        // Which case it is, is told to those alone who may read it.
        {"id", similar.readable ? bj::value(file.id.text()) : bj::value(nullptr)},
        {"number",
         similar.readable ? bj::value(cases::show_number(file.number)) : bj::value(nullptr)},
        {"state", std::string(cases::name(file.state))},
        {"received_at", format_instant(file.received_at)},
        {"place_name", place ? bj::value(place->name) : bj::value(nullptr)},
        {"lead_unit", units.show(file.lead_unit)},
        {"near", std::string(near)},
        {"score", similar.score},
        {"words", std::move(words)},
        {"same_text", similar.same_text},
        {"same_issue", similar.same_issue},
        {"reason", reason_for(api.language(request), similar)},
        {"answered", file.answered_at.has_value()},
        {"answer", similar.answer ? bj::value(*similar.answer) : bj::value(nullptr)}});
  }
  return list;
}

Answer list_similar(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto found,
              desk::similar_to(reading, admitted.context, api.matters, admitted.id));
    return json({{"similar", shown_similar(api, request, reading, admitted.context, found)}});
  });
}

Answer find_similar(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:read"));
  MINHU_CHECK_OK(only_parameters(request, {"category", "place"}));
  const std::string_view category = request.query_value("category");
  if (category.empty()) {
    return fail(FaultCode::invalid_input, "api.missing_field", "category",
                std::map<std::string, std::string>{{"field", "category"}});
  }
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto found,
              desk::similar_at(reading, context, category, request.query_value("place")));
    return json({{"similar", shown_similar(api, request, reading, context, found)}});
  });
}

Answer reject_similar(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"other"}));
  MINHU_TRY(const std::string_view text, given.text("other", Presence::required));
  const auto other = cases::CaseId::parse(text);
  if (!other) return fail(FaultCode::not_found, "cases.not_found");
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) {
    return desk::reject_similar(transaction, admitted.context, admitted.id, *other);
  }));
  return no_content();
}

}  // namespace minhu::web_api
