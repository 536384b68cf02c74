#include "adapters/web_api/plans.h"

#include <algorithm>

#include "adapters/web_api/class_requests.h"
#include "adapters/web_api/show.h"
#include "features/accounts/permissions.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/posts.h"
#include "features/visit_plans/acceptance.h"
#include "features/visit_plans/coverage.h"
#include "features/visit_plans/draft.h"
#include "features/visit_plans/leaders.h"
#include "features/visit_plans/lot.h"
#include "kernel/assert.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using namespace visit_plans;

bj::value date_or_null(const std::optional<Date>& date) {
  return date ? bj::value(format_date(*date)) : bj::value(nullptr);
}
bj::value time_or_null(const std::optional<Instant>& time) {
  return time ? bj::value(format_instant(*time)) : bj::value(nullptr);
}

// What one answer needs again and again: names of places, sentences.
class Shown {
 public:
  Shown(const Api& api, const http::Request& request, Reading& reading, RegionId region)
      : language_(api.language(request)), reading_(reading), region_(region) {}

  bj::object place(std::string_view code) const {
    return {{"code", code}, {"path", places_and_units::place_path(reading_, region_, code)}};
  }
  bj::array sentences(const std::vector<silence::Reason>& reasons) const {
    bj::array all;
    for (const silence::Reason& reason : reasons) {
      all.push_back(bj::value(language_.say(reason.key, reason.facts)));
    }
    return all;
  }

 private:
  const catalogue::Catalogue& language_;
  Reading& reading_;
  RegionId region_;
};

bj::value shown_cycle(const FrozenCycle& frozen) {
  return bj::object{{"published_at", format_instant(frozen.published_at)},
                    {"seal", to_hex(frozen.seal)},
                    {"policy", frozen.policy.id + "@" + std::to_string(frozen.policy.version)},
                    {"silence_weight", frozen.cycle.weights.silence},
                    {"age_weight", frozen.cycle.weights.age},
                    {"months", frozen.cycle.months},
                    {"unannounced_percent", frozen.policy.unannounced_percent},
                    {"most_a_day", frozen.policy.most_a_day},
                    {"villages", frozen.villages.size()},
                    {"cases_without_village", frozen.no_village}};
}

std::string name_of(const PlanFile& plan, accounts::AccountId account) {
  for (const LeaderOfPlan& leader : plan.leaders) {
    if (leader.account == account) return leader.name;
  }
  return {};
}

using Spoken = std::map<accounts::AccountId, std::vector<std::string>>;
bj::array spoken_by(const Spoken& spoken, accounts::AccountId account) {
  bj::array languages;
  const auto known = spoken.find(account);
  if (known == spoken.end()) return languages;
  for (const std::string& one : known->second) languages.push_back(bj::value(one));
  return languages;
}

bj::value shown_plan(const Shown& shown, const PlanFile& plan) {
  const auto spoken = languages_of(plan);
  bj::array stops;
  for (const PlanStop& stop : plan.stops) {
    const bool timed = stop.outcome == StopOutcome::visited;
    stops.push_back(bj::object{
        {"place", shown.place(stop.place)},
        {"outcome", name(stop.outcome)},
        {"leader", timed ? bj::value(name_of(plan, stop.leader)) : bj::value(nullptr)},
        {"date", date_or_null(stop.date)},
        {"from", timed ? bj::value(format_day_time(stop.from)) : bj::value(nullptr)},
        {"to", timed ? bj::value(format_day_time(stop.to)) : bj::value(nullptr)},
        {"announced", stop.announced},
        {"due", stop.due},
        {"visit", stop.visit.empty() ? bj::value(nullptr) : bj::value(stop.visit.text())},
        {"reasons", shown.sentences(stop.reasons)}});
  }
  bj::array lot_days;
  for (const LotDay& day : plan.lot_days) {
    lot_days.push_back(
        bj::object{{"leader", name_of(plan, day.leader)}, {"date", format_date(day.date)}});
  }
  bj::array leaders;
  for (const LeaderOfPlan& leader : plan.leaders) {
    bj::array dates;
    for (const Date date : leader.dates) dates.push_back(bj::value(format_date(date)));
    leaders.push_back(bj::object{{"leader", leader.account.text()},
                                 {"name", leader.name},
                                 {"post", leader.post},
                                 {"portfolio", leader.portfolio},
                                 {"rank", leader.rank},
                                 {"languages", spoken_by(spoken, leader.account)},
                                 {"dates", std::move(dates)}});
  }
  return bj::object{{"version", plan.version},
                    {"leaders", std::move(leaders)},
                    {"made_at", format_instant(plan.made_at)},
                    {"accepted_at", time_or_null(plan.accepted_at)},
                    {"seed", plan.seed},
                    {"iterations", plan.iterations},
                    {"input_hash", to_hex(plan.input_hash)},
                    {"team_days", plan.team_days},
                    {"lot_days", std::move(lot_days)},
                    {"notes", shown.sentences(plan.notes)},
                    {"stops", std::move(stops)}};
}

