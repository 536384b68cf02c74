// Many cases asked about at once say what each says by itself.
#include "features/cases/together.h"

#include <gtest/gtest.h>

#include <set>

#include "features/cases/content.h"
#include "features/cases/key_tending.h"
#include "features/cases/queue.h"
#include "features/cases/store.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Together : public Journey {
 protected:
  // More than two groups, some with a step more.
  void SetUp() override {
    Journey::SetUp();
    for (std::uint8_t token = 1; token <= 2 * cases_at_once + 3; ++token) {
      ids_.push_back(received(token).case_id);
      if (token % 3 == 0) must(dispatcher(), ids_.back(), EventKind::transferred, to(housing_));
    }
  }

  void expect_the_same_keys(Reading& reading, std::size_t keys) {
    const auto together = load_case_keys(reading, county_.region, ids_, keyring_);
    EXPECT_EQ(together.size(), keys);
    for (const CaseId id : ids_) {
      const auto alone = load_case_key(reading, county_.region, id, keyring_);
      const auto found = together.find(id);
      ASSERT_EQ(alone.has_value(), found != together.end());
      if (alone) {
        EXPECT_EQ(found->second.key, alone->key);
      }
    }
  }

  std::vector<CaseId> ids_;
};

TEST_F(Together, FilesAreThoseThatEachIsAlone) {
  const CaseId unknown = entropy_.id<CaseId>(now_);
  std::vector<CaseId> asked = ids_;
  asked.insert(asked.begin() + 5, unknown);
  database_->read_job([&](Reading& reading) {
    const auto files = load_files(reading, county_.region, asked);
    ASSERT_EQ(files.size(), ids_.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      EXPECT_EQ(files[i], *load_file(reading, county_.region, ids_[i]));
      EXPECT_FALSE(files[i].clocks.empty());
    }
    EXPECT_TRUE(load_files(reading, county_.region, {}).empty());
  });
}

TEST_F(Together, KeysAreFoundWhereverTheyLie) {
  database_->read_job([&](Reading& reading) { expect_the_same_keys(reading, ids_.size()); });
  system::ManualClock clock{now_};
  ASSERT_TRUE(tend_keys_to_the_end({*database_, county_, keyring_, entropy_, clock}));
  ids_.push_back(received(250).case_id);  // its key lies with it still
  write([&](Transaction& t) { erase_content(t, county_.region, ids_[7]); });
  database_->read_job([&](Reading& reading) { expect_the_same_keys(reading, ids_.size() - 1); });
}

TEST_F(Together, WordsAreThoseOfEachCaseHoweverLong) {
  Words words = some_words(251);
  words.text.clear();
  for (int i = 0; i < 2000; ++i) words.text += "字";
  auto long_ones = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(long_ones);
  ids_.push_back(long_ones->case_id);
  database_->read_job([&](Reading& reading) {
    const auto keys = load_case_keys(reading, county_.region, ids_, keyring_);
    const auto said = read_words(reading, county_.region, keys);
    ASSERT_EQ(said.size(), ids_.size());
    for (const CaseFile& file : load_files(reading, county_.region, ids_)) {
      EXPECT_EQ(said.at(file.id),
                *read_content(reading, county_.region, keys.at(file.id), file.words));
    }
  });
}

TEST_F(Together, PagesOfAQueueFollowEachOther) {
  const Context housing = handler();
  std::vector<CaseId> seen;
  std::optional<QueueCursor> after;
  do {
    const auto page = database_->read(
        [&](Reading& reading) { return queue_of(reading, housing, {Part::lead}, after, 7); });
    ASSERT_TRUE(page);
    for (const QueueLine& line : page->lines) {
      seen.push_back(line.file.id);
      EXPECT_EQ(line.headline.empty(), false);
    }
    after = page->next;
  } while (after);
  EXPECT_EQ(seen.size(), ids_.size() / 3);
  EXPECT_EQ(std::set<CaseId>(seen.begin(), seen.end()).size(), seen.size());
}

}  // namespace
}  // namespace minhu::cases
