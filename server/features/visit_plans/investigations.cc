#include "features/visit_plans/investigations.h"

#include <algorithm>
#include <set>

#include "features/accounts/permissions.h"
#include "features/cases/closure.h"
#include "features/cases/content.h"
#include "features/classes/office_words.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/villages.h"
#include "kernel/utf8.h"

namespace minhu::visit_plans {

namespace {

constexpr std::size_t most_stops = 2000;
constexpr std::int64_t most_people = 100'000;
constexpr std::size_t longest_words = 4000;

Outcome may_investigate(const cases::Context& context) {
  if (accounts::decide(context.actor, "plan:investigate").allowed) return {};
  return fail(FaultCode::not_allowed, "plans.not_allowed");
}

// The store keeps contents by case; an investigation has a key of its own beside them.
cases::CaseId key_of(InvestigationId id) {
  return cases::CaseId(id.uuid());
}

Date date_in(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) throw StorageFailure("an investigation without a date");
  return *date;
}

std::optional<Investigation> load(Reading& reading, RegionId region, InvestigationId id) {
  auto found = reading.first(
      "SELECT title, from_date, to_date FROM investigation WHERE region_id = ?1 AND id = ?2",
      {param(region), param(id)}, [&](const Row& row) {
        Investigation one;
        one.id = id;
        one.title = row.text(0);
        one.from = date_in(row.text(1));
        one.to = date_in(row.text(2));
        return one;
      });
  if (!found) return std::nullopt;
  found->stops = reading.all(
      "SELECT on_date, place FROM investigation_stop WHERE region_id = ?1 AND id = ?2 "
      "ORDER BY on_date, place",
      {param(region), param(id)},
      [](const Row& row) { return ItineraryStop{date_in(row.text(0)), std::string(row.text(1))}; });
  found->findings = reading.all(
      "SELECT seq, place, on_date, people_met, needs, recorded_at FROM investigation_finding "
      "WHERE region_id = ?1 AND id = ?2 ORDER BY seq",
      {param(region), param(id)}, [](const Row& row) {
        return Finding{row.integer(0), std::string(row.text(1)), date_in(row.text(2)),
                       row.integer(3), row.integer(4),           {},
                       row.instant(5)};
      });
  std::set<std::string> planned;
  std::set<std::string> seen;
  for (const ItineraryStop& stop : found->stops) planned.insert(stop.place);
  for (const Finding& finding : found->findings) {
    seen.insert(finding.place);
    found->people_met += finding.people_met;
    found->needs += finding.needs;
  }
  found->villages_planned = static_cast<std::int64_t>(planned.size());
  for (const std::string& place : seen) {
    ++(planned.contains(place) ? found->villages_seen : found->villages_beside);
  }
  return found;
}

bool is_village(const std::vector<Village>& villages, std::string_view place) {
  return std::any_of(villages.begin(), villages.end(),
                     [&](const Village& one) { return one.code == place; });
}

}  // namespace

Result<InvestigationId> plan_investigation(Transaction& transaction, const cases::Context& context,
                                           const NewInvestigation& made) {
  MINHU_CHECK_OK(may_investigate(context));
  const RegionId region = context.county.region;
  const auto title = classes::office_words(made.title, "title", 80);
  if (!title) return fail(FaultCode::invalid_input, "plans.title", "title");
  if (made.stops.empty() || made.stops.size() > most_stops) {
    return fail(FaultCode::invalid_input, "plans.no_stops", "stops");
  }
  const auto villages = all_villages(transaction, region);
  std::set<std::pair<Date, std::string>> stops;
  for (const ItineraryStop& stop : made.stops) {
    if (!is_village(villages, stop.place)) {
      return fail(FaultCode::invalid_input, "plans.no_such_village", "stops");
    }
    if (!stops.emplace(stop.date, stop.place).second) {
      return fail(FaultCode::invalid_input, "plans.stop_twice", "stops");
    }
  }
  const auto id = context.entropy.id<InvestigationId>(context.now);
  const std::string from = format_date(stops.begin()->first);
  const std::string to = format_date(stops.rbegin()->first);
  transaction.execute(
      "INSERT INTO investigation(region_id, id, title, from_date, to_date, account_id, "
      "recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {param(region), param(id), std::string_view(*title), std::string_view(from),
       std::string_view(to), param(context.actor.account), param(context.now)});
  for (const auto& [date, place] : stops) {
    const std::string day = format_date(date);
    transaction.execute(
        "INSERT INTO investigation_stop(region_id, id, on_date, place) VALUES (?1, ?2, ?3, ?4)",
        {param(region), param(id), std::string_view(day), std::string_view(place)});
  }
  cases::store_case_key(transaction, region, cases::make_case_key(key_of(id), context.entropy),
                        context.keyring, context.entropy);
  derive_from_last(transaction, context.county, investigation_chronicle(), id.uuid());
  return id;
}

