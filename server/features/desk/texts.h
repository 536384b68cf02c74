// The library of texts: answers in plain words that have served before, of the county and of each
// unit, with how often they were used and whether it was solved then. Counted for the text, never
// for whoever used it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::desk {

using TextId = Id<struct TextTag>;

struct NewText {
  std::string title;
  std::string body;      // with {number} {unit} {phone} {date} {place}
  std::string category;  // "scheme:code", or empty: for any
  std::string source;    // the article it rests on, or empty
};
struct LibraryText {
  TextId id;
  UnitId unit;  // empty: the county's
  NewText text;
  std::int64_t revision = 1;
  Instant changed_at;
  std::int64_t used = 0;  // in how many cases
  std::optional<Instant> last_used;
  // Of the latest 500 of these cases: how many speakers said whether it is solved, and how many
  // that it is. Nothing under five.
  std::optional<std::int64_t> rated;
  std::optional<std::int64_t> solved;
};

inline constexpr std::size_t longest_text_title = 80;
inline constexpr std::size_t longest_text_body = 2000;
inline constexpr std::size_t longest_text_source = 200;

// Those of the actor's unit and of the county, the most used first. With a category: those of it
// and those for any, its own first.
std::vector<LibraryText> texts_of(Reading& reading, const cases::Context& context,
                                  std::string_view category);
// A unit's head writes the unit's, a dispatcher the county's.
bool may_change(const cases::Context& context, const LibraryText& text);
// Faults: not_allowed cases.not_allowed; invalid_input desk.title_missing, desk.body_missing,
// desk.text_too_long, desk.unknown_placeholder, desk.unknown_category, kernel.….
Result<LibraryText> add_text(Transaction& transaction, const cases::Context& context,
                             const NewText& text);
// Also not_found desk.no_such_text; conflict desk.text_changed when it is at another revision than
// the one that was read.
Result<LibraryText> change_text(Transaction& transaction, const cases::Context& context, TextId id,
                                const NewText& text, std::optional<std::int64_t> read_revision);
Outcome remove_text(Transaction& transaction, const cases::Context& context, TextId id);

// That it was put into the answer of a case: once for each case. Faults not_found.
Outcome use_text(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                 TextId text);

// The body with what is known put in; a placeholder without a value stays, and is named.
using FieldValues = std::map<std::string, std::string, std::less<>>;
struct Filled {
  std::string body;
  std::vector<std::string> unfilled;
};
Filled fill(std::string_view body, const FieldValues& values);

// The texts of a TOML file of policies/texts: title, body and source of each [[text]]. Fault
// invalid_input desk.bad_text_file (details: line, reason).
Result<std::vector<NewText>> read_texts(std::string_view toml);
// What a new installation begins with. Nothing when the county has texts of its own already; gives
// how many were added.
std::int64_t seed_texts(Transaction& transaction, RegionId region, Instant now, Entropy& entropy,
                        std::span<const NewText> texts);

}  // namespace minhu::desk
