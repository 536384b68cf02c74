#include "engines/merkle/completeness.h"

#include <fmt/format.h>

#include <algorithm>

#include "engines/merkle/lines.h"
#include "engines/merkle/note.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view first_line = "minhu-complete/v1";
constexpr std::string_view first_line_with_sealed = "minhu-complete/v2";
constexpr std::int64_t fewest_sealed = 5;
constexpr std::size_t longest_statement = 256'000'000;  // bytes: some four million lines
constexpr std::size_t longest_why = 32;

std::string_view word_of(Counted as) {
  switch (as) {
    case Counted::in_time:
      return "in-time";
    case Counted::late:
      return "late";
    case Counted::listed:
      return "listed";
  }
  return "";
}

bool is_why(std::string_view text) {
  return !text.empty() && text.size() <= longest_why &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

// The next word, and the one blank behind it, off the front.
std::string_view take_word(std::string_view& line) {
  const std::size_t blank = line.find(' ');
  const std::string_view word = line.substr(0, blank);
  line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  return word;
}

std::optional<CaseLine> parse_line(std::string_view text) {
  const auto bytes = from_base64(text);
  CaseLine line{};
  if (!bytes || bytes->size() != line.size() || to_base64(*bytes) != text) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), line.begin());
  return line;
}

std::string format_case(const CountedCase& one) {
  const std::string line = to_base64(one.line);
  if (one.as != Counted::listed) return fmt::format("case {} {}\n", line, word_of(one.as));
  return fmt::format("case {} listed {} {}\n", line, one.why,
                     one.due ? format_date(*one.due) : "-");
}

// Whatever it makes of the text is compared with the text afterwards: one spelling each.
std::optional<CountedCase> parse_case(std::string_view text) {
  CountedCase one;
  const auto line = parse_line(take_word(text));
  if (!line) return std::nullopt;
  one.line = *line;
  const std::string_view as = take_word(text);
  if (as == word_of(Counted::in_time)) one.as = Counted::in_time;
  if (as == word_of(Counted::late)) one.as = Counted::late;
  if (one.as != Counted::listed) return one;
  one.why = take_word(text);
  const std::string_view due = take_word(text);
  if (!is_why(one.why)) return std::nullopt;
  if (due == "-") return one;
  const auto date = parse_date(due);
  if (!date) return std::nullopt;
  one.due = *date;
  return one;
}

std::optional<Months> take_months(std::string_view& text) {
  auto line = take_line_of("period", text);
  if (!line) return std::nullopt;
  const auto first = parse_month(take_word(*line));
  const auto last = parse_month(*line);
  if (!first || !last || *last < *first) return std::nullopt;
  return Months{*first, *last};
}

// The four sums; they are compared with the lines when all of it is written again.
bool take_sums(std::string_view& text) {
  for (const std::string_view word : {"received", "in-time", "late", "listed"}) {
    const auto line = take_line_of(word, text);
    if (!line || !parse_decimal(*line)) return false;
  }
  return true;
}

std::string number_or(std::string_view hidden, const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : std::string(hidden);
}

std::string format_sealed(const SealedCounts& counts) {
  return fmt::format("sealed-received {}\nsealed-in-time {}\nsealed-late {}\nsealed-open {}\n",
                     number_or("few", counts.received), number_or("-", counts.in_time),
                     number_or("-", counts.late), number_or("-", counts.open));
}

// Whether such numbers can have been counted and hidden by the rule: not a part by itself, none
// small, and a sum that is right.
bool adds_up(const SealedCounts& counts) {
  std::int64_t shown = 0;
  std::int64_t hidden = 0;
  for (const auto& part : {counts.in_time, counts.late, counts.open}) {
    if (!part) {
      ++hidden;
      continue;
    }
    if (*part > 0 && *part < fewest_sealed) return false;
    shown += *part;
  }
  if (!counts.received) return hidden == 3;
  if (*counts.received < fewest_sealed) return false;
  if (hidden == 0) return shown == *counts.received;
  return hidden > 1 && *counts.received - shown >= fewest_sealed;
}

std::optional<SealedCounts> take_sealed(std::string_view& text) {
  SealedCounts counts;
  const auto take = [&](std::string_view word, std::string_view hidden,
                        std::optional<std::int64_t>& number) {
    const auto line = take_line_of(word, text);
    if (!line) return false;
    if (*line == hidden) return true;
    const auto read = parse_decimal(*line);
    if (!read || *read > longest_statement) return false;
    number = static_cast<std::int64_t>(*read);
    return true;
  };
  const bool whole = take("sealed-received", "few", counts.received) &&
                     take("sealed-in-time", "-", counts.in_time) &&
                     take("sealed-late", "-", counts.late) && take("sealed-open", "-", counts.open);
  if (!whole || !adds_up(counts)) return std::nullopt;
  return counts;
}

bool comes_before(const CountedCase& a, const CountedCase& b) {
  return a.line < b.line;
}

}  // namespace

bool Months::has(Date day) const {
  const std::chrono::year_month_day date(day);
  const std::chrono::year_month month(date.year(), date.month());
  return first <= month && month <= last;
}

bool Months::is_quarter() const {
  constexpr unsigned months = 3;
  return first.year() == last.year() && (static_cast<unsigned>(first.month()) - 1) % months == 0 &&
         last - first == std::chrono::months(months - 1);
}

std::string format_month(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                     static_cast<unsigned>(month.month()));
}

