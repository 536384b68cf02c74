#include "engines/tours/benchmark.h"

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace minhu::tours {

namespace {

// What fits into memory and a Time with room to spare.
constexpr std::size_t most_stops = 5000;
constexpr int most_tours = 1000;
constexpr double largest = 1e6;

tl::unexpected<Fault> bad(std::size_t line, std::string reason) {
  return fail(FaultCode::invalid_input, "tours.bad_instance", std::string(),
              std::map<std::string, std::string>{{"line", std::to_string(line)},
                                                 {"reason", std::move(reason)}});
}

struct Vertex {
  double x = 0;
  double y = 0;
  double service = 0;
  double profit = 0;
  double opens = 0;
  double closes = 0;
};

bool read_numbers(std::string_view line, std::vector<double>& numbers) {
  numbers.clear();
  const char* at = line.data();
  const char* end = at + line.size();
  for (;;) {
    while (at != end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
    if (at == end) return true;
    double number = 0;
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error != std::errc() || !(std::abs(number) <= largest)) return false;
    numbers.push_back(number);
    at = behind;
  }
}

Result<std::vector<Vertex>> read_vertices(std::string_view text) {
  constexpr std::size_t header = 2;
  constexpr std::size_t least_fields = 9;
  std::vector<Vertex> vertices;
  std::vector<double> numbers;
  std::size_t expected = 0;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!read_numbers(line, numbers)) return bad(number, "a number cannot be read");
    if (number == 1) {
      if (numbers.size() < 3 || numbers[2] < 0) return bad(number, "k v N t expected");
      expected = static_cast<std::size_t>(numbers[2]);
      if (expected > most_stops) {
        return fail(FaultCode::too_large, "tours.too_many_stops", std::string(),
                    std::map<std::string, std::string>{{"found", std::to_string(expected)},
                                                       {"most", std::to_string(most_stops)}});
      }
    }
    if (number <= header || numbers.empty()) continue;
    // The depot of these files lacks one field of the others.
    if (numbers.size() + (vertices.empty() ? 1 : 0) < least_fields) {
      return bad(number, "i x y d S f a … O C expected");
    }
    if (numbers[0] != static_cast<double>(vertices.size())) {
      return bad(number, "vertex " + std::to_string(vertices.size()) + " expected");
    }
    Vertex vertex{numbers[1],    numbers[2], numbers[3], numbers[4], numbers[numbers.size() - 2],
                  numbers.back()};
    if (vertex.service < 0 || vertex.profit < 0)
      return bad(number, "a negative duration or profit");
    if (vertex.opens > vertex.closes) return bad(number, "the window closes before it opens");
    // A field's empty tour always fits: here it is the service at the depot.
    if (vertices.empty() && vertex.service > vertex.closes - vertex.opens) {
      return bad(number, "the service at the depot is longer than its window");
    }
    vertices.push_back(vertex);
    if (vertices.size() > expected + 1)
      return bad(number, "more vertices than the first line says");
  }
  if (vertices.size() != expected + 1 || expected == 0) {
    return bad(number, "the file ends after " + std::to_string(vertices.size()) + " of " +
                           std::to_string(expected + 1) + " vertices");
  }
  return vertices;
}

}  // namespace

Result<Field> read_benchmark(std::string_view text, int decimals, int tours) {
  if (tours < 1 || tours > most_tours) {
    return fail(FaultCode::invalid_input, "tours.no_tours", "tours",
                std::map<std::string, std::string>{{"most", std::to_string(most_tours)}});
  }
  MINHU_TRY(const std::vector<Vertex> vertices, read_vertices(text));
  const double scale = decimals == 2 ? 100 : 10;
  const auto whole = [scale](double time) { return static_cast<Time>(std::llround(time * scale)); };
  const int stops = static_cast<int>(vertices.size()) - 1;
  Field field = empty_field(stops, 1);
  const auto node_of = [stops](std::size_t vertex) {
    return vertex == 0 ? stops : static_cast<int>(vertex) - 1;
  };
  for (std::size_t a = 0; a < vertices.size(); ++a) {
    field.service[static_cast<std::size_t>(node_of(a))] = whole(vertices[a].service);
    for (std::size_t b = 0; b < vertices.size(); ++b) {
      const double dx = vertices[a].x - vertices[b].x;
      const double dy = vertices[a].y - vertices[b].y;
      const auto way = static_cast<Time>(std::floor(std::sqrt(dx * dx + dy * dy) * scale + 1e-9));
      set_way(field, node_of(a), node_of(b), whole(vertices[a].service) + way);
    }
  }
  Kind kind;
  for (std::size_t v = 1; v < vertices.size(); ++v) {
    kind.first.push_back(whole(vertices[v].opens));
    kind.last.push_back(whole(vertices[v].closes));
    kind.from.push_back(static_cast<std::uint32_t>(v - 1));
    kind.openings.push_back({kind.first.back(), kind.last.back()});
    kind.value.push_back(std::llround(vertices[v].profit * static_cast<double>(benchmark_value)));
  }
  kind.from.push_back(static_cast<std::uint32_t>(stops));
  field.kinds.push_back(std::move(kind));
  Route route;
  route.begin = whole(vertices[0].opens);
  route.end = whole(vertices[0].closes);
  route.start = route.finish = stops;
  field.routes.assign(static_cast<std::size_t>(tours), route);
  finish_field(field, std::int64_t{1} << 40U);
  return field;
}

}  // namespace minhu::tours
