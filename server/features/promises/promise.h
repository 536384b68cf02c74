// One promise as its events say it. Pure: no storage, no clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/kinds.h"
#include "features/promises/event.h"
#include "features/visits/kinds.h"

namespace minhu::promises {

// What lies in the content store: where, and the commitment to it as hex digits.
struct Kept {
  cases::ContentId id;
  std::string commitment;
  bool operator==(const Kept&) const = default;
  bool empty() const { return id.empty(); }
};

// A change of the due day, for ever on the public page.
struct DueChange {
  std::string from;
  std::string to;
  std::string reason;
  Instant at;
  bool operator==(const DueChange&) const = default;
};

// What the unit reported: its words, and photos or papers that show it.
struct Report {
  bool done = false;
  std::string done_on;  // of one that is done
  Kept words;
  std::vector<cases::ContentId> evidence;
  Instant at;
  bool operator==(const Report&) const = default;
};

struct Verification {
  Proof proof = Proof::visit;
  std::string reference;  // the id of the visit; "verdict", or the seq of a call in the case
  std::string finding;
  Instant at;
  bool operator==(const Verification&) const = default;
};

struct VerdictGiven {
  Verdict verdict = Verdict::kept;
  Way way = Way::page;
  Kept words;  // may be empty
  Instant at;
  bool operator==(const VerdictGiven&) const = default;
};

// What everybody may read of it.
struct Publication {
  std::string words;  // the promise in words that name nobody
  std::string place;  // code of the place that may be told; empty: the county
  Instant at;
  bool operator==(const Publication&) const = default;
};

struct Promise {
  PromiseId id;
  State state = State::made;
  std::int64_t seq = -1;
  Instant made_at;  // recorded
  Instant changed_at;
  accounts::AccountId recorded_by;  // another approves what becomes public

  std::string matter;       // in the office's words: what it is about
  Kept words;               // what was promised, verbatim
  std::string promised_on;  // 2026-11-23
  std::string due;
  std::string first_due;
  bool sponsored = false;  // 包案: the post takes the whole case on until it is solved
  PostId post;             // owns it, whoever holds the post
  // The official record of who said it, in office: never counted, never compared.
  std::string said_by;
  UnitId unit;  // carries it out
  visits::VisitId visit;
  cases::CaseId case_id;
  std::string place;  // code

  std::vector<DueChange> due_changes;
  std::vector<Report> reports;
  std::optional<Verification> verification;
  std::optional<VerdictGiven> verdict;  // the latest
  std::string reason;                   // why it was found not kept, or given up: public
  std::optional<Publication> publication;
  std::vector<RelayId> relays;  // through which it came to a successor
  bool operator==(const Promise&) const = default;

  // Somebody still owes it. One that was found not to be kept is owed, too.
  bool open() const { return state != State::verified && state != State::given_up; }
  bool overdue(std::string_view today) const { return open() && due < today; }
};

// Fails with StorageFailure when the event cannot follow.
void apply(Promise& promise, const Event& event);
Promise promise_from(const std::vector<Event>& events);

}  // namespace minhu::promises
