// tours_counties villages SECONDS…      600 villages, 24 team-days, several windows a day: value
// after each time tours_counties zhejiang FOLDER SECONDS   90 counties, 1,387 towns, 118 days:
// visited, left out with a reason
//
// The towns are drawn inside the outlines of their counties: where they really lie is not in the
// data.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>

#include "engines/tours/plan.h"
#include "engines/tours/plan_oracle.h"
#include "kernel/csv.h"

namespace {

using namespace minhu::tours;
using Throw = minhu::Dice;
using Steady = std::chrono::steady_clock;
constexpr DayTime hour = 3600;

double since(Steady::time_point began) {
  return std::chrono::duration<double>(Steady::now() - began).count();
}

Plan plan_for(const Problem& problem, double seconds) {
  const auto began = Steady::now();
  Work work;
  work.threads = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
  work.spent = [began, seconds] { return since(began) / seconds; };
  return make_plan(problem, work);
}

// Twelve clusters; a third each is open in the morning, in the morning and the afternoon, all day.
Problem villages(Throw& dice) {
  constexpr int clusters = 12;
  constexpr int count = 600;
  constexpr int leaders = 4;
  constexpr int days = 6;
  Problem problem;
  problem.places.push_back({"hall", 119.7, 29.48, true});
  std::vector<std::pair<double, double>> middles;
  const auto spread = [&](int thousandths) {
    return static_cast<double>(dice.between(-thousandths, thousandths)) / 1000;
  };
  for (int k = 0; k < clusters; ++k) middles.emplace_back(119.7 + spread(250), 29.48 + spread(220));
  for (int k = 0; k < leaders; ++k) {
    problem.leaders.push_back({"leader" + std::to_string(k), "leader", {}, {}});
  }
  for (int k = 0; k < days; ++k) {
    Day day;
    day.date =
        minhu::Date(std::chrono::sys_days(std::chrono::year(2026) / 12 / 1)) + std::chrono::days(k);
    day.hours = {8 * hour, 17 * hour};
    for (int leader = 0; leader < leaders; ++leader) day.leaders.push_back(leader);
    problem.days.push_back(day);
  }
  for (int k = 0; k < count; ++k) {
    const auto& middle = middles[static_cast<std::size_t>(k % clusters)];
    Stop stop;
    stop.id = stop.name = "village" + std::to_string(k);
    stop.place = static_cast<int>(problem.places.size());
    problem.places.push_back(
        {stop.id, middle.first + spread(60), middle.second + spread(50), true});
    stop.service = static_cast<std::int32_t>(dice.between(60, 120)) * 60;
    stop.value = static_cast<double>(dice.between(10, 100));
    if (k % 3 == 0) stop.hours = {{8 * hour, 11 * hour + 1800}};
    if (k % 3 == 1) stop.hours = {{8 * hour, 10 * hour + 1800}, {14 * hour, 17 * hour}};
    problem.stops.push_back(stop);
  }
  return problem;
}

int measure_villages(int argc, char** argv) {
  Throw dice(20261125);
  const Problem problem = villages(dice);
  for (int k = 2; k < argc; ++k) {
    const Plan plan = plan_for(problem, std::atof(argv[k]));
    const std::string wrong = check_plan(problem, plan);
    if (!wrong.empty()) {
      fmt::print(stderr, "{}\n", wrong);
      return 1;
    }
    fmt::print("{} {:g}\n", argv[k], plan.value);
  }
  return 0;
}

using Ring = std::vector<std::pair<double, double>>;

bool inside(const Ring& ring, double x, double y) {
  bool in = false;
  for (std::size_t k = 0, last = ring.size() - 1; k < ring.size(); last = k++) {
    const auto& [ax, ay] = ring[k];
    const auto& [bx, by] = ring[last];
    if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) in = !in;
  }
  return in;
}

