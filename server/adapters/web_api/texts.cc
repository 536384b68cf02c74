// The library of texts.
#include "features/desk/texts.h"

#include "adapters/web_api/desk.h"
#include "adapters/web_api/show.h"
#include "features/cases/telling.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

bj::value maybe(const std::string& text) {
  return text.empty() ? bj::value(nullptr) : bj::value(text);
}
bj::value maybe(const std::optional<std::int64_t>& count) {
  return count ? bj::value(*count) : bj::value(nullptr);
}
std::string scope_of(const desk::LibraryText& text) {
  return text.unit.empty() ? "county" : "unit";
}

bj::object shown(const cases::Context& context, const UnitNames& units,
                 const desk::LibraryText& text) {
  return {{"id", text.id.text()},
          {"scope", scope_of(text)},
          {"unit", units.show(text.unit)},
          {"category", maybe(text.text.category)},
          {"title", text.text.title},
          {"body", text.text.body},
          {"source", maybe(text.text.source)},
          {"revision", text.revision},
          {"changed_at", format_instant(text.changed_at)},
          {"used", text.used},
          {"last_used",
           text.last_used ? bj::value(format_instant(*text.last_used)) : bj::value(nullptr)},
          {"rated", maybe(text.rated)},
          {"solved", maybe(text.solved)},
          {"may_change", desk::may_change(context, text)}};
}

struct SentText {
  desk::NewText text;
  std::optional<std::int64_t> revision;
};
Result<SentText> sent_text(const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"title", "body", "category", "source", "revision"}));
  SentText sent;
  MINHU_TRY(sent.text.title, given.text("title", Presence::required));
  MINHU_TRY(sent.text.body, given.text("body", Presence::required));
  MINHU_TRY(sent.text.category, given.text("category"));
  MINHU_TRY(sent.text.source, given.text("source"));
  MINHU_TRY(sent.revision, given.number("revision"));
  return sent;
}

Result<desk::TextId> text_id(std::string_view capture) {
  const auto id = desk::TextId::parse(capture);
  if (!id) return fail(FaultCode::not_found, "desk.no_such_text");
  return *id;
}

// What the placeholders of a text stand for in this case.
desk::FieldValues values_for(const Api& api, const http::Request& request, Reading& reading,
                             const cases::Context& context, const cases::CaseFile& file) {
  const RegionId region = context.county.region;
  desk::FieldValues values{{"number", cases::show_number(file.number)},
                           {"place", places_and_units::place_path(reading, region, file.place)}};
  if (const auto unit = places_and_units::find_unit(reading, region, context.actor.unit)) {
    values["unit"] = unit->name;
    values["phone"] = unit->phone;
  }
  if (const cases::RunningClock* clock = cases::next_due(file)) {
    const FixedZone zone = context.county.rules.zone;
    values["date"] = cases::say_day(api.language(request), to_date(clock->due, zone),
                                    to_date(context.now, zone));
  }
  return values;
}

}  // namespace

Answer list_texts(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "text:read"));
  MINHU_CHECK_OK(only_parameters(request, {"category"}));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, context.county.region);
    bj::array texts;
    for (const auto& text : desk::texts_of(reading, context, request.query_value("category"))) {
      texts.push_back(shown(context, units, text));
    }
    return json({{"texts", std::move(texts)}});
  });
}

Answer add_text(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "text:write"));
  MINHU_TRY(const SentText sent, sent_text(request));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const auto text, desk::add_text(transaction, context, sent.text));
    return json(shown(context, UnitNames(transaction, context.county.region), text), 201);
  });
}

Answer change_text(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "text:write"));
  MINHU_TRY(const desk::TextId id, text_id(request.captures.at(0)));
  MINHU_TRY(const SentText sent, sent_text(request));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const auto text,
              desk::change_text(transaction, context, id, sent.text, sent.revision));
    return json(shown(context, UnitNames(transaction, context.county.region), text));
  });
}

Answer remove_text(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "text:write"));
  MINHU_TRY(const desk::TextId id, text_id(request.captures.at(0)));
  const cases::Context context = api.installation.as(account.principal);
  MINHU_CHECK_OK(api.installation.database.write(
      [&](Transaction& transaction) { return desk::remove_text(transaction, context, id); }));
  return no_content();
}

Answer list_texts_for_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    const auto values = values_for(api, request, reading, admitted.context, view.file);
    bj::array texts;
    for (const auto& text : desk::texts_of(reading, admitted.context, view.file.category)) {
      desk::Filled filled = desk::fill(text.text.body, values);
      bj::array unfilled;
      for (const std::string& name : filled.unfilled) unfilled.push_back(bj::value(name));
      texts.push_back(bj::object{{"id", text.id.text()},
                                 {"title", text.text.title},
                                 {"body", std::move(filled.body)},
                                 {"scope", scope_of(text)},
                                 {"category", maybe(text.text.category)},
                                 {"used", text.used},
                                 {"unfilled", std::move(unfilled)}});
    }
    return json({{"texts", std::move(texts)}});
  });
}

Answer use_text(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  MINHU_TRY(const desk::TextId id, text_id(request.captures.at(1)));
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& transaction) {
    return desk::use_text(transaction, admitted.context, admitted.id, id);
  }));
  return no_content();
}

}  // namespace minhu::web_api
