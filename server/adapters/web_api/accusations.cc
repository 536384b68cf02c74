// Reports of wrongdoing for those who were named to handle them. The passphrase comes along with
// every request that opens something, is used once, and is kept nowhere.
#include "adapters/web_api/accounts_shared.h"
#include "adapters/web_api/areas.h"
#include "features/accounts/accounts.h"
#include "features/accusations/handle.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::string_view handling = "accusation:handle";
constexpr std::string_view naming = "accusation_handlers:manage";
constexpr const char* not_there = "accusations.not_found";
constexpr std::size_t longest_reason = 2000;

http::Response nothing() {
  return http::Response{204, {}, {}, {}};
}

bj::value when(const std::optional<Instant>& time) {
  return time ? bj::value(format_instant(*time)) : bj::value(nullptr);
}

bj::object shown(const accusations::Listed& listed) {
  return {{"id", listed.id.text()},
          {"state", std::string(accusations::name(listed.state))},
          {"received_at", format_instant(listed.received_at)},
          {"unread", listed.unread}};
}

bj::object shown(const accusations::Handler& handler) {
  return {{"id", handler.account.text()},
          {"display_name", handler.display_name},
          {"unit", handler.unit},
          {"key_made_at", when(handler.key_made_at)}};
}

bj::array shown(const std::vector<accusations::Handler>& handlers) {
  bj::array all;
  for (const auto& handler : handlers) all.push_back(shown(handler));
  return all;
}

bj::array shown(const std::vector<accusations::LetterFile>& files) {
  bj::array all;
  for (const auto& file : files) {
    all.push_back(
        bj::object{{"id", file.id.text()},
                   {"media_type", file.media_type},
                   {"size", file.size},
                   {"original",
                    file.original.empty() ? bj::value(nullptr) : bj::value(file.original.text())}});
  }
  return all;
}

bj::array shown(const std::vector<accusations::Message>& messages) {
  constexpr std::string_view senders[] = {"reporter", "handler", "custodians"};
  bj::array all;
  for (const auto& message : messages) {
    all.push_back(bj::object{
        {"from", senders[static_cast<std::size_t>(message.from)]},
        {"at", message.at.unix_ms > 0 ? bj::value(format_instant(message.at)) : bj::value(nullptr)},
        {"unit", message.unit},
        {"words", message.words},
        {"decision", message.decision.empty() ? bj::value(nullptr) : bj::value(message.decision)}});
  }
  return all;
}

Answer list_reports(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, handling));
  MINHU_CHECK_OK(only_parameters(request, {}));
  return api.installation.database.read([&](Reading& reading) {
    const auto desk = accusations::desk_of(reading, api.accusations, account.principal);
    bj::array reports;
    for (const auto& listed : desk.reports) reports.push_back(shown(listed));
    return json({{"named", desk.named},
                 {"key_made_at", when(desk.key_made_at)},
                 {"reports", std::move(reports)}});
  });
}

Answer set_key(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, handling));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"password", "old_passphrase", "passphrase"}));
  MINHU_TRY(const auto passphrase, secret_of(given, "passphrase"));
  MINHU_TRY(const auto old, given.short_text("old_passphrase", accounts::longest_password));
  if (!old.empty()) {
    const auto changed = accusations::change_passphrase(
        api.accusations, account, Sealed<std::string>(std::string(old)), passphrase);
    if (!changed) return refuse_slowly(api, request, changed.error());
    return nothing();
  }
  MINHU_TRY(const auto password, secret_of(given, "password"));
  const auto made =
      accusations::make_key(api.accusations, api.sessions.ground(), account, password, passphrase);
  if (!made) return refuse_slowly(api, request, made.error());
  return nothing();
}

