// Who leads which unit, who is close to whom, and who asks to stay out of a case: what the closure
// of the accused (features/cases/closure.h) is worked out from. Registers of officials and offices.
#include "adapters/web_api/accounts_shared.h"
#include "adapters/web_api/areas.h"
#include "adapters/web_api/show.h"
#include "features/accounts/accounts.h"
#include "features/accounts/administration.h"
#include "features/accounts/delegation.h"
#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/cases/closure.h"
#include "features/cases/store.h"
#include "features/cases/ties.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using accounts::AccountId;

constexpr std::int64_t most_interests = 500;
constexpr std::int64_t most_delegations = 500;
constexpr std::size_t longest_reason = 1000;

bj::value official(Reading& reading, RegionId region, AccountId id) {
  const auto found = accounts::find_account(reading, region, id);
  if (!found) return nullptr;
  return bj::object{
      {"id", id.text()}, {"login", found->login}, {"display_name", found->display_name}};
}

bj::value moment(const std::optional<Instant>& instant) {
  return instant ? bj::value(format_instant(*instant)) : bj::value(nullptr);
}

// Why a tie was written down is not told to whom it is about: a supervisor may have said more than
// that there is one.
bj::value reason_for(AccountId reader, std::initializer_list<AccountId> about,
                     const std::string& reason) {
  const bool theirs = std::find(about.begin(), about.end(), reader) != about.end();
  return theirs || reason.empty() ? bj::value(nullptr) : bj::value(reason);
}

bj::object shown(Reading& reading, RegionId region, AccountId reader,
                 const accounts::Interest& one) {
  return {
      {"id", one.id.text()},
      {"official", official(reading, region, one.account)},
      {"unit", UnitNames(reading, region).show(one.unit)},
      {"person", one.person.empty() ? bj::value(nullptr) : official(reading, region, one.person)},
      {"tie", std::string(accounts::name(one.tie))},
      {"reason", reason_for(reader, {one.account, one.person}, one.reason)},
      {"declared_by", official(reading, region, one.declared_by)},
      {"declared_at", format_instant(one.declared_at)},
      {"ended_at", moment(one.ended_at)},
      {"ended_by", official(reading, region, one.ended_by)},
      {"ended_reason", reason_for(reader, {one.account, one.person}, one.ended_reason)}};
}

bj::array shown(Reading& reading, RegionId region, AccountId reader,
                const std::vector<accounts::Interest>& all) {
  bj::array lines;
  for (const accounts::Interest& one : all) lines.push_back(shown(reading, region, reader, one));
  return lines;
}

bj::object shown(Reading& reading, RegionId region, AccountId reader,
                 const accounts::Leadership& one) {
  return {{"id", one.id.text()},
          {"official", official(reading, region, one.account)},
          {"unit", UnitNames(reading, region).show(one.unit)},
          {"since", format_instant(one.since)},
          {"appointed_by", official(reading, region, one.appointed_by)},
          {"reason", reason_for(reader, {one.account}, one.reason)},
          {"until", moment(one.until)},
          {"ended_by", official(reading, region, one.ended_by)},
          {"ended_reason", reason_for(reader, {one.account}, one.ended_reason)}};
}

// By the name that somebody signs in with, or by the id that a list of officials gave.
Result<AccountId> account_named(Reading& reading, RegionId region, std::string_view text) {
  const auto id = AccountId::parse(text);
  const auto found = id ? accounts::find_account(reading, region, *id)
                        : accounts::find_account_by_login(reading, region, text);
  if (!found) return fail(FaultCode::not_found, "accounts.no_such_account");
  return found->id;
}

struct Said {
  std::string official;  // empty: whoever asks
  std::string unit;
  std::string person;
  std::string tie;
  std::string reason;  // of whoever says it of another
};
Result<Said> said_in(const http::Request& request, bool of_another) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(of_another ? given.only({"official", "unit", "person", "tie", "reason"})
                            : given.only({"unit", "person", "tie"}));
  Said said;
  if (of_another) {
    MINHU_TRY(said.official, given.short_text("official", 100, Presence::required));
    MINHU_TRY(said.reason, given.short_text("reason", longest_reason, Presence::required));
  }
  MINHU_TRY(said.unit, given.short_text("unit", 40));
  MINHU_TRY(said.person, given.short_text("person", 100));
  MINHU_TRY(said.tie, given.short_text("tie", 40, Presence::required));
  return said;
}

