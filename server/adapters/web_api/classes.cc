#include "adapters/web_api/classes.h"

#include "adapters/web_api/class_requests.h"
#include "features/classes/candidates.h"
#include "features/classes/counting.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

Result<classes::ClassQuery> query_of(const http::Request& request) {
  classes::ClassQuery query;
  if (const std::string_view state = request.query_value("state"); !state.empty()) {
    const auto states = classes::states_named(state);
    if (!states) return not_a_choice("state", "open, solved, openapi.yaml");
    query.states = *states;
  }
  if (const std::string_view unit = request.query_value("unit"); !unit.empty()) {
    const auto id = UnitId::parse(unit);
    if (!id) return fail(FaultCode::invalid_input, "api.unknown_unit", "unit");
    query.unit = *id;
  }
  MINHU_TRY(query.mine, yes_in(request, "mine"));
  query.category = request.query_value("category");
  query.place = request.query_value("place");
  return query;
}

// Counted when it was found, if the list of candidates holds just this.
void remember_what_was_counted(Reading& reading, const cases::Context& context,
                               classes::NewClass& made) {
  const auto listed = classes::candidates(reading, context.county, context.now);
  if (!listed) return;
  for (const classes::Candidate& candidate : listed->found) {
    if (candidate.definition != made.definition) continue;
    made.found_by_rule = true;
    made.from = listed->from;
    made.to = listed->to;
    made.counted = candidate.counted;
    made.expected = recurrence::spoken(candidate.expected);
  }
}

Result<classes::NewClass> new_class_in(const Members& given) {
  MINHU_CHECK_OK(given.only({"title", "statement", "category", "places", "cases"}));
  classes::NewClass made;
  MINHU_TRY(made.title, given.text("title", Presence::required));
  MINHU_TRY(made.statement, given.text("statement", Presence::required));
  MINHU_TRY(made.definition.category, given.text("category", Presence::required));
  MINHU_TRY(made.definition.places, texts_in(given, "places", 50));
  std::sort(made.definition.places.begin(), made.definition.places.end());
  MINHU_TRY(const auto ids, texts_in(given, "cases", 200));
  for (const std::string& text : ids) {
    const auto id = cases::CaseId::parse(text);
    if (!id) return fail(FaultCode::not_found, "cases.not_found");
    made.cases.push_back(*id);
  }
  return made;
}

bj::value phase(recurrence::Phase phase) {
  constexpr std::string_view names[] = {"earlier", "before", "between", "after", "later"};
  const std::string_view name = names[static_cast<std::size_t>(phase)];
  return bj::string(name.data(), name.size());
}

bj::array months_of(const classes::Series& series) {
  bj::array shown;
  for (const recurrence::Point& point : series.months) {
    const auto end = [&](double recurrence::Range::* which) {
      return point.range ? bj::value((*point.range).*which) : bj::value(nullptr);
    };
    shown.push_back(
        bj::object{{"month", classes::month_name(point.period)},
                   {"count", point.cases},
                   {"expected", point.expected ? bj::value(*point.expected) : bj::value(nullptr)},
                   {"expected_low", end(&recurrence::Range::low)},
                   {"expected_high", end(&recurrence::Range::high)},
                   {"phase", phase(point.phase)}});
  }
  return shown;
}

}  // namespace

Result<ClassRequest> admit_to_class(const Api& api, const http::Request& request,
                                    std::string_view permission) {
  return admit_to<classes::ClassId>(api, request, permission, "classes.no_such_class");
}

Answer the_class(const Api& api, const http::Request& request, const cases::Context& context,
                 classes::ClassId id, int status) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto events = classes::load_events(reading, context.county.region, id);
    if (events.empty()) return fail(FaultCode::not_found, "classes.no_such_class");
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    // What others link to it that this reader must not know of has never been there.
    return json(
        whole_class(showing, classes::as_seen_by(reading, context, classes::file_from(events)),
                    events),
        status);
  });
}

