#include "visits/boston.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <sstream>

#include "engines/silence/estimate.h"
#include "features/demo/dice.h"
#include "kernel/csv.h"

namespace minhu::visits_bench {

namespace {

using namespace minhu::silence;

constexpr std::array<std::string_view, 9> public_troubles{"Street Light Outages",
                                                          "Sign Repair",
                                                          "Graffiti Removal",
                                                          "Sidewalk Repair (Make Safe)",
                                                          "Tree Maintenance Requests",
                                                          "Abandoned Vehicles",
                                                          "Empty Litter Basket",
                                                          "Traffic Signal Repair",
                                                          "Rodent Activity"};
constexpr double metres_apart = 75;  // of one trouble
constexpr double days_together = 100;
constexpr int least_requests = 150;  // of a place that is looked at

std::string unpacked(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string text;
  std::array<char, 1U << 16U> part{};
  for (int got = 0; (got = gzread(file, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(got));
  }
  gzclose(file);
  return text;
}

// "01/31/2015 08:30:00 AM", the wall clock.
std::optional<Instant> american(std::string_view text) {
  if (text.size() < 22) return std::nullopt;
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const Date date = std::chrono::year{two(6) * 100 + two(8)} /
                    std::chrono::month{static_cast<unsigned>(two(0))} /
                    std::chrono::day{static_cast<unsigned>(two(3))};
  const int hour = two(11) % 12 + (text[20] == 'P' ? 12 : 0);
  const std::int64_t minutes = hour * 60 + two(14);
  return Instant{date.time_since_epoch().count() * 86'400'000LL + minutes * 60'000};
}

struct Request {
  Instant at;
  std::optional<Instant> closed;
  std::size_t kind = 0;
  double x = 0;  // metres
  double y = 0;
  std::string square;  // about a kilometre wide
  std::string neighbourhood;
};

std::vector<Request> read(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  CsvRow row;
  std::vector<Request> requests;
  std::map<std::string, std::size_t> column;
  for (;;) {
    const auto more = reader.next(row);
    if (!more) continue;
    if (!*more) break;
    if (column.empty()) {
      for (std::size_t i = 0; i < row.fields.size(); ++i) column[row.fields[i]] = i;
      continue;
    }
    const auto field = [&](const char* name) -> const std::string& {
      return row.fields[column.at(name)];
    };
    const auto kind = std::find(public_troubles.begin(), public_troubles.end(), field("TYPE"));
    const auto at = american(field("OPEN_DT"));
    if (kind == public_troubles.end() || !at || field("LATITUDE").empty()) continue;
    Request request;
    request.at = *at;
    request.closed = american(field("CLOSED_DT"));
    request.kind = static_cast<std::size_t>(kind - public_troubles.begin());
    request.x = std::atof(field("LONGITUDE").c_str()) * 82'000;
    request.y = std::atof(field("LATITUDE").c_str()) * 111'000;
    request.square =
        fmt::format("{} {}", std::lround(request.x / 1000), std::lround(request.y / 1000));
    request.neighbourhood = field("neighborhood");
    requests.push_back(std::move(request));
  }
  std::sort(requests.begin(), requests.end(),
            [](const Request& a, const Request& b) { return a.at < b.at; });
  return requests;
}

// Requests of one kind, near each other, while the first is open.
Record link(const std::vector<Request>& requests) {
  Record record;
  for (const std::string_view kind : public_troubles) {
    record.classes.push_back({std::string(kind), 1000, 90});
  }
  std::map<std::string, int> number;
  for (const Request& request : requests) ++number[request.square];
  std::map<std::string, std::size_t> places;
  std::map<std::string, std::int32_t> clusters;
  std::vector<std::pair<double, double>> where;
  for (std::uint64_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i];
    if (number[request.square] < least_requests) continue;
    const auto [place, fresh] = places.emplace(request.square, places.size());
    if (fresh) {
      const auto cluster = clusters.emplace(request.neighbourhood, clusters.size()).first->second;
      record.places.push_back({request.square, cluster, 1000, {}});
    }
    Matter* same = nullptr;
    for (std::size_t j = record.matters.size(); j-- > 0 && same == nullptr;) {
      Matter& matter = record.matters[j];
      const double age =
          static_cast<double>(request.at.unix_ms - matter.words.front().at.unix_ms) / 86'400'000;
      if (age > days_together) break;
      const bool near =
          std::hypot(where[j].first - request.x, where[j].second - request.y) < metres_apart;
      const bool open = !matter.stopped || *matter.stopped > request.at;
      if (near && open && matter.kind == request.kind) same = &matter;
    }
    if (same != nullptr) {
      same->words.push_back({request.at, i});
      continue;
    }
    Matter matter;
    matter.place = place->second;
    matter.kind = request.kind;
    matter.words = {{request.at, i}};
    matter.stopped = request.closed;
    matter.seen_then = request.closed.has_value();
    record.matters.push_back(std::move(matter));
    where.emplace_back(request.x, request.y);
  }
  record.from = requests.front().at;
  record.until = requests.back().at;
  return record;
}

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto ranks = [](const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t x, std::size_t y) { return values[x] < values[y]; });
    std::vector<double> rank(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i);
    return rank;
  };
  const auto x = ranks(a);
  const auto y = ranks(b);
  const double middle = static_cast<double>(a.size() - 1) / 2;
  double both = 0;
  double own = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    both += (x[i] - middle) * (y[i] - middle);
    own += (x[i] - middle) * (x[i] - middle);
  }
  return both / own;
}

