// What is found, what is counted by unit, and what everybody may read.
#include "adapters/web_api/class_requests.h"
#include "features/classes/candidates.h"
#include "features/classes/lessons.h"
#include "features/classes/step_fields.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::size_t longest_said = 2000;

std::string month_of(const http::Request& request, std::string_view name,
                     const std::string& otherwise) {
  const std::string_view text = request.query_value(name);
  return text.empty() ? otherwise : std::string(text);
}

// Classes of the same matter that reach there, whatever became of them.
bj::array near(const ClassShowing& showing, const std::vector<classes::ClassRow>& rows,
               const classes::Definition& definition) {
  bj::array shown;
  for (const classes::ClassRow& row : rows) {
    const bool reaches = definition.places.empty() ||
                         classes::reaches_into(row.definition, definition.places.front());
    if (row.definition.category == definition.category && reaches) {
      shown.push_back(class_line(showing, row));
    }
  }
  return shown;
}

}  // namespace

Answer list_class_candidates(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "class:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto listed, classes::candidates(reading, context.county, context.now));
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    const auto rows = classes::all_rows(reading, context.county.region);
    bj::array shown;
    for (const classes::Candidate& one : listed.found) {
      shown.push_back(
          bj::object{{"category", class_category(showing, one.definition.category)},
                     {"places", class_places(showing, one.definition.places)},
                     {"counted", one.counted},
                     {"expected", one.expected},
                     {"last_year", one.last_year ? bj::value(*one.last_year) : bj::value(nullptr)},
                     {"sentence", say(showing.say, one.sentence)},
                     {"first_seen", one.first_seen ? bj::value(format_instant(*one.first_seen))
                                                   : bj::value(nullptr)},
                     {"near", near(showing, rows, one.definition)}});
    }
    return json({{"from", format_date(listed.from)},
                 {"to", format_date(listed.to)},
                 {"false_alarms",
                  showing.say.say("classes.false_alarms",
                                  {{"percent", recurrence::spoken(listed.false_part * 100)},
                                   {"number", recurrence::spoken(listed.false_alarms_expected)}})},
                 {"candidates", std::move(shown)}});
  });
}

Answer dismiss_class_candidate(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "class:propose"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"category", "places", "reason"}));
  classes::Definition definition;
  MINHU_TRY(definition.category, given.text("category", Presence::required));
  MINHU_TRY(definition.places, texts_in(given, "places", 50));
  std::sort(definition.places.begin(), definition.places.end());
  MINHU_TRY(const std::string_view reason, given.text("reason", Presence::required));
  MINHU_TRY(const classes::ClassFile file,
            api.installation.database.write([&](Transaction& transaction) {
              return classes::dismiss(transaction, context, definition, reason, token);
            }));
  return the_class(api, request, context, file.id, 201);
}

Answer show_lessons(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"from", "to"}));
  const std::string to = month_of(
      request, "to", format_date(to_date(context.now, context.county.rules.zone)).substr(0, 7));
  const std::string from = month_of(request, "from", to);
  for (const auto& [name, month] : {std::pair("from", from), std::pair("to", to)}) {
    if (!classes::is_month(month)) {
      return fail(FaultCode::invalid_input, "api.bad_month", name);
    }
  }
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    auto lessons = classes::lessons_in(reading, context.county.region, from, to);
    std::sort(lessons.begin(), lessons.end(), [&](const auto& a, const auto& b) {
      return units.name(a.unit) < units.name(b.unit);
    });
    bj::array shown;
    for (const classes::Lessons& one : lessons) {
      shown.push_back(bj::object{{"unit", units.show(one.unit)},
                                 {"answers", one.answers},
                                 {"others_like_it", one.others_like_it},
                                 {"changed_so_that", one.changed_so_that}});
    }
    return json({{"from", from}, {"to", to}, {"units", std::move(shown)}});
  });
}

Answer show_class_ledger(const Api& api, const http::Request& request) {
  const cases::Context context = api.installation.as({});
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    bj::array solved;
    bj::array under_way;
    bj::array refused;
    for (const classes::LedgerLine& line : classes::ledger(reading, context.county)) {
      using classes::PublicState;
      const PublicState state = line.published.state;
      bj::array& where = state == PublicState::solved    ? solved
                         : state == PublicState::refused ? refused
                                                         : under_way;
      where.push_back(ledger_line(showing, line));
    }
    return json({{"region", context.county.name},
                 {"hidden_below", classes::smallest_shown},
                 {"solved", std::move(solved)},
                 {"under_way", std::move(under_way)},
                 {"refused", std::move(refused)}});
  });
}

Answer find_published_classes(const Api& api, const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"text", "category", "place"}));
  classes::AboutToSay said;
  MINHU_TRY(said.words, given.short_text("text", longest_said, Presence::required));
  MINHU_TRY(said.category, given.text("category"));
  MINHU_TRY(said.place, given.text("place"));
  const cases::Context context = api.installation.as({});
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    bj::array shown;
    for (const auto& one : classes::nearby_published(reading, context.county, said)) {
      shown.push_back(published_class(showing, one));
    }
    return json({{"classes", std::move(shown)}});
  });
}

}  // namespace minhu::web_api
