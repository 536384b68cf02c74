// From single cases to their class: what the offices of the county find, treat and measure, through
// the use cases of features/classes. They take on some of the causes that really end; whether it
// helped, the program says from the cases alone.
#include <algorithm>
#include <array>
#include <set>

#include "features/cases/installation.h"
#include "features/classes/linking.h"
#include "features/classes/measuring.h"
#include "features/classes/steps.h"
#include "features/classes/store.h"
#include "features/classes/watching.h"
#include "features/demo/story.h"
#include "ports/clock.h"

namespace minhu::demo {

namespace {

using classes::EventKind;

// Days from the beginning of the treatment at which each move is due.
constexpr std::array<int, static_cast<std::size_t>(ClassMove::none)> due_days{
    -80, -73, -64, -45, -30, -20, 0, 25, 140, 143, 150, 165, 185};
constexpr std::size_t most_treated = 8;
constexpr int most_tries = 8;
constexpr double days_between_tries = 31;
constexpr double window_days = 180;  // what is looked at when a class is proposed
constexpr std::size_t fewest_cases = 8;
constexpr std::size_t first_links = 30;
constexpr std::size_t most_places = 6;
constexpr std::size_t town_digits = 9;
constexpr double chance_of_a_link = 0.7;
constexpr std::int64_t month_ms = 30 * day_ms;
constexpr std::int64_t ten_o_clock_ms = std::int64_t{10} * 3'600'000;

class StoryClock final : public Clock {
 public:
  explicit StoryClock(Instant now) : now_(now) {}
  Instant now() const override { return now_; }

 private:
  Instant now_;
};

std::string filled(std::string text, const std::map<std::string, std::string>& slots) {
  for (const auto& [slot, value] : slots) {
    for (auto at = text.find(slot); at != std::string::npos; at = text.find(slot, at)) {
      text.replace(at, slot.size(), value);
      at += value.size();
    }
  }
  return text;
}

// The villages where the cause shows, or their towns where it is many; the county where it is more.
std::vector<std::string> places_of(const Book& book, const Cause& cause) {
  std::set<std::string> villages;
  std::set<std::string> towns;
  for (const std::size_t thing : cause.things) {
    const std::string& code = book.villages[book.things[thing].village].truth.code;
    villages.insert(code);
    towns.insert(code.substr(0, town_digits));
  }
  if (villages.size() <= most_places) return {villages.begin(), villages.end()};
  if (towns.size() <= most_places) return {towns.begin(), towns.end()};
  return {};
}

std::string where(const Book& book, const Cause& cause) {
  const std::string& first = book.things[cause.things.front()].name;
  return cause.things.size() == 1 ? first
                                  : first + "等" + std::to_string(cause.things.size()) + "处";
}

std::string permanent_kind(std::string_view kind) {
  if (kind == "money") return "budget";
  return kind == "capacity" ? "standard" : "rule";
}

}  // namespace

void Story::plan_classes() {
  struct Loud {
    std::size_t cause;
    std::size_t arrivals;
  };
  // How often each was spoken of in the half-year before a moment.
  const auto spoken_of = [&](const Cause* cause, Instant until) {
    return static_cast<std::size_t>(
        std::count_if(arrivals_.begin(), arrivals_.end(), [&](const Arrival& one) {
          return world_.issues[one.issue].cause == cause && one.at < until &&
                 one.at >= days_after(until, -window_days);
        }));
  };
  const auto loudest = [&](auto moment_of) {
    std::vector<Loud> all;
    for (std::size_t i = 0; i < book_.causes.size(); ++i) {
      const std::optional<Instant> moment = moment_of(i);
      if (!moment) continue;
      const std::size_t arrivals = spoken_of(&book_.causes[i], *moment);
      if (arrivals >= fewest_cases) all.push_back({i, arrivals});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Loud& a, const Loud& b) { return a.arrivals > b.arrivals; });
    return all;
  };
  const auto treated = [&](std::size_t i) -> std::optional<Instant> {
    const auto& on = world_.causes[i].treated_on;
    if (!on) return std::nullopt;
    const Instant at{start_of_day(*on).unix_ms + ten_o_clock_ms};
    if (at < days_after(from_, window_days) || at >= to_) return std::nullopt;
    return at;
  };
  for (const Loud& one : loudest(treated)) {
    if (classes_.size() == most_treated) break;
    classes_.push_back(
        {&book_.causes[one.cause], *treated(one.cause), false, {}, ClassMove::propose, 0});
  }
  // And some that have only begun: how far each has come, its day of treatment says.
  constexpr std::array<int, 4> days_to_treatment{66, 60, 12, 40};
  const auto untreated = [&](std::size_t i) -> std::optional<Instant> {
    return world_.causes[i].treated_on ? std::nullopt : std::optional(to_);
  };
  const Instant untreated_from{to_.unix_ms + ten_o_clock_ms};
  std::size_t begun = 0;
  for (const Loud& one : loudest(untreated)) {
    if (begun == days_to_treatment.size()) break;
    const bool refused = begun + 1 == days_to_treatment.size();
    classes_.push_back({&book_.causes[one.cause],
                        days_after(untreated_from, days_to_treatment[begun]),
                        refused,
                        {},
                        ClassMove::propose,
                        0});
    ++begun;
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    arrange(i, Act::class_move, days_after(classes_[i].treated, due_days[0]));
  }
}

