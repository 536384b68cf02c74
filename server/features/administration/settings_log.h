// Who changed what of the county's settings, when, and why: an append-only log beside the settings
// themselves, written in the same transaction. It holds codes of units, categories and rules, and
// never a word of a case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::administration {

enum class Subject : std::uint8_t { unit, duty, category, dispatch_rule, policy, model };
enum class Action : std::uint8_t { created, changed, closed, opened_again, ended, removed };
std::string_view name(Subject) noexcept;
std::string_view name(Action) noexcept;
std::optional<Subject> subject_named(std::string_view) noexcept;

// JSON objects of codes, as text; empty where there was nothing, or is nothing any more.
struct Change {
  Subject subject = Subject::unit;
  std::string item;  // the code of the unit, rule or category
  Action action = Action::changed;
  std::string before;
  std::string after;
  std::string reason;
};

struct SettingsEvent {
  std::int64_t seq = 0;
  Instant at;
  accounts::Principal by;
  Change change;
};

// Gives the number of the line, which is the revision of the item from now on.
std::int64_t record(Transaction& transaction, const cases::Context& context, const Change& change);

// The line that last changed the item; 0 when none did. Whoever changes it says which one they saw.
std::int64_t revision_of(Reading& reading, RegionId region, Subject subject, std::string_view item);
// Fault conflict admin.changed_meanwhile when `seen` is another one.
Outcome expect_revision(Reading& reading, RegionId region, Subject subject, std::string_view item,
                        std::int64_t seen);

// The latest first, before the line `before` (0: from the end), at most `most`.
std::vector<SettingsEvent> settings_events(Reading& reading, RegionId region, std::int64_t before,
                                           std::int64_t most);
// Those of one item, the latest first.
std::vector<SettingsEvent> events_of(Reading& reading, RegionId region, Subject subject,
                                     std::string_view item, std::int64_t most);

// Cleaned, at most `most` characters. Faults invalid_input admin.empty, admin.too_long with
// `field`; those of clean_text.
Result<std::string> filled(std::string_view text, std::string_view field, std::size_t most);
// The same, but may be empty.
Result<std::string> kept(std::string_view text, std::string_view field, std::size_t most);
// Lower-case letters, digits, '-' and '_', at most 40. Fault invalid_input admin.bad_code.
Result<std::string> code_of(std::string_view text, std::string_view field);

}  // namespace minhu::administration