Answer declare(const Api& api, const accounts::Account& by, const Said& said) {
  const Instant now = api.installation.clock.now();
  const auto& ground = api.sessions.ground();
  const auto tie = accounts::tie_named(said.tie);
  if (!tie) {
    return fail(FaultCode::invalid_input, "api.not_a_choice", "tie",
                std::map<std::string, std::string>{
                    {"field", "tie"}, {"choices", "kin, former_post, business, other"}});
  }
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    accounts::Interest one;
    one.tie = *tie;
    one.declared_by = by.id;
    one.account = by.id;
    one.reason = said.reason;
    if (!said.official.empty()) {
      MINHU_TRY(one.account, account_named(transaction, ground.region, said.official));
    }
    if (!said.unit.empty()) {
      const auto unit = UnitId::parse(said.unit);
      if (!unit) return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
      one.unit = *unit;
    }
    if (!said.person.empty()) {
      MINHU_TRY(one.person, account_named(transaction, ground.region, said.person));
    }
    MINHU_TRY(const auto made, accounts::declare_interest(transaction, ground, one, now));
    return json(shown(transaction, ground.region, by.id, made), 201);
  });
}

// {"reason": "…"}, of what comes to an end.
Result<std::string> reason_in(const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"reason"}));
  MINHU_TRY(const auto reason, given.short_text("reason", longest_reason, Presence::required));
  return std::string(reason);
}

Answer list_own_interests(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "session:own"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    return json({{"interests", shown(reading, region, account.id,
                                     accounts::interests_of(reading, region, account.id,
                                                            api.installation.clock.now()))}});
  });
}

Answer declare_own_interest(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "session:own"));
  MINHU_TRY(const Said said, said_in(request, false));
  return declare(api, account, said);
}

Answer list_interests(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "case:decide_recusal"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    return json({{"interests", shown(reading, region, account.id,
                                     accounts::all_interests(reading, region, most_interests))}});
  });
}

Answer declare_interest_of(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "case:decide_recusal"));
  MINHU_TRY(const Said said, said_in(request, true));
  return declare(api, account, said);
}

Answer end_interest(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "case:decide_recusal"));
  MINHU_TRY(const auto id,
            id_of<accounts::InterestId>(request.captures.at(0), "accounts.no_such_interest"));
  MINHU_TRY(const std::string reason, reason_in(request));
  const cases::Context context = api.installation.as(account.principal);
  MINHU_CHECK_OK(api.installation.database.write_job([&](Transaction& transaction) {
    return cases::end_interest(transaction, api.sessions.ground(), context, id, reason);
  }));
  return http::Response{204, {}, {}, {}};
}

// What a closure is made of beside the two registers, and whom an entry can be about.
Answer list_ties(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(api.gate.admit(request, "case:decide_recusal"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  const Instant now = api.installation.clock.now();
  return api.installation.database.read([&](Reading& reading) {
    UnitNames units(reading, region);
    bj::array officials;
    for (const accounts::Listed& one : accounts::list_accounts(reading, region, now)) {
      if (one.state == accounts::AccountState::disabled) continue;
      const accounts::Principal& post = one.account.principal;
      officials.push_back(bj::object{{"id", one.account.id.text()},
                                     {"display_name", one.account.display_name},
                                     {"unit", units.show(post.unit)},
                                     {"heads_it", post.role == accounts::Role::unit_head}});
    }
    bj::array delegations;
    for (const auto& one : accounts::all_delegations(reading, region, now, most_delegations)) {
      delegations.push_back(bj::object{{"official", official(reading, region, one.from)},
                                       {"kept_by", official(reading, region, one.to)},
                                       {"unit", units.show(one.unit)},
                                       {"starts_at", format_instant(one.starts_at)},
                                       {"ends_at", format_instant(one.ends_at)}});
    }
    return json({{"officials", std::move(officials)}, {"delegations", std::move(delegations)}});
  });
}

Answer list_leaders(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto reader, api.gate.admit(request, "leaders:keep"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) {
    bj::array lines;
    for (const auto& one : accounts::all_leaderships(reading, region)) {
      lines.push_back(shown(reading, region, reader.id, one));
    }
    return json({{"leaders", std::move(lines)}});
  });
}

Answer appoint_leader(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto keeper, api.gate.admit(request, "leaders:keep"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"official", "unit", "reason"}));
  MINHU_TRY(const auto login, given.short_text("official", 100, Presence::required));
  MINHU_TRY(const auto unit_text, given.short_text("unit", 40, Presence::required));
  MINHU_TRY(const auto reason_given,
            given.short_text("reason", longest_reason, Presence::required));
  const std::string reason(reason_given);
  const auto unit = UnitId::parse(unit_text);
  if (!unit) return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
  const cases::Context context = api.installation.as(keeper.principal);
  const auto& ground = api.sessions.ground();
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const AccountId account, account_named(transaction, ground.region, login));
    MINHU_TRY(const auto made,
              cases::appoint_leader(transaction, ground, context, account, *unit, reason));
    bj::object line = shown(transaction, ground.region, keeper.id, made.leadership);
    line["rerouted"] = made.rerouted ? bj::value(*made.rerouted) : bj::value(nullptr);
    return json(line, 201);
  });
}