Result<std::chrono::year_month> parse_month(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.not_a_month");
  if (text.size() != std::string_view("2026-01").size()) return broken;
  const auto day = parse_date(std::string(text) + "-01");
  if (!day) return broken;
  const std::chrono::year_month_day date(*day);
  const std::chrono::year_month month(date.year(), date.month());
  if (format_month(month) != text) return broken;
  return month;
}

CaseLine line_of(const Months& months, const Uuid& case_id) {
  Bytes message = to_bytes(fmt::format("minhu/complete/v1 {} {} ", format_month(months.first),
                                       format_month(months.last)));
  message.insert(message.end(), case_id.begin(), case_id.end());
  const Digest digest = sha256(message);
  CaseLine line{};
  std::copy_n(digest.begin(), line.size(), line.begin());
  return line;
}

std::int64_t CompletenessStatement::count(Counted as) const {
  return std::count_if(cases.begin(), cases.end(),
                       [as](const CountedCase& one) { return one.as == as; });
}

const CountedCase* CompletenessStatement::find(const CaseLine& line) const {
  CountedCase wanted;
  wanted.line = line;
  const auto found = std::lower_bound(cases.begin(), cases.end(), wanted, comes_before);
  return found == cases.end() || found->line != line ? nullptr : &*found;
}

std::string format_statement(const CompletenessStatement& statement) {
  std::string text = fmt::format(
      "{}\n{}\nperiod {} {}\ncheckpoint {}\nreceived {}\nin-time {}\nlate {}\nlisted {}\n",
      statement.sealed ? first_line_with_sealed : first_line, statement.origin,
      format_month(statement.months.first), format_month(statement.months.last),
      to_base64(as_bytes(statement.checkpoint)), statement.cases.size(),
      statement.count(Counted::in_time), statement.count(Counted::late),
      statement.count(Counted::listed));
  if (statement.sealed) text += format_sealed(*statement.sealed);
  for (const CountedCase& one : statement.cases) text += format_case(one);
  return text;
}

Result<CompletenessStatement> parse_statement(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.statement_broken", "statement");
  const std::string_view whole = text;
  if (text.size() > longest_statement) return broken;
  const auto version = take_line(text);
  const bool has_sealed = version == first_line_with_sealed;
  if (!has_sealed && version != first_line) return broken;
  const auto origin = take_line(text);
  const auto months = take_months(text);
  const auto checkpoint_line = take_line_of("checkpoint", text);
  if (!origin || !months || !checkpoint_line || !take_sums(text)) return broken;
  const auto checkpoint = from_base64(*checkpoint_line);
  if (!checkpoint) return broken;
  CompletenessStatement statement{
      std::string(*origin), *months, to_text(*checkpoint), {}, std::nullopt};
  if (has_sealed) {
    statement.sealed = take_sealed(text);
    if (!statement.sealed || !months->is_quarter()) return broken;
  }
  while (!text.empty()) {
    const auto line = take_line_of("case", text);
    auto one = line ? parse_case(*line) : std::nullopt;
    if (!one) return broken;
    if (!statement.cases.empty() && !comes_before(statement.cases.back(), *one)) return broken;
    statement.cases.push_back(std::move(*one));
  }
  if (format_statement(statement) != whole) return broken;
  return statement;
}

Result<CheckedStatement> check_statement(const TrustPolicy& policy, std::string_view note_text) {
  // Longer than any other note; the lines of those who signed it are its last ones.
  const std::size_t end = note_text.rfind("\n\n");
  if (note_text.size() > longest_statement || end == std::string_view::npos) {
    return fail(FaultCode::invalid_input, "merkle.statement_broken", "statement");
  }
  MINHU_TRY(auto signatures, parse_signature_lines(note_text.substr(end + 2)));
  const Note note{std::string(note_text.substr(0, end + 1)), std::move(signatures)};
  MINHU_TRY(CompletenessStatement statement, parse_statement(note.text));
  std::vector<VerifierKey> keys;
  for (const TrustPolicy::Log& log : policy.logs) {
    if (log.key.name == statement.origin) keys.push_back(log.key);
  }
  MINHU_TRY(const auto good, check_signatures(note, keys));
  if (good.empty()) return fail(FaultCode::conflict, "merkle.statement_unsigned", "statement");
  MINHU_TRY(Accepted accepted, accept_checkpoint(policy, statement.checkpoint));
  if (accepted.checkpoint.origin != statement.origin) {
    return fail(FaultCode::conflict, "merkle.statement_unsigned", "statement");
  }
  return CheckedStatement{std::move(statement), std::move(accepted)};
}

SampleOfStatement compare(const CheckedStatement& checked, const CheckedSample& sample,
                          FixedZone zone) {
  SampleOfStatement found;
  const CompletenessStatement& statement = checked.statement;
  for (const CheckedSample::Event& event : sample.events) {
    if (!event.payload) continue;
    const EventPayload& payload = *event.payload;
    const bool is_counted = event.index < checked.accepted.checkpoint.head.size;
    const CountedCase* line = statement.find(line_of(statement.months, payload.case_id));
    if (payload.kind == "received") {
      const Instant happened{static_cast<std::int64_t>(payload.happened) * 1000};
      if (!statement.months.has(to_date(happened, zone))) continue;
      if (!is_counted) {
        found.after_checkpoint.push_back(event.index);
        continue;
      }
      ++found.received;
      if (line != nullptr) {
        ++found.counted;
      } else {
        found.without_line.push_back(event.index);
      }
    }
    const bool is_answer = payload.kind == "answered" || payload.kind == "answered_on_spot";
    if (is_answer && is_counted && line != nullptr && line->as == Counted::listed) {
      found.answered_but_listed.push_back(event.index);
    }
  }
  return found;
}

}  // namespace minhu::merkle
