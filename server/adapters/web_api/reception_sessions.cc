#include "adapters/web_api/receptions.h"
#include "adapters/web_api/request_parts.h"
#include "adapters/web_api/show.h"
#include "features/receptions/record.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using receptions::DeviceId;
using receptions::Session;
using receptions::SessionId;

constexpr std::size_t longest_line = 200;  // names, posts
constexpr std::size_t longest_list = 1000;
constexpr std::size_t most_earlier = 20;

Outcome read_who(const Members& given, Session& session) {
  MINHU_TRY(const auto people, given.number("people"));
  MINHU_TRY(const auto representatives, given.number("representatives"));
  session.people = people.value_or(1);
  session.representatives = representatives.value_or(1);
  MINHU_TRY(session.named, given.flag("named"));
  MINHU_TRY(session.may_be_called, given.flag("may_be_called"));
  cases::Contact contact;
  MINHU_TRY(contact.name, given.short_text("name", longest_line));
  MINHU_TRY(contact.phone, given.short_text("phone", longest_line));
  MINHU_TRY(contact.address, given.short_text("address", longest_list));
  // Both may be refused; without either nobody is named and nobody can be called.
  session.named = session.named && !contact.name.empty();
  session.may_be_called = session.may_be_called && !contact.phone.empty();
  if (!contact.name.empty() || !contact.phone.empty() || !contact.address.empty()) {
    session.contact = Sealed<cases::Contact>(std::move(contact));
  }
  return {};
}

Outcome read_what(const Members& given, Session& session) {
  MINHU_TRY(session.text, given.text("text"));
  MINHU_TRY(session.request, given.text("request"));
  MINHU_TRY(session.place, given.text("place"));
  MINHU_TRY(session.place_words, given.text("place_words"));
  MINHU_TRY(const auto earlier, texts_in(given, "earlier", most_earlier));
  for (const std::string& text : earlier) {
    MINHU_TRY(std::string number, cases::parse_number(text));
    session.earlier.push_back(std::move(number));
  }
  MINHU_TRY(session.complained_of, id_in<UnitId>(given, "complained_of", "api.unknown_unit"));
  MINHU_TRY(session.accusation, given.flag("accusation"));
  return {};
}

Outcome read_decision(const Members& given, Session& session) {
  MINHU_TRY(session.officials, given.short_text("officials", longest_list));
  MINHU_TRY(session.leader_words, given.text("leader_words"));
  MINHU_TRY(const std::string_view decision, given.text("decision"));
  const auto named = receptions::decision_named(decision.empty() ? "none" : decision);
  if (!named) return not_a_choice("decision", "none, on_spot, unit");
  session.decision = *named;
  MINHU_TRY(session.answer, given.text("answer"));
  MINHU_TRY(session.outcome, given.text("outcome"));
  MINHU_TRY(session.unit, id_in<UnitId>(given, "unit", "api.unknown_unit"));
  MINHU_TRY(session.due, given.text("due"));
  MINHU_TRY(session.sponsor, given.short_text("sponsor", longest_line));
  MINHU_TRY(session.article27.solve, given.flag("solve"));
  MINHU_TRY(session.article27.explain, given.flag("explain"));
  MINHU_TRY(session.article27.help, given.flag("help"));
  MINHU_TRY(session.article27.by_law, given.flag("by_law"));
  MINHU_TRY(session.publish, given.flag("publish"));
  MINHU_TRY(session.read_back, given.flag("read_back"));
  MINHU_TRY(session.is_signed, given.flag("signed"));
  return {};
}

