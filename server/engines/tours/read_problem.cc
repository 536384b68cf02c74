#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <unordered_map>

#include "engines/tours/json_in.h"
#include "engines/tours/problem.h"

namespace minhu::tours {

namespace {

constexpr std::size_t most_places = 2 * most_stops;
constexpr std::size_t most_leaders = 500;
constexpr std::size_t most_days = 1000;
constexpr std::size_t any_length = 1'000'000;
// Each stop on each tour has its hours and its value in memory.
constexpr std::size_t most_stop_tours = 4'000'000;
constexpr double longest_visit = 24 * 60;
constexpr double largest_value = 1e6;

using Index = std::unordered_map<std::string, int>;

class Reader {
 public:
  explicit Reader(JsonIn root) : root_(std::move(root)) {}

  Result<Problem> read() {
    MINHU_CHECK_OK(root_.only(
        {"places", "travel", "leaders", "days", "stops", "same_day", "announced", "previous"}));
    MINHU_CHECK_OK(places());
    MINHU_CHECK_OK(leaders());
    MINHU_CHECK_OK(days());
    MINHU_CHECK_OK(stops());
    MINHU_CHECK_OK(travel());
    MINHU_CHECK_OK(same_day());
    MINHU_CHECK_OK(announced());
    MINHU_CHECK_OK(previous());
    return std::move(problem_);
  }

 private:
  static Result<std::string> new_id(const JsonIn& item, Index& index) {
    MINHU_TRY(const JsonIn field, item.field("id"));
    MINHU_TRY(std::string id, field.text());
    if (!index.emplace(id, static_cast<int>(index.size())).second) {
      return field.fault("tours.named_twice", id);
    }
    return id;
  }

  static Result<int> known(const JsonIn& item, const Index& index) {
    MINHU_TRY(const std::string id, item.text());
    const auto found = index.find(id);
    if (found == index.end()) return item.fault("tours.unknown_id", id);
    return found->second;
  }

  static Result<int> known_of(const JsonIn& item, std::string_view name, const Index& index) {
    MINHU_TRY(const JsonIn field, item.field(name));
    return known(field, index);
  }

  static Result<std::vector<int>> all_known(const std::vector<JsonIn>& items, const Index& index) {
    std::vector<int> found;
    for (const JsonIn& item : items) {
      MINHU_TRY(found.emplace_back(), known(item, index));
    }
    return found;
  }

  static Outcome locate(const JsonIn& item, Place& place) {
    if (!item.has("lon") && !item.has("lat")) return {};
    MINHU_TRY(const JsonIn longitude, item.field("lon"));
    MINHU_TRY(const JsonIn latitude, item.field("lat"));
    MINHU_TRY(place.longitude, longitude.number(-180, 180));
    MINHU_TRY(place.latitude, latitude.number(-90, 90));
    place.located = true;
    return {};
  }

  Outcome places() {
    MINHU_TRY(const auto items, root_.list_of("places", most_places));
    for (const JsonIn& item : items) {
      MINHU_CHECK_OK(item.only({"id", "lon", "lat"}));
      Place place;
      MINHU_TRY(place.id, new_id(item, places_));
      MINHU_CHECK_OK(locate(item, place));
      problem_.places.push_back(std::move(place));
    }
    return {};
  }

  Outcome leaders() {
    MINHU_TRY(const auto items, root_.list_of("leaders", most_leaders));
    for (const JsonIn& item : items) {
      MINHU_CHECK_OK(item.only({"id", "name", "languages", "leave"}));
      Leader leader;
      MINHU_TRY(leader.id, new_id(item, leaders_));
      MINHU_TRY(leader.name, item.text_of("name", leader.id));
      MINHU_TRY(leader.languages, texts(item, "languages"));
      MINHU_TRY(leader.leave, item.dates_of("leave"));
      problem_.leaders.push_back(std::move(leader));
    }
    if (items.empty()) return root_.fault("tours.no_leaders");
    return {};
  }

  static Result<std::vector<std::string>> texts(const JsonIn& item, std::string_view name) {
    MINHU_TRY(const auto items, item.list_of(name, any_length));
    std::vector<std::string> all;
    for (const JsonIn& one : items) {
      MINHU_TRY(all.emplace_back(), one.text());
    }
    return all;
  }