Outcome record_finding(Transaction& transaction, const cases::Context& context, InvestigationId id,
                       const NewFinding& found, const cases::ClientToken& token) {
  MINHU_CHECK_OK(may_investigate(context));
  const RegionId region = context.county.region;
  const auto known = load(transaction, region, id);
  if (!known) return fail(FaultCode::not_found, "plans.no_investigation");
  const bool written =
      transaction
          .first(
              "SELECT 1 FROM investigation_finding WHERE region_id = ?1 "
              "AND id = ?2 AND token = ?3",
              {param(region), param(id), BytesView(token)}, [](const Row&) { return true; })
          .value_or(false);
  if (written) return {};
  if (!is_village(all_villages(transaction, region), found.place)) {
    return fail(FaultCode::not_found, "plans.no_such_village", "place");
  }
  if (found.date < known->from || found.date > to_date(context.now)) {
    return fail(FaultCode::invalid_input, "plans.bad_date", "date");
  }
  if (found.people_met < 0 || found.people_met > most_people) {
    return fail(FaultCode::invalid_input, "plans.people_met", "people_met");
  }
  const auto words = clean_text(found.words);
  if (!words || words->empty() || code_points(*words) > longest_words) {
    return fail(FaultCode::invalid_input, "plans.words", "words");
  }
  cases::Sight sight(transaction, context);
  for (const cases::CaseId need : found.needs) {
    const auto file = sight.find(need);
    if (!file || !sight.may_read(*file)) return fail(FaultCode::not_found, "cases.not_found");
    if (file->place != found.place) return fail(FaultCode::conflict, "plans.need_elsewhere");
    if (!transaction.try_execute(
            "INSERT INTO investigation_need(region_id, case_id, id) VALUES (?1, ?2, ?3)",
            {param(region), param(need), param(id)})) {
      return fail(FaultCode::conflict, "plans.need_elsewhere");
    }
  }
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, region, key_of(id), context.keyring));
  const cases::SealedContent sealed =
      cases::seal_content(key, cases::ContentRole::internal_note, "text/plain; charset=utf-8",
                          as_bytes(*words), context.now, context.entropy);
  cases::store_content(transaction, region, key_of(id), sealed, context.now);
  const auto seq = static_cast<std::int64_t>(known->findings.size()) + 1;
  const std::string date = format_date(found.date);
  transaction.execute(
      "INSERT INTO investigation_finding(region_id, id, seq, place, on_date, people_met, needs, "
      "content_id, token, account_id, recorded_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      {param(region), param(id), seq, std::string_view(found.place), std::string_view(date),
       found.people_met, static_cast<std::int64_t>(found.needs.size()), param(sealed.ref.id),
       BytesView(token), param(context.actor.account), param(context.now)});
  derive_from_last(transaction, context.county, investigation_chronicle(), id.uuid());
  return {};
}

Result<Investigation> investigation(Reading& reading, const cases::Context& context,
                                    InvestigationId id) {
  const RegionId region = context.county.region;
  auto found = load(reading, region, id);
  if (!found) return fail(FaultCode::not_found, "plans.no_investigation");
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, key_of(id), context.keyring));
  std::vector<cases::ContentId> contents = reading.all(
      "SELECT content_id FROM investigation_finding WHERE region_id = ?1 AND id = ?2 ORDER BY seq",
      {param(region), param(id)}, [](const Row& row) { return row.id<cases::ContentId>(0); });
  for (std::size_t i = 0; i < contents.size(); ++i) {
    MINHU_TRY(const Bytes words, cases::read_content(reading, region, key, contents[i]));
    found->findings[i].words.assign(words.begin(), words.end());
  }
  return std::move(*found);
}

std::vector<Investigation> all_investigations(Reading& reading, const cases::Context& context) {
  const RegionId region = context.county.region;
  const auto ids = reading.all(
      "SELECT id FROM investigation WHERE region_id = ?1 ORDER BY from_date DESC, id DESC",
      {param(region)}, [](const Row& row) { return row.id<InvestigationId>(0); });
  std::vector<Investigation> all;
  for (const InvestigationId id : ids) {
    if (auto one = load(reading, region, id)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace minhu::visit_plans
