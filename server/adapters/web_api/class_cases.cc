// The cases of a class, and the class of a case.
#include "adapters/web_api/class_requests.h"
#include "features/classes/linking.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

struct CaseInClass {
  cases::Context context;
  classes::ClassId id;
  cases::CaseId case_id;
};
Result<CaseInClass> admit_to_both(const Api& api, const http::Request& request,
                                  std::string_view permission) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, permission));
  const auto case_id = cases::CaseId::parse(request.captures.at(1));
  if (!case_id) return fail(FaultCode::not_found, "cases.not_found");
  return CaseInClass{asked.context, asked.id, *case_id};
}

Answer show_both(const Api& api, const http::Request& request, const cases::Context& context,
                 cases::CaseId case_id) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto found, classes::class_of_case(reading, context, case_id));
    const UnitNames units(reading, context.county.region);
    return json(class_of_case({reading, context, api.language(request), units}, found));
  });
}

using Change = Result<classes::ClassFile> (*)(Transaction&, const cases::Context&, classes::ClassId,
                                              cases::CaseId);
Answer change(const Api& api, const http::Request& request, Change how) {
  MINHU_TRY(const CaseInClass asked, admit_to_both(api, request, "class:link"));
  MINHU_TRY(const classes::ClassFile file,
            api.installation.database.write([&](Transaction& transaction) {
              return how(transaction, asked.context, asked.id, asked.case_id);
            }));
  return show_both(api, request, asked.context, asked.case_id);
}

bj::object shown(const ClassShowing& showing, const classes::ClassCase& one, bool drawn) {
  const cases::CaseFile& file = one.file;
  return {{"id", file.id.text()},
          {"number", cases::show_number(file.number)},
          {"headline", one.headline},
          {"state", std::string(cases::name(file.state))},
          {"received_at", format_instant(file.received_at)},
          {"place",
           bj::object{{"code", file.place.empty() ? bj::value(nullptr) : bj::value(file.place)},
                      {"path", places_and_units::place_path(showing.reading, showing.region(),
                                                            file.place)}}},
          {"lead_unit", showing.units.show(file.lead_unit)},
          {"solved",
           file.solved ? bj::value(std::string(cases::name(*file.solved))) : bj::value(nullptr)},
          {"linked_at", format_instant(one.since)},
          {"open", classes::is_open(file.state, file.asks_again_at.has_value())},
          {"drawn", drawn}};
}

}  // namespace

Answer list_class_cases(const Api& api, const http::Request& request) {
  MINHU_TRY(const ClassRequest asked, admit_to_class(api, request, "class:read"));
  MINHU_CHECK_OK(only_parameters(request, {"cursor", "limit"}));
  MINHU_TRY(const auto after, cursor_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  const cases::Context& context = asked.context;
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto file = classes::load_class(reading, context.county.region, asked.id);
    if (!file) return fail(FaultCode::not_found, "classes.no_such_class");
    const UnitNames units(reading, context.county.region);
    const ClassShowing showing{reading, context, api.language(request), units};
    const auto from = after ? std::optional(classes::CaseCursor{Instant{after->at}, after->id})
                            : std::optional<classes::CaseCursor>();
    const auto page = classes::cases_in(reading, context, asked.id, from, limit);
    const auto drawn = classes::sample_of(reading, context, *file);
    bj::array lines;
    for (const classes::ClassCase& one : page.cases) {
      lines.push_back(
          shown(showing, one, std::binary_search(drawn.begin(), drawn.end(), one.file.id)));
    }
    const auto next = page.next ? std::optional(ListCursor{page.next->since.unix_ms, page.next->id})
                                : std::optional<ListCursor>();
    return json({{"counts", class_counts(showing, classes::row_of(*file))},
                 {"cases", std::move(lines)},
                 {"hidden", page.hidden},
                 {"next_cursor", next_cursor(next)}});
  });
}

Answer link_case(const Api& api, const http::Request& request) {
  return change(api, request, classes::link_case);
}

Answer unlink_case(const Api& api, const http::Request& request) {
  return change(api, request, classes::unlink_case);
}

Answer reject_case(const Api& api, const http::Request& request) {
  return change(api, request, classes::reject_case);
}

Answer record_asked_speaker(const Api& api, const http::Request& request) {
  MINHU_TRY(const CaseInClass asked, admit_to_both(api, request, "class:ask"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"how", "solved"}));
  classes::Answered answer;
  MINHU_TRY(answer.how, body.members().text("how", Presence::required));
  MINHU_TRY(answer.solved, body.members().text("solved", Presence::required));
  MINHU_TRY(
      const classes::ClassFile file, api.installation.database.write([&](Transaction& transaction) {
        return classes::ask_speaker(transaction, asked.context, asked.id, asked.case_id, answer);
      }));
  return the_class(api, request, asked.context, file.id);
}

Answer show_class_of_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return show_both(api, request, admitted.context, admitted.id);
}

}  // namespace minhu::web_api
