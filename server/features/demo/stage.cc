// The stage of the story: time, actors, and taking a step.
#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/notices.h"
#include "features/cases/store.h"
#include "features/demo/story.h"

namespace minhu::demo {

namespace {

constexpr double first_words_part = 0.95;  // the rest is for people who must come again
constexpr std::size_t moves_in_a_transaction = 512;
constexpr std::int64_t all_notices = 1'000'000;
constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t opens_ms = 510 * minute_ms;    // 8:30
constexpr std::int64_t closes_ms = 1050 * minute_ms;  // 17:30

Instant months_before(Date until, int months) {
  std::chrono::year_month_day day{until};
  day -= std::chrono::months(months);
  if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
  return start_of_day(day);
}

}  // namespace

Story::Story(const Book& book, const cases::County& county, const cases::Keyring& keyring,
             Entropy& entropy, const Options& options)
    : book_(book),
      county_(county),
      keyring_(keyring),
      entropy_(entropy),
      options_(options),
      dice_(options.seed),
      from_(months_before(options.until, options.months)),
      to_(start_of_day(options.until)),
      class_dice_(options.seed + 1) {
  const auto first_words =
      static_cast<std::int64_t>(static_cast<double>(options.cases) * first_words_part);
  world_ = draw_world(book, first_words, from_, to_, dice_);
  arrivals_ = world_.arrivals;
  for (std::size_t i = 0; i < arrivals_.size(); ++i) arrange(i, Act::arrive, arrivals_[i].at);
  for (const Office& office : book.offices) offices_[office.unit.id] = &office;
  plan_classes();
}

void Story::arrange(std::size_t play, Act act, Instant at) {
  if (at < to_) moves_.push({std::max(at, now_), arranged_++, act, play});
}

Instant Story::office_time(double working_days) {
  const auto& calendar = county_.rules.calendar;
  Date day = to_date(now_);
  if (const auto whole = static_cast<std::int64_t>(working_days); whole > 0) {
    day = calendar.working_days_after(day, whole);
  }
  if (working_days < 1 && calendar.works(day)) {
    const Instant soon{now_.unix_ms + dice_.whole(5 * minute_ms, 90 * minute_ms)};
    const std::int64_t of_day = soon.unix_ms - start_of_day(day).unix_ms;
    if (of_day > opens_ms && of_day < closes_ms && dice_.chance(1 - working_days)) return soon;
    day += std::chrono::days(1);
  }
  day = calendar.next_working_day_from(day);
  return {start_of_day(day).unix_ms + dice_.whole(opens_ms, closes_ms)};
}

Instant Story::minutes_later(double mean) {
  return {now_.unix_ms + minute_ms +
          static_cast<std::int64_t>(dice_.exponential(mean) * minute_ms)};
}

Instant Story::people_time(double days) {
  const Instant soonest = minutes_later(30);  // one draw after the other, whatever compiles it
  return std::max(speaking_time(days_after(now_, days), dice_), soonest);
}

cases::Context Story::as(Role role, UnitId unit) const {
  accounts::Principal actor{role, unit, {}};
  if (const auto office = offices_.find(unit); office != offices_.end()) {
    const std::string& code = office->second->unit.code;
    const bool petition = code == book_.petition_office;
    const std::string body = petition ? "xinfang" : code == book_.hotline_body ? "rexian" : "";
    switch (role) {
      case Role::clerk:
        actor.account = account_id(body + (petition ? "-jiedai" : "-jiexian"));
        break;
      case Role::dispatcher:
        actor.account = account_id(body + "-paidan");
        break;
      case Role::caller:
        actor.account = account_id(body + "-huifang");
        break;
      case Role::supervisor:
        actor.account = account_id("ducha");
        break;
      case Role::unit_head:
        actor.account = account_id(code + "-fuze");
        break;
      default:
        actor.account = account_id(code + "-banli");
    }
  }
  return {county_, keyring_, entropy_, now_, actor};
}

// An answer on the spot that was opened again has no other unit than who took it in.
cases::Context Story::handler(const Play& play) const {
  const bool nobody = play.file.lead_unit.empty();
  return as(Role::handler, nobody ? play.file.dispatching_unit : play.file.lead_unit);
}
cases::Context Story::head(const Play& play) const {
  const bool nobody = play.file.lead_unit.empty();
  return as(Role::unit_head, nobody ? play.file.dispatching_unit : play.file.lead_unit);
}
cases::Context Story::of_body(const Play& play, Role role) const {
  return as(role, play.file.dispatching_unit);
}
cases::Context Story::speaker() const {
  return {county_, keyring_, entropy_, now_, {Role::speaker, {}, {}}};
}

bool Story::open(const Play& play, Kind kind) const {
  return cases::open_edge(kind, play.file.state, play.file.track) != nullptr;
}

bool Story::take(Play& play, const cases::Context& context, Kind kind, Fields fields) {
  if (!open(play, kind)) return false;
  cases::Step step;
  step.kind = kind;
  step.fields = std::move(fields);
  std::optional<Result<cases::Event>> event;
  const auto run = [&]() -> Outcome {
    event.emplace(cases::take_step(*transaction_, context, play.file.id, step));
    if (!*event) return tl::unexpected<Fault>(event->error());
    return {};
  };
  // take_step refuses before it writes; only where one step brings others could it fail half-way
  // and leave something in the batch. A savepoint for every step would cost a third of the time:
  // SQLite walks through all that the transaction has changed each time one is released.
  const bool brings_others = !play.members.empty() || kind == Kind::merged;
  const Outcome done = brings_others ? transaction_->savepoint(run) : run();
  if (!done) {
    ++refused_[std::string(cases::name(kind)) + ' ' + done.error().key];
    return false;
  }
  apply(play.file, **event);
  return true;
}

void Story::reload(Play& play) {
  auto file = cases::load_file(*transaction_, county_.region, play.file.id);
  MINHU_ASSERT(file.has_value());
  play.file = std::move(*file);
}

Slots Story::slots(const Play& play) const {
  return {&book_, &world_.issues[play.issue], now_};
}

std::string Story::said(std::string_view phrases, const Play& play) {
  return say(book_.of(phrases), slots(play), dice_);
}

void Story::perform(const Move& move) {
  now_ = move.at;
  switch (move.act) {
    case Act::arrive:
      return arrive(arrivals_[move.play]);
    case Act::triage:
      return triage(move.play);
    case Act::route:
      return route(move.play);
    case Act::unit_looks:
      return unit_looks(move.play);
    case Act::decide_objection:
      return decide_objection(move.play);
    case Act::accept:
      return accept(move.play);
    case Act::work:
      return work(move.play);
    case Act::call_back:
      return call_back(move.play);
    case Act::attempt:
      return attempt(move.play);
    case Act::after_call:
      return after_call(move.play);
    case Act::rate:
      return rate(move.play);
    case Act::close:
      return close(move.play);
    case Act::ask_review:
      return review(move.play, Kind::review_requested);
    case Act::answer_review:
      return review(move.play, Kind::review_answered);
    case Act::ask_recheck:
      return review(move.play, Kind::recheck_requested);
    case Act::answer_recheck:
      return review(move.play, Kind::recheck_answered);
    case Act::conclude:
      return review(move.play, Kind::concluded);
    case Act::watch:
      return watch(move.play);
    case Act::class_move:
      return move_class(move.play);
    default:
      return beside(move.play, move.act);
  }
}

Outcome Story::play(Database& database, const OnProgress& on_progress) {
  while (!moves_.empty()) {
    MINHU_CHECK_OK(database.write_job([&](Transaction& transaction) -> Outcome {
      transaction_ = &transaction;
      for (std::size_t i = 0; i < moves_in_a_transaction && !moves_.empty(); ++i) {
        const Move move = moves_.top();
        moves_.pop();
        perform(move);
      }
      // All of it is past: nobody is to be told today that an answer came two years ago.
      for (const auto& notice : cases::pending_notices(transaction, county_.region, all_notices)) {
        cases::remove_notice(transaction, county_.region, notice.id);
      }
      transaction_ = nullptr;
      return {};
    }));
    watch_classes(database);
    if (!on_progress) continue;
    Progress progress{to_date(now_), static_cast<std::int64_t>(plays_.size()), 0};
    for (const Play& one : plays_) progress.events += one.file.seq + 1;
    on_progress(progress);
  }
  return {};
}

Played Story::played() const {
  Played played;
  Summary& summary = played.summary;
  summary.cases = static_cast<std::int64_t>(plays_.size());
  summary.refused = refused_;
  for (const Play& play : plays_) {
    summary.events += play.file.seq + 1;
    if (!cases::waiting_for_us.has(play.file.state)) continue;
    ++summary.open;
    const auto* clock = cases::next_due(play.file);
    if (clock != nullptr && clock->due < to_) ++summary.overdue;
  }
  Truth& truth = played.truth;
  truth.causes = world_.causes;
  truth.cases = truth_;
  for (const Office& office : book_.offices) truth.offices.push_back(office.truth);
  for (const Village& village : book_.villages) truth.villages.push_back(village.truth);
  for (const Issue& issue : world_.issues) {
    truth.issues.push_back(issue.truth);
    if (issue.truth.nature > Nature::everyday) continue;
    TrueVillage& village = truth.villages[issue.village];
    ++village.issues;
    if (issue.truth.reports == 0) ++village.unreported;
    village.reports += issue.truth.reports;
  }
  for (TrueVillage& village : truth.villages) {
    village.problems = static_cast<double>(village.issues) * 1000.0 * 12.0 /
                       static_cast<double>(village.population * options_.months);
  }
  return played;
}

}  // namespace minhu::demo
