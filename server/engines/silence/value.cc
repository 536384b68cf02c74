#include "engines/silence/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kernel/assert.h"

namespace minhu::silence {

namespace {

constexpr double most_silence = 1e6;                   // matters
constexpr Points most_points = 1'000'000'000'000'000;  // so that no sum runs over
constexpr std::int64_t most_age = 4000;                // thousandths of the limit

Points points(double matters) {
  return static_cast<Points>(
      std::llround(std::clamp(matters, 0.0, most_silence) * static_cast<double>(one_matter)));
}

// The same day of the month so many months later, or the last of a shorter one.
Date months_later(Date date, int months) {
  const std::chrono::year_month_day day{date};
  const auto month = day.year() / day.month() + std::chrono::months{months};
  const std::chrono::year_month_day same{month / day.day()};
  return same.ok() ? Date{same} : Date{month / std::chrono::last};
}

std::string matters(Points value) {
  return fmt::format("{:.1f}", static_cast<double>(value) / static_cast<double>(one_matter));
}

Points age_of(const Cycle& cycle, const Quiet& quiet, Date due, Date day) {
  const std::int64_t limit = std::max<std::int64_t>(1, (due - quiet.since).count());
  const std::int64_t days = std::max<std::int64_t>(0, (day - quiet.since).count());
  const std::int64_t part = std::min(most_age, days * 1000 / limit);
  return cycle.usual_need * part / 1000 * part / 1000 * cycle.weights.age / 1000;
}

Reason reason_of_need(const Value& value, const std::vector<Known>& known, Date day) {
  std::int64_t open = 0;
  std::int64_t unconfirmed = 0;
  std::int64_t late = 0;
  for (const Known& one : known) {
    if (one.standing == Standing::open) {
      ++open;
      if (one.due && *one.due < day) ++late;
    } else if (need_with_merged(one, day) > 0) {
      ++unconfirmed;
    }
  }
  return {"silence.need",
          {{"value", matters(value.need)},
           {"open", std::to_string(open)},
           {"late", std::to_string(late)},
           {"unconfirmed", std::to_string(unconfirmed)}}};
}

Reason reason_of_silence(const Value& value, const Quiet& quiet) {
  const bool quieter = quiet.speaking < 0.67;
  const char* key = quieter                ? "silence.quieter"
                    : quiet.speaking > 1.5 ? "silence.sooner"
                                           : "silence.usual";
  Reason reason{key,
                {{"value", matters(value.silence)},
                 {"least", std::to_string(quiet.least)},
                 {"most", std::to_string(quiet.most)}}};
  if (quieter) {
    reason.facts["percent"] = fmt::format("{:.0f}", std::max(1.0, quiet.speaking * 100));
  }
  return reason;
}

}  // namespace

Outcome check(const Cycle& cycle) {
  const auto refuse = [](const char* field) {
    return fail(FaultCode::invalid_input, "silence.bad_cycle", field);
  };
  constexpr std::int64_t most_weight = 100'000;
  if (cycle.until <= cycle.from) return refuse("until");
  if (cycle.weights.silence < 0 || cycle.weights.silence > most_weight) return refuse("silence");
  if (cycle.weights.age < 0 || cycle.weights.age > most_weight) return refuse("age");
  if (cycle.usual_need < 0 || cycle.usual_need > 1000 * one_matter) return refuse("usual_need");
  if (cycle.months < 1 || cycle.months > 240) return refuse("months");
  if (cycle.one_visit < one_matter || cycle.one_visit > 1000 * one_matter) {
    return refuse("one_visit");
  }
  return {};
}

Quiet begin_quiet(Date visited_on, const AtVisit& set, double peers, const PlaceEstimate& told) {
  Quiet quiet;
  quiet.since = visited_on;
  quiet.set = set;
  quiet.peers_then = peers;
  quiet.peers_most = peers;
  quiet.speaking = told.speaking;
  quiet.least = told.least;
  quiet.most = told.most;
  return quiet;
}

Quiet next_cycle(Quiet quiet, double peers) {
  quiet.peers_most = std::max(quiet.peers_most, peers);
  return quiet;
}

Points silence_of(const Quiet& quiet, const std::vector<Class>& classes, const Cycle& cycle) {
  const auto days = static_cast<double>((cycle.from - quiet.since).count());
  const double grown = std::max(0.0, quiet.peers_most - quiet.peers_then);
  return points(weighed_hidden(quiet.set, classes, days) + grown);
}

Value value_of(const Cycle& cycle, Points silence, const Quiet& quiet,
               const std::vector<Known>& known, Date day) {
  Value value;
  value.due = months_later(quiet.since, cycle.months);
  value.must = value.due < cycle.until;
  for (const Known& one : known) {
    value.need = std::min(most_points, value.need + need_with_merged(one, day));
  }
  value.silence = silence * cycle.weights.silence / 1000;
  value.age = age_of(cycle, quiet, value.due, day);
  value.whole = value.need + value.silence + value.age;
  // V·C / (V + C) as C − C² / (V + C): nearly all of little, never more than C, and in whole
  // numbers so that more is never less.
  const Points most = cycle.one_visit;
  const Points below = value.whole + most;
  value.of_a_visit = most - (most * most + below - 1) / below;

  return value;
}

std::vector<Reason> reasons_of(const Cycle& cycle, const Value& value, const Quiet& quiet,
                               const std::vector<Known>& known, Date day) {
  std::vector<std::pair<Points, Reason>> reasons;
  if (value.need > 0) reasons.emplace_back(value.need, reason_of_need(value, known, day));
  if (value.silence > 0) reasons.emplace_back(value.silence, reason_of_silence(value, quiet));
  reasons.emplace_back(
      value.age,
      Reason{"silence.age", {{"last", format_date(quiet.since)}, {"due", format_date(value.due)}}});
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Reason> all;
  if (value.must) {
    all.push_back({"silence.must",
                   {{"months", std::to_string(cycle.months)}, {"due", format_date(value.due)}}});
  }
  for (auto& [part, reason] : reasons) all.push_back(std::move(reason));
  return all;
}

Digest seal_of(const Cycle& cycle, std::vector<Frozen> places) {
  std::sort(places.begin(), places.end(),
            [](const Frozen& a, const Frozen& b) { return a.place < b.place; });
  std::string text =
      fmt::format("minhu/silence-cycle/v1\n{} {}\nsilence {} age {} usual {} months {} visit {}\n",
                  format_date(cycle.from), format_date(cycle.until), cycle.weights.silence,
                  cycle.weights.age, cycle.usual_need, cycle.months, cycle.one_visit);
  for (const Frozen& place : places) {
    text += fmt::format("{} {} {} {}\n", place.place.size(), place.place, place.silence,
                        format_date(place.since));
  }
  return sha256(as_bytes(text));
}

}  // namespace minhu::silence
