#include "engines/silence/record.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace minhu::silence {

namespace {

constexpr std::size_t most_places = 100'000;
constexpr std::size_t most_cells = 2'000'000;
constexpr double day_ms = 24.0 * 3'600'000;

struct Span {
  double from = 0;
  double to = 0;
};

double days(Instant from, Instant to) {
  return static_cast<double>(to.unix_ms - from.unix_ms) / day_ms;
}

auto refuse(const char* key, std::string field, const std::string& place) {
  return fail(FaultCode::invalid_input, key, std::move(field),
              std::map<std::string, std::string>{{"place", place}});
}

// Days after the beginning of the record in which each place could not be heard, in order, apart.
std::vector<std::vector<Span>> closed_spans(const Record& record) {
  std::vector<std::vector<Span>> all(record.places.size());
  const double end = days(record.from, record.until);
  for (const Closed& closed : record.closed) {
    const Span span{std::max(0.0, days(record.from, closed.from)),
                    std::min(end, days(record.from, closed.to))};
    if (span.from < span.to) all[closed.place].push_back(span);
  }
  for (std::vector<Span>& spans : all) {
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    std::vector<Span> apart;
    for (const Span& span : spans) {
      if (!apart.empty() && span.from <= apart.back().to) {
        apart.back().to = std::max(apart.back().to, span.to);
      } else {
        apart.push_back(span);
      }
    }
    spans = std::move(apart);
  }
  return all;
}

bool within(const std::vector<Span>& spans, double day) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return day >= span.from && day < span.to; });
}

// The first word of every person, in order.
std::vector<double> first_words(const Matter& matter, const Record& record) {
  std::vector<Word> words;
  for (const Word& word : matter.words) {
    if (word.at < record.until) words.push_back(word);
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.at < b.at; });
  std::set<std::uint64_t> known;
  std::vector<double> firsts;
  for (const Word& word : words) {
    if (known.insert(word.speaker).second) firsts.push_back(days(record.from, word.at));
  }
  return firsts;
}

// Days of `span` in which somebody could be heard.
double open_days(const Span& span, const std::vector<Span>& closed) {
  double sum = span.to - span.from;
  for (const Span& gap : closed) {
    sum -= std::max(0.0, std::min(gap.to, span.to) - std::max(gap.from, span.from));
  }
  return sum;
}

// With its like. Only the mean of days that differ by less than a length is kept.
void add(const Heard& one, Cell& cell) {
  const auto like = [](const Heard& heard) {
    const auto mean = [&](double days) {
      return static_cast<std::int64_t>(days / static_cast<double>(heard.matters) /
                                       days_of_a_length);
    };
    return std::tuple(heard.again, heard.seen, mean(heard.pauses), mean(heard.quiet));
  };
  const auto at =
      std::lower_bound(cell.heard.begin(), cell.heard.end(), one,
                       [&](const Heard& a, const Heard& b) { return like(a) < like(b); });
  if (at == cell.heard.end() || like(*at) != like(one)) {
    cell.heard.insert(at, one);
    return;
  }
  at->matters += one.matters;
  at->pauses += one.pauses;
  at->quiet += one.quiet;
}

void count_matter(const Matter& matter, const Record& record, const Counting& counting,
                  const std::vector<Span>& closed, Cell& cell) {
  constexpr double longest = static_cast<double>(lengths) * days_of_a_length;
  const std::vector<double> words = first_words(matter, record);
  if (words.empty() || words.front() < 0) return;
  if (!within(closed, words.front())) ++cell.begun;
  double stop = days(record.from, record.until);
  if (matter.stopped) stop = std::min(stop, days(record.from, *matter.stopped));
  double open = words.front() + counting.echo_days;
  Heard heard;
  heard.matters = 1;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const double at = words[i];
    if (at >= std::min(stop, open + longest)) break;
    if (at < open || within(closed, at)) continue;
    ++heard.again;
    heard.pauses += open_days({open, at}, closed);
    open = at + counting.echo_days;
  }
  const Span last{open, std::min(stop, open + longest)};
  const double quiet = last.from < last.to ? open_days(last, closed) : 0;
  heard.seen = matter.seen_then && matter.stopped && *matter.stopped < record.until &&
               stop <= last.from + longest;
  (heard.seen ? heard.pauses : heard.quiet) += quiet;
  if (heard.again > 0 || heard.seen || quiet > 0) add(heard, cell);
}

}  // namespace

