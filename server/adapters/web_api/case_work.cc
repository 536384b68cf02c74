// Work on one case: what has changed since it was read, the draft of a step, and the step as its
// speaker would read it.
#include <algorithm>
#include <charconv>

#include "adapters/web_api/desk.h"
#include "adapters/web_api/show.h"
#include "features/cases/telling.h"
#include "features/desk/preview.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using Details = std::map<std::string, std::string>;

Result<std::int64_t> seq_of(const http::Request& request) {
  const std::string_view text = request.query_value("after");
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc() || end != text.data() + text.size() || seq < 0) {
    return fail(FaultCode::invalid_input, "api.bad_seq", "after");
  }
  return seq;
}

bj::value shown(const UnitNames& units, const std::optional<desk::OfficeDraft>& draft) {
  if (!draft) return nullptr;
  bj::object fields;
  for (const auto& [name, text] : draft->fields) fields[name] = text;
  return bj::object{{"tab", draft->tab},
                    {"fields", std::move(fields)},
                    {"revision", draft->revision},
                    {"saved_at", format_instant(draft->saved_at)},
                    {"unit", units.show(draft->unit)}};
}

struct DraftPlace {
  Admitted admitted;
  std::string tab;
};
Result<DraftPlace> draft_place(const Api& api, const http::Request& request) {
  MINHU_TRY(Admitted admitted, admit(api, request, "case:read"));
  MINHU_CHECK_OK(only_parameters(request, {"tab"}));
  MINHU_TRY(std::string tab, desk::draft_tab(request.query_value("tab")));
  return DraftPlace{admitted, std::move(tab)};
}

// What the writer filled in and the speaker would not read.
bj::array kept_inside(const cases::Step& step, const desk::Preview& preview,
                      const bj::object& speakers_facts) {
  bj::array inside;
  for (const auto& [name, value] : step.fields) {
    const bool read = preview.speaker_reads &&
                      (speakers_facts.contains(name) ||
                       std::any_of(preview.texts.begin(), preview.texts.end(),
                                   [&](const auto& text) { return text.field == name; }));
    if (!read && !value.empty()) inside.push_back(bj::value(name));
  }
  return inside;
}

bj::object shown(const Api& api, const http::Request& request, const Showing& showing,
                 const cases::Step& step, const desk::Preview& preview) {
  const UnitNames units(showing.reading, showing.context.county.region);
  const cases::Telling telling{api.language(request),
                               to_date(showing.context.now, showing.context.county.rules.zone),
                               [&](UnitId id) { return units.name(id); }};
  bj::object facts = preview.speaker_reads ? speakers_facts(showing, preview.event) : bj::object();
  bj::array texts;
  for (const auto& text : cases::in_reading_order(preview.texts)) {
    texts.push_back(bj::object{{"field", text.field},
                               {"label", telling.label(preview.event, text.field)},
                               {"text", text.text}});
  }
  bj::array readers;
  for (const UnitId unit : preview.units) {
    if (bj::value named = units.show(unit); named.is_object()) readers.push_back(std::move(named));
  }
  bj::array inside = kept_inside(step, preview, facts);
  return {{"kind", std::string(cases::name(preview.event.kind))},
          {"speaker_reads", preview.speaker_reads},
          {"state", std::string(cases::name(preview.speakers_view.file.state))},
          {"state_sentence", telling.state_sentence(preview.speakers_view)},
          {"sentence",
           preview.speaker_reads ? bj::value(telling.sentence(preview.event)) : bj::value(nullptr)},
          {"by", telling.actor(preview.event)},
          {"happened_at", format_instant(preview.event.happened_at)},
          {"facts", std::move(facts)},
          {"texts", std::move(texts)},
          {"inside", std::move(inside)},
          {"units", std::move(readers)},
          {"joined", preview.joined}};
}

}  // namespace

Answer show_changes(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  MINHU_CHECK_OK(only_parameters(request, {"after"}));
  MINHU_TRY(const std::int64_t seq, seq_of(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    const Showing showing{reading, admitted.context, api.spoken(request)};
    const UnitNames units(reading, admitted.context.county.region);
    bj::object steps = shown_steps(admitted.context, view.file);
    return json({{"seq", view.file.seq},
                 {"state", std::string(cases::name(view.file.state))},
                 {"lead_unit", units.show(view.file.lead_unit)},
                 {"left", time_left(cases::time_left(admitted.context.county, view.file,
                                                     admitted.context.now))},
                 {"happenings", happenings_after(showing, view, seq)},
                 {"steps", std::move(steps["steps"])}});
  });
}

Answer show_draft(const Api& api, const http::Request& request) {
  MINHU_TRY(const DraftPlace place, draft_place(api, request));
  const cases::Context& context = place.admitted.context;
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto draft, desk::find_draft(reading, context, place.admitted.id, place.tab));
    return json({{"draft", shown(UnitNames(reading, context.county.region), draft)}});
  });
}

Answer keep_draft(const Api& api, const http::Request& request) {
  MINHU_TRY(const DraftPlace place, draft_place(api, request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"fields", "revision"}));
  MINHU_TRY(const auto revision, given.number("revision"));
  if (!revision) {
    return fail(FaultCode::invalid_input, "api.missing_field", "revision",
                Details{{"field", "revision"}});
  }
  MINHU_TRY(FieldTexts fields, field_texts(given));
  const cases::Context& context = place.admitted.context;
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const desk::KeptDraft kept,
              desk::keep_draft(transaction, context, place.admitted.id, place.tab,
                               std::move(fields), *revision));
    return json({{"saved", kept.saved},
                 {"draft", shown(UnitNames(transaction, context.county.region), kept.draft)}});
  });
}

Answer discard_draft(const Api& api, const http::Request& request) {
  MINHU_TRY(const DraftPlace place, draft_place(api, request));
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) {
    return desk::discard_draft(transaction, place.admitted.context, place.admitted.id, place.tab);
  }));
  return no_content();
}

Answer preview_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  const auto kind = cases::named<cases::EventKind>(request.captures.at(1));
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"fields"}));
  cases::Step step;
  step.kind = *kind;
  MINHU_TRY(step.fields, field_texts(given));
  MINHU_TRY(const desk::Preview preview,
            desk::preview_step(api.installation.database, admitted.context, admitted.id, step));
  return api.installation.database.read([&](Reading& reading) {
    return json(
        shown(api, request, {reading, admitted.context, api.spoken(request)}, step, preview));
  });
}

}  // namespace minhu::web_api
