#include "engines/tours/benchmark.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engines/tours/oracle.h"
#include "engines/tours/search.h"
#include "project_folder.h"

namespace minhu::tours {
namespace {

// A square with the depot in its middle, in the words of the format.
const std::string square =
    "4 1 4 1\n"
    "0 100\n"
    "0 10.00 10.00 0.00 0.00 0 0 0 100\n"
    "1 10.00 20.00 5.00 10.00 1 1 1 0 100\n"
    "2 20.00 10.00 5.00 20.00 1 1 1 0 100\n"
    "3 10.00 0.00 5.00 30.00 1 1 1 0 12\n"
    "4 0.00 10.00 5.00 40.00 1 1 1 99 100\n";

TEST(Benchmark, reads_vertices_windows_and_distances_rounded_down) {
  const auto field = read_benchmark(square, 1, 2);
  ASSERT_TRUE(field);
  EXPECT_EQ(field->stops, 4);
  EXPECT_EQ(field->routes.size(), 2U);
  EXPECT_EQ(field->routes[0].end, 1000);
  EXPECT_EQ(field->way(4, 0), 100);       // from the depot
  EXPECT_EQ(field->way(0, 1), 50 + 141);  // service, and 14.142… rounded down
  EXPECT_EQ(read_benchmark(square, 2, 2)->way(0, 1), 500 + 1414);
  EXPECT_EQ(field->kinds[0].last[2], 120);
}

TEST(Benchmark, the_best_tour_of_a_square_leaves_out_what_closes_too_late) {
  const auto field = read_benchmark(square, 1, 1);
  Work work;
  work.iterations = 200;
  const Solution found = search(*field, work);
  // Vertex 4 may begin at 99 at the earliest and nobody is back by 100.
  EXPECT_EQ(found.value, 60 * benchmark_value);
}

std::string fault_of(const std::string& text, const char* detail = "line") {
  const auto field = read_benchmark(text, 1, 1);
  if (field) return "none";
  const auto found = field.error().details.find(detail);
  return field.error().key + (found == field.error().details.end() ? "" : " " + found->second);
}

TEST(Benchmark, a_bad_file_is_refused_with_the_line_at_fault) {
  EXPECT_EQ(fault_of(""), "tours.bad_instance 0");
  EXPECT_EQ(fault_of("hello\n"), "tours.bad_instance 1");
  EXPECT_EQ(fault_of("4 1 50000 1\n", "found"), "tours.too_many_stops 50000");
  std::string text = square;
  text.replace(text.find("3 10.00"), 7, "9 10.00");
  EXPECT_EQ(fault_of(text), "tours.bad_instance 6");
  text = square;
  text.replace(text.find("99 100"), 6, "99 98");
  EXPECT_EQ(fault_of(text), "tours.bad_instance 7");
  EXPECT_EQ(fault_of(square.substr(0, square.find("4 0.00"))), "tours.bad_instance 6");
  text = square;
  text.replace(text.find("20.00"), 5, "nan");
  EXPECT_EQ(fault_of(text), "tours.bad_instance 4");
  text = square;  // a service at the depot that nobody comes back from
  text.replace(text.find(" 0.00 0.00") + 1, 4, "2100");
  EXPECT_EQ(fault_of(text), "tours.bad_instance 3");
}

TEST(Benchmark, no_tours_and_too_many_are_refused) {
  EXPECT_EQ(read_benchmark(square, 1, 0).error().key, "tours.no_tours");
  EXPECT_EQ(read_benchmark(square, 1, 1'000'000).error().key, "tours.no_tours");
}

std::filesystem::path data_folder() {
  const char* folder = std::getenv("MINHU_TOPTW");
  return folder == nullptr ? project_folder() / "../shared/data/toptw"
                           : std::filesystem::path(folder);
}

TEST(Benchmark, reaches_values_known_to_be_best) {
  const auto folder = data_folder() / "instances";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no instances at " << folder;
  const auto expect_value = [&](const char* name, int decimals, int tours, std::int64_t value) {
    std::ifstream in(folder / (std::string(name) + ".txt"), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto field = read_benchmark(text, decimals, tours);
    ASSERT_TRUE(field) << name;
    Work work;
    work.iterations = 4000;
    work.content_with_all = true;
    const Solution found = search(*field, work);
    EXPECT_EQ(check(*field, found).wrong, "") << name;
    EXPECT_EQ(check(*field, found).value, found.value) << name;
    EXPECT_EQ(found.value, value * benchmark_value) << name;
  };
  expect_value("c101", 1, 1, 320);
  expect_value("r101", 1, 1, 198);
  expect_value("rc101", 1, 1, 219);
  expect_value("pr01", 2, 1, 308);
  expect_value("c201", 1, 4, 1810);  // every stop
}

}  // namespace
}  // namespace minhu::tours
