#include "features/demo/words.h"

#include <gtest/gtest.h>

#include <set>

#include "adapters/test_storage/test_database.h"
#include "features/demo/demo.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::demo {
namespace {

struct Sample {
  std::string text;
  const Issue* issue;
};

class WordsOfTheCounty : public ::testing::Test {
 protected:
  WordsOfTheCounty() {
    start_crypto();
    book_ = read_book();
    Dice dice(11);
    world_ = draw_world(book_, 1500, start_of_day(*parse_date("2024-11-25")),
                        start_of_day(*parse_date("2026-11-25")), dice);
    for (const Arrival& arrival : world_.arrivals) {
      const Issue& issue = world_.issues[arrival.issue];
      const Medium medium = dice.chance(0.3)   ? Medium::phone_note
                            : dice.chance(0.1) ? Medium::letter
                                               : Medium::typed;
      const Slots slots{&book_, &issue, arrival.at};
      samples_.push_back({tell(slots, arrival.speaker, medium, arrival.again, dice).text, &issue});
    }
  }
  Book book_;
  World world_;
  std::vector<Sample> samples_;
};

TEST_F(WordsOfTheCounty, VaryInLengthAndWording) {
  std::set<std::string_view> texts;
  std::set<std::string_view> grams;
  std::size_t characters = 0;
  std::size_t shortest = 10000;
  std::size_t longest = 0;
  for (const Sample& sample : samples_) {
    texts.insert(sample.text);
    const std::size_t length = code_points(sample.text);
    shortest = std::min(shortest, length);
    longest = std::max(longest, length);
    characters += length;
    std::string_view rest = sample.text;
    for (std::size_t i = 0; i + 6 <= length; ++i) {
      grams.insert(first_code_points(rest, 6));
      rest.remove_prefix(first_code_points(rest, 1).size());
    }
  }
  EXPECT_GE(shortest, 28U);
  EXPECT_GT(longest, 450U);
  EXPECT_LE(longest, 620U);
  EXPECT_EQ(texts.size(), samples_.size());
  const double fresh = static_cast<double>(grams.size()) / static_cast<double>(characters);
  RecordProperty("mean_characters", std::to_string(characters / samples_.size()));
  RecordProperty("distinct_6_grams_per_character", std::to_string(fresh));
  EXPECT_GT(fresh, 0.25);
}

TEST_F(WordsOfTheCounty, KeywordsAloneDoNotGiveTheCategoryAway) {
  test_storage::TestDatabase database{{places_and_units::migrations()}};
  ASSERT_TRUE(build_county(*database));
  int asked = 0;
  int found = 0;
  database->read_job([&](Reading& reading) {
    for (std::size_t i = 0; i < samples_.size(); i += 3) {
      const auto guess = places_and_units::guess_category(reading, book_.region, samples_[i].text);
      ++asked;
      if (guess && guess->category == "minhu:" + samples_[i].issue->truth.category) ++found;
    }
  });
  const double part = static_cast<double>(found) / asked;
  RecordProperty("keywords_right", std::to_string(part));
  EXPECT_GT(part, 0.2);   // not hopeless
  EXPECT_LT(part, 0.75);  // and far from done
}

TEST_F(WordsOfTheCounty, TheSameSpeakerHasTheSameVoiceAndNeighboursCopyEachOther) {
  Dice dice(3);
  const Issue& issue = *samples_.front().issue;
  const Slots slots{&book_, &issue, days_after(issue.truth.started, 3)};
  const Written words = tell(slots, 1, Medium::typed, false, dice);
  const Written copy = passed_on(words, book_, dice);
  EXPECT_NE(copy.text, "");
  const std::string middle(words.text.substr(0, first_code_points(words.text, 8).size()));
  EXPECT_NE(copy.text.find(std::string(first_code_points(middle, 4))), std::string::npos);
}

TEST_F(WordsOfTheCounty, GoodAnswersSpeakOfThePlaceAndPoorOnesOfNothing) {
  Dice dice(5);
  std::size_t good = 0;
  std::size_t poor = 0;
  for (const Sample& sample : samples_) {
    const Slots slots{&book_, sample.issue, sample.issue->truth.ended};
    const Village& village = book_.villages[sample.issue->village];
    const auto speaks_of_it = [&](const std::string& text) {
      const std::string& at = sample.issue->truth.at;
      return text.find(village.truth.name) != std::string::npos ||
             text.find(village.truth.town) != std::string::npos ||
             (!at.empty() && text.find(at) != std::string::npos);
    };
    good += speaks_of_it(answer(slots, "县住建局", Answering::good, dice));
    poor += speaks_of_it(answer(slots, "县住建局", Answering::poor, dice));
  }
  EXPECT_GT(good * 2, samples_.size());
  EXPECT_EQ(poor, 0U);
}

}  // namespace
}  // namespace minhu::demo
