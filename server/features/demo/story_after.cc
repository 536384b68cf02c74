// After the answer: is it one? Callback, rating, opening again, review, and coming again.
#include "features/cases/guard.h"
#include "features/demo/story.h"

namespace minhu::demo {

using cases::State;
using cases::Track;

void Story::after_answer(std::size_t index) {
  Play& play = plays_[index];
  if (play.assigned) arrange(index, Act::feedback, office_time(dice_.between(0.5, 4)));
  const bool weak = play.how == Answering::poor && play.rounds == 1;
  if (dice_.chance(weak ? 0.08 : 0.01)) {
    arrange(index, Act::send_back, office_time(dice_.exponential(1)));
    return;
  }
  if (play.file.activated && dice_.chance(0.33)) {
    arrange(index, Act::rate, people_time(dice_.between(0.2, 9)));
  }
  const bool petition = play.file.track == Track::petition;
  arrange(index, Act::call_back, office_time(dice_.exponential(petition ? 2.2 : 1.1)));
}

std::string Story::solved(const Play& play) {
  const Issue& issue = world_.issues[play.issue];
  const bool over = issue.truth.ended <= now_;
  double yes = 0.08;
  double partly = 0.22;
  if (play.how == Answering::good) {
    yes = 0.83;
    partly = 0.11;
  } else if (over && issue.truth.nature <= Nature::everyday) {
    yes = 0.45;  // it went away by itself
  }
  const double drawn = dice_.unit();
  return drawn < yes ? "yes" : drawn < yes + partly ? "partly" : "no";
}

std::string Story::satisfied(const Play& play, std::string_view how_solved) {
  const double happy = how_solved == "yes" ? 0.8 : how_solved == "partly" ? 0.3 : 0.05;
  // "Not now, because" is forgiven more often than empty words.
  const double mild = play.how == Answering::unable ? 0.5 : 0.25;
  const double drawn = dice_.unit();
  return drawn < happy ? "satisfied" : drawn < happy + mild ? "mostly" : "dissatisfied";
}

void Story::call_back(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::answered) return;
  if (cases::answered_by_the_dispatching_body(play.file)) {
    arrange(index, Act::close, office_time(dice_.between(8, 33)));
    return;
  }
  const cases::Context caller = of_body(play, Role::caller);
  if (play.file.may_be_called && !play.file.contact.empty() && dice_.chance(0.4)) {
    const Outcome shown = transaction_->savepoint([&]() -> Outcome {
      const auto identity =
          cases::reveal(*transaction_, caller, play.file.id, "回访，问问事情办得怎么样");
      if (!identity) return tl::unexpected<Fault>(identity.error());
      return {};
    });
    if (!shown) ++refused_["identity_revealed " + shown.error().key];
    reload(play);
  }
  if (dice_.chance(0.3)) {
    attempt(index);
    return;
  }
  after_call(index);
}

// Nobody answered: again at another time of day, and after three parts of the day it is said that
// nobody could be reached.
void Story::attempt(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::answered) return;
  const cases::Context caller = of_body(play, Role::caller);
  take(play, caller, Kind::callback_attempted, {{"note", said("call_note", play)}});
  if (play.file.callback_attempts >= 3 && play.file.attempt_parts_of_day == 7) {
    if (take(play, caller, Kind::callback_done, {{"reached", "unreachable"}})) {
      const bool petition = play.file.track == Track::petition;
      arrange(index, Act::close, petition ? office_time(dice_.between(24, 30)) : office_time(2));
    }
    return;
  }
  const double part = play.file.callback_attempts % 3 == 1 ? 14.5 : 19.2;
  Instant next{start_of_day(to_date(now_)).unix_ms +
               static_cast<std::int64_t>((part + dice_.unit()) * 3'600'000)};
  if (next <= now_) next = days_after(next, 1);
  if (play.file.attempt_parts_of_day == 6) {  // still missing a morning
    next = {start_of_day(to_date(now_) + std::chrono::days(1)).unix_ms +
            static_cast<std::int64_t>((9 + dice_.unit()) * 3'600'000)};
  }
  arrange(index, dice_.chance(0.55) ? Act::after_call : Act::attempt, next);
}

void Story::after_call(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::answered) return;
  const cases::Context caller = of_body(play, Role::caller);
  const std::string how = solved(play);
  Fields fields{{"reached", "yes"}, {"solved", how}};
  if (dice_.chance(0.85)) fields["satisfaction"] = satisfied(play, how);
  if (dice_.chance(0.3)) fields["note"] = said("called_note", play);
  const bool agreed = play.file.satisfaction.has_value();
  if (!take(play, caller, Kind::callback_done, std::move(fields))) return;
  const bool petition = play.file.track == Track::petition;
  if (how != "yes" && play.file.activated && petition && dice_.chance(0.12)) {
    arrange(index, Act::ask_review, people_time(dice_.between(2, 22)));
    arrange(index, Act::close, office_time(dice_.between(24, 30)));
    return;
  }
  if (how == "no" && play.rounds < 3 && dice_.chance(play.rounds == 1 ? 0.6 : 0.3)) {
    arrange(index, Act::reopen, minutes_later(30));
    return;
  }
  if (!agreed && play.file.activated && dice_.chance(0.1)) {
    arrange(index, Act::rate, people_time(dice_.between(1, 20)));
  }
  arrange(index, Act::close, office_time(petition ? dice_.between(23, 32) : dice_.exponential(2)));
}

