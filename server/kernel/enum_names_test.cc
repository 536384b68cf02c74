#include "kernel/enum_names.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace minhu::seasons {

// As a feature declares them in its header.
enum class Season : std::uint8_t { spring, summer, autumn };
std::string_view name(Season) noexcept;
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept;

// As it defines them in its source.
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  return names_of(Enum{}).named(text);
}
MINHU_ENUM_NAMES_BOTH_WAYS(Season, autumn, "spring", "summer", "autumn")

namespace {

TEST(EnumNames, each_value_has_the_name_at_its_place_and_is_found_by_it) {
  EXPECT_EQ(name(Season::spring), "spring");
  EXPECT_EQ(name(Season::autumn), "autumn");
  EXPECT_EQ(named<Season>("summer"), Season::summer);
}

TEST(EnumNames, what_is_no_name_is_no_value) {
  EXPECT_EQ(named<Season>("winter"), std::nullopt);
  EXPECT_EQ(named<Season>(""), std::nullopt);
  EXPECT_EQ(named<Season>("Summer"), std::nullopt);
}

TEST(EnumNames, a_table_that_misses_a_name_or_says_one_twice_is_not_complete) {
  constexpr auto all = enum_names<Season>({"spring", "summer", "autumn"});
  constexpr auto too_few = enum_names<Season>({"spring", "summer"});
  constexpr auto too_many = enum_names<Season>({"spring", "summer", "autumn", "winter"});
  constexpr auto twice = enum_names<Season>({"spring", "summer", "spring"});
  constexpr auto empty = enum_names<Season>({"spring", "", "autumn"});
  EXPECT_TRUE(all.complete(Season::autumn));
  EXPECT_FALSE(too_few.complete(Season::autumn));
  EXPECT_FALSE(too_many.complete(Season::autumn));
  EXPECT_FALSE(twice.complete(Season::autumn));
  EXPECT_FALSE(empty.complete(Season::autumn));
}

TEST(EnumNamesDeathTest, a_value_that_the_enum_does_not_have_stops_the_program) {
  EXPECT_DEATH(name(static_cast<Season>(3)), "index < count");
}

}  // namespace
}  // namespace minhu::seasons
