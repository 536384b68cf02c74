#include "features/visits/figures.h"

#include <algorithm>
#include <map>

#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visits/missed.h"
#include "features/visits/report.h"
#include "features/visits/visits.h"

namespace minhu::visits {

namespace {

namespace units = places_and_units;

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
// A visit may be moved by so much and still be found by the day on which it had been announced.
constexpr std::int64_t longest_move_ms = 366 * day_ms;

class Counting {
 public:
  Counting(Reading& reading, const cases::Context& context, Date from, Date to)
      : reading_(reading), context_(context), from_(from), to_(to) {}

  Figures run() {
    const RegionId region = context_.county.region;
    const Instant first = start_of_day(from_, context_.county.rules.zone);
    const Instant last = start_of_day(to_, context_.county.rules.zone);
    for (const VisitRow& row : between(reading_, region, Instant{first.unix_ms - longest_move_ms},
                                       Instant{last.unix_ms + longest_move_ms})) {
      if (!row.is_public) continue;
      if (const auto one = visit(reading_, region, row.id)) count(*one);
    }
    if (!notices_.empty()) {
      std::sort(notices_.begin(), notices_.end());
      figures_.shortest_notice = notices_.front();
      figures_.median_notice = notices_[(notices_.size() - 1) / 2];
    }
    hide_small();
    return std::move(figures_);
  }

 private:
  Date day_of(Instant instant) const { return to_date(instant, context_.county.rules.zone); }
  bool within(Instant instant) const {
    const Date day = day_of(instant);
    return day >= from_ && day < to_;
  }

  void count(const Visit& one) {
    const FixedZone zone = context_.county.rules.zone;
    for (const MissedDay& day : missed_days(one, context_.now, zone)) {
      if (!within(day.announced)) continue;
      ++figures_.announced;
      ++figures_.not_held;
    }
    if (one.state == State::cancelled || !within(one.begins)) return;
    bool substituted = false;
    Instant told = *one.published_at;  // when everybody heard of the day that stands now
    for (std::size_t change = 0; change < one.not_held.size(); ++change) {
      substituted = keeps_the_day(one, change, zone);
      if (!substituted) told = one.not_held[change].said_at;
    }
    notices_.push_back((day_of(one.begins) - day_of(told)).count());
    if (one.opened_at) {
      ++figures_.announced;
      ++(substituted ? figures_.held_by_substitute : figures_.held);
    }
    for (const Group& group : one.groups) count(group);
  }

  void count(const Group& group) {
    if (group.state == GroupState::done || !group.case_id.empty()) ++heard_;
    if (group.case_id.empty()) return;
    ++receipts_.whole;
    if (group.receipt == "before_leaving") ++receipts_.part;
    const auto file = cases::load_file(reading_, context_.county.region, group.case_id);
    if (!file || file->erased || file->state == cases::State::held) return;
    const bool late = std::any_of(
        file->clocks.begin(), file->clocks.end(), [&](const cases::RunningClock& clock) {
          if (clock.citizen) return false;
          return clock.met_at ? *clock.met_at > clock.due
                              : !clock.paused_at && context_.now > clock.due;
        });
    if (!late && !file->answered_at && file->state != cases::State::answered_on_spot) return;
    ++answered_.whole;
    if (!late) ++answered_.part;
  }

  void hide_small() {
    if (heard_ < fewest_to_publish) return;
    figures_.heard = heard_;
    if (receipts_.whole >= fewest_to_publish) figures_.receipts_before_leaving = receipts_;
    if (answered_.whole >= fewest_to_publish) figures_.answered_by_due = answered_;
  }

  Reading& reading_;
  const cases::Context& context_;
  const Date from_;
  const Date to_;
  Figures figures_;
  std::vector<std::int64_t> notices_;
  std::int64_t heard_ = 0;
  Share receipts_;
  Share answered_;
};

// The last day on which somebody came, by the place where they came to.
std::map<std::string, Date> last_seen(Reading& reading, const cases::Context& context) {
  std::map<std::string, Date> seen;
  for (const VisitRow& row :
       between(reading, context.county.region, Instant{0}, Instant{context.now.unix_ms + 1})) {
    const bool held = row.state != State::planned && row.state != State::published &&
                      row.state != State::cancelled;
    if (held) seen[row.place] = to_date(row.begins, context.county.rules.zone);
  }
  return seen;
}

Date months_before(Date day, std::int64_t months) {
  const std::chrono::year_month_day civil(day);
  auto moved = civil - std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return std::chrono::sys_days(moved);
}

}  // namespace

Figures figures(Reading& reading, const cases::Context& context, Date from, Date to,
                std::int64_t unseen_months) {
  Figures counted = Counting(reading, context, from, to).run();
  const RegionId region = context.county.region;
  const Date limit = months_before(to_date(context.now, context.county.rules.zone), unseen_months);
  const auto seen = last_seen(reading, context);
  auto towns = units::places_under(reading, region, std::to_string(region.value));
  std::sort(towns.begin(), towns.end(),
            [](const units::Place& a, const units::Place& b) { return a.code < b.code; });
  counted.towns = static_cast<std::int64_t>(towns.size());
  for (const units::Place& town : towns) {
    std::optional<Date> last;
    // The codes of its villages begin with its own.
    for (auto at = seen.lower_bound(town.code);
         at != seen.end() && at->first.starts_with(town.code); ++at) {
      if (!last || at->second > *last) last = at->second;
    }
    if (!last || *last < limit) counted.unseen.push_back({town.code, town.name, last});
  }
  return counted;
}

}  // namespace minhu::visits
