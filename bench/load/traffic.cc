#include "traffic.h"

#include <algorithm>
#include <random>

namespace minhu::bench {

namespace {

// What is read, in hundredths. Residents look at pages and at their receipts; desks keep a queue
// open, ask how much waits, and open cases.
struct Share {
  Asked asked;
  double of_reads;
};
constexpr std::array shares{Share{Asked::page, 0.30}, Share{Asked::receipt, 0.25},
                            Share{Asked::queue, 0.20}, Share{Asked::the_case, 0.20},
                            Share{Asked::counts, 0.05}};

// One intake in five comes with others in the same instant: a client of another system that hands
// over what it collected, a broadcast that gave the address.
constexpr double in_bursts = 0.2;
constexpr int of_a_burst = 10;

class Drawing {
 public:
  Drawing(std::uint64_t seed, std::vector<Arrival>& arrivals)
      : random_(seed), arrivals_(arrivals) {}

  // Arrivals that know nothing of each other (Poisson), `together` of them at each moment.
  void draw(Asked asked, Phase phase, double from, double to, double a_second, int together = 1) {
    if (a_second <= 0) return;
    std::exponential_distribution<double> gap(a_second / together);
    for (double at = from + gap(random_); at < to; at += gap(random_)) {
      for (int i = 0; i < together; ++i) {
        arrivals_.push_back({static_cast<std::int64_t>(at * 1e6), asked, phase});
      }
    }
  }

 private:
  std::mt19937_64 random_;
  std::vector<Arrival>& arrivals_;
};

}  // namespace

std::optional<Asked> asked_named(std::string_view name) noexcept {
  const auto found = std::find(names_of_asked.begin(), names_of_asked.end(), name);
  if (found == names_of_asked.end()) return std::nullopt;
  return static_cast<Asked>(found - names_of_asked.begin());
}

std::vector<Arrival> draw_arrivals(const Traffic& traffic) {
  std::vector<Arrival> arrivals;
  Drawing drawing(traffic.seed, arrivals);
  double from = 0;
  const auto draw_phase = [&](Phase phase, double seconds, double times) {
    const double to = from + seconds;
    drawing.draw(Asked::intake, phase, from, to, times * traffic.intakes * (1 - in_bursts));
    drawing.draw(Asked::intake, phase, from, to, times * traffic.intakes * in_bursts, of_a_burst);
    drawing.draw(Asked::step, phase, from, to, times * traffic.steps);
    if (traffic.only) drawing.draw(*traffic.only, phase, from, to, times * traffic.reads);
    for (const Share& share : shares) {
      if (traffic.only) break;
      drawing.draw(share.asked, phase, from, to, times * traffic.reads * share.of_reads);
    }
    from = to;
  };
  draw_phase(Phase::warm_up, traffic.warm_up, 1);
  draw_phase(Phase::steady, traffic.steady, 1);
  draw_phase(Phase::storm, traffic.storm, traffic.times);
  draw_phase(Phase::after, traffic.after, 1);
  std::stable_sort(arrivals.begin(), arrivals.end(),
                   [](const Arrival& a, const Arrival& b) { return a.at_us < b.at_us; });
  return arrivals;
}

}  // namespace minhu::bench