double slope_of(const std::vector<double>& x, const std::vector<double>& y) {
  double mean_x = 0;
  double mean_y = 0;
  const auto number = static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / number;
    mean_y += y[i] / number;
  }
  double cross = 0;
  double square = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    cross += (x[i] - mean_x) * (y[i] - mean_y);
    square += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return cross / square;
}

// The places of every second neighbourhood: on one half the engine was tuned, on the other it is
// judged.
Record half_of(const Record& all, std::int32_t half) {
  Record part = all;
  part.places.clear();
  part.matters.clear();
  std::vector<std::size_t> now(all.places.size(), SIZE_MAX);
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    if (all.places[i].cluster % 2 != half) continue;
    now[i] = part.places.size();
    part.places.push_back(all.places[i]);
  }
  for (const Matter& matter : all.matters) {
    if (now[matter.place] == SIZE_MAX) continue;
    part.matters.push_back(matter);
    part.matters.back().place = now[matter.place];
  }
  return part;
}

// Of the moments at which somebody spoke in each place, the part that is left when each word is
// kept by lot. Words that come together are one moment to the engine, and it is left as long as
// one of them is: so fewer moments are lost than words.
std::vector<double> moments_kept(const Record& record, const std::vector<double>& kept) {
  constexpr double echo_ms = Counting{}.echo_days * 86'400'000;
  std::vector<double> moments(kept.size(), 1e-9);
  std::vector<double> left(kept.size(), 1e-9);
  for (const Matter& matter : record.matters) {
    for (std::size_t i = 0; i < matter.words.size();) {
      std::size_t next = i;
      while (next < matter.words.size() &&
             static_cast<double>(matter.words[next].at.unix_ms - matter.words[i].at.unix_ms) <
                 echo_ms) {
        ++next;
      }
      moments[matter.place] += 1;
      left[matter.place] += 1 - std::pow(1 - kept[matter.place], static_cast<double>(next - i));
      i = next;
    }
  }
  for (std::size_t i = 0; i < kept.size(); ++i) left[i] /= moments[i];
  return left;
}

double words_a_day(const Model& model, const Place& place) {
  return usual_words(model, place, 0) * model.usual;
}

// The same matters, first words and ends, but people speak again as the model takes it: what could
// be found at most where so little is said.
Record drawn(const Record& all, const Counted& counted, const Model& model, std::uint64_t seed) {
  demo::Dice dice(seed);
  std::vector<double> speaking;
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    speaking.push_back(estimate(model, all.places, counted, i).speaking * model.usual);
  }
  Record record = all;
  for (Matter& matter : record.matters) {
    const ClassRates& rates = model.classes[matter.kind];
    const double usual =
        speaking[matter.place] * usual_words(model, all.places[matter.place], matter.kind);
    std::array<double, showing_steps> up_to{};
    double sum = 0;
    for (std::size_t step = 0; step < showing_steps; ++step) {
      const double words = usual * showing_at(step);
      up_to[step] = sum += rates.showing[step] * words / (words + rates.fade);
    }
    const auto step = std::lower_bound(up_to.begin(), up_to.end(), dice.unit() * sum);
    const double words = usual * showing_at(static_cast<std::size_t>(step - up_to.begin()));
    const Word first = matter.words.front();
    const auto after = [&](double days) {
      return Instant{first.at.unix_ms + static_cast<std::int64_t>(days * 86'400'000)};
    };
    const Instant faded = after(dice.exponential(1 / rates.fade));
    const Instant end = std::min(all.until, matter.stopped.value_or(faded));
    matter.words = {first};
    double days = dice.exponential(1 / words);
    for (std::uint64_t speaker = 1; after(days) < end; ++speaker) {
      matter.words.push_back({after(days), first.speaker + (speaker << 32U)});
      days += dice.exponential(1 / words);
    }
  }
  return record;
}

// What is found of one hiding.
using Figures = std::map<std::string, double>;

