// Tables that one test has made stand empty, and as they are written down, in the database of the
// next one.
#include <gtest/gtest.h>

#include <cstdlib>

#include "adapters/test_storage/test_database.h"

namespace minhu::test_storage {
namespace {

constexpr Migration narrow[] = {
    {1, "0001_thing",
     "CREATE TABLE thing (region_id BIGINT NOT NULL, id BIGINT NOT NULL, "
     "PRIMARY KEY (region_id, id));"}};
// Under the same number and name: what somebody has changed who builds and tests again.
constexpr Migration wide[] = {
    {1, "0001_thing",
     "CREATE TABLE thing (region_id BIGINT NOT NULL, id BIGINT NOT NULL, word TEXT, "
     "PRIMARY KEY (region_id, id));"}};

std::int64_t count(TestDatabase& database) {
  return database->read([](Reading& reading) {
    return *reading.first("SELECT count(*) FROM thing WHERE region_id = 1", {},
                          [](const Row& row) { return row.integer(0); });
  });
}

void put(TestDatabase& database) {
  ASSERT_TRUE(database->write_job([](Transaction& transaction) -> Outcome {
    transaction.execute("INSERT INTO thing(region_id, id) VALUES (1, 1)", {});
    return {};
  }));
}

class TablesOnce : public ::testing::Test {
 protected:
  TablesOnce() {
    if (const char* before = std::getenv(name)) before_ = before;
    std::string folder = (std::filesystem::temp_directory_path() / "minhu-tables-XXXXXX").string();
    folder_ = ::mkdtemp(folder.data());
    ::setenv(name, folder_.c_str(), 1);
  }
  ~TablesOnce() override {
    before_ ? ::setenv(name, before_->c_str(), 1) : ::unsetenv(name);
    std::filesystem::remove_all(folder_);
  }
  std::ptrdiff_t kept() const {
    return std::distance(std::filesystem::directory_iterator(folder_), {});
  }

 private:
  static constexpr const char* name = "MINHU_TEST_SCHEMAS";
  std::optional<std::string> before_;
  std::filesystem::path folder_;
};

TEST_F(TablesOnce, AreEmptyForEverybodyWhateverWasWrittenBefore) {
  for (int times = 0; times < 3; ++times) {
    TestDatabase database({narrow}, Engine::sqlite);
    EXPECT_EQ(count(database), 0);
    put(database);
    EXPECT_EQ(count(database), 1);
    EXPECT_EQ(kept(), 1);
  }
}

TEST_F(TablesOnce, AreMadeAnewWhenAStepSaysSomethingElse) {
  TestDatabase before({narrow}, Engine::sqlite);
  TestDatabase after({wide}, Engine::sqlite);
  EXPECT_EQ(kept(), 2);
  after->read([](Reading& reading) {
    reading.query("SELECT word FROM thing WHERE region_id = 1", {}, [](const Row&) {});
    return true;
  });
}

}  // namespace
}  // namespace minhu::test_storage
