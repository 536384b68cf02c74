#include "features/visit_plans/announced.h"

#include <algorithm>

namespace minhu::visit_plans {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t days_back = 366;
constexpr std::int64_t days_ahead = 92;  // as far as a month can be planned, and a visit moved

}  // namespace

std::optional<visits::Leader> Announced::last_of(const accounts::Account& account) {
  if (accounts::accounts_shown_as(reading_, region_, account.display_name).size() != 1) {
    return std::nullopt;
  }
  if (!public_ones_) {
    public_ones_ = visits::between(reading_, region_, {now_.unix_ms - days_back * day_ms},
                                   {now_.unix_ms + days_ahead * day_ms});
    std::erase_if(*public_ones_, [](const visits::VisitRow& row) { return !row.is_public; });
  }
  const std::string name = accounts::name_without_blanks(account.display_name);
  const auto last =
      std::find_if(public_ones_->rbegin(), public_ones_->rend(), [&](const visits::VisitRow& row) {
        return accounts::name_without_blanks(row.leader_name) == name;
      });
  if (last == public_ones_->rend()) return std::nullopt;
  auto visit = visits::visit(reading_, region_, last->id);
  if (!visit) return std::nullopt;
  visit->leader.name = account.display_name;
  return std::move(visit->leader);
}

}  // namespace minhu::visit_plans