// Hides words by lot, estimates anew and compares. `full` is the model of what nobody hid.
Figures hide(const Record& all, const Counted& counted, const Model& full, std::uint64_t seed) {
  demo::Dice dice(seed);
  std::vector<double> kept;
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    kept.push_back(dice.chance(0.5) ? 1 : dice.between(0.1, 0.7));
  }
  Record part = all;
  for (Matter& matter : part.matters) {
    std::erase_if(matter.words, [&](const Word&) { return !dice.chance(kept[matter.place]); });
  }
  // Hidden by us on the last day: it had been said, was not closed, and no word of it was kept.
  std::vector<double> hidden(all.places.size(), 0.0);
  Figures figures;
  for (std::size_t i = 0; i < all.matters.size(); ++i) {
    const bool open = !all.matters[i].stopped || *all.matters[i].stopped > all.until;
    if (!open || !part.matters[i].words.empty()) continue;
    hidden[all.matters[i].place] += 1;
    figures["hidden_by_us"] += 1;
  }
  std::erase_if(part.matters, [](const Matter& matter) { return matter.words.empty(); });
  const Counted counted_part = count(part);
  const Model model = fit(part.classes, part.places, counted_part, {});
  const std::vector<double> moments = moments_kept(all, kept);
  std::vector<double> log_kept;
  std::vector<double> log_moments;
  std::vector<double> log_seen;
  std::vector<double> log_truth;
  std::vector<double> log_after;
  std::vector<double> more_hidden;
  const auto places = static_cast<double>(all.places.size());
  for (std::size_t i = 0; i < all.places.size(); ++i) {
    const PlaceEstimate before = estimate(full, all.places, counted, i);
    const PlaceEstimate after = estimate(model, part.places, counted_part, i);
    // Rates themselves, for what is usual has moved as well.
    const double whole = before.speaking * words_a_day(full, all.places[i]);
    const double usual = words_a_day(model, part.places[i]);
    const auto holds = [&](double truth) {
      return truth >= after.speaking_range.low * usual &&
             truth <= after.speaking_range.high * usual;
    };
    log_kept.push_back(std::log(kept[i]));
    log_moments.push_back(std::log(moments[i]));
    log_seen.push_back(std::log(after.speaking * usual / whole));
    log_truth.push_back(std::log(whole * moments[i]));
    log_after.push_back(std::log(after.speaking * usual));
    figures["covered"] += holds(whole * kept[i]) ? 100 / places : 0;
    figures["covered_moments"] += holds(whole * moments[i]) ? 100 / places : 0;
    more_hidden.push_back(after.hidden - before.hidden);
    figures["estimated_before"] += before.hidden;
    figures["estimated_after"] += after.hidden;
  }
  figures["slope"] = slope_of(log_kept, log_seen);
  figures["slope_moments"] = slope_of(log_moments, log_seen);
  // The other way round: how the truth follows the estimate. 1 where it is drawn together rightly.
  figures["slope_back"] = slope_of(log_after, log_truth);
  figures["rank_kept"] = rank_correlation(log_kept, log_seen);
  figures["rank_hidden"] = rank_correlation(hidden, more_hidden);
  return figures;
}

}  // namespace

int boston(const std::string& file, std::uint64_t first, std::uint64_t seeds,
           std::string_view half) {
  const std::string text = unpacked(file);
  if (text.empty()) return 1;
  Record all = link(read(text));
  if (half == "tuning" || half == "judging") all = half_of(all, half == "tuning" ? 0 : 1);
  Counted counted = count(all);
  Model model = fit(all.classes, all.places, counted, {});
  if (half == "drawn") {
    all = drawn(all, counted, model, first);
    counted = count(all);
    model = fit(all.classes, all.places, counted, {});
  }
  std::int64_t again = 0;
  for (const Matter& matter : all.matters) again += others(matter);
  std::map<std::string, std::vector<double>> found;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    for (const auto& [name, value] : hide(all, counted, model, seed)) found[name].push_back(value);
  }
  fmt::print("boston places {} matters {} said_again {} hidings {}", all.places.size(),
             all.matters.size(), again, seeds);
  for (auto& [name, values] : found) {
    std::sort(values.begin(), values.end());
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    fmt::print(" {} {:.2f} {}_from {:.2f} {}_to {:.2f}", name, sum / static_cast<double>(seeds),
               name, values.front(), name, values.back());
  }
  fmt::print("\n");
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    fmt::print(stderr, "{}: words a day {:.4f}, fades in {:.0f} days\n", all.classes[kind].code,
               std::exp(model.classes[kind].log_words) * model.usual, 1 / model.classes[kind].fade);
  }
  return 0;
}

}  // namespace minhu::visits_bench
