#include "features/insight/contribution.h"

#include <algorithm>

namespace minhu::insight {

namespace {

using cases::CaseFile;
using cases::Event;
using cases::EventKind;
using cases::RunningClock;
using cases::Solved;
using cases::State;

enum class Duty : std::uint8_t { send, tell, answer, call_back, other };

bool lists(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// What a rule asks of an office, read from what fulfils it: packs of other places have other codes.
Duty duty_of(const cases::County& county, const RunningClock& clock) {
  const deadlines::Rule* rule = county.rules.find(clock.pack, clock.rule);
  if (rule == nullptr || clock.citizen) return Duty::other;
  const auto& met_by = rule->met_by;
  if (lists(met_by, "callback_done")) return Duty::call_back;
  if (lists(met_by, "answered")) return Duty::answer;
  if (lists(met_by, "accepted") && !lists(met_by, "signed_in")) return Duty::tell;
  if (lists(met_by, "transferred") || lists(met_by, "dispatched")) return Duty::send;
  return Duty::other;
}

// What was said of the answer that stands.
struct Word {
  bool asked = false;
  bool reached = false;
  std::optional<Solved> solved;
  std::optional<cases::Satisfaction> satisfaction;
};

template <class Enum>
std::optional<Enum> worse(std::optional<Enum> a, std::optional<Enum> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

template <class Enum, std::size_t N>
std::uint16_t bucket_of(std::string_view text, const std::array<std::string_view, N>& names,
                        Enum /*of*/) {
  const auto found = std::find(names.begin(), names.end(), text);
  return static_cast<std::uint16_t>(found == names.end() ? 0 : found - names.begin());
}

constexpr std::array<std::string_view, 3> reviewed_names{"upheld", "changed", "revoked"};
constexpr std::array<std::string_view, 5> trigger_names{"not_registered", "late", "evasive",
                                                        "false", "not_carried_out"};
constexpr std::array<std::string_view, 3> about_names{"improve", "policy", "accountability"};
constexpr std::array<std::string_view, 3> adoption_names{"yes", "partly", "no"};

class Life {
 public:
  explicit Life(const cases::County& county) : county_(county) {}

  Cells of(std::span<const Event> history) {
    for (const Event& event : history) {
      cases::apply(file_, event);
      follow(event);
    }
    // Nobody can read from a figure that there is an accusation, or that there was a case.
    if (file_.track == cases::Track::accusation || file_.erased || history.empty()) return {};
    count_receipt();
    count_answer();
    count_duty(Duty::tell, file_.lead_unit, Measure::notice, Measure::notice_open);
    count_duty(Duty::call_back, file_.dispatching_unit, Measure::callback, Measure::callback_open);
    return std::move(cells_);
  }

  // Where no date was promised none was missed.
  Owed owed(std::span<const Event> history) {
    for (const Event& event : history) {
      cases::apply(file_, event);
      follow(event);
    }
    const RunningClock* clock = promised();
    Owed owed{where_it_stands(), std::nullopt};
    if (clock != nullptr) owed.due = clock->due;
    if (clock == nullptr && owed.standing == Standing::late) owed.standing = Standing::not_asked;
    return owed;
  }

 private:
  struct Served {
    Instant at;
    bool in_time = false;
    bool extended = false;
  };

  Date day(Instant instant) const { return to_date(instant, county_.rules.zone); }

  void count(UnitId unit, Date on, Measure measure, std::size_t bucket = 0) {
    if (unit.empty()) return;
    // The track is known at the end: a case may be held in the middle, and then counts nowhere.
    add(cells_, {piece_of(on), about_unit(unit), file_.track},
        {measure, static_cast<std::uint16_t>(bucket)}, 1);
  }

  static Instant moment_of(const Event& event) {
    return event.actor.role == accounts::Role::system ? event.happened_at : event.recorded_at;
  }

  const RunningClock* first_clock(Duty duty) const {
    const auto found =
        std::find_if(file_.clocks.begin(), file_.clocks.end(),
                     [&](const RunningClock& clock) { return duty_of(county_, clock) == duty; });
    return found == file_.clocks.end() ? nullptr : &*found;
  }
  const RunningClock* last_clock(Duty duty) const {
    const auto found =
        std::find_if(file_.clocks.rbegin(), file_.clocks.rend(),
                     [&](const RunningClock& clock) { return duty_of(county_, clock) == duty; });
    return found == file_.clocks.rend() ? nullptr : &*found;
  }
  const RunningClock* promised() const {
    if (const RunningClock* clock = first_clock(Duty::answer)) return clock;
    if (const RunningClock* clock = last_clock(Duty::tell)) return clock;
    return last_clock(Duty::send);
  }

  UnitId owner() const {
    return file_.lead_unit.empty() ? file_.dispatching_unit : file_.lead_unit;
  }

  void serve(const Event& event) {
    last_answer_ = moment_of(event);
    word_ = {};
    if (first_) return;
    const RunningClock* clock = promised();
    first_ = Served{*last_answer_, clock != nullptr && *last_answer_ <= clock->due,
                    clock != nullptr && clock->extended > 0};
  }

  void come_back(const Event& event, std::size_t how) {
    came_back_ = true;
    refused_.reset();
    word_ = {};
    count(owner(), day(event.recorded_at), Measure::reopened, how);
  }

  // What each event says beyond the row of today.
  void follow(const Event& event) {
    const Date on = day(event.recorded_at);
    switch (event.kind) {
      case EventKind::received:
        registered_by_ = event.actor.unit;
        break;
      case EventKind::transferred:
      case EventKind::assigned:
      case EventKind::dispatched: {
        const auto how = event.kind == EventKind::transferred ? Sending::transferred
                         : event.kind == EventKind::assigned  ? Sending::assigned
                                                              : Sending::dispatched;
        count(file_.dispatching_unit, on, Measure::sent, static_cast<std::size_t>(how));
        break;
      }
      case EventKind::objected:
        count(event.actor.unit, on, Measure::returned);
        break;
      case EventKind::objection_upheld:
        count(file_.dispatching_unit, on, Measure::return_upheld);
        break;
      case EventKind::accepted:
        if (!accepted_) accepted_ = moment_of(event);
        break;
      case EventKind::answered:
      case EventKind::answered_on_spot:
        serve(event);
        break;
      case EventKind::callback_done:
        word_.asked = true;
        if (!called_) called_ = moment_of(event);
        word_.reached = event.fact("reached") == "yes";
        if (!word_.reached) break;
        word_.solved = cases::named<Solved>(event.fact("solved"));
        word_.satisfaction = cases::named<cases::Satisfaction>(event.fact("satisfaction"));
        break;
      case EventKind::rated:
        rated_ = true;
        hear_alone(event);
        break;
      case EventKind::reopened:
        come_back(event, 0);
        break;
      case EventKind::sent_back:
        come_back(event, 1);
        break;
      case EventKind::sent_to_legal_road:
        refused_ = Standing::legal_road;
        break;
      case EventKind::sent_to_emergency:
        refused_ = Standing::emergency;
        break;
      case EventKind::not_accepted:
        refused_ = Standing::not_accepted;
        break;
      case EventKind::closed_to_repeat:
        refused_ = Standing::to_repeat;
        break;
      case EventKind::withdrawn:
        refused_ = Standing::withdrawn;
        break;
      case EventKind::voided:
        refused_ = Standing::voided;
        break;
      case EventKind::merged:
        count(owner(), on, Measure::merged);
        break;
      case EventKind::extended:
        count(owner(), on, Measure::extended_at);
        break;
      default:
        follow_watching(event, on);
    }
  }

  void follow_watching(const Event& event, Date on) {
    switch (event.kind) {
      case EventKind::review_requested:
        count(owner(), on, Measure::review_asked);
        break;
      case EventKind::review_answered:
        count(owner(), on, Measure::review_decided,
              bucket_of(event.fact("changed"), reviewed_names, Reviewed::upheld));
        break;
      case EventKind::supervised:
        count(UnitId::parse(event.fact("unit")).value_or(UnitId()), on, Measure::supervised,
              bucket_of(event.fact("trigger"), trigger_names, Trigger::late));
        break;
      case EventKind::supervision_answered:
        count(event.actor.unit, on, Measure::supervision_answered);
        break;
      case EventKind::recommended: {
        const UnitId unit = UnitId::parse(event.fact("unit")).value_or(UnitId());
        const auto about = bucket_of(event.fact("about"), about_names, About::improve);
        recommended_[unit] = about;
        count(unit, on, Measure::recommended, about);
        break;
      }
      case EventKind::recommendation_answered: {
        const std::size_t about = recommended_[event.actor.unit];
        const std::size_t adopted = bucket_of(event.fact("adopted"), adoption_names, Adoption::yes);
        count(event.actor.unit, on, Measure::adopted, about * adoption_names.size() + adopted);
        break;
      }
      default:
        break;
    }
  }

  // What speakers say by themselves can take an answer off the good side, never put it there:
  // whoever asks only the happy ones to rate gains nothing.
  void hear_alone(const Event& event) {
    const auto solved = cases::named<Solved>(event.fact("solved"));
    const auto satisfaction = cases::named<cases::Satisfaction>(event.fact("satisfaction"));
    if (word_.solved || solved == Solved::no) word_.solved = worse(word_.solved, solved);
    if (word_.satisfaction) word_.satisfaction = worse(word_.satisfaction, satisfaction);
  }

  void count_receipt() {
    const Date on = day(file_.received_at);
    count(owner(), on, Measure::received, static_cast<std::size_t>(file_.channel));
    for (const UnitId unit : file_.complained_of) count(unit, on, Measure::complained_of);
    if (!file_.category.empty()) {
      add(cells_, {piece_of(on), about_category(file_.category), file_.track},
          {Measure::received, 0}, 1);
    }
  }

  std::optional<Standing> standing() const {
    if (!registered_by_.empty() && registered_by_ == owner()) return Standing::own_registered;
    return where_it_stands();
  }

  std::optional<Standing> where_it_stands() const {
    if (!first_) {
      if (file_.state == State::parked) return Standing::parked;
      return refused_;
    }
    if (!first_->in_time) return Standing::late;
    if (came_back_ || word_.solved == Solved::no) return Standing::not_solved;
    if (word_.solved == Solved::partly) return Standing::partly;
    if (word_.solved == Solved::yes) return Standing::solved;
    return word_.asked ? Standing::not_reached : Standing::not_asked;
  }

  std::size_t days_until(Instant instant) const {
    const auto days = (day(instant) - day(file_.received_at)).count();
    return static_cast<std::size_t>(std::clamp<std::int64_t>(days, 0, UINT16_MAX));
  }

  void count_answer() {
    const RunningClock* clock = promised();
    if (clock == nullptr) return;
    const Date due = day(clock->due);
    const UnitId unit = owner();
    const auto one = [&](Measure measure, std::size_t bucket = 0) {
      count(unit, due, measure, bucket);
    };
    const auto where = standing();
    if (!where) {
      one(Measure::open, unsigned(std::chrono::year_month_day(due).day()));
    } else {
      one(Measure::outcome, static_cast<std::size_t>(*where));
    }
    if (where == Standing::own_registered) return;
    if (accepted_) one(Measure::days_to_accept, days_until(*accepted_));
    if (!first_) return;
    one(Measure::answered);
    one(Measure::days_to_answer, days_until(first_->at));
    if (first_->in_time && first_->extended) one(Measure::extended);
    if (came_back_) one(Measure::came_back);
    if (rated_ && !word_.asked) one(Measure::rated_alone);
    if (word_.asked) one(Measure::asked);
    if (word_.reached) one(Measure::reached);
    if (word_.satisfaction && word_.reached) {
      one(Measure::satisfaction, static_cast<std::size_t>(*word_.satisfaction));
    }
    if (!word_.reached || word_.solved != Solved::yes) return;
    one(Measure::solved);
    one(Measure::days_to_solved, days_until(*last_answer_));
    if (!came_back_) one(Measure::solved_first);
  }

  void count_duty(Duty duty, UnitId unit, Measure kept, Measure still_open) {
    const RunningClock* clock = first_clock(duty);
    if (clock == nullptr) return;
    const Date due = day(clock->due);
    std::optional<Instant> done;
    if (duty == Duty::tell) done = accepted_;
    if (duty == Duty::call_back) done = called_;
    if (done) {
      const Kept how = *done <= clock->due ? Kept::in_time : Kept::late;
      count(unit, due, kept, static_cast<std::size_t>(how));
    } else if (clock->met_at) {
      count(unit, due, kept, static_cast<std::size_t>(Kept::otherwise));
    } else {
      count(unit, due, still_open, unsigned(std::chrono::year_month_day(due).day()));
    }
  }

  const cases::County& county_;
  CaseFile file_;
  Cells cells_;
  UnitId registered_by_;
  std::optional<Instant> accepted_;
  std::optional<Instant> called_;
  std::optional<Served> first_;
  std::optional<Instant> last_answer_;
  std::optional<Standing> refused_;
  std::map<UnitId, std::uint16_t> recommended_;
  Word word_;
  bool rated_ = false;
  bool came_back_ = false;
};

}  // namespace

Cells contribution_of(const cases::County& county, std::span<const Event> history) {
  return Life(county).of(history);
}

Owed owed_in(const cases::County& county, std::span<const Event> history) {
  return Life(county).owed(history);
}

Cells difference(const cases::County& county, std::span<const Event> history, std::size_t known) {
  Cells cells = contribution_of(county, history);
  if (known > 0) add(cells, contribution_of(county, history.first(known)), -1);
  return cells;
}

}  // namespace minhu::insight