Result<Session> session_in(std::string_view text) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(text));
  const Members given = body.members();
  MINHU_CHECK_OK(
      given.only({"id",        "number",       "visit",           "group",         "begun_at",
                  "ended_at",  "people",       "representatives", "name",          "phone",
                  "address",   "named",        "may_be_called",   "text",          "request",
                  "place",     "place_words",  "earlier",         "complained_of", "accusation",
                  "officials", "leader_words", "decision",        "answer",        "outcome",
                  "unit",      "due",          "sponsor",         "solve",         "explain",
                  "help",      "by_law",       "publish",         "read_back",     "signed"}));
  Session session;
  MINHU_TRY(const std::string_view id, given.text("id", Presence::required));
  const auto parsed = SessionId::parse(id);
  if (!parsed) return fail(FaultCode::invalid_input, "receptions.bad_session_id", "id");
  session.id = *parsed;
  MINHU_TRY(const std::string_view number, given.text("number", Presence::required));
  MINHU_TRY(session.number, cases::parse_number(number));
  MINHU_TRY(session.visit, id_in<visits::VisitId>(given, "visit", "receptions.bad_visit_id"));
  MINHU_TRY(session.group, id_in<visits::GroupId>(given, "group", "receptions.bad_visit_id"));
  MINHU_TRY(session.begun_at, given.time("begun_at"));
  MINHU_TRY(session.ended_at, given.time("ended_at"));
  MINHU_CHECK_OK(read_who(given, session));
  MINHU_CHECK_OK(read_what(given, session));
  MINHU_CHECK_OK(read_decision(given, session));
  return session;
}

struct Asking {
  cases::Context context;
  DeviceId device;
};
Result<Asking> asking(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "reception:record"));
  const auto device = DeviceId::parse(request.captures.at(0));
  if (!device) return fail(FaultCode::not_found, "receptions.no_such_device", "device");
  return Asking{api.installation.as(account.principal), *device};
}

bj::object shown(const Session& session) {
  bj::array earlier;
  for (const std::string& number : session.earlier) {
    earlier.push_back(bj::string(cases::show_number(number)));
  }
  // Who they are stays sealed: what is compared is what was said and decided.
  return {{"id", session.id.text()},
          {"number", cases::show_number(session.number)},
          {"people", session.people},
          {"representatives", session.representatives},
          {"text", session.text},
          {"request", session.request},
          {"place_words", session.place_words},
          {"earlier", std::move(earlier)},
          {"officials", session.officials},
          {"leader_words", session.leader_words},
          {"decision", receptions::name(session.decision)},
          {"answer", session.answer},
          {"outcome", session.outcome},
          {"unit", session.unit.empty() ? "" : session.unit.text()},
          {"due", session.due},
          {"sponsor", session.sponsor},
          {"solve", session.article27.solve},
          {"explain", session.article27.explain},
          {"help", session.article27.help},
          {"by_law", session.article27.by_law},
          {"publish", session.publish},
          {"read_back", session.read_back},
          {"signed", session.is_signed}};
}

}  // namespace

Answer keep_session(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request));
  MINHU_TRY(const std::string_view text, json_part(request, "session"));
  MINHU_TRY(Session session, session_in(text));
  MINHU_TRY(auto files, files_beside(api, request, "session"));
  MINHU_TRY(const receptions::PreparedSession prepared,
            api.installation.database.read([&](Reading& reading) {
              return receptions::prepare(reading, asked.context, asked.device, std::move(session),
                                         std::move(files));
            }));
  MINHU_TRY(const receptions::Kept kept,
            api.installation.database.write([&](Transaction& transaction) {
              return receptions::keep(transaction, asked.context, asked.device, prepared);
            }));
  return json({{"session", prepared.session.id.text()},
               {"number", cases::show_number(kept.number)},
               {"received_at", format_instant(kept.received_at)},
               {"repeated", kept.repeated},
               {"instruction", receptions::name(kept.instruction)},
               {"because", kept.because}},
              kept.repeated ? 200 : 201);
}

Answer show_session_recorded(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request));
  const auto id = SessionId::parse(request.captures.at(1));
  if (!id) return fail(FaultCode::not_found, "receptions.no_such_session", "session");
  MINHU_TRY(const Session session, api.installation.database.read([&](Reading& reading) {
    return receptions::recorded(reading, asked.context, asked.device, *id);
  }));
  return json(shown(session));
}

Answer keep_session_beside(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request));
  MINHU_TRY(const Session other, session_in(request.body));
  MINHU_CHECK_OK(api.installation.database.write_job([&](Transaction& transaction) {
    return receptions::keep_beside(transaction, asked.context, asked.device, other);
  }));
  return no_content();
}

}  // namespace minhu::web_api