bj::array shown_wishes(const Shown& shown, const std::vector<Wish>& wishes) {
  bj::array all;
  for (const Wish& wish : wishes) {
    all.push_back(bj::object{{"kind", name(wish.kind)},
                             {"place", shown.place(wish.place)},
                             {"date", date_or_null(wish.date)},
                             {"reason", wish.reason},
                             {"at", format_instant(wish.at)}});
  }
  return all;
}

// Whoever draws knows all of it; who is sent learns a place on its day and not before.
bj::array shown_drawn(const Shown& shown, Reading& reading, const cases::Context& context,
                      std::string_view month) {
  const auto may = [&](std::string_view permission) {
    return accounts::decide(context.actor, permission).allowed;
  };
  const auto plan = load_plan(reading, context.county.region, month);
  bj::array all;
  for (const DrawnDay& day : drawn_days(reading, context.county.region, month)) {
    const bool today = day.date <= to_date(context.now);
    if (!may("plan:draw") && !(today && may("plan:accept"))) continue;
    all.push_back(bj::object{{"place", shown.place(day.place)},
                             {"leader", name_of(*plan, day.leader)},
                             {"date", format_date(day.date)}});
  }
  return all;
}

// Where neither a unit nor a visit says the post of somebody, the register of posts may.
void fill_in_posts(Reading& reading, RegionId region, std::vector<PossibleLeader>& leaders) {
  const bool any = std::any_of(leaders.begin(), leaders.end(), [](const PossibleLeader& leader) {
    return leader.shown.post.empty();
  });
  if (!any) return;
  const auto posts = promises::all_posts(reading, region);
  for (PossibleLeader& leader : leaders) {
    if (!leader.shown.post.empty()) continue;
    for (const promises::Post& post : posts) {
      if (post.holder != leader.account) continue;
      leader.shown.post += (leader.shown.post.empty() ? "" : "、") + post.title;
    }
  }
}

bj::array shown_leaders(Reading& reading, RegionId region, std::string_view month, Instant now) {
  auto leaders = possible_leaders(reading, region, now);
  fill_in_posts(reading, region, leaders);
  const auto spoken = languages_remembered(reading, region, month);
  bj::array shown;
  for (const PossibleLeader& leader : leaders) {
    shown.push_back(bj::object{{"leader", leader.account.text()},
                               {"name", leader.shown.name},
                               {"post", leader.shown.post},
                               {"portfolio", leader.shown.portfolio},
                               {"rank", visits::name(leader.shown.rank)},
                               {"languages", spoken_by(spoken, leader.account)},
                               {"in_no_unit", leader.in_no_unit},
                               {"post_asked", leader.post_is_asked}});
  }
  return shown;
}

Answer the_plan(const Api& api, const http::Request& request, const cases::Context& context,
                int status = 200) {
  const std::string& month = request.captures.at(0);
  MINHU_CHECK_OK(month_named(month));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const RegionId region = context.county.region;
    const Shown shown(api, request, reading, region);
    const auto frozen = load_cycle(reading, region, month);
    const auto plan = load_plan(reading, region, month);
    return json({{"month", month},
                 {"cycle", frozen ? shown_cycle(*frozen) : bj::value(nullptr)},
                 {"plan", plan ? shown_plan(shown, *plan) : bj::value(nullptr)},
                 {"wishes", shown_wishes(shown, all_wishes(reading, region, month))},
                 {"drawn", shown_drawn(shown, reading, context, month)},
                 {"leaders", shown_leaders(reading, region, month, context.now)}},
                status);
  });
}

