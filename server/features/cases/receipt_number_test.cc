#include "features/cases/receipt_number.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace minhu::cases {
namespace {

const Keyring keyring = Keyring::from_root(Key{1, 2, 3});

std::string some_number(std::mt19937& random) {
  return make_number(keyring, random());
}

TEST(ReceiptNumber, IsReadBackHoweverPeopleTypeIt) {
  const std::string number = make_number(keyring, 1234567);
  ASSERT_EQ(number.size(), 12U);
  EXPECT_EQ(number.find_first_of("0O1I"), std::string::npos);
  EXPECT_EQ(*parse_number(show_number(number)), number);
  EXPECT_EQ(*parse_number(" mh " + number + "　"), number);
  std::string small = number;
  for (auto& c : small) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(*parse_number(small), number);
  std::string wide = "ＭＨ－" + number;
  EXPECT_EQ(*parse_number(wide), number);
}

TEST(ReceiptNumber, OneWrongCharacterOrASwapIsFound) {
  std::mt19937 random(20261123);
  constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  for (int round = 0; round < 50; ++round) {
    const std::string number = some_number(random);
    for (std::size_t i = 0; i < number.size(); ++i) {
      for (const char other : alphabet) {
        std::string wrong = number;
        wrong[i] = other;
        EXPECT_EQ(parse_number(wrong).has_value(), other == number[i]);
      }
      if (i + 1 < number.size() && number[i] != number[i + 1]) {
        std::string swapped = number;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_FALSE(parse_number(swapped)) << number;
      }
    }
  }
}

TEST(ReceiptNumber, GivesItsSerialBackAndIsNeverGivenTwice) {
  std::set<std::string> seen;
  for (std::uint64_t serial = 0; serial < 20'000; ++serial) {
    const std::string number = make_number(keyring, serial);
    EXPECT_TRUE(seen.insert(number).second);
    EXPECT_EQ(serial_of(keyring, number), serial);
  }
  EXPECT_EQ(serial_of(keyring, make_number(keyring, most_serials - 1)), most_serials - 1);
}

TEST(ReceiptNumber, NeighboursLookUnrelatedAndAnotherKeyGivesOthers) {
  const Keyring other = Keyring::from_root(Key{9});
  std::size_t same_places = 0;
  constexpr std::uint64_t count = 2'000;
  for (std::uint64_t serial = 0; serial < count; ++serial) {
    const std::string a = make_number(keyring, serial);
    const std::string b = make_number(keyring, serial + 1);
    EXPECT_NE(a, make_number(other, serial));
    for (std::size_t i = 0; i < 11; ++i) {
      if (a[i] == b[i]) ++same_places;
    }
  }
  // By chance one place in 32 is the same.
  EXPECT_NEAR(static_cast<double>(same_places) / (count * 11), 1.0 / 32, 0.01);
}

TEST(ReceiptNumber, RefusesOtherLengthsAndLetters) {
  for (const auto* text : {"", "MH", "AAAA", "OOOOOOOOOOOO", "一二三四五六七八九十一二", "\xFF"}) {
    EXPECT_EQ(parse_number(text).error().key, "cases.bad_number") << text;
  }
}

TEST(QueryCode, TheSameRequestGivesTheSameCodeAndNothingElseDoes) {
  const ClientToken token{1};
  const auto code = [&](std::string_view number, std::int64_t version, ClientToken t) {
    return make_query_code(keyring, number, version, t).reveal_because("test");
  };
  const std::string first = code("AAAAAAAAAAAA", 1, token);
  EXPECT_EQ(first.size(), 24U);
  EXPECT_EQ(code("AAAAAAAAAAAA", 1, token), first);
  EXPECT_NE(code("AAAAAAAAAAAB", 1, token), first);
  EXPECT_NE(code("AAAAAAAAAAAA", 2, token), first);
  EXPECT_NE(code("AAAAAAAAAAAA", 1, ClientToken{2}), first);
  EXPECT_NE(
      make_query_code(Keyring::from_root(Key{9}), "AAAAAAAAAAAA", 1, token).reveal_because("test"),
      first);
}

TEST(QueryCode, ItsDigitsAreEvenlySpread) {
  std::array<int, 10> counts{};
  for (std::uint8_t i = 0; i < 200; ++i) {
    const auto code = make_query_code(keyring, "AAAAAAAAAAAA", i, ClientToken{i});
    for (const char digit : code.reveal_because("test").substr(0, 23)) {
      ++counts[static_cast<std::size_t>(digit - '0')];
    }
  }
  for (const int count : counts) EXPECT_NEAR(count, 460, 100);
}

TEST(QueryCode, IsReadBackInGroupsAndAWrongDigitIsFound) {
  const auto code = make_query_code(keyring, "AAAAAAAAAAAA", 1, ClientToken{1});
  const std::string shown = show_query_code(code.reveal_because("test"));
  EXPECT_EQ(shown.size(), 29U);
  EXPECT_EQ(parse_query_code(shown)->reveal_because("test"), code.reveal_because("test"));
  std::string wrong = shown;
  wrong[0] = wrong[0] == '9' ? '8' : static_cast<char>(wrong[0] + 1);
  EXPECT_EQ(parse_query_code(wrong).error().key, "cases.bad_code");
}

TEST(ClientToken, TakesHexAndUuidsOnly) {
  EXPECT_TRUE(parse_token("0123456789abcdef0123456789abcdef"));
  EXPECT_TRUE(parse_token("01234567-89ab-cdef-0123-456789abcdef"));
  EXPECT_FALSE(parse_token("0123"));
  EXPECT_FALSE(parse_token("zz23456789abcdef0123456789abcdef"));
}

}  // namespace
}  // namespace minhu::cases
