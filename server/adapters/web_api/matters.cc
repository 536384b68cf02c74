// What words speak of, while they are taken in and when a case is sorted. The words are kept
// nowhere; all of it are suggestions.
#include "adapters/web_api/matters.h"

#include "adapters/web_api/show.h"
#include "features/matters/models.h"
#include "features/matters/words_of.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::size_t most_shown = 10;

bj::array strings(const std::vector<std::string>& texts) {
  bj::array shown;
  for (const std::string& text : texts) shown.push_back(bj::value(text));
  return shown;
}

bj::object shown(const Api& api, Reading& reading, const matters::WordsRead& read,
                 bj::array similar) {
  const RegionId region = api.installation.county.region;
  const UnitNames units(reading, region);
  bj::array categories;
  for (const matters::SuggestedCategory& one : read.categories) {
    categories.push_back(
        bj::object{{"code", one.category},
                   {"name", places_and_units::category_name(reading, region, one.category)},
                   {"confidence", one.confidence},
                   {"because_of", strings(one.because_of)},
                   {"against", strings(one.against)}});
  }
  bj::array complained_of;
  for (const matters::ComplainedOf& one : read.complained_of) {
    complained_of.push_back(bj::object{{"said", one.said},
                                       {"because_of", one.because_of},
                                       {"unit", units.show(one.unit)},
                                       {"certain", one.certain}});
  }
  return bj::object{{"unsure", read.unsure},
                    {"categories", std::move(categories)},
                    {"model", read.model.empty() ? bj::value(nullptr) : bj::value(read.model)},
                    {"similar", std::move(similar)},
                    {"complained_of", std::move(complained_of)},
                    {"ready", api.matters.standing().percent}};
}

// The case of the path, where the actor sorts it. Faults not_found, not_allowed.
Result<cases::CaseFile> to_be_sorted(Reading& reading, const Admitted& admitted) {
  MINHU_TRY(const cases::CaseView view, cases::view_case(reading, admitted.context, admitted.id));
  return view.file;
}

}  // namespace

Answer read_words(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:receive"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"title", "text", "place"}));
  MINHU_TRY(const std::string_view title, given.text("title", Presence::optional));
  MINHU_TRY(const std::string_view text, given.text("text", Presence::required));
  MINHU_TRY(const std::string_view place, given.text("place", Presence::optional));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto read, api.matters.read(reading, title, text, place));
    MINHU_TRY(auto found,
              desk::similar_to_words(reading, context, api.matters, title, text, place));
    if (found.size() > most_shown) found.resize(most_shown);
    return json(shown(api, reading, read, shown_similar(api, request, reading, context, found)));
  });
}

Answer read_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:triage"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const cases::CaseFile file, to_be_sorted(reading, admitted));
    const auto words =
        matters::words_of(reading, admitted.context.county.region, admitted.context.keyring, file);
    matters::WordsRead read;
    if (words) {
      MINHU_TRY(read, api.matters.read(reading, words->title, words->text, file.place));
    }
    return json(shown(api, reading, read, {}));
  });
}

Answer leave_case_out(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:triage"));
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) -> Outcome {
    MINHU_TRY(const cases::CaseFile file, to_be_sorted(transaction, admitted));
    matters::leave_out(transaction, admitted.context.county.region, file.id, admitted.context.now);
    return {};
  }));
  return no_content();
}

Answer let_case_be_learnt(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:triage"));
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) -> Outcome {
    MINHU_TRY(const cases::CaseFile file, to_be_sorted(transaction, admitted));
    matters::let_be_learnt(transaction, admitted.context.county.region, file.id);
    return {};
  }));
  return no_content();
}

}  // namespace minhu::web_api