  Outcome days() {
    MINHU_TRY(const auto items, root_.list_of("days", most_days));
    std::size_t tours = 0;
    for (const JsonIn& item : items) {
      MINHU_TRY(Day day, read_day(item));
      for (const Day& before : problem_.days) {
        if (before.date == day.date) {
          return item.fault("tours.named_twice", format_date(day.date));
        }
      }
      tours += day.leaders.size();
      problem_.days.push_back(std::move(day));
    }
    if (items.empty()) return root_.fault("tours.no_days");
    if (tours > most_tours) return too_many("tours.too_many_tours", tours, most_tours);
    std::stable_sort(problem_.days.begin(), problem_.days.end(),
                     [](const Day& a, const Day& b) { return a.date < b.date; });
    return {};
  }

  Result<Day> read_day(const JsonIn& item) {
    MINHU_CHECK_OK(item.only({"date", "hours", "lunch", "leaders", "start", "end", "most_stops"}));
    Day day;
    MINHU_TRY(const JsonIn date, item.field("date"));
    MINHU_TRY(day.date, date.date());
    MINHU_TRY(const JsonIn hours, item.field("hours"));
    MINHU_TRY(day.hours, hours.hours());
    if (item.has("lunch")) {
      MINHU_TRY(const JsonIn lunch, item.field("lunch"));
      MINHU_TRY(day.lunch, lunch.hours());
      if (day.lunch->from < day.hours.from || day.lunch->to > day.hours.to) {
        return lunch.fault("tours.lunch_outside");
      }
    }
    if (item.has("leaders")) {
      MINHU_TRY(const auto named, item.list_of("leaders", most_leaders));
      MINHU_TRY(day.leaders, all_known(named, leaders_));
      std::sort(day.leaders.begin(), day.leaders.end());
      day.leaders.erase(std::unique(day.leaders.begin(), day.leaders.end()), day.leaders.end());
    } else {
      for (std::size_t k = 0; k < problem_.leaders.size(); ++k) {
        day.leaders.push_back(static_cast<int>(k));
      }
    }
    MINHU_TRY(day.start, known_of(item, "start", places_));
    day.end = day.start;
    if (item.has("end")) {
      MINHU_TRY(day.end, known_of(item, "end", places_));
    }
    MINHU_TRY(const double most, item.number_of("most_stops", 0, 1000, 0));
    day.most_stops = static_cast<int>(most);
    return day;
  }

  Outcome stops() {
    MINHU_TRY(const auto items, root_.list_of("stops", any_length));
    if (items.empty()) return root_.fault("tours.no_stops");
    if (items.size() > most_stops) {
      return too_many("tours.too_many_stops", items.size(), most_stops);
    }
    std::size_t tours = 0;
    for (const Day& day : problem_.days) tours += day.leaders.size();
    if (items.size() * tours > most_stop_tours) {
      return too_many("tours.too_many_choices", items.size() * tours, most_stop_tours);
    }
    for (const JsonIn& item : items) {
      MINHU_TRY(Stop stop, read_stop(item));
      problem_.stops.push_back(std::move(stop));
    }
    return {};
  }

