// The completeness statement of a period: what was received is what was answered in time, what was
// answered late, and what is listed because it has no answer; each person counted. Signed by the
// key of the record, so that two statements that differ convict whoever gave them.
//
//     minhu-complete/v1
//     <origin>
//     period 2026-01 2026-03              whole months, by the day on which it was received
//     checkpoint <base64 of the note>     what had been recorded when it was made
//     received <n>                        = the three that follow
//     in-time <n>
//     late <n>
//     listed <n>
//     sealed-received <n|few>             of whole quarters, and then "minhu-complete/v2"
//     sealed-in-time <n|->
//     sealed-late <n|->
//     sealed-open <n|->
//     case <line> in-time                 one for each person, in order of `line`
//     case <line> late
//     case <line> listed <why> <2026-04-20|->
//
// `why` is "open", "withdrawn", …; the date is when the answer is due.
//
// What came in as a report under seal has no line. What came under seal later keeps the one it had,
// as it stood then: whoever knows its number learns nothing. All under seal are counted
// for the whole county, without a matter, an office or a place. Fewer than five in all, and none at
// all, are "few"; a part of one to four is "-", and enough others with it that it cannot be worked
// out. They stand in statements of a quarter of the calendar alone: quarters do not overlap, so
// nobody subtracts one statement from another.
//
// A line says nothing by itself: it is made of the number of a case that only its speaker and the
// offices know. A speaker finds their own with their receipt; an auditor those of a sample.
#pragma once

#include <optional>

#include "engines/merkle/policy.h"
#include "engines/merkle/sample.h"
#include "kernel/civil_time.h"

namespace minhu::merkle {

// Two months of the calendar, both of them in it.
struct Months {
  std::chrono::year_month first;
  std::chrono::year_month last;
  bool operator==(const Months&) const = default;

  bool has(Date day) const;
  bool is_quarter() const;  // of the calendar
};
std::string format_month(std::chrono::year_month month);
// "2026-01". Fault merkle.not_a_month.
Result<std::chrono::year_month> parse_month(std::string_view text);

using CaseLine = std::array<std::uint8_t, 16>;
// The first 16 bytes of SHA-256("minhu/complete/v1 2026-01 2026-03 " | case): of another period the
// same case has another line, so that nobody follows one from statement to statement.
CaseLine line_of(const Months& months, const Uuid& case_id);

enum class Counted : std::uint8_t { in_time, late, listed };

struct CountedCase {
  CaseLine line{};
  Counted as = Counted::listed;
  std::string why;          // of a listed one: small letters, digits, "-" and "_"
  std::optional<Date> due;  // of a listed one: when its answer is owed
  bool operator==(const CountedCase&) const = default;
};

// Reports under seal; nothing where the number is hidden. in_time + late + open = received.
struct SealedCounts {
  std::optional<std::int64_t> received;
  std::optional<std::int64_t> in_time;
  std::optional<std::int64_t> late;
  std::optional<std::int64_t> open;  // no final answer; what its speaker took back is among them
  bool operator==(const SealedCounts&) const = default;
};

struct CompletenessStatement {
  std::string origin;
  Months months;
  std::string checkpoint;              // a signed note
  std::vector<CountedCase> cases;      // in order of line, none twice
  std::optional<SealedCounts> sealed;  // of a quarter, unless it was made before they were counted
  bool operator==(const CompletenessStatement&) const = default;

  std::int64_t count(Counted as) const;
  const CountedCase* find(const CaseLine& line) const;
};

// The text that is signed.
std::string format_statement(const CompletenessStatement& statement);
// Fault merkle.statement_broken: not of this form, sums that are not those of its lines included.
Result<CompletenessStatement> parse_statement(std::string_view text);

struct CheckedStatement {
  CompletenessStatement statement;
  Accepted accepted;  // its checkpoint
};
// `note`: format_statement, signed by the log that the policy believes. Faults of parse_note,
// parse_statement, check_signatures and accept_checkpoint; merkle.statement_unsigned.
Result<CheckedStatement> check_statement(const TrustPolicy& policy, std::string_view note);

// What a sample (sample.h) says of what a statement says. Nobody can be told from it.
struct SampleOfStatement {
  // Opened leaves before its checkpoint by which something was received in the period.
  std::int64_t received = 0;
  std::int64_t counted = 0;  // of these: has a line
  // Entries of those without one. What came in as a report under seal is in no statement, and
  // whoever made it must show the auditor that these are such.
  std::vector<std::uint64_t> without_line;
  // Entries by which something was received in the period that the statement cannot count: they
  // were recorded after its checkpoint.
  std::vector<std::uint64_t> after_checkpoint;
  // Entries by which an answer was given before the statement was made to somebody whom it lists as
  // unanswered.
  std::vector<std::uint64_t> answered_but_listed;
};
SampleOfStatement compare(const CheckedStatement& checked, const CheckedSample& sample,
                          FixedZone zone);

}  // namespace minhu::merkle
