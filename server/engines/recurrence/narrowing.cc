#include "engines/recurrence/narrowing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/recurrence/interval.h"

namespace minhu::recurrence {

namespace {

constexpr std::int64_t most_cases = 1'000'000'000;
constexpr std::int64_t most_days = 36'600;
// A door that brought less than this part of the cases cannot explain much of a fall.
constexpr double part_that_matters = 0.05;
constexpr double much_less = 0.8;     // of what came, or of the days on which a door was open
constexpr double points_more = 0.05;  // of all cases turned away, merged, withdrawn
// How whole intakes of towns jump; with few degrees, because it is a guess (docs/recurrence.md).
constexpr Dispersion of_intake{3, 10};

bool fits(const Treatment& treatment) {
  const auto part = [&](std::int64_t number) {
    return number >= 0 && number <= treatment.received;
  };
  return treatment.received >= 0 && treatment.received <= most_cases &&
         part(treatment.not_accepted) && part(treatment.merged) && part(treatment.withdrawn);
}

bool fits(const Door& door) {
  const auto days = [](std::int64_t number) { return number >= 0 && number <= most_days; };
  const auto cases = [](std::int64_t number) { return number >= 0 && number <= most_cases; };
  return days(door.days_open_before) && days(door.days_open_after) && cases(door.cases_before) &&
         cases(door.cases_after);
}

RatioDistribution change(double after, double before) {
  return RatioDistribution({Ratio{after, before, 1}, of_intake}, {});
}
bool surely_less(double after, double before, double than) {
  return before > 0 && after < than * before && change(after, before).at_most(than) > 0.975;
}
bool surely_more(double after, double before) {
  return after > before && change(after, before).at_most(1) < 0.025;
}

bool larger_part(std::int64_t part_after, std::int64_t after, std::int64_t part_before,
                 std::int64_t before) {
  if (after == 0 || before == 0) return false;
  const double now = static_cast<double>(part_after) / static_cast<double>(after);
  const double then = static_cast<double>(part_before) / static_cast<double>(before);
  if (now - then < points_more) return false;
  const double all =
      static_cast<double>(part_after + part_before) / static_cast<double>(after + before);
  const double variance = all * (1 - all) *
                          (1 / static_cast<double>(after) + 1 / static_cast<double>(before)) *
                          of_intake.value;
  return now - then > 1.96 * std::sqrt(variance);
}

std::string percent(std::int64_t part, std::int64_t whole) {
  return fmt::format("{:.0f}", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

class Looking {
 public:
  explicit Looking(const Doors& doors) : doors_(doors) {
    for (const Door& door : doors.doors) {
      before_ += static_cast<double>(door.cases_before);
      after_ += static_cast<double>(door.cases_after);
    }
    class_before_ = static_cast<double>(doors.class_before.received);
    class_after_ = static_cast<double>(doors.class_after.received);
  }

  Narrowing look() {
    look_at_doors();
    look_at_intake();
    look_at_treatment("recurrence.narrowed.more_not_accepted", doors_.all_before, doors_.all_after,
                      &Treatment::not_accepted);
    look_at_treatment("recurrence.narrowed.class_not_accepted", doors_.class_before,
                      doors_.class_after, &Treatment::not_accepted);
    look_at_treatment("recurrence.narrowed.class_merged", doors_.class_before, doors_.class_after,
                      &Treatment::merged);
    look_at_treatment("recurrence.narrowed.class_withdrawn", doors_.class_before,
                      doors_.class_after, &Treatment::withdrawn);
    look_at_neighbours();
    const bool anything = before_ > 0 || doors_.all_before.received > 0;
    result_.access = !result_.reasons.empty() ? Access::narrowed
                     : anything               ? Access::open
                                              : Access::unknown;
    return std::move(result_);
  }

 private:
  void look_at_doors() {
    for (const Door& door : doors_.doors) {
      const auto cases = static_cast<double>(door.cases_before);
      if (cases <= part_that_matters * before_ || door.days_open_before == 0) continue;
      const auto then = static_cast<double>(door.days_open_before);
      const auto now = static_cast<double>(door.days_open_after);
      // All that the class lost may have been lost at this one door.
      const double kept = static_cast<double>(door.cases_after) + class_fall();
      if (door.days_open_after == 0) {
        reason("recurrence.narrowed.door_closed", {{"door", door.name}});
      } else if (now < much_less * then) {
        reason("recurrence.narrowed.door_open_less",
               {{"door", door.name},
                {"before", std::to_string(door.days_open_before)},
                {"after", std::to_string(door.days_open_after)}});
      } else if (surely_less(kept, cases, much_less)) {
        reason("recurrence.narrowed.door_quiet", {{"door", door.name},
                                                  {"before", std::to_string(door.cases_before)},
                                                  {"after", std::to_string(door.cases_after)}});
      }
    }
  }

  // All but the class: it may fall, the rest has no reason to.
  void look_at_intake() {
    const double others_before = std::max(0.0, before_ - class_before_);
    const double others_after = std::max(0.0, after_ - class_after_);
    if (!surely_less(others_after, others_before, much_less)) return;
    reason("recurrence.narrowed.intake_fell",
           {{"before", spoken(others_before)}, {"after", spoken(others_after)}});
  }

  void look_at_treatment(const char* key, const Treatment& before, const Treatment& after,
                         std::int64_t Treatment::* part) {
    if (!larger_part(after.*part, after.received, before.*part, before.received)) return;
    reason(key, {{"before", percent(before.*part, before.received)},
                 {"after", percent(after.*part, after.received)}});
  }

  void look_at_neighbours() {
    if (!doors_.neighbours_before || !doors_.neighbours_after) return;
    const auto before = static_cast<double>(*doors_.neighbours_before);
    const auto after = static_cast<double>(*doors_.neighbours_after);
    if (class_fall() <= 0 || after - before < class_fall() / 2) return;
    if (!surely_more(after, before)) return;
    reason("recurrence.narrowed.under_another_name",
           {{"before", spoken(before)}, {"after", spoken(after)}});
  }

  double class_fall() const { return std::max(0.0, class_before_ - class_after_); }
  void reason(const char* key, std::map<std::string, std::string> details) {
    result_.reasons.push_back({key, std::move(details)});
  }

  const Doors& doors_;
  double before_ = 0;
  double after_ = 0;
  double class_before_ = 0;
  double class_after_ = 0;
  Narrowing result_;
};

}  // namespace

Result<Narrowing> narrowing(const Doors& doors) {
  const auto number_fits = [](const std::optional<std::int64_t>& number) {
    return !number || (*number >= 0 && *number <= most_cases);
  };
  bool all_fit = number_fits(doors.neighbours_before) && number_fits(doors.neighbours_after);
  for (const Door& door : doors.doors) all_fit = all_fit && fits(door);
  for (const Treatment* treatment :
       {&doors.all_before, &doors.all_after, &doors.class_before, &doors.class_after}) {
    all_fit = all_fit && fits(*treatment);
  }
  if (!all_fit) return fail(FaultCode::invalid_input, "recurrence.bad_doors", "doors");
  return Looking(doors).look();
}

}  // namespace minhu::recurrence