  Result<Stop> read_stop(const JsonIn& item) {
    MINHU_CHECK_OK(item.only({"id", "name", "place", "lon", "lat", "minutes", "value", "must",
                              "hours", "on_date", "only_on", "not_on", "person", "never",
                              "languages", "last_visit", "months"}));
    Stop stop;
    MINHU_TRY(stop.id, new_id(item, stops_));
    MINHU_TRY(stop.name, item.text_of("name", stop.id));
    if (item.has("place")) {
      MINHU_TRY(stop.place, known_of(item, "place", places_));
    } else {
      Place own;
      own.id = stop.id;
      MINHU_CHECK_OK(locate(item, own));
      if (!own.located) return item.fault("tours.no_coordinates", stop.id);
      stop.place = static_cast<int>(problem_.places.size());
      problem_.places.push_back(std::move(own));
    }
    MINHU_TRY(const JsonIn minutes, item.field("minutes"));
    MINHU_TRY(const double length, minutes.number(0, longest_visit));
    stop.service = static_cast<std::int32_t>(std::lround(length * 60));
    MINHU_TRY(stop.value, item.number_of("value", 0, largest_value, 1));
    MINHU_TRY(stop.must, item.yes_or_no_of("must"));
    if (item.has("hours")) {
      MINHU_TRY(const JsonIn hours, item.field("hours"));
      MINHU_TRY(stop.hours, hours.all_hours());
    }
    MINHU_TRY(const auto dated, item.list_of("on_date", most_days));
    for (const JsonIn& one : dated) {
      MINHU_CHECK_OK(one.only({"date", "hours"}));
      DatedHours exception;
      MINHU_TRY(const JsonIn date, one.field("date"));
      MINHU_TRY(exception.date, date.date());
      MINHU_TRY(const JsonIn hours, one.field("hours"));
      MINHU_TRY(exception.hours, hours.all_hours());
      stop.on_date.push_back(std::move(exception));
    }
    MINHU_TRY(stop.only_on, item.dates_of("only_on"));
    MINHU_TRY(stop.not_on, item.dates_of("not_on"));
    if (item.has("person")) {
      MINHU_TRY(stop.person, known_of(item, "person", leaders_));
    }
    MINHU_TRY(const auto never, item.list_of("never", most_leaders));
    MINHU_TRY(stop.never, all_known(never, leaders_));
    MINHU_TRY(stop.languages, texts(item, "languages"));
    if (item.has("last_visit")) {
      MINHU_TRY(const JsonIn last, item.field("last_visit"));
      MINHU_TRY(stop.last_visit, last.date());
    }
    MINHU_TRY(const double months, item.number_of("months", 0, 1200, 0));
    stop.months = static_cast<int>(months);
    return stop;
  }

  Outcome travel() {
    if (root_.has("travel")) {
      MINHU_TRY(const JsonIn travel, root_.field("travel"));
      MINHU_CHECK_OK(travel.only({"speed_kmh", "detour", "whole_minutes", "minutes"}));
      MINHU_TRY(problem_.speed, travel.number_of("speed_kmh", 1, 500, problem_.speed));
      MINHU_TRY(problem_.detour, travel.number_of("detour", 1, 10, problem_.detour));
      if (travel.has("whole_minutes")) {
        MINHU_TRY(const double whole, travel.number_of("whole_minutes", 1, 60, 1));
        problem_.whole = static_cast<std::int32_t>(whole) * 60;
      }
      if (travel.has("minutes")) {
        MINHU_TRY(const JsonIn matrix, travel.field("minutes"));
        return read_matrix(matrix);
      }
    }
    for (const Place& place : problem_.places) {
      if (!place.located) return root_.fault("tours.no_coordinates", place.id);
    }
    return {};
  }

  Outcome read_matrix(const JsonIn& matrix) {
    constexpr double longest_way = 7 * 24 * 60;
    const std::size_t size = places_.size();
    // Places that stops brought along have no row.
    if (problem_.places.size() != size) {
      return matrix.fault("tours.no_row", problem_.places.back().id);
    }
    MINHU_TRY(const auto rows, matrix.list(any_length));
    if (rows.size() != size) return matrix.fault("tours.matrix_shape", std::to_string(size));
    problem_.travel.reserve(size * size);
    for (const JsonIn& row : rows) {
      MINHU_TRY(const auto cells, row.list(any_length));
      if (cells.size() != size) return row.fault("tours.matrix_shape", std::to_string(size));
      for (const JsonIn& cell : cells) {
        if (cell.is_null()) {
          problem_.travel.push_back(-1);
          continue;
        }
        MINHU_TRY(const double minutes, cell.number(0, longest_way));
        problem_.travel.push_back(static_cast<std::int32_t>(std::lround(minutes * 60)));
      }
    }
    return {};
  }

  Outcome same_day() {
    MINHU_TRY(const auto items, root_.list_of("same_day", any_length));
    std::vector<char> taken(problem_.stops.size(), 0);
    for (const JsonIn& item : items) {
      MINHU_TRY(const auto named, item.list(any_length));
      MINHU_TRY(std::vector<int> party, all_known(named, stops_));
      for (std::size_t k = 0; k < party.size(); ++k) {
        char& seen = taken[static_cast<std::size_t>(party[k])];
        if (seen != 0) {
          return named[k].fault("tours.in_two_parties",
                                problem_.stops[static_cast<std::size_t>(party[k])].id);
        }
        seen = 1;
      }
      problem_.same_day.push_back(std::move(party));
    }
    return {};
  }