Result<Order> order_in(const Members& given) {
  MINHU_CHECK_OK(given.only({"leaders", "seed", "iterations"}));
  Order order;
  MINHU_TRY(const auto seed, given.number("seed"));
  MINHU_TRY(const auto iterations, given.number("iterations"));
  if (seed) order.seed = static_cast<std::uint64_t>(*seed);
  if (iterations) order.iterations = *iterations;
  const bj::value* list = given.object().if_contains("leaders");
  if (list == nullptr || !list->is_array() || list->get_array().size() > 100) {
    return fail(FaultCode::invalid_input, "api.bad_list", "leaders",
                std::map<std::string, std::string>{{"most", "100"}});
  }
  for (const bj::value& one : list->get_array()) {
    if (!one.is_object()) return fail(FaultCode::invalid_input, "plans.no_days", "leaders");
    const Members leader(one.get_object(), "leaders.");
    MINHU_CHECK_OK(leader.only({"leader", "dates", "languages", "post", "portfolio", "rank"}));
    LeaderDays days;
    MINHU_TRY(const auto account, leader.text("leader", Presence::required));
    const auto id = accounts::AccountId::parse(account);
    if (!id) {
      return fail(FaultCode::invalid_input, "plans.not_a_leader", "leaders",
                  std::map<std::string, std::string>{{"account", sayable(account)}});
    }
    days.account = *id;
    if (leader.object().contains("languages")) {
      MINHU_TRY(days.languages, texts_in(leader, "languages", 20));
    }
    MINHU_TRY(days.post, leader.text("post"));
    MINHU_TRY(days.portfolio, leader.text("portfolio"));
    MINHU_TRY(const auto rank, leader.text("rank"));
    days.rank = visits::named<visits::Rank>(rank);
    if (!days.rank && !rank.empty()) return not_a_choice(leader.name_of("rank"), "openapi.yaml");
    MINHU_TRY(const auto dates, texts_in(leader, "dates", 31));
    for (const std::string& date : dates) {
      const auto read = parse_date(date);
      if (!read) return fail(FaultCode::invalid_input, "plans.bad_date", "leaders");
      days.dates.push_back(*read);
    }
    order.leaders.push_back(std::move(days));
  }
  return order;
}

}  // namespace

Answer list_plans(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const RegionId region = context.county.region;
    bj::array months;
    for (const std::string& month : all_cycles(reading, region)) {
      const auto plan = load_plan(reading, region, month);
      const auto lot = lot_of(reading, region, month);
      const auto wishes = wishes_in_force(all_wishes(reading, region, month));
      std::int64_t pinned = 0;
      for (const auto& [place, wish] : wishes) pinned += wish.kind == WishKind::pin ? 1 : 0;
      months.push_back(bj::object{{"month", month},
                                  {"version", plan ? bj::value(plan->version) : bj::value(nullptr)},
                                  {"accepted", plan && plan->accepted_at},
                                  {"drawn", lot ? static_cast<std::int64_t>(lot->drawn.size()) : 0},
                                  {"pinned", pinned},
                                  {"refused", static_cast<std::int64_t>(wishes.size()) - pinned}});
    }
    return json({{"months", std::move(months)}});
  });
}

Answer show_plan(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:read"));
  return the_plan(api, request, context);
}

Answer freeze_month(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:make"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({}));
  auto& database = api.installation.database;
  MINHU_TRY(const FrozenCycle frozen, database.read([&](Reading& reading) {
    return prepare_cycle(reading, context, request.captures.at(0));
  }));
  MINHU_CHECK_OK(
      database.write_job([&](Transaction& t) { return publish_cycle(t, context, frozen); }));
  return the_plan(api, request, context, 201);
}

Answer draft_plan(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:make"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const Order order, order_in(body.members()));
  auto& database = api.installation.database;
  MINHU_TRY(const Draft draft, database.read([&](Reading& reading) {
    return begin_draft(reading, context, request.captures.at(0), order);
  }));
  const tours::Plan plan = tours::make_plan(draft.problem, work_of(draft.order));
  MINHU_CHECK_OK(
      database.write([&](Transaction& t) { return keep_draft(t, context, draft, plan); }));
  return the_plan(api, request, context, 201);
}

Answer wish_of_plan(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:wish"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"kind", "place", "date", "reason"}));
  MINHU_TRY(const auto kind, given.text("kind", Presence::required));
  MINHU_TRY(const auto place, given.text("place", Presence::required));
  MINHU_TRY(const auto date, given.text("date"));
  MINHU_TRY(const auto reason, given.text("reason"));
  const auto named = wish_named(kind);
  if (!named) {
    return fail(
        FaultCode::invalid_input, "api.not_a_choice", "kind",
        std::map<std::string, std::string>{{"field", "kind"}, {"choices", "pin, refuse, lift"}});
  }
  Wish wish{*named, std::string(place), std::nullopt, std::string(reason), context.now};
  if (const auto read = parse_date(date)) wish.date = *read;
  MINHU_CHECK_OK(api.installation.database.write_job(
      [&](Transaction& t) { return add_wish(t, context, request.captures.at(0), wish); }));
  return the_plan(api, request, context);
}

Answer accept_plan(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:accept"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"version"}));
  MINHU_TRY(const auto version, body.members().number("version"));
  MINHU_CHECK_OK(api.installation.database.write([&](Transaction& t) {
    return visit_plans::accept_plan(t, context, request.captures.at(0), version.value_or(0));
  }));
  return the_plan(api, request, context);
}

