#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/rechecks/store.h"

namespace minhu::rechecks {

namespace {

using cases::CaseFile;
using cases::EventKind;

constexpr std::int64_t page = 100;
constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;

Instant before(Instant now, std::int64_t days) {
  return {now.unix_ms - days * day_ms};
}

std::string month_of(const cases::Context& context) {
  return format_date(to_date(context.now, context.county.rules.zone)).substr(0, 7);
}

// Drawn under a key that lies outside the database: who knows the cases cannot tell which will be
// asked about.
bool drawn(const cases::Keyring& keyring, const cases::SolvedCase& solved,
           const Sampling& sampling) {
  const std::uint8_t day[] = {static_cast<std::uint8_t>(sampling.day)};
  const auto hash =
      keyed_hash(keyring.token_hash, {as_bytes("minhu/still-solved/v1"), day, solved.id.bytes()});
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | hash[i];
  return number % static_cast<std::uint64_t>(sampling.one_in) == 0;
}

// The handling unit; an answer on the spot is that of the body that took it in.
UnitId answered_by(const CaseFile& file) {
  return file.lead_unit.empty() ? file.dispatching_unit : file.lead_unit;
}

bool still_to_be_asked(const CaseFile& file, const cases::SolvedCase& solved, Instant now) {
  return file.solved_at == solved.solved_at &&
         cases::asked_for_now(file, EventKind::still_solved_asked) && file.answered_at &&
         *file.answered_at > before(now, oldest_answer_days) && !file.asks_again_at;
}

// Whether it was asked. A refusal concerns that case alone: it has gone where nobody asks any more.
bool ask(Transaction& transaction, const cases::Context& context, const cases::SolvedCase& solved,
         const Sampling& sampling) {
  const RegionId region = context.county.region;
  if (!drawn(context.keyring, solved, sampling)) return false;
  const auto file = cases::load_file(transaction, region, solved.id);
  if (!file || !still_to_be_asked(*file, solved, context.now)) return false;
  OpenQuestion question{context.now,  solved.id,          0,
                        sampling.day, answered_by(*file), month_of(context)};
  if (asked_in(transaction, region, question) >= sampling.most_a_month) return false;
  const Outcome asked = transaction.savepoint([&]() -> Outcome {
    cases::Step step;
    step.kind = EventKind::still_solved_asked;
    step.fields = {{"day", std::to_string(sampling.day)}};
    MINHU_TRY(const cases::Event event, cases::take_step(transaction, context, solved.id, step));
    question.seq = event.seq;
    open_question(transaction, region, question);
    return {};
  });
  return asked.has_value();
}

void ask_all(const cases::Installation& installation, const cases::Context& context,
             const Sampling& sampling, Round& round) {
  const RegionId region = context.county.region;
  for (bool more = true; more;) {
    Round done;
    const Outcome kept = installation.database.write_job([&](Transaction& transaction) -> Outcome {
      done = {};
      const auto from = walked_to(transaction, region, sampling.day);
      const auto found =
          cases::solved_cases(transaction, region, from, before(context.now, sampling.day), page);
      for (const cases::SolvedCase& solved : found) {
        ++(ask(transaction, context, solved, sampling) ? done.asked : done.left_out);
      }
      if (!found.empty()) walk_on(transaction, region, sampling.day, found.back());
      more = found.size() == static_cast<std::size_t>(page);
      return {};
    });
    if (!kept) return;  // the disk is full: the next run goes on from here
    round.asked += done.asked;
    round.left_out += done.left_out;
  }
}

std::optional<Ending> ending_of(const cases::Event& event) {
  const auto said = cases::named<cases::Solved>(event.fact("solved"));
  switch (event.kind) {
    case EventKind::still_solved_told:
    case EventKind::still_solved_called:
      if (!said) return Ending::unanswered;
      return *said == cases::Solved::yes      ? Ending::yes
             : *said == cases::Solved::partly ? Ending::partly
                                              : Ending::no;
    case EventKind::still_solved_unanswered:
      return Ending::unanswered;
    case EventKind::reopened:
    case EventKind::sent_back:
    case EventKind::held:
    case EventKind::erased:
    case EventKind::review_requested:
      return Ending::overtaken;
    default:
      return std::nullopt;
  }
}

std::optional<Ending> ending_of(Reading& reading, RegionId region, const OpenQuestion& question) {
  for (const cases::Event& event : cases::load_events(reading, region, question.case_id)) {
    if (event.seq <= question.seq) continue;
    if (const auto ending = ending_of(event)) return ending;
  }
  return std::nullopt;
}

// Nobody answered in time: the case says so itself.
bool give_up(Transaction& transaction, const cases::Context& context,
             const OpenQuestion& question) {
  const Outcome ended = transaction.savepoint([&]() -> Outcome {
    cases::Step step;
    step.kind = EventKind::still_solved_unanswered;
    MINHU_TRY(const cases::Event event,
              cases::take_step(transaction, context, question.case_id, step));
    return {};
  });
  return ended.has_value();
}

void collect(const cases::Installation& installation, const cases::Context& context, Round& round) {
  const RegionId region = context.county.region;
  OpenQuestion last{{-1}, {}, 0, 0, {}, {}};
  for (bool more = true; more;) {
    Round done;
    OpenQuestion reached = last;
    const Outcome kept = installation.database.write_job([&](Transaction& transaction) -> Outcome {
      done = {};
      const auto some = open_questions(transaction, region, last, page);
      for (const OpenQuestion& question : some) {
        reached = question;
        auto ending = ending_of(transaction, region, question);
        const bool late = question.asked_at < before(context.now, days_to_answer);
        if (!ending && late && give_up(transaction, context, question)) {
          ending = Ending::unanswered;
        }
        if (!ending) continue;
        end_question(transaction, region, question, *ending);
        ++(*ending == Ending::unanswered ? done.unanswered : done.answered);
      }
      more = some.size() == static_cast<std::size_t>(page);
      return {};
    });
    if (!kept) return;
    last = reached;
    round.answered += done.answered;
    round.unanswered += done.unanswered;
  }
}

}  // namespace

Round run_once(const cases::Installation& installation) {
  const cases::Context context = installation.as({accounts::Role::system, {}, {}});
  Round round;
  collect(installation, context, round);
  const auto samplings = installation.database.read(
      [&](Reading& reading) { return sampling_of(reading, context.county.region); });
  for (const Sampling& sampling : samplings) ask_all(installation, context, sampling, round);
  return round;
}

}  // namespace minhu::rechecks