  Outcome announced() {
    MINHU_TRY(const auto items, root_.list_of("announced", any_length));
    std::vector<char> taken(problem_.stops.size(), 0);
    for (const JsonIn& item : items) {
      MINHU_CHECK_OK(item.only({"stop", "leader", "date", "at"}));
      Announced visit;
      MINHU_TRY(visit.stop, known_of(item, "stop", stops_));
      char& seen = taken[static_cast<std::size_t>(visit.stop)];
      if (seen != 0) {
        return item.fault("tours.named_twice",
                          problem_.stops[static_cast<std::size_t>(visit.stop)].id);
      }
      seen = 1;
      MINHU_TRY(const JsonIn leader, item.field("leader"));
      MINHU_TRY(visit.leader, leader.text());
      MINHU_TRY(const JsonIn date, item.field("date"));
      MINHU_TRY(visit.date, date.date());
      MINHU_TRY(const JsonIn at, item.field("at"));
      MINHU_TRY(visit.at, at.time());
      problem_.announced.push_back(std::move(visit));
    }
    return {};
  }

  Outcome previous() {
    MINHU_TRY(const auto items, root_.list_of("previous", any_length));
    for (const JsonIn& item : items) {
      MINHU_CHECK_OK(item.only({"stop", "leader", "date"}));
      Previous visit;
      MINHU_TRY(visit.stop, known_of(item, "stop", stops_));
      MINHU_TRY(visit.leader, known_of(item, "leader", leaders_));
      MINHU_TRY(const JsonIn date, item.field("date"));
      MINHU_TRY(visit.date, date.date());
      problem_.previous.push_back(visit);
    }
    return {};
  }

  static tl::unexpected<Fault> too_many(const char* key, std::size_t found, std::size_t most) {
    return fail(FaultCode::too_large, key, std::string(),
                std::map<std::string, std::string>{{"found", std::to_string(found)},
                                                   {"most", std::to_string(most)}});
  }

  JsonIn root_;
  Problem problem_;
  Index places_;
  Index leaders_;
  Index stops_;
};

}  // namespace

Result<Problem> read_problem(std::string_view json) {
  boost::system::error_code error;
  boost::json::stream_parser parser;
  std::size_t read = 0;
  while (!error && read < json.size() && !parser.done()) {
    read += parser.write_some(json.data() + read, json.size() - read, error);
  }
  if (!error) parser.finish(error);
  const auto rest = json.substr(std::min(read, json.size()));
  const bool more = rest.find_first_not_of(" \t\r\n") != std::string_view::npos;
  if (error || more) {
    const auto line =
        1 + std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(read), '\n');
    return fail(FaultCode::invalid_input, "tours.not_json", std::string(),
                std::map<std::string, std::string>{{"line", std::to_string(line)}});
  }
  const boost::json::value root = parser.release();
  return Reader(JsonIn(root, "")).read();
}

Date due_date(Date last_visit, int months) {
  const std::chrono::year_month_day day(last_visit);
  const auto month = std::chrono::year_month(day.year(), day.month()) + std::chrono::months(months);
  const std::chrono::year_month_day same(month.year(), month.month(), day.day());
  if (same.ok()) return Date(same);
  return Date(
      std::chrono::year_month_day_last(month.year(), std::chrono::month_day_last(month.month())));
}

std::int32_t travel_time(const Problem& problem, int from, int to) {
  const auto a = static_cast<std::size_t>(from);
  const auto b = static_cast<std::size_t>(to);
  if (!problem.travel.empty()) return problem.travel[a * problem.places.size() + b];
  // Within a county the earth is flat enough for a projection along the middle parallel; the
  // detour of roads is uncertain by far more.
  constexpr double km_a_degree = 111.195;
  constexpr double radians = 3.14159265358979323846 / 180;
  const Place& here = problem.places[a];
  const Place& there = problem.places[b];
  const double middle = (here.latitude + there.latitude) / 2 * radians;
  const double dx = (here.longitude - there.longitude) * std::cos(middle) * km_a_degree;
  const double dy = (here.latitude - there.latitude) * km_a_degree;
  const double km = std::sqrt(dx * dx + dy * dy) * problem.detour;
  // Farther than a week is farther than any day: it stays a number that can be added.
  constexpr double longest = 7 * 24 * 3600;
  const auto seconds =
      static_cast<std::int32_t>(std::lround(std::min(longest, km / problem.speed * 3600)));
  return (seconds + problem.whole - 1) / problem.whole * problem.whole;
}

}  // namespace minhu::tours
