#include "adapters/office_pages/proposal.h"

namespace minhu::office_pages {

namespace {

namespace places = places_and_units;

// The tree that Minhu brings with it; official ones are imported beside it.
constexpr std::string_view own_scheme = "minhu";

}  // namespace

Proposal propose(Reading& reading, RegionId region, std::string_view settled_category,
                 std::string_view place, std::string_view text) {
  Proposal proposal;
  proposal.category = settled_category;
  if (proposal.category.empty()) {
    proposal.guess = places::guess_category(reading, region, text);
    if (proposal.guess) proposal.category = proposal.guess->category;
  }
  proposal.category_name = places::category_name(reading, region, proposal.category);
  proposal.suggestion = places::suggest_unit(reading, region, proposal.category, place);
  if (!proposal.suggestion) return proposal;
  const auto unit = places::find_unit(reading, region, proposal.suggestion->rule.unit);
  proposal.unit_closed = !unit || !unit->active;
  if (unit) {
    if (const auto allowed = places::may_take_duty(reading, region, proposal.category, *unit);
        !allowed) {
      proposal.refused = allowed.error();
    }
  }
  return proposal;
}

std::vector<places::Category> categories_like(Reading& reading, RegionId region,
                                              std::string_view category) {
  const auto colon = category.find(':');
  return places::categories_of(
      reading, region, colon == std::string_view::npos ? own_scheme : category.substr(0, colon));
}

}  // namespace minhu::office_pages
