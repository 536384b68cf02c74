// load_run --ports PORT[,PORT] --logins FILE …: residents, desks and readers of a demo county,
// asking by the clock. Prints one line for each phase and kind,
//   phase kind answers p50 p99 p99.9 longest refused wrong
// (times in ms, from when the request was due), the sums "reads" and "writes", of a longer run both
// of each minute of the steady part (its number stands for the phase), and
//   generator late_p99_ms cpu_seconds connections recovered_after_s
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "lines.h"

namespace {

using namespace minhu::bench;

void print(std::string_view phase, std::string_view what, const Tally& tally) {
  std::printf("%s %s %llu %.2f %.2f %.2f %.2f %llu %llu\n", std::string(phase).c_str(),
              std::string(what).c_str(), static_cast<unsigned long long>(tally.times.count()),
              tally.times.within_ms(0.5), tally.times.within_ms(0.99), tally.times.within_ms(0.999),
              tally.times.longest_ms(), static_cast<unsigned long long>(tally.refused),
              static_cast<unsigned long long>(tally.wrong));
}

void add(Tally& sum, const Tally& tally) {
  sum.times.add(tally.times);
  sum.refused += tally.refused;
  sum.wrong += tally.wrong;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  Traffic traffic;
  std::vector<int> ports;
  std::string logins;
  std::string only;
  std::size_t connections = 256;
  std::size_t receipts = 200;  // handed in before anything is measured
  CLI::App cli("an open loop of residents, desks and readers");
  cli.add_option("--ports", ports)->required()->delimiter(',');
  cli.add_option("--logins", logins)->required();
  cli.add_option("--seconds", traffic.steady);
  cli.add_option("--intakes", traffic.intakes);
  cli.add_option("--steps", traffic.steps);
  cli.add_option("--reads", traffic.reads);
  cli.add_option("--only", only)
      ->check(
          CLI::IsMember(std::vector<std::string>{"receipt", "queue", "counts", "case", "page"}));
  cli.add_option("--storm", traffic.times);
  cli.add_option("--storm-seconds", traffic.storm);
  cli.add_option("--after-seconds", traffic.after);
  cli.add_option("--connections", connections);
  cli.add_option("--receipts", receipts);
  cli.add_option("--seed", traffic.seed);
  CLI11_PARSE(cli, argc, argv);

  traffic.only = asked_named(only);
  const std::vector<Arrival> arrivals = draw_arrivals(traffic);
  std::size_t steps = 0;
  for (const Arrival& arrival : arrivals) steps += arrival.asked == Asked::step ? 1 : 0;
  People people(ports.front(), logins, steps, receipts, std::random_device{}());
  Results results;
  Lines lines(ports, connections, people, results);
  lines.run(arrivals);

  std::uint64_t wrong = 0;
  for (std::size_t phase = 1; phase < names_of_phases.size(); ++phase) {
    Tally reads;
    Tally writes;
    for (std::size_t i = 0; i < names_of_asked.size(); ++i) {
      const Tally& tally = results.of[phase][i];
      if (tally.times.count() + tally.refused + tally.wrong == 0) continue;
      print(names_of_phases[phase], names_of_asked[i], tally);
      add(is_write(static_cast<Asked>(i)) ? writes : reads, tally);
      wrong += tally.wrong;
    }
    print(names_of_phases[phase], "reads", reads);
    print(names_of_phases[phase], "writes", writes);
  }
  for (std::size_t minute = 0; minute < results.by_minute.size() && results.by_minute.size() > 2;
       ++minute) {
    print(std::to_string(minute + 1), "reads", {.times = results.by_minute[minute][0]});
    print(std::to_string(minute + 1), "writes", {.times = results.by_minute[minute][1]});
  }
  const double storm_over = traffic.warm_up + traffic.steady + traffic.storm;
  const double last_slow = static_cast<double>(results.last_slow_us) / 1e6;
  std::printf("generator %.2f %.2f %zu %.1f\n", results.own_lateness.within_ms(0.99), cpu_seconds(),
              results.most_connections,
              results.last_slow_us == 0 ? 0.0 : std::max(0.0, last_slow - storm_over));
  if (!results.first_wrong.empty()) std::fprintf(stderr, "%s\n", results.first_wrong.c_str());
  return wrong == 0 ? 0 : 1;
}
