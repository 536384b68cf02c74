#include "adapters/web_api/receptions.h"

#include "adapters/web_api/show.h"
#include "features/receptions/record.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using receptions::DeviceId;

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t days_ahead = 8;  // what a tablet can take along

bj::value id_or_null(auto id) {
  return id.empty() ? bj::value(nullptr) : bj::value(bj::string(id.text()));
}
bj::value time_or_null(const std::optional<Instant>& at) {
  return at ? bj::value(bj::string(format_instant(*at))) : bj::value(nullptr);
}

bj::array shown_numbers(const std::vector<std::string>& numbers) {
  bj::array shown;
  for (const std::string& number : numbers) {
    shown.push_back(bj::string(cases::show_number(number)));
  }
  return shown;
}

bj::object tablet(const receptions::Device& device) {
  bj::array blocks;
  for (const receptions::Block& block : device.blocks) {
    blocks.push_back(bj::object{{"id", block.id.text()},
                                {"visit", id_or_null(block.visit)},
                                {"given_at", format_instant(block.given_at)},
                                {"given", block.given},
                                {"waiting", shown_numbers(block.waiting)}});
  }
  return {{"id", device.id.text()},
          {"label", device.label},
          {"added_at", format_instant(device.added_at)},
          {"revoked_at", time_or_null(device.revoked_at)},
          {"blocks", std::move(blocks)}};
}

// Of a group its number and how many they are: who they are is said on the day, or opened by
// whoever holds the visit, for a reason.
bj::object day(const cases::Context& context, const visits::Visit& visit) {
  bj::array groups;
  for (const visits::Group& group : visits::queue_of(visit)) {
    using visits::GroupState;
    if (group.state == GroupState::listed || group.state == GroupState::withdrawn) continue;
    groups.push_back(bj::object{{"id", group.id.text()},
                                {"number", group.number},
                                {"state", visits::name(group.state)},
                                {"people", group.people},
                                {"at", format_instant(group.told)},
                                {"recorded", !group.case_id.empty()}});
  }
  return {{"id", visit.id.text()},
          {"form", visits::name(visit.form)},
          {"date", format_date(to_date(visit.begins, context.county.rules.zone))},
          {"begins", format_instant(visit.begins)},
          {"ends", format_instant(visit.ends)},
          {"leader", visit.leader.name},
          {"post", visit.leader.post},
          {"portfolio", visit.leader.portfolio},
          {"place", visit.place_words},
          {"topics", visit.topics},
          {"accessibility", visit.accessibility},
          {"slot_minutes", visit.slot_minutes},
          {"groups", std::move(groups)}};
}

struct Asking {
  cases::Context context;
  DeviceId device;
};
Result<Asking> asking(const Api& api, const http::Request& request, std::string_view permission) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, permission));
  const auto device = DeviceId::parse(request.captures.at(0));
  if (!device) return fail(FaultCode::not_found, "receptions.no_such_device", "device");
  return Asking{api.installation.as(account.principal), *device};
}

}  // namespace

Answer list_reception_days(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "reception:record"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  const RegionId region = context.county.region;
  const Instant from =
      start_of_day(to_date(context.now, context.county.rules.zone), context.county.rules.zone);
  const Instant to{from.unix_ms + days_ahead * day_ms};
  bj::array days;
  bj::array units;
  api.installation.database.read_job([&](Reading& reading) {
    for (const visits::VisitRow& row : visits::between(reading, region, from, to)) {
      if (row.unit != context.actor.unit || row.form == visits::Form::field ||
          row.state == visits::State::cancelled) {
        continue;
      }
      if (const auto visit = visits::visit(reading, region, row.id)) {
        days.push_back(day(context, *visit));
      }
    }
    for (const places_and_units::Unit& unit : places_and_units::all_units(reading, region)) {
      if (!unit.active) continue;
      units.push_back(
          bj::object{{"id", unit.id.text()}, {"name", unit.name}, {"phone", unit.phone}});
    }
  });
  return json({{"days", std::move(days)},
               {"units", std::move(units)},
               {"county", context.county.name},
               {"now", format_instant(context.now)}});
}