// The longest ring of each county: its mainland.
std::map<int, Ring> outlines(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::map<int, Ring> rings;
  const boost::json::value county_map = boost::json::parse(text);
  for (const auto& feature : county_map.at("features").as_array()) {
    Ring& ring =
        rings[static_cast<int>(feature.at("properties").at("adcode").to_number<std::int64_t>())];
    for (const auto& polygon : feature.at("geometry").at("coordinates").as_array()) {
      const auto& outer = polygon.as_array().front().as_array();
      if (outer.size() <= ring.size()) continue;
      ring.clear();
      for (const auto& point : outer) {
        ring.emplace_back(point.as_array()[0].to_number<double>(),
                          point.as_array()[1].to_number<double>());
      }
    }
  }
  return rings;
}

// One leader, 118 days; each day begins and ends in the middle of a county, in turn.
Problem zhejiang(const std::filesystem::path& folder, Throw& dice) {
  constexpr int days = 118;
  const auto rings = outlines(folder / "zhejiang_counties.geojson");
  Problem problem;
  problem.speed = 45;
  problem.leaders.push_back({"leader", "leader", {}, {}});
  std::map<int, int> seat;
  for (const auto& [county, ring] : rings) {
    double x = 0;
    double y = 0;
    for (const auto& [px, py] : ring) {
      x += px;
      y += py;
    }
    const auto corners = static_cast<double>(ring.size());
    seat[county] = static_cast<int>(problem.places.size());
    problem.places.push_back({"seat" + std::to_string(county), x / corners, y / corners, true});
  }
  auto next = seat.begin();
  for (int k = 0; k < days; ++k) {
    Day day;
    day.date =
        minhu::Date(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)) + std::chrono::days(k);
    day.hours = {8 * hour, 18 * hour};
    day.lunch = Hours{12 * hour, 13 * hour};
    day.leaders = {0};
    day.start = day.end = next->second;
    if (++next == seat.end()) next = seat.begin();
    problem.days.push_back(std::move(day));
  }
  std::ifstream in(folder / "zhejiang_towns.csv", std::ios::binary);
  minhu::CsvReader reader(in);
  minhu::CsvRow row;
  static_cast<void>(reader.next(row));
  while (reader.next(row).value_or(false)) {
    const auto found = rings.find(std::atoi(row.fields.at(2).c_str()));
    if (found == rings.end()) continue;
    const Ring& ring = found->second;
    double west = 180;
    double east = -180;
    double south = 90;
    double north = -90;
    for (const auto& [x, y] : ring) {
      west = std::min(west, x);
      east = std::max(east, x);
      south = std::min(south, y);
      north = std::max(north, y);
    }
    double x = 0;
    double y = 0;
    do {
      const auto part = [&] { return static_cast<double>(dice.between(0, 1'000'000)) / 1e6; };
      x = west + (east - west) * part();
      y = south + (north - south) * part();
    } while (!inside(ring, x, y));
    Stop stop;
    stop.id = row.fields.at(0);
    stop.name = row.fields.at(1);
    stop.place = static_cast<int>(problem.places.size());
    problem.places.push_back({stop.id, x, y, true});
    stop.service = 45 * 60;
    stop.value = static_cast<double>(dice.between(10, 100));
    problem.stops.push_back(std::move(stop));
  }
  return problem;
}

int measure_zhejiang(const char* folder, double seconds) {
  Throw dice(20261125);
  const auto began = Steady::now();
  const Problem problem = zhejiang(folder, dice);
  const Plan plan = plan_for(problem, seconds);
  const std::string json =
      write_plan(problem, plan, [](const Reason& reason) { return reason.key; });
  const double took = since(began);
  const std::string wrong = check_plan(problem, plan);
  if (!wrong.empty()) fmt::print(stderr, "{}\n", wrong);
  const auto visited = problem.stops.size() - plan.left_out.size();
  fmt::print("{} {} {} {:.1f} {:g}\n", problem.stops.size(), visited, plan.left_out.size(), took,
             plan.value);
  return wrong.empty() && !json.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "villages") return measure_villages(argc, argv);
  if (what == "zhejiang" && argc == 4) return measure_zhejiang(argv[2], std::atof(argv[3]));
  return 2;
}
