// What a named handler does with the reports that are sealed to their key. Each opening asks for
// the passphrase; the report lies open for one request, and nothing of it is kept. A report that is
// not sealed to them does not exist for them: the same Fault not_found accusations.not_found.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/accusations/handlers.h"
#include "features/accusations/letter.h"
#include "features/cases/receive.h"

namespace minhu::accusations {

struct Listed {
  cases::CaseId id;
  State state = State::received;
  Instant received_at;  // to the hour
  bool unread = true;
};
struct Desk {
  bool named = false;
  std::optional<Instant> key_made_at;
  std::vector<Listed> reports;  // the newest first
};
// Neutral: what, who and against whom lies under the seal. Empty for whoever is not named, so that
// "none" and "not yours" look the same.
Desk desk_of(Reading& reading, const Ground& ground, const accounts::Principal& actor);

// Whether somebody waits to see who wrote it (below).
enum class NameState : std::uint8_t { nobody_asks, waiting, agreed };
std::string_view name(NameState) noexcept;
struct NameAsked {
  NameState state = NameState::nobody_asks;
  accounts::AccountId by;
  std::optional<Instant> agreed_at;
};

struct Opened {
  Listed listed;
  Letter letter;
  std::vector<Message> messages;
  std::vector<Handler> holders;  // who else can open it
  NameAsked name;
};
// Faults of unlock, and not_found accusations.not_found.
Result<Opened> open_for(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                        const Sealed<std::string>& passphrase);

// Who wrote it, by two persons (INV-04): one holder asks and says why, another holder agrees, then
// the first sees it once, within a day. The reporter reads each of the three, with the office and
// the reason. Where there is no second holder, one can be let in (share), or two custodians open it
// (escrow.h). It is the program that asks for the second person: whoever holds the report's key and
// the database needs none (docs/adr/0015).
// From the steps of the report; an agreement that nobody used within a day is over.
NameAsked name_asked(std::span<const cases::Event> history, Instant now);

// Faults of all three as open_for; not_found accusations.no_identity. Asking: invalid_input
// cases.reason_missing (reason); conflict accusations.name_already_asked (by anybody).
Outcome ask_for_identity(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                         const Sealed<std::string>& passphrase, std::string_view reason);
// conflict accusations.name_not_asked; conflict seal.same_person.
Outcome decide_on_identity(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                           const Sealed<std::string>& passphrase, bool agreed);
// conflict accusations.name_not_agreed, also to whoever did not ask.
Result<Sealed<Identity>> open_identity(const Ground& ground, const accounts::Principal& actor,
                                       cases::CaseId id, const Sealed<std::string>& passphrase);

// The copy without traces, or the original with them; opening an original is a step of its own in
// the case.
struct OpenedFile {
  std::string media_type;
  Bytes bytes;
};
Result<OpenedFile> open_file(const Ground& ground, const accounts::Principal& actor,
                             cases::CaseId id, SealedId file,
                             const Sealed<std::string>& passphrase);

// What the reporter reads: only words, or words that say what was decided. Faults as open_for;
// invalid_input accusations.words_empty, cases.words_too_long; conflict
// accusations.decision_not_open (it is closed, or already stands so).
struct Answer {
  std::string words;
  std::optional<State> decision;  // accepted, handed_over, not_accepted, concluded
};
Outcome answer(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
               const Sealed<std::string>& passphrase, const Answer& answer);

// One more handler to whom it is sealed, named since or left out. Faults as open_for; not_found
// accusations.no_such_handler (not named, or without a key). Whoever the reporter kept it from, or
// it accuses, is refused: not_allowed accusations.kept_from.
Outcome share(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
              const Sealed<std::string>& passphrase, accounts::AccountId with);

// A part that the office concerned may have (INV-03): becomes an ordinary case that shows no trace
// of this one; its number and code go to the reporter in a message. Faults as answer, and of
// cases::prepare.
struct Complaint {
  cases::ClientToken token{};
  std::string words;
  std::string place;  // code, or empty
};
Outcome make_complaint(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                       const Sealed<std::string>& passphrase, const Complaint& complaint);

}  // namespace minhu::accusations