Answer end_leadership(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto keeper, api.gate.admit(request, "leaders:keep"));
  MINHU_TRY(const auto id,
            id_of<accounts::LeadershipId>(request.captures.at(0), "accounts.no_such_leadership"));
  MINHU_TRY(const std::string reason, reason_in(request));
  const cases::Context context = api.installation.as(keeper.principal);
  MINHU_CHECK_OK(api.installation.database.write_job([&](Transaction& transaction) {
    return cases::end_leadership(transaction, api.sessions.ground(), context, id, reason);
  }));
  return http::Response{204, {}, {}, {}};
}

// Open cases in which somebody has a stake and nobody has decided yet; what is decided is a step of
// the case (recused, recusal_declined).
Answer list_recusals(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto account, api.gate.admit(request, "case:decide_recusal"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  const RegionId region = context.county.region;
  return api.installation.database.read([&](Reading& reading) {
    cases::Sight sight(reading, context);
    bj::array lines;
    for (const cases::CaseId id : cases::named_cases(reading, region)) {
      const auto file = cases::load_file(reading, region, id);
      if (!file || file->recusals_asked.empty() || !sight.may_read(*file)) continue;
      bj::array officials;
      for (const AccountId one : file->recusals_asked) {
        // What they sign in with has no place in a list of cases.
        const auto found = accounts::find_account(reading, region, one);
        officials.push_back(bj::object{
            {"id", one.text()}, {"display_name", found ? found->display_name : std::string()}});
      }
      lines.push_back(bj::object{{"id", id.text()},
                                 {"number", cases::show_number(file->number)},
                                 {"state", std::string(cases::name(file->state))},
                                 {"seq", file->seq},
                                 {"changed_at", format_instant(file->changed_at)},
                                 {"officials", std::move(officials)}});
    }
    return json({{"recusals", std::move(lines)}});
  });
}

}  // namespace

std::vector<http::Route> closeness_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/own/interests",       "session:own",         Body::none, no_body, on(list_own_interests)},
      {Method::post,    "/api/v1/own/interests",       "session:own",         Body::json, words,   on(declare_own_interest)},
      {Method::get,     "/api/v1/interests",           "case:decide_recusal", Body::none, no_body, on(list_interests)},
      {Method::post,    "/api/v1/interests",           "case:decide_recusal", Body::json, words,   on(declare_interest_of)},
      {Method::post,    "/api/v1/interests/{id}/end",  "case:decide_recusal", Body::json, words,   on(end_interest)},
      {Method::get,     "/api/v1/ties",                "case:decide_recusal", Body::none, no_body, on(list_ties)},
      {Method::get,     "/api/v1/recusals",            "case:decide_recusal", Body::none, no_body, on(list_recusals)},
      {Method::get,     "/api/v1/leaders",             "leaders:keep",        Body::none, no_body, on(list_leaders)},
      {Method::post,    "/api/v1/leaders",             "leaders:keep",        Body::json, words,   on(appoint_leader)},
      {Method::post,    "/api/v1/leaders/{id}/end",    "leaders:keep",        Body::json, words,   on(end_leadership)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
