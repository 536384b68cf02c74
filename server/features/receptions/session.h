// One group at a reception, as it was taken down on the tablet: who came, what about, what the
// leader decided. Nothing in it is required but its id and its printed number: a person who was
// heard is registered, whatever was left blank in the hurry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/receive.h"
#include "features/visits/visits.h"

namespace minhu::receptions {

using SessionId = Id<struct SessionTag>;  // made by the tablet

// What was decided in front of the people.
enum class Decision : std::uint8_t {
  none,     // heard, and nothing decided yet: the body that dispatches goes on
  on_spot,  // answered at once
  unit,     // a unit is to deal with it, by a day, with somebody of ours answering for it (包案)
};
std::string_view name(Decision) noexcept;
std::optional<Decision> decision_named(std::string_view) noexcept;

// What article 27 asks for in place of "they stopped petitioning": of the matter, never of the
// person. Several can hold.
struct Article27 {
  bool solve = false;    // 诉求合理的解决问题到位
  bool explain = false;  // 诉求无理的解释清楚
  bool help = false;     // 生活困难的帮扶到位
  bool by_law = false;   // 行为违法的依法处理
  bool operator==(const Article27&) const = default;
};

struct Session {
  SessionId id;
  std::string number;     // as printed, what parse_number gave
  visits::VisitId visit;  // empty: a reception that nobody planned
  visits::GroupId group;  // of the visit's queue; empty: none
  std::optional<Instant> begun_at;
  std::optional<Instant> ended_at;

  std::int64_t people = 1;           // who came
  std::int64_t representatives = 1;  // who spoke for them: at most five (art. 20)
  std::optional<Sealed<cases::Contact>> contact;
  bool named = false;  // the unit may know the name; else it is kept confidential
  bool may_be_called = false;

  std::string text;
  std::string request;               // what is asked for
  std::string place;                 // code
  std::string place_words;           // in their own words, also of another county
  std::vector<std::string> earlier;  // numbers of receipts they brought along
  UnitId complained_of;              // the unit that they complain of
  bool accusation = false;           // a report of wrongdoing: held, and nothing goes anywhere

  std::string officials;     // who was present, one a line: name and post of officials
  std::string leader_words;  // verbatim
  Decision decision = Decision::none;
  std::string answer;   // on the spot
  std::string outcome;  // of it, a name of cases::AnswerOutcome
  UnitId unit;          // that is to deal with it
  std::string due;      // by when, 2026-12-02
  std::string sponsor;  // 包案: name and post of the official who answers for it
  Article27 article27;
  bool publish = false;    // the person agrees that it is published, without saying who they are
  bool read_back = false;  // it was read back to them and they confirmed it
  bool is_signed = false;  // their signature is among the attachments
};

inline constexpr std::int64_t most_representatives = 5;
inline constexpr std::int64_t most_people = 10'000;

// The record as one text, the same for the same session: what is compared, and what is shown beside
// another version of it.
std::string to_json(const Session& session);
Session session_of(std::string_view json);  // only ever of what to_json wrote

// What the case says, and what colleagues read beside it.
std::string words_of(const Session& session);
std::string note_of(const Session& session, std::string_view unit_name);

}  // namespace minhu::receptions