Answer take_lot_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:draw"));
  const auto step = lot_step_named(request.captures.at(1));
  if (!step) return fail(FaultCode::not_found, "api.unknown_step");
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"number", "seed", "beacon", "reason"}));
  MINHU_TRY(const auto number, given.number("number"));
  MINHU_TRY(const auto seed, given.text("seed"));
  MINHU_TRY(const auto beacon, given.text("beacon"));
  MINHU_TRY(const auto reason, given.text("reason"));
  const std::string& month = request.captures.at(0);
  // The seed is said once, to whoever has just committed to it.
  bj::value said(nullptr);
  const Outcome taken = api.installation.database.write_job([&](Transaction& t) -> Outcome {
    switch (*step) {
      case LotStep::committed: {
        MINHU_TRY(const std::string made, commit_lot(t, context, month, number.value_or(0)));
        said = bj::value(made);
        return {};
      }
      case LotStep::drawn: {
        MINHU_TRY(const auto drawn, draw_lot(t, context, month, seed, beacon));
        MINHU_ASSERT(!drawn.empty());
        return {};
      }
      case LotStep::revealed:
        return reveal_lot(t, context, month, seed);
      case LotStep::spoiled:
        return spoil_lot(t, context, month, reason);
    }
    return {};
  });
  if (!taken) return tl::unexpected<Fault>(taken.error());
  return json({{"month", month}, {"step", name(*step)}, {"seed", std::move(said)}});
}

Answer show_lot(const Api& api, const http::Request& request) {
  const std::string& month = request.captures.at(0);
  MINHU_CHECK_OK(month_named(month));
  const RegionId region = api.installation.county.region;
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto frozen = load_cycle(reading, region, month);
    if (!frozen) return tl::unexpected<Fault>(frozen.error());
    const auto lot = lot_of(reading, region, month);
    bj::array spoiled;
    for (const std::string& reason : spoiled_lots(reading, region, month)) {
      spoiled.push_back(bj::value(reason));
    }
    bj::object shown{{"month", month},
                     {"cycle_seal", to_hex(frozen->seal)},
                     {"published_at", format_instant(frozen->published_at)},
                     {"spoiled", std::move(spoiled)},
                     {"lot", nullptr}};
    if (!lot) return json(shown);
    // Where somebody will come is nobody's to know before they were there.
    bj::array tickets;
    for (const silence::Ticket& ticket : lot->tickets) tickets.push_back(bj::value(ticket.place));
    bj::array drawn;
    for (const std::string& place : lot->drawn) {
      if (lot->revealed_at) drawn.push_back(bj::value(place));
    }
    shown["lot"] = bj::object{{"round", lot->round},
                              {"commitment", to_hex(lot->commitment)},
                              {"number", lot->number},
                              {"committed_at", format_instant(lot->committed_at)},
                              {"drawn_at", time_or_null(lot->drawn_at)},
                              {"beacon", lot->beacon},
                              {"revealed_at", time_or_null(lot->revealed_at)},
                              {"seed", lot->seed},
                              {"verified", verify_lot(*lot).has_value()},
                              {"tickets", std::move(tickets)},
                              {"drawn", std::move(drawn)}};
    return json(shown);
  });
}

Answer show_plan_coverage(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "plan:read"));
  MINHU_CHECK_OK(only_parameters(request, {"from"}));
  std::optional<Date> from;
  if (const auto text = request.query_value("from"); !text.empty()) {
    const auto date = parse_date(text);
    if (!date) return fail(FaultCode::invalid_input, "plans.bad_date", "from");
    from = *date;
  }
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const Coverage coverage = coverage_of(reading, context.county, context.now, from);
    const Shown shown(api, request, reading, context.county.region);
    bj::array villages;
    for (const VillageSeen& one : coverage.villages) {
      villages.push_back(bj::object{{"place", shown.place(one.village.code)},
                                    {"name", one.village.name},
                                    {"town", one.village.town},
                                    {"lat", static_cast<double>(one.village.latitude_e7) / 1e7},
                                    {"lon", static_cast<double>(one.village.longitude_e7) / 1e7},
                                    {"last", date_or_null(one.last)},
                                    {"times", one.times},
                                    {"due", format_date(one.due)},
                                    {"planned", date_or_null(one.planned)}});
    }
    return json({{"from", format_date(coverage.from)},
                 {"until", format_date(coverage.until)},
                 {"seen", coverage.seen},
                 {"never", coverage.never},
                 {"overdue", coverage.overdue},
                 {"longest", date_or_null(coverage.longest)},
                 {"due_by_then", coverage.due_by_then},
                 {"team_days_needed", coverage.team_days_needed},
                 {"team_days_planned", coverage.team_days_planned},
                 {"team_days_short", coverage.short_by()},
                 {"team_days_a_month", coverage.team_days_a_month},
                 {"villages", std::move(villages)}});
  });
}

}  // namespace minhu::web_api
