// What is counted about visits: of offices and places, never of a person. Days are counted by the
// day that was announced, so that one that was moved does not vanish.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::visits {

struct Share {
  std::int64_t part = 0;
  std::int64_t whole = 0;
  bool operator==(const Share&) const = default;
};

// A town to which nobody has come for longer than asked. Places are listed by code, not ordered by
// anything that could be read as a rank.
struct UnseenTown {
  std::string code;
  std::string name;
  std::optional<Date> last;  // nothing: never, as far as this program knows
  bool operator==(const UnseenTown&) const = default;
};

struct Figures {
  // Announced days of the window that are over: held as announced, held by a substitute, not held.
  std::int64_t announced = 0;
  std::int64_t held = 0;
  std::int64_t held_by_substitute = 0;
  std::int64_t not_held = 0;
  // Days between publication and visit, of the visits of the window.
  std::optional<std::int64_t> shortest_notice;
  std::optional<std::int64_t> median_notice;
  // Persons are behind these: nothing where fewer than five were heard in all.
  std::optional<std::int64_t> heard;
  std::optional<Share> receipts_before_leaving;  // of those recorded
  std::optional<Share> answered_by_due;          // of those whose answer was due or given
  std::int64_t towns = 0;
  std::vector<UnseenTown> unseen;
  bool operator==(const Figures&) const = default;
};
// Of [from, to) by the days that were announced; unseen: no visit held within so many months before
// now.
Figures figures(Reading& reading, const cases::Context& context, Date from, Date to,
                std::int64_t unseen_months);

inline constexpr std::int64_t unseen_months_by_default = 12;

}  // namespace minhu::visits