Outcome check(const Record& record) {
  if (record.classes.empty() || record.places.empty() || record.until <= record.from) {
    return refuse("silence.bad_record", "record", "");
  }
  if (record.places.size() > most_places ||
      record.places.size() * record.classes.size() > most_cells) {
    return fail(FaultCode::too_large, "silence.too_many", "places");
  }
  for (const Class& kind : record.classes) {
    if (kind.severity < 1 || kind.severity > 1'000'000 || !(kind.fade_days >= 1) ||
        !(kind.fade_days <= 10'000)) {
      return fail(FaultCode::invalid_input, "silence.bad_class", "classes",
                  std::map<std::string, std::string>{{"class", kind.code}});
    }
  }
  std::set<std::string_view> seen;
  for (const Place& place : record.places) {
    const bool numbers = std::all_of(place.access.begin(), place.access.end(), [](double value) {
      return std::isfinite(value) && std::abs(value) < 1e9;
    });
    if (!(place.people > 0) || !(place.people < 1e9) || !numbers ||
        place.access.size() != record.places.front().access.size() || place.access.size() > 20) {
      return refuse("silence.bad_place", "places", place.id);
    }
    if (!seen.insert(place.id).second) return refuse("silence.place_twice", "places", place.id);
  }
  for (const Matter& matter : record.matters) {
    if (matter.place >= record.places.size()) {
      return refuse("silence.unknown_place", "matters", std::to_string(matter.place));
    }
    if (matter.kind >= record.classes.size()) {
      return refuse("silence.unknown_class", "matters", record.places[matter.place].id);
    }
  }
  for (const Closed& closed : record.closed) {
    if (closed.place >= record.places.size()) {
      return refuse("silence.unknown_place", "closed", std::to_string(closed.place));
    }
  }
  for (const Visit& visit : record.visits) {
    if (visit.place >= record.places.size()) {
      return refuse("silence.unknown_place", "visits", std::to_string(visit.place));
    }
  }
  return {};
}

Counted count(const Record& record, const Counting& counting) {
  Counted counted;
  counted.classes = record.classes.size();
  counted.cells.resize(record.places.size() * record.classes.size());
  counted.days = days(record.from, record.until);
  counted.open_days.assign(record.places.size(), counted.days);
  counted.visits.resize(record.places.size());
  const auto closed = closed_spans(record);
  for (std::size_t place = 0; place < closed.size(); ++place) {
    for (const Span& span : closed[place]) counted.open_days[place] -= span.to - span.from;
  }
  for (const Visit& visit : record.visits) {
    if (visit.at < record.from || visit.at >= record.until) continue;
    counted.visits[visit.place].push_back(days(record.from, visit.at));
  }
  for (auto& visits : counted.visits) std::sort(visits.begin(), visits.end());
  for (const Matter& matter : record.matters) {
    Cell& cell = counted.cells[matter.place * counted.classes + matter.kind];
    if (matter.found_by_visit) {
      const bool known =
          matter.stopped && *matter.stopped >= record.from && *matter.stopped < record.until;
      if (known) ++cell.found;
    } else {
      count_matter(matter, record, counting, closed[matter.place], cell);
    }
  }
  return counted;
}

std::int64_t Cell::again() const {
  std::int64_t sum = 0;
  for (const Heard& one : heard) sum += one.again * one.matters;
  return sum;
}

std::int64_t Cell::seen() const {
  std::int64_t sum = 0;
  for (const Heard& one : heard) sum += one.seen ? one.matters : 0;
  return sum;
}

double Cell::pauses() const {
  double sum = 0;
  for (const Heard& one : heard) sum += one.pauses;
  return sum;
}

double Cell::quiet() const {
  double sum = 0;
  for (const Heard& one : heard) sum += one.quiet;
  return sum;
}

std::int64_t others(const Matter& matter) {
  std::set<std::uint64_t> speakers;
  for (const Word& word : matter.words) speakers.insert(word.speaker);
  return speakers.empty() ? 0 : static_cast<std::int64_t>(speakers.size()) - 1;
}

}  // namespace minhu::silence