// What opens something: by whom, of which report, with which passphrase.
template <class Then>
Answer with_passphrase(const Api& api, const http::Request& request,
                       std::initializer_list<std::string_view> fields, Then then) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, handling));
  MINHU_TRY(const auto report, id_of<cases::CaseId>(request.captures.at(0), not_there));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only(fields));
  MINHU_TRY(const auto passphrase, secret_of(given, "passphrase"));
  Answer answer = then(account.principal, report, given, passphrase);
  // The use case counts wrong ones and makes them wait; here the answer is held, too.
  if (!answer) return refuse_slowly(api, request, answer.error());
  return answer;
}

Answer open_report(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase"},
      [&](const auto& actor, auto report, const Members&, const auto& passphrase) -> Answer {
        MINHU_TRY(const auto opened,
                  accusations::open_for(api.accusations, actor, report, passphrase));
        bj::object all = shown(opened.listed);
        all["level"] = accusations::name(opened.letter.level);
        all["words"] = opened.letter.words;
        all["has_name"] = opened.letter.has_identity;
        all["complaint"] = opened.letter.complaint.empty()
                               ? bj::value(nullptr)
                               : bj::value(cases::show_number(opened.letter.complaint));
        all["files"] = shown(opened.letter.files);
        all["messages"] = shown(opened.messages);
        all["name_asked"] =
            bj::object{{"state", std::string(accusations::name(opened.name.state))},
                       {"mine", !opened.name.by.empty() && opened.name.by == actor.account}};
        all["holders"] = shown(opened.holders);
        const auto named = api.installation.database.read(
            [&](Reading& reading) { return accusations::handlers(reading, api.accusations); });
        all["handlers"] = shown(named);
        return json(all);
      });
}

Answer ask_for_name(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase", "reason"},
      [&](const auto& actor, auto report, const Members& given, const auto& passphrase) -> Answer {
        MINHU_TRY(const auto reason,
                  given.short_text("reason", longest_reason, Presence::required));
        MINHU_CHECK_OK(
            accusations::ask_for_identity(api.accusations, actor, report, passphrase, reason));
        return nothing();
      });
}

Answer decide_on_name(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase", "agreed"},
      [&](const auto& actor, auto report, const Members& given, const auto& passphrase) -> Answer {
        MINHU_TRY(const bool agreed, given.flag("agreed"));
        MINHU_CHECK_OK(
            accusations::decide_on_identity(api.accusations, actor, report, passphrase, agreed));
        return nothing();
      });
}

Answer open_name(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase"},
      [&](const auto& actor, auto report, const Members&, const auto& passphrase) -> Answer {
        MINHU_TRY(const auto identity,
                  accusations::open_identity(api.accusations, actor, report, passphrase));
        const auto& who =
            identity.reveal_because("a named handler gave a reason and a second one agreed");
        return json({{"name", who.name}, {"contact", who.contact}});
      });
}

Answer open_file(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase"},
      [&](const auto& actor, auto report, const Members&, const auto& passphrase) -> Answer {
        MINHU_TRY(const auto file, id_of<accusations::SealedId>(request.captures.at(1), not_there));
        MINHU_TRY(auto opened,
                  accusations::open_file(api.accusations, actor, report, file, passphrase));
        return attachment({std::move(opened.media_type), std::move(opened.bytes)},
                          cases::ContentId(file.uuid()));
      });
}

Answer answer_report(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase", "words", "decision"},
      [&](const auto& actor, auto report, const Members& given, const auto& passphrase) -> Answer {
        accusations::Answer said;
        MINHU_TRY(said.words, given.text("words", Presence::required));
        MINHU_TRY(const auto decision, given.short_text("decision", 40));
        if (!decision.empty()) {
          said.decision = accusations::state_named(decision);
          if (!said.decision) {
            return fail(FaultCode::invalid_input, "accusations.unknown_decision", "decision");
          }
        }
        MINHU_CHECK_OK(accusations::answer(api.accusations, actor, report, passphrase, said));
        return nothing();
      });
}