cases::Context Story::leader() const {
  cases::Context context = as(Role::leader, unit_id("government"));
  context.actor.account = account_id("xian-lingdao");
  return context;
}

void Story::move_class(std::size_t index) {
  ClassPlay& play = classes_[index];
  if (take_class_move(play)) {
    play.next = static_cast<ClassMove>(static_cast<int>(play.next) + 1);
    play.tries = 0;
    if (play.next == ClassMove::none || (play.refused && play.next > ClassMove::screen)) return;
    const Instant due = days_after(play.treated, due_days[static_cast<std::size_t>(play.next)]);
    arrange(index, Act::class_move, std::max(due, days_after(now_, 1)));
    return;
  }
  if (++play.tries == most_tries || play.next == ClassMove::propose) return;
  // Too early to verify, or too long ago: measured again.
  if (play.next == ClassMove::verify) play.next = ClassMove::measure;
  arrange(index, Act::class_move, days_after(now_, days_between_tries));
}

bool Story::propose_class(ClassPlay& play) {
  const CategoryOfBook& category = book_.category(book_.matters[play.cause->matter].category);
  std::vector<std::size_t> cases;
  std::size_t counted = 0;
  for (std::size_t i = plays_.size(); i > 0; --i) {
    const Play& one = plays_[i - 1];
    if (one.file.received_at < days_after(now_, -window_days)) continue;
    if (world_.issues[one.issue].cause != play.cause) continue;
    ++counted;
    if (cases.size() < first_links) cases.push_back(i - 1);
  }
  if (cases.size() < fewest_cases) return false;
  const std::map<std::string, std::string> slots{{"{名}", category.name},
                                                 {"{处}", where(book_, *play.cause)},
                                                 {"{数}", std::to_string(counted)}};
  classes::NewClass made;
  made.title = category.name + "（" + slots.at("{处}") + "）";
  made.statement = filled(class_dice_.pick(book_.of("class_statement")), slots);
  made.definition = {"minhu:" + category.code, places_of(book_, *play.cause), {}};
  made.found_by_rule = true;
  made.from = to_date(days_after(now_, -window_days));
  made.to = to_date(now_);
  made.counted = static_cast<std::int64_t>(counted);
  const cases::ClientToken token{static_cast<std::uint8_t>(number_of(play.cause->truth.key)),
                                 static_cast<std::uint8_t>(&play - classes_.data()), 3};
  const auto file =
      classes::propose(*transaction_, as(Role::dispatcher, county_.petition_office), made, token);
  MINHU_ASSERT(file.has_value());
  play.id = file->id;
  for (const std::size_t index : cases) {
    link_to_class(index);
  }
  return true;
}

bool Story::take_class_step(ClassPlay& play, const cases::Context& context, EventKind kind,
                            Fields fields) {
  classes::Step step;
  step.kind = kind;
  step.fields = std::move(fields);
  // It refuses before it writes anything.
  const auto file =
      classes::take_step(*transaction_, context, classes::by_category_and_place(), play.id, step);
  if (!file) ++refused_["class " + std::string(name(kind)) + ' ' + file.error().key];
  return file.has_value();
}

bool Story::measure_class(ClassPlay& play) {
  if (!take_class_step(play, as(Role::dispatcher, county_.petition_office), EventKind::measured)) {
    return false;
  }
  const auto file = classes::load_class(*transaction_, county_.region, play.id);
  return classes::measurement_of(*file)->verdict == recurrence::Verdict::fewer;
}

// Somebody calls at those who were drawn; most say what is true by now.
bool Story::ask_for_class(ClassPlay& play) {
  const cases::Context inspection = as(Role::supervisor, unit_id("inspection"));
  const auto file = classes::load_class(*transaction_, county_.region, play.id);
  for (const cases::CaseId id : classes::sample_of(*transaction_, inspection, *file)) {
    const double drawn = class_dice_.unit();
    const char* solved = drawn < 0.75 ? "yes" : drawn < 0.9 ? "partly" : "no";
    const auto asked =
        classes::ask_speaker(*transaction_, inspection, play.id, id, {"visit", solved});
    if (!asked) ++refused_["class speaker_asked " + asked.error().key];
  }
  return true;
}

