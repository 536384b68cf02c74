#include "adapters/storage_postgres/durability.h"

#include <gtest/gtest.h>

namespace minhu::storage_postgres {
namespace {

Promises kept() {
  return {"on", "on", "off", "on", "", 0, 0};
}

Promises kept_by_two() {
  return {"on", "on", "off", "on", "ANY 1 (b,c)", 2, 0};
}

TEST(Durability, OfAServerAloneAndOfOneWithAStandbyThatIsWaitedFor) {
  EXPECT_FALSE(what_would_be_lost(kept()));
  EXPECT_FALSE(what_would_be_lost(kept_by_two()));
  Promises applied = kept_by_two();
  applied.synchronous_commit = "remote_apply";
  EXPECT_FALSE(what_would_be_lost(applied));
}

TEST(Durability, IsRefusedForEachSettingThatLosesAndItsNameIsSaid) {
  struct Bad {
    std::string Promises::* setting;
    const char* value;
    const char* name;
  };
  for (const auto& [setting, value, name] : {
           Bad{&Promises::fsync, "off", "fsync"},
           Bad{&Promises::full_page_writes, "off", "full_page_writes"},
           Bad{&Promises::data_sync_retry, "on", "data_sync_retry"},
           Bad{&Promises::synchronous_commit, "off", "synchronous_commit"},
       }) {
    for (Promises promises : {kept(), kept_by_two()}) {
      promises.*setting = value;
      const auto lost = what_would_be_lost(promises);
      ASSERT_TRUE(lost) << name;
      EXPECT_NE(lost->find(name), std::string::npos) << *lost;
    }
  }
  Promises unlogged = kept();
  unlogged.unlogged_tables = 1;
  EXPECT_TRUE(what_would_be_lost(unlogged));
}

TEST(Durability, WithAStandbyWantsThatItsDiskIsWaitedFor) {
  Promises nobody = kept_by_two();
  nobody.synchronous_standby_names.clear();
  EXPECT_TRUE(what_would_be_lost(nobody));
  for (const char* too_early : {"local", "remote_write"}) {
    Promises promises = kept_by_two();
    promises.synchronous_commit = too_early;
    EXPECT_TRUE(what_would_be_lost(promises)) << too_early;
    promises.followers = 0;
    promises.synchronous_standby_names.clear();
    EXPECT_FALSE(what_would_be_lost(promises)) << "alone, its own disk is all there is";
  }
}

}  // namespace
}  // namespace minhu::storage_postgres
