// The visits that nobody can prepare for. Before the month the hash of a secret seed and the list
// of tickets are published; then comes a public number that nobody knew; the draw follows from all
// three; afterwards the seed is published and anybody can draw again. Each step is a row that is
// only ever appended.
//
// The seed is given once to whoever commits and kept nowhere: not even this program can draw before
// they come back with it. Whoever commits must be somebody who is not visited.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/silence/lot.h"
#include "features/cases/context.h"
#include "features/visit_plans/cycle.h"

namespace minhu::visit_plans {

enum class LotStep : std::uint8_t { committed, drawn, revealed, spoiled };
std::string_view name(LotStep) noexcept;
std::optional<LotStep> lot_step_named(std::string_view) noexcept;

struct Lot {
  std::string round;  // "339901/2026-12", of a second try "339901/2026-12/2"
  std::vector<silence::Ticket> tickets;
  std::int64_t number = 0;  // how many are drawn
  Digest commitment{};
  Instant committed_at;
  std::optional<Instant> drawn_at;
  std::string beacon;              // the public number, as printed, and where it came from
  std::vector<std::string> drawn;  // places, in the order drawn
  std::optional<Instant> revealed_at;
  std::string seed;                  // 64 hex digits, once it is revealed
  std::vector<std::string> spoiled;  // why earlier tries came to nothing
};
// Nothing where nobody has committed to a seed for that month, or the last try was spoiled.
std::optional<Lot> lot_of(Reading& reading, RegionId region, std::string_view month);
// Every try of a month as it was committed to, the first one first; nothing of what came after it.
std::vector<Lot> committed_lots(Reading& reading, RegionId region, std::string_view month);
// What was committed to, as the record has it (docs/record.md): "minhu-lot/v1" and a line each for
// round, commitment and number, then one for every ticket.
std::string text_of_commitment(const Lot& lot);
// Why tries came to nothing.
std::vector<std::string> spoiled_lots(Reading& reading, RegionId region, std::string_view month);

// Tickets: every village that nobody saw for `not_again_within_days`, each with the same chance.
// Gives the seed, as 64 hex digits, once. Faults: not_allowed plans.not_allowed; not_found
// plans.no_cycle; conflict plans.lot_step, plans.nobody_to_draw; invalid_input plans.lot_number
// (1 to the number of tickets).
Result<std::string> commit_lot(Transaction& transaction, const cases::Context& context,
                               std::string_view month, std::int64_t number);
// Faults: as above; invalid_input plans.lot_seed (not what was committed to), plans.lot_beacon
// (empty or longer than 200 characters).
Result<std::vector<std::string>> draw_lot(Transaction& transaction, const cases::Context& context,
                                          std::string_view month, std::string_view seed,
                                          std::string_view beacon);
// When the month is over, by the days of the county: the seed is public from now on. Before,
// anybody could draw again and know where somebody is still to come. Faults: as above; conflict
// plans.lot_days_not_over (details: last_day, the day that must be over).
Outcome reveal_lot(Transaction& transaction, const cases::Context& context, std::string_view month,
                   std::string_view seed);
// The seed is lost or known to others: this try counts for nothing, says why, and can be seen.
// Faults: as above; plans.reason_missing, plans.reason_long.
Outcome spoil_lot(Transaction& transaction, const cases::Context& context, std::string_view month,
                  std::string_view reason);

// Draws again from what is published. Faults of silence::verify; conflict plans.lot_step while the
// seed is secret.
Outcome verify_lot(const Lot& lot);

}  // namespace minhu::visit_plans