// What a leader reads before the people come in: what it was about, the last five things that were
// done, and what they were promised.
Answer show_reception_history(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "reception:record"));
  MINHU_CHECK_OK(only_parameters(request, {"number"}));
  MINHU_TRY(const std::string number, cases::parse_number(request.query_value("number")));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto id = cases::find_by_number(reading, context, number);
    if (!id) return fail(FaultCode::not_found, "cases.not_found");
    MINHU_TRY(const cases::CaseView view, cases::view_case(reading, context, *id));
    const UnitNames units(reading, context.county.region);
    bj::array history;
    bj::array promises;
    for (const cases::TimelineEntry& entry : view.timeline) {
      const cases::Event& event = entry.event;
      history.push_back(bj::object{{"kind", cases::name(event.kind)},
                                   {"at", format_instant(event.happened_at)},
                                   {"unit", units.name(event.actor.unit)}});
      for (const cases::TextOfEvent& text : entry.texts) {
        if (text.role != cases::ContentRole::public_answer) continue;
        promises.push_back(bj::object{{"at", format_instant(event.happened_at)},
                                      {"unit", units.name(event.actor.unit)},
                                      {"words", text.text}});
      }
    }
    constexpr std::size_t most_lines = 5;
    if (history.size() > most_lines) {
      history.erase(history.begin(), history.end() - most_lines);
    }
    return json({{"number", cases::show_number(view.file.number)},
                 {"state", cases::name(view.file.state)},
                 {"received_at", format_instant(view.file.received_at)},
                 {"headline", cases::headline(view.said)},
                 {"history", std::move(history)},
                 {"told", std::move(promises)}});
  });
}

Answer list_tablets(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "reception:record"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  bj::array tablets;
  api.installation.database.read_job([&](Reading& reading) {
    for (const receptions::Device& device : receptions::devices(reading, context)) {
      tablets.push_back(tablet(device));
    }
  });
  return json({{"tablets", std::move(tablets)}});
}

Answer allot_numbers(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request, "reception:record"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"label", "visit", "count"}));
  receptions::Allotment allotment;
  MINHU_TRY(allotment.label, given.text("label"));
  MINHU_TRY(const std::string_view visit, given.text("visit"));
  if (!visit.empty()) {
    const auto id = visits::VisitId::parse(visit);
    if (!id) return fail(FaultCode::not_found, "visits.no_such_visit", "visit");
    allotment.visit = *id;
  }
  MINHU_TRY(const auto count, given.number("count"));
  allotment.count = count.value_or(0);
  MINHU_TRY(const cases::GivenBlock block,
            api.installation.database.write([&](Transaction& transaction) {
              return receptions::allot(transaction, asked.context, asked.device, allotment, token);
            }));
  bj::array numbers;
  for (const cases::PrintedNumber& one : block.numbers) {
    numbers.push_back(bj::object{
        {"number", cases::show_number(one.number)},
        {"activation_code",
         cases::show_query_code(one.activation_code.reveal_because("it is printed for them"))}});
  }
  return json({{"block", block.id.text()},
               {"given_at", format_instant(block.given_at)},
               {"repeated", block.repeated},
               {"numbers", std::move(numbers)}},
              block.repeated ? 200 : 201);
}

Answer take_tablet_out_of_use(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request, "reception:record"));
  MINHU_CHECK_OK(api.installation.database.write_job([&](Transaction& transaction) {
    return receptions::take_out_of_use(transaction, asked.context, asked.device);
  }));
  return no_content();
}

Answer show_received(const Api& api, const http::Request& request) {
  MINHU_TRY(const Asking asked, asking(api, request, "reception:record"));
  MINHU_CHECK_OK(only_parameters(request, {"since"}));
  Instant since{0};
  if (const std::string_view text = request.query_value("since"); !text.empty()) {
    const auto parsed = parse_instant(text);
    if (!parsed) {
      return fail(FaultCode::invalid_input, "api.bad_time", "since",
                  std::map<std::string, std::string>{{"field", "since"}});
    }
    since = *parsed;
  }
  MINHU_TRY(const receptions::Reconciled found,
            api.installation.database.read([&](Reading& reading) {
              return receptions::received(reading, asked.context, asked.device, since);
            }));
  bj::array arrived;
  for (const receptions::Arrived& one : found.arrived) {
    arrived.push_back(bj::object{{"session", one.session.text()},
                                 {"number", cases::show_number(one.number)},
                                 {"received_at", format_instant(one.received_at)},
                                 {"instruction", receptions::name(one.instruction)},
                                 {"because", one.because}});
  }
  return json({{"tablet", tablet(found.device)},
               {"received", std::move(arrived)},
               {"until", format_instant(found.until)},
               {"now", format_instant(asked.context.now)}});
}

}  // namespace minhu::web_api