Answer list_classes(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "class:read"));
  MINHU_CHECK_OK(
      only_parameters(request, {"state", "unit", "category", "place", "mine", "cursor", "limit"}));
  MINHU_TRY(const classes::ClassQuery query, query_of(request));
  MINHU_TRY(const auto after, cursor_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto from = after ? std::optional(classes::ClassCursor{
                                  Instant{after->at}, classes::ClassId(after->id.uuid())})
                            : std::optional<classes::ClassCursor>();
    const auto page = classes::list_classes(reading, context, query, from, limit);
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    bj::array shown;
    for (const classes::ClassRow& row : page.rows) shown.push_back(class_line(showing, row));
    const auto next = page.next ? std::optional(ListCursor{page.next->changed_at.unix_ms,
                                                           cases::CaseId(page.next->id.uuid())})
                                : std::optional<ListCursor>();
    return json({{"classes", std::move(shown)}, {"next_cursor", next_cursor(next)}});
  });
}

Answer propose_class(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "class:propose"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(classes::NewClass made, new_class_in(body.members()));
  api.installation.database.read_job(
      [&](Reading& reading) { remember_what_was_counted(reading, context, made); });
  MINHU_TRY(const classes::ClassFile file,
            api.installation.database.write([&](Transaction& transaction) {
              return classes::propose(transaction, context, made, token);
            }));
  return the_class(api, request, context, file.id, 201);
}

Answer show_class(const Api& api, const http::Request& request) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, "class:read"));
  return the_class(api, request, asked.context, asked.id);
}

Answer show_class_steps(const Api& api, const http::Request& request) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, "class:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto file = classes::load_class(reading, asked.context.county.region, asked.id);
    if (!file) return fail(FaultCode::not_found, "classes.no_such_class");
    const UnitNames units(reading, asked.context.county.region);
    const ClassShowing showing{reading, asked.context, api.language(request), units};
    bj::array steps;
    for (const classes::OpenStep& step : classes::open_steps(reading, asked.context, *file)) {
      steps.push_back(open_class_step(showing, step));
    }
    return json({{"seq", file->step_seq}, {"steps", std::move(steps)}});
  });
}

Answer take_class_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, "class:read"));
  MINHU_TRY(const classes::Step step,
            step_in<classes::Step>(request, request.body,
                                   classes::named<classes::EventKind>(request.captures.at(1))));
  MINHU_TRY(const classes::ClassFile file,
            api.installation.database.write([&](Transaction& transaction) {
              return classes::take_step(transaction, asked.context, api.matching, asked.id, step);
            }));
  return the_class(api, request, asked.context, file.id);
}

Answer show_class_series(const Api& api, const http::Request& request) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, "class:read"));
  const cases::Context& context = asked.context;
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto file = classes::load_class(reading, context.county.region, asked.id);
    if (!file) return fail(FaultCode::not_found, "classes.no_such_class");
    MINHU_TRY(const classes::Series series,
              classes::series_of(reading, context.county, api.matching, *file, context.now));
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    bj::array places;
    for (const classes::PlaceChange& change : series.places) {
      places.push_back(bj::object{
          {"place",
           bj::object{{"code", change.place.empty() ? bj::value(nullptr) : bj::value(change.place)},
                      {"path", places_and_units::place_path(reading, context.county.region,
                                                            change.place)}}},
          {"before", change.before},
          {"after", change.after}});
    }
    return json({{"treated_on",
                  file->treated_on.empty() ? bj::value(nullptr) : bj::value(file->treated_on)},
                 {"threshold", file->threshold ? bj::value(*file->threshold) : bj::value(nullptr)},
                 {"months", months_of(series)},
                 {"places", std::move(places)},
                 {"measurement",
                  series.measurement
                      ? bj::value(class_measurement(showing, *series.measurement, context.now))
                      : bj::value(nullptr)}});
  });
}

}  // namespace minhu::web_api
