// What everybody may know of the classes: those whose public summary an official wrote and another
// approved, with at least five cases. Never a word of anybody who reported, never who they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/receive.h"
#include "features/classes/measuring.h"
#include "features/classes/store.h"

namespace minhu::classes {

// Fewer cases than these are not shown as a number, and a class of fewer is not shown at all.
inline constexpr std::int64_t smallest_shown = 5;

enum class PublicState : std::uint8_t { under_way, solved, came_back, refused };
std::string_view name(PublicState) noexcept;

struct PublishedClass {
  ClassId id;
  std::string number;
  std::string title;  // of the public summary
  std::string text;
  PublicState state = PublicState::under_way;
  Definition definition;
  UnitId lead_unit;
  std::int64_t cases = 0;  // that led to it: five at least
  Date since;              // in this state
};

// What the state of a class is called outside: nothing while nobody has decided about it.
std::optional<PublicState> public_state(const ClassFile& file);
// Whether everybody can read of a class about which something was decided: taken on, or refused.
enum class PublicWords : std::uint8_t {
  none_due,    // nothing is decided, or fewer than five cases: nothing would be shown
  to_write,    // nobody wrote a summary
  to_approve,  // it waits for another official
  approved,
};
std::string_view name(PublicWords) noexcept;
// As far as the actor may know of its cases.
PublicWords public_words(Reading& reading, const cases::Context& context, const ClassRow& row);

// The class that a case belongs to, for its speaker's page. Nothing when it is not published.
std::optional<PublishedClass> published_class_of(Reading& reading, const cases::County& county,
                                                 cases::CaseId id);

// One line of the ledger (P2). A number from 1 to 4 is hidden, and with it whatever it could be
// worked out from.
struct LedgerLine {
  PublishedClass published;
  std::string sponsor;
  std::string baseline;
  std::optional<CauseKind> cause;
  // Once it is published: what is to be done by whom until when, which figure it should move, and
  // what was reported of it.
  std::string plan;
  std::vector<Measure> measures;
  std::string treated_on;
  std::optional<std::int64_t> months;  // as many before as after
  std::optional<std::int64_t> before;  // cases in these months
  std::optional<std::int64_t> after;
  std::optional<double> percent;
  std::optional<recurrence::Sentence> sentence;
  std::optional<Date> solved_on;
  std::string permanent_kind;
  std::string permanent_text;
  std::string permanent_link;
  std::int64_t relapses = 0;
  std::string reason;  // why it was refused
};
// The latest first.
std::vector<LedgerLine> ledger(Reading& reading, const cases::County& county);

// What somebody is about to say, as far as they have said it.
struct AboutToSay {
  std::string_view words;     // read and forgotten
  std::string_view category;  // "scheme:code", or empty
  std::string_view place;     // code, or empty
};
inline constexpr std::size_t most_near = 3;
// Published classes that it may be about, the nearest first; refused ones are none of them.
std::vector<PublishedClass> nearby_published(Reading& reading, const cases::County& county,
                                             const AboutToSay& said);

// "That is it, I have it too": a case that was received in this transaction goes into the class.
// Nothing happens when the receipt is a repeated one, the class cannot be joined (any more), or the
// words are an accusation.
Outcome join(Transaction& transaction, const cases::Context& context, const cases::Receipt& receipt,
             ClassId id);
// Both at once: the speaker's own case, with a receipt, clocks and an answer of its
// own, and a link to the class. Nobody learns who else reported. When the class cannot be joined
// (any more), or the words are an accusation, they are received all the same. Faults of receive.
Result<cases::Receipt> receive_joined(Transaction& transaction, const cases::Context& context,
                                      const cases::PreparedWords& words, ClassId id);

}  // namespace minhu::classes