Answer share_report(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase", "with"},
      [&](const auto& actor, auto report, const Members& given, const auto& passphrase) -> Answer {
        MINHU_TRY(const auto with, given.short_text("with", 40, Presence::required));
        MINHU_TRY(const auto handler,
                  id_of<accounts::AccountId>(with, "accusations.no_such_handler"));
        MINHU_CHECK_OK(accusations::share(api.accusations, actor, report, passphrase, handler));
        return nothing();
      });
}

Answer split_complaint(const Api& api, const http::Request& request) {
  return with_passphrase(
      api, request, {"passphrase", "words", "place"},
      [&](const auto& actor, auto report, const Members& given, const auto& passphrase) -> Answer {
        accusations::Complaint part;
        MINHU_TRY(part.token, token_of(request));
        MINHU_TRY(part.words, given.text("words", Presence::required));
        MINHU_TRY(part.place, given.short_text("place", 20));
        MINHU_CHECK_OK(
            accusations::make_complaint(api.accusations, actor, report, passphrase, part));
        return nothing();
      });
}

Answer list_handlers(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(api.gate.admit(request, naming));
  MINHU_CHECK_OK(only_parameters(request, {}));
  return api.installation.database.read([&](Reading& reading) {
    return json({{"handlers", shown(accusations::handlers(reading, api.accusations))}});
  });
}

using Naming = Outcome (*)(Transaction&, const accusations::Ground&, const accounts::Principal&,
                           accounts::AccountId);

Answer name_or_not(const Api& api, const http::Request& request, Naming what) {
  MINHU_TRY(const accounts::Account admin, api.gate.admit(request, naming));
  MINHU_TRY(const auto account,
            id_of<accounts::AccountId>(request.captures.at(0), "accusations.no_such_account"));
  MINHU_CHECK_OK(api.installation.database.write_job([&](Transaction& transaction) {
    return what(transaction, api.accusations, admin.principal, account);
  }));
  return nothing();
}

}  // namespace

std::vector<http::Route> accusations_routes(const SharedApi& api) {
  const On on{api};
  const auto naming_by = [&](Naming what) {
    return on([what](const Api& shared, const http::Request& request) {
      return name_or_not(shared, request, what);
    });
  };
  // clang-format off
  return {
      {Method::get,     "/api/v1/accusations",                                "accusation:handle",  Body::none, no_body,    on(list_reports)},
      {Method::put,     "/api/v1/accusations/key",                            "accusation:handle",  Body::json, words,      on(set_key)},
      {Method::post,    "/api/v1/accusations/{report}/open",                  "accusation:handle",  Body::json, words,      on(open_report)},
      {Method::post,    "/api/v1/accusations/{report}/name",                  "accusation:handle",  Body::json, words,      on(open_name)},
      {Method::post,    "/api/v1/accusations/{report}/name/request",          "accusation:handle",  Body::json, words,      on(ask_for_name)},
      {Method::post,    "/api/v1/accusations/{report}/name/decision",         "accusation:handle",  Body::json, words,      on(decide_on_name)},
      {Method::post,    "/api/v1/accusations/{report}/files/{file}",          "accusation:handle",  Body::json, words,      on(open_file)},
      {Method::post,    "/api/v1/accusations/{report}/answers",               "accusation:handle",  Body::json, words,      on(answer_report)},
      {Method::post,    "/api/v1/accusations/{report}/shares",                "accusation:handle",  Body::json, words,      on(share_report)},
      {Method::post,    "/api/v1/accusations/{report}/complaints",            "accusation:handle",  Body::json, words,      on(split_complaint)},
      {Method::get,     "/api/v1/accusation_handlers",                        "accusation_handlers:manage", Body::none, no_body, on(list_handlers)},
      {Method::put,     "/api/v1/accusation_handlers/{id}",              "accusation_handlers:manage", Body::none, no_body, naming_by(accusations::name_handler)},
      {Method::delete_, "/api/v1/accusation_handlers/{id}",              "accusation_handlers:manage", Body::none, no_body, naming_by(accusations::unname_handler)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