void Story::rate(std::size_t index) {
  Play& play = plays_[index];
  if (!open(play, Kind::rated) || !play.file.activated) return;
  const std::string how =
      play.file.solved ? std::string(cases::name(*play.file.solved)) : solved(play);
  Fields fields{{"solved", how}, {"satisfaction", satisfied(play, how)}};
  fields["words"] = said(how == "yes" ? "rate_good" : "rate_bad", play);
  if (how == "no" && dice_.chance(0.5)) fields["asks_rehandling"] = "yes";
  take(play, speaker(), Kind::rated, std::move(fields));
}

void Story::close(std::size_t index) {
  Play& play = plays_[index];
  if (!open(play, Kind::closed)) return;
  const bool to_be_called =
      play.file.state == State::answered && !cases::answered_by_the_dispatching_body(play.file);
  if (to_be_called) return;
  // The window of the speaker is theirs to the last day.
  for (const cases::RunningClock& clock : play.file.clocks) {
    if (clock.runs() && clock.citizen && now_ <= clock.due) {
      const double left = static_cast<double>(clock.due.unix_ms - now_.unix_ms);
      arrange(index, Act::close, office_time(left / static_cast<double>(day_ms) + 0.5));
      return;
    }
  }
  const bool by_program = dice_.chance(0.5);
  const cases::Context closer =
      by_program ? cases::Context{county_, keyring_, entropy_, now_, {Role::system, {}, {}}}
                 : of_body(play, Role::dispatcher);
  if (!take(play, closer, Kind::closed, {{"because", "window_over"}})) return;
  come_again(index);
}

// Closed on paper, and the trouble goes on: some come back with the same words or others.
void Story::come_again(std::size_t index) {
  const Play& play = plays_[index];
  const Issue& issue = world_.issues[play.issue];
  if (issue.truth.nature > Nature::single || issue.truth.ended <= now_) return;
  if (play.file.solved == cases::Solved::yes || !dice_.chance(0.35)) return;
  const std::size_t arrival = arrivals_.size();
  const Instant at = people_time(dice_.between(3, 40));
  if (at >= issue.truth.ended) return;
  arrivals_.push_back({at, play.issue, play.speaker, true});
  arrange(arrival, Act::arrive, at);
}

void Story::review(std::size_t index, Kind kind) {
  Play& play = plays_[index];
  if (!open(play, kind)) return;
  if (kind == Kind::review_requested || kind == Kind::recheck_requested) {
    if (!play.file.activated) return;
    if (!take(play, speaker(), kind, {{"words", said("review_words", play)}})) return;
    const bool first = kind == Kind::review_requested;
    arrange(index, first ? Act::answer_review : Act::answer_recheck,
            office_time(dice_.between(6, 22)));
    return;
  }
  if (kind == Kind::concluded) {
    take(play, {county_, keyring_, entropy_, now_, {Role::system, {}, {}}}, kind);
    return;
  }
  const bool changed = dice_.chance(0.3);
  const Office& office = *offices_.at(play.file.review_unit);
  const Answering how = changed ? Answering::good : Answering::no;
  const std::string text = answer(slots(play), office.unit.name, how, dice_);
  auto fields = opinion(play, changed ? "partly_supported" : "not_supported", text);
  fields["changed"] = changed ? "changed" : "upheld";
  const UnitId reviewer = play.file.review_unit;
  if (!take(play, as(Role::handler, reviewer), kind, std::move(fields))) return;
  play.how = how;
  if (kind == Kind::recheck_answered) {
    arrange(index, Act::conclude, office_time(dice_.between(1, 5)));
  } else if (changed) {
    // What a review changed is handled again by the unit that answered.
    take(play, as(Role::handler, reviewer), Kind::reopened, {{"reason", said("reopen", play)}});
    // A refusal that did not stand: no unit had it, so the body that refused it has it now.
    if (play.office == nullptr) play.office = offices_.at(play.file.dispatching_unit);
    draw_agenda(play);
    arrange(index, Act::work, office_time(days_of_work(play)));
  } else if (dice_.chance(0.4)) {
    arrange(index, Act::ask_recheck, people_time(dice_.between(2, 22)));
  } else {
    arrange(index, Act::close, office_time(dice_.between(23, 30)));
  }
}

}  // namespace minhu::demo
