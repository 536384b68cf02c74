// What waits for a unit, what it has handled, and how much of each: the lists of an office. Their
// rows are cases, never people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/access.h"
#include "features/cases/time_left.h"
#include "ports/storage.h"

namespace minhu::cases {

// By the earliest date owed: before now, or from now to the end of today, of the third working day
// from today, of the seventh day from today.
enum class DueWithin : std::uint8_t { overdue, today, three_days, week };
std::string_view name(DueWithin) noexcept;
std::optional<DueWithin> due_within_named(std::string_view text) noexcept;

// Which cases of a queue. What is not set does not narrow it.
struct QueueQuery {
  Part part = Part::dispatch;
  std::optional<DueWithin> due = std::nullopt;
  std::optional<State> state = std::nullopt;
  std::optional<Track> track = std::nullopt;
  std::optional<Channel> channel = std::nullopt;
  std::string category = {};  // "scheme:code"
  std::string place = {};     // digits: a town with all its villages, or one village
  bool returned = false;      // a unit said at least once that it is another's
  bool reopened = false;
  bool redo = false;  // opened again, or said not to be solved
  bool urged = false;
  bool joint_conference = false;
};

struct QueueCursor {
  std::int64_t due = 0;
  CaseId case_id;
};
struct QueueLine {
  CaseFile file;
  std::string headline;  // empty: erased, without words, or its key is lost
  Part part = Part::dispatch;
  QueueCursor cursor;
  TimeLeft left;
  std::int64_t joined = 0;  // other speakers who wait for the same answer
  // Half of the time is gone and the unit has done nothing but sign in.
  bool half_gone = false;
  // A speaker, of this case or of one that waits for its answer, has added something or urged since
  // an office last took a step.
  bool news = false;
};
struct QueuePage {
  std::vector<QueueLine> lines;
  std::optional<QueueCursor> next;  // nothing: that was all
};

// The earliest due first; after `cursor`, at most `limit` (≤ 200). Fault not_allowed
// cases.not_allowed.
Result<QueuePage> queue_of(Reading& reading, const Context& context, const QueueQuery& query,
                           std::optional<QueueCursor> after, std::int64_t limit);

// The line of one case, if queue_of would list it in that part. Takes the same steps for a case
// that there is not as for one that the actor is kept from. Fault not_allowed cases.not_allowed.
Result<std::optional<QueueLine>> queue_line_of(Reading& reading, const Context& context, Part part,
                                               CaseId id);

// How many lines queue_of would list, counted up to 1000.
std::int64_t queue_count(Reading& reading, const Context& context, const QueueQuery& query);
struct QueueCount {
  Part part = Part::dispatch;
  std::int64_t waiting = 0;
};
std::vector<QueueCount> queue_counts(Reading& reading, const Context& context);
// Those with something opened again or said not to be solved.
bool to_be_done_again(const CaseFile& file);

// What the unit leads or has answered, in any state or one, the latest change first.
struct HandledCursor {
  Instant changed_at;
  CaseId case_id;
};
struct HandledPage {
  std::vector<QueueLine> lines;
  std::optional<HandledCursor> next;
};
Result<HandledPage> handled_by(Reading& reading, const Context& context, std::optional<State> state,
                               std::optional<HandledCursor> after, std::int64_t limit);

}  // namespace minhu::cases