bool Story::take_class_move(ClassPlay& play) {
  const auto pick = [&](const std::string& name) { return class_dice_.pick(book_.of(name)); };
  const UnitId lead = unit_id(play.cause->truth.owner);
  const std::string kind = play.cause->truth.kind;
  const auto file = play.id.empty() ? std::optional<classes::ClassFile>()
                                    : classes::load_class(*transaction_, county_.region, play.id);
  const std::map<std::string, std::string> slots{
      {"{名}", book_.category(book_.matters[play.cause->matter].category).name},
      {"{处}", where(book_, *play.cause)},
      {"{数}", file ? file->counted : std::string()}};
  const auto said = [&](const std::string& name) { return filled(pick(name), slots); };
  const cases::Context dispatcher = as(Role::dispatcher, county_.petition_office);
  const cases::Context head = as(Role::unit_head, lead);
  const cases::Context inspection = as(Role::supervisor, unit_id("inspection"));
  switch (play.next) {
    case ClassMove::propose:
      return propose_class(play);
    case ClassMove::screen: {
      Fields tests;
      for (const std::string_view test : classes::test_names) {
        tests[std::string(test)] = std::to_string(class_dice_.whole(play.refused ? 0 : 2, 3));
        tests[std::string(test) + "_evidence"] = said("class_evidence");
      }
      if (!take_class_step(play, dispatcher, EventKind::screened, std::move(tests))) return false;
      if (!play.refused) return true;
      return take_class_step(play, dispatcher, EventKind::rejected,
                             {{"because", "being_solved"}, {"reason", said("class_refused")}}) &&
             take_class_step(play, dispatcher, EventKind::summary_written,
                             {{"title", file->title}, {"text", file->statement}}) &&
             take_class_step(play, leader(), EventKind::summary_approved);
    }
    case ClassMove::select:
      return take_class_step(play, leader(), EventKind::selected,
                             {{"lead_unit", lead.text()},
                              {"sponsor", "分管副县长"},
                              {"theme", format_date(to_date(play.treated)).substr(0, 7)},
                              {"baseline", said("class_baseline")}});
    case ClassMove::find_cause:
      return take_class_step(play, head, EventKind::cause_found,
                             {{"cause", kind}, {"text", play.cause->truth.text}});
    case ClassMove::plan: {
      const std::int64_t most = classes::highest_threshold(
          *transaction_, county_, classes::by_category_and_place(), *file, now_);
      return take_class_step(play, head, EventKind::measure_planned,
                             {{"text", said("class_measure_" + kind)},
                              {"unit", lead.text()},
                              {"due", format_date(to_date(days_after(play.treated, 30)))},
                              {"moves", "每月新来的件数"}}) &&
             take_class_step(play, head, EventKind::plan_published,
                             {{"plan", said("class_plan")}, {"threshold", std::to_string(most)}});
    }
    case ClassMove::publish:
      return take_class_step(play, head, EventKind::summary_written,
                             {{"title", file->title}, {"text", said("class_summary")}}) &&
             take_class_step(play, leader(), EventKind::summary_approved);
    case ClassMove::treat:
      return take_class_step(play, head, EventKind::treatment_begun,
                             {{"treated_on", format_date(to_date(now_))}});
    case ClassMove::report:
      return take_class_step(play, head, EventKind::measure_done,
                             {{"measure", "1"},
                              {"done_on", format_date(to_date(now_))},
                              {"report", said("class_report")}});
    case ClassMove::measure:
      return measure_class(play);
    case ClassMove::ask:
      return ask_for_class(play);
    case ClassMove::verify:
      return take_class_step(play, inspection, EventKind::verified,
                             {{"reason", said("class_verified")}});
    case ClassMove::keep:
      return take_class_step(
          play, head, EventKind::institutionalised,
          {{"kind", permanent_kind(kind)},
           {"text", said("class_kept")},
           {"link", "https://qingxi.example.invalid/documents/" + file->number}});
    case ClassMove::sign_off:
      return take_class_step(play, inspection, EventKind::closed,
                             {{"reason", said("class_signed_off")}});
    case ClassMove::none:
      break;
  }
  return false;
}

// Whoever sorts a case sees that it is of a class, more often than not.
void Story::link_to_class(std::size_t index) {
  const Play& play = plays_[index];
  const Cause* cause = world_.issues[play.issue].cause;
  if (cause == nullptr) return;
  const auto of = std::find_if(classes_.begin(), classes_.end(), [&](const ClassPlay& one) {
    return one.cause == cause && !one.id.empty();
  });
  const bool over = of != classes_.end() && of->refused && of->next > ClassMove::screen;
  if (of == classes_.end() || over || !class_dice_.chance(chance_of_a_link)) return;
  const auto linked =
      classes::link_case(*transaction_, of_body(play, Role::dispatcher), of->id, play.file.id);
  if (!linked) ++refused_["class case_linked " + linked.error().key];
}

void Story::watch_classes(Database& database) {
  if (now_.unix_ms - watched_.unix_ms < month_ms) return;
  watched_ = now_;
  const StoryClock clock(now_);
  (void)classes::watch_once({database, county_, keyring_, entropy_, clock},
                            classes::by_category_and_place());
}

}  // namespace minhu::demo
