#include "features/visit_plans/lot.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "features/accounts/permissions.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/seen.h"
#include "kernel/utf8.h"

namespace minhu::visit_plans {

namespace {

namespace bj = boost::json;
constexpr std::array<std::string_view, 4> names{"committed", "drawn", "revealed", "spoiled"};

std::optional<Digest> digest_of(std::string_view text) {
  const auto bytes = from_hex(text);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

struct LotEvent {
  LotStep step = LotStep::committed;
  bj::object payload;
  Instant at;
};

std::vector<LotEvent> events_of(Reading& reading, RegionId region, std::string_view month) {
  return reading.all(
      "SELECT kind, payload, recorded_at FROM plan_lot_event WHERE region_id = ?1 AND month = ?2 "
      "ORDER BY seq",
      {param(region), month}, [](const Row& row) {
        const auto step = lot_step_named(row.text(0));
        boost::system::error_code error;
        const bj::value payload = bj::parse(row.text(1), error);
        if (!step || error || !payload.is_object()) throw StorageFailure("a lot cannot be read");
        return LotEvent{*step, payload.as_object(), row.instant(2)};
      });
}

std::string text_at(const bj::object& payload, std::string_view name) {
  return std::string(payload.at(name).as_string());
}

Lot lot_from(const LotEvent& event) {
  Lot lot;
  lot.round = text_at(event.payload, "round");
  lot.number = event.payload.at("number").as_int64();
  lot.committed_at = event.at;
  const auto commitment = digest_of(text_at(event.payload, "commitment"));
  if (!commitment) throw StorageFailure("a commitment cannot be read");
  lot.commitment = *commitment;
  for (const bj::value& ticket : event.payload.at("tickets").as_array()) {
    lot.tickets.push_back({std::string(ticket.as_string()), 1});
  }
  return lot;
}

void append(Transaction& transaction, const cases::Context& context, std::string_view month,
            LotStep step, const bj::object& payload) {
  const std::int64_t seq =
      1 + transaction
              .first("SELECT MAX(seq) FROM plan_lot_event WHERE region_id = ?1 AND month = ?2",
                     {param(context.county.region), month},
                     [](const Row& row) { return row.integer(0); })
              .value_or(0);
  const std::string text = bj::serialize(payload);
  transaction.execute(
      "INSERT INTO plan_lot_event(region_id, month, seq, kind, payload, account_id, recorded_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {param(context.county.region), month, seq, name(step), std::string_view(text),
       param(context.actor.account), param(context.now)});
  const auto derive = [&](const state_machine::Chronicle& chronicle) {
    derive_from_last(transaction, context.county, chronicle, subject_of(chronicle, month));
  };
  derive(month_chronicle());
  if (step == LotStep::committed) derive(lot_chronicle());
}

Outcome may_draw(const cases::Context& context) {
  if (accounts::decide(context.actor, "plan:draw").allowed) return {};
  return fail(FaultCode::not_allowed, "plans.not_allowed");
}

tl::unexpected<Fault> not_now() {
  return fail(FaultCode::conflict, "plans.lot_step");
}

Outcome days_are_over(const cases::Context& context, std::string_view month) {
  MINHU_TRY(const Month days, month_named(month));
  if (to_date(context.now, context.county.rules.zone) >= days.until) return {};
  return fail(FaultCode::conflict, "plans.lot_days_not_over", std::string(),
              std::map<std::string, std::string>{
                  {"last_day", format_date(days.until - std::chrono::days(1))}});
}

Result<Key> seed_of(const Lot& lot, std::string_view text) {
  const auto seed = digest_of(text);
  if (!seed || silence::commitment(*seed, lot.round, lot.tickets) != lot.commitment) {
    return fail(FaultCode::invalid_input, "plans.lot_seed", "seed");
  }
  return *seed;
}

}  // namespace

std::string_view name(LotStep step) noexcept {
  return names[static_cast<std::size_t>(step)];
}

std::optional<LotStep> lot_step_named(std::string_view text) noexcept {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<LotStep>(found - names.begin());
}

std::optional<Lot> lot_of(Reading& reading, RegionId region, std::string_view month) {
  std::optional<Lot> lot;
  std::vector<std::string> spoiled;
  for (const LotEvent& event : events_of(reading, region, month)) {
    switch (event.step) {
      case LotStep::committed:
        lot = lot_from(event);
        break;
      case LotStep::drawn:
        lot->drawn_at = event.at;
        lot->beacon = text_at(event.payload, "beacon");
        for (const bj::value& place : event.payload.at("places").as_array()) {
          lot->drawn.emplace_back(place.as_string());
        }
        break;
      case LotStep::revealed:
        lot->revealed_at = event.at;
        lot->seed = text_at(event.payload, "seed");
        break;
      case LotStep::spoiled:
        spoiled.push_back(text_at(event.payload, "reason"));
        lot.reset();
        break;
    }
  }
  if (lot) lot->spoiled = std::move(spoiled);
  return lot;
}

std::vector<Lot> committed_lots(Reading& reading, RegionId region, std::string_view month) {
  std::vector<Lot> lots;
  for (const LotEvent& event : events_of(reading, region, month)) {
    if (event.step == LotStep::committed) lots.push_back(lot_from(event));
  }
  return lots;
}

std::string text_of_commitment(const Lot& lot) {
  std::string text = "minhu-lot/v1\nround " + lot.round + "\ncommitment " + to_hex(lot.commitment) +
                     "\nnumber " + std::to_string(lot.number) + "\n";
  for (const silence::Ticket& ticket : lot.tickets) text += "ticket " + ticket.place + "\n";
  return text;
}

std::vector<std::string> spoiled_lots(Reading& reading, RegionId region, std::string_view month) {
  std::vector<std::string> reasons;
  for (const LotEvent& event : events_of(reading, region, month)) {
    if (event.step == LotStep::spoiled) reasons.push_back(text_at(event.payload, "reason"));
  }
  return reasons;
}

Result<std::string> commit_lot(Transaction& transaction, const cases::Context& context,
                               std::string_view month, std::int64_t number) {
  MINHU_CHECK_OK(may_draw(context));
  const RegionId region = context.county.region;
  MINHU_TRY(const FrozenCycle frozen, load_cycle(transaction, region, month));
  if (lot_of(transaction, region, month)) return not_now();
  const Instant since{context.now.unix_ms -
                      std::int64_t{frozen.policy.not_again_within_days} * 24 * 3'600'000};
  std::map<std::string, Instant, std::less<>> last;
  for (const Seen& seen : all_seen(transaction, region, context.now)) last[seen.place] = seen.at;
  std::vector<silence::Ticket> tickets;
  bj::array listed;
  for (const FrozenVillage& village : frozen.villages) {
    const auto seen = last.find(village.place);
    if (seen != last.end() && seen->second > since) continue;
    tickets.push_back({village.place, 1});
    listed.push_back(bj::value(village.place));
  }
  if (tickets.empty()) return fail(FaultCode::conflict, "plans.nobody_to_draw");
  if (number < 1 || number > static_cast<std::int64_t>(tickets.size())) {
    return fail(FaultCode::invalid_input, "plans.lot_number", "number",
                std::map<std::string, std::string>{{"most", std::to_string(tickets.size())}});
  }
  const auto tries = spoiled_lots(transaction, region, month).size();
  const std::string round = std::to_string(region.value) + "/" + std::string(month) +
                            (tries == 0 ? std::string() : "/" + std::to_string(tries + 1));
  const Key seed = context.entropy.bytes<32>();
  const Digest commitment = silence::commitment(seed, round, tickets);
  append(transaction, context, month, LotStep::committed,
         {{"round", round},
          {"number", number},
          {"commitment", to_hex(commitment)},
          {"tickets", std::move(listed)}});
  return to_hex(seed);
}

Result<std::vector<std::string>> draw_lot(Transaction& transaction, const cases::Context& context,
                                          std::string_view month, std::string_view seed_text,
                                          std::string_view beacon) {
  MINHU_CHECK_OK(may_draw(context));
  const auto lot = lot_of(transaction, context.county.region, month);
  if (!lot || lot->drawn_at) return not_now();
  // Not the check of office words: the numbers of a lottery look like those of an account.
  const auto words = clean_text(beacon);
  if (!words || words->empty() || code_points(*words) > 200) {
    return fail(FaultCode::invalid_input, "plans.lot_beacon", "beacon");
  }
  MINHU_TRY(const Key seed, seed_of(*lot, seed_text));
  MINHU_TRY(const auto drawn, silence::draw(seed, lot->round, *words, lot->tickets,
                                            static_cast<std::size_t>(lot->number)));
  bj::array places;
  for (const std::string& place : drawn) places.push_back(bj::value(place));
  append(transaction, context, month, LotStep::drawn,
         {{"beacon", *words}, {"places", std::move(places)}});
  return drawn;
}

Outcome reveal_lot(Transaction& transaction, const cases::Context& context, std::string_view month,
                   std::string_view seed_text) {
  MINHU_CHECK_OK(may_draw(context));
  const auto lot = lot_of(transaction, context.county.region, month);
  if (!lot || !lot->drawn_at || lot->revealed_at) return not_now();
  MINHU_CHECK_OK(days_are_over(context, month));
  MINHU_TRY(const Key seed, seed_of(*lot, seed_text));
  MINHU_CHECK_OK(
      silence::verify(lot->commitment, seed, lot->round, lot->beacon, lot->tickets, lot->drawn));
  append(transaction, context, month, LotStep::revealed, {{"seed", to_hex(seed)}});
  return {};
}

Outcome spoil_lot(Transaction& transaction, const cases::Context& context, std::string_view month,
                  std::string_view reason) {
  MINHU_CHECK_OK(may_draw(context));
  const auto lot = lot_of(transaction, context.county.region, month);
  if (!lot || lot->revealed_at) return not_now();
  MINHU_TRY(const std::string why, written_reason(reason));
  append(transaction, context, month, LotStep::spoiled, {{"reason", why}});
  return {};
}

Outcome verify_lot(const Lot& lot) {
  const auto seed = digest_of(lot.seed);
  if (!lot.revealed_at || !seed) return not_now();
  return silence::verify(lot.commitment, *seed, lot.round, lot.beacon, lot.tickets, lot.drawn);
}

}  // namespace minhu::visit_plans
