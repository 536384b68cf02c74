#include "features/visit_plans/wishes.h"

#include <algorithm>
#include <array>

#include "features/accounts/permissions.h"
#include "features/visit_plans/chronicles.h"
#include "features/visit_plans/reason.h"
#include "features/visit_plans/standing.h"

namespace minhu::visit_plans {

namespace {

constexpr std::array<std::string_view, 3> names{"pin", "refuse", "lift"};

}  // namespace

std::string_view name(WishKind kind) noexcept {
  return names[static_cast<std::size_t>(kind)];
}

std::optional<WishKind> wish_named(std::string_view text) noexcept {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<WishKind>(found - names.begin());
}

Outcome add_wish(Transaction& transaction, const cases::Context& context, std::string_view month,
                 const Wish& wish) {
  if (!accounts::decide(context.actor, "plan:wish").allowed) {
    return fail(FaultCode::not_allowed, "plans.not_allowed");
  }
  const RegionId region = context.county.region;
  MINHU_TRY(const FrozenCycle frozen, load_cycle(transaction, region, month));
  const FrozenVillage* village = frozen.find(wish.place);
  if (village == nullptr) return fail(FaultCode::not_found, "plans.no_such_village", "place");
  MINHU_TRY(const std::string reason, written_reason(wish.reason));
  if (wish.kind == WishKind::pin &&
      (!wish.date || *wish.date < frozen.month.from || *wish.date >= frozen.month.until)) {
    return fail(FaultCode::invalid_input, "plans.bad_date", "date");
  }
  if (announced_at(transaction, region, frozen.month, wish.place)) {
    return fail(FaultCode::conflict, "plans.announced");
  }
  if (wish.kind == WishKind::refuse &&
      tours::due_date(village->quiet.since, frozen.cycle.months) < frozen.month.until) {
    return fail(FaultCode::conflict, "plans.must_be_seen");
  }
  const std::int64_t seq =
      1 + transaction
              .first("SELECT MAX(seq) FROM plan_wish WHERE region_id = ?1 AND month = ?2",
                     {param(region), month}, [](const Row& row) { return row.integer(0); })
              .value_or(0);
  const std::string date = wish.kind == WishKind::pin ? format_date(*wish.date) : std::string();
  transaction.execute(
      "INSERT INTO plan_wish(region_id, month, seq, kind, place, on_date, reason, account_id, "
      "recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      {param(region), month, seq, name(wish.kind), std::string_view(wish.place),
       std::string_view(date), std::string_view(reason), param(context.actor.account),
       param(context.now)});
  const state_machine::Chronicle& chronicle = wish_chronicle();
  derive_from_last(transaction, context.county, chronicle, subject_of(chronicle, month));
  return {};
}

std::vector<Wish> all_wishes(Reading& reading, RegionId region, std::string_view month) {
  return reading.all(
      "SELECT kind, place, on_date, reason, recorded_at FROM plan_wish WHERE region_id = ?1 "
      "AND month = ?2 ORDER BY seq",
      {param(region), month}, [](const Row& row) {
        const auto kind = wish_named(row.text(0));
        if (!kind) throw StorageFailure("a wish of no kind");
        Wish wish{*kind, std::string(row.text(1)), std::nullopt, std::string(row.text(3)),
                  row.instant(4)};
        if (const auto date = parse_date(row.text(2))) wish.date = *date;
        return wish;
      });
}

std::map<std::string, Wish> wishes_in_force(const std::vector<Wish>& all) {
  std::map<std::string, Wish> in_force;
  for (const Wish& wish : all) {
    if (wish.kind == WishKind::lift) {
      in_force.erase(wish.place);
    } else {
      in_force[wish.place] = wish;
    }
  }
  return in_force;
}

}  // namespace minhu::visit_plans
