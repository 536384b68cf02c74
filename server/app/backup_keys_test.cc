#include "app/backup_keys.h"

#include <gtest/gtest.h>

#include "kernel/test_folder.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;

class BackupKeys : public testing::Test {
 protected:
  BackupKeys() { start_crypto(); }

  static std::string why_not(const Outcome& outcome) {
    return outcome ? "made" : outcome.error().key;
  }

  TestFolder folder_;
  fs::path secret() const { return folder_.path() / "backup.key"; }
  fs::path public_part() const { return folder_.path() / "backup.key.pub"; }
};

TEST_F(BackupKeys, APairIsMadeOnceAndFitsTogether) {
  EXPECT_EQ(why_not(make_backup_keys(secret())), "made");
  EXPECT_EQ(read_secret_key(secret())->public_part, *read_public_key(public_part()));
  EXPECT_EQ(why_not(make_backup_keys(secret())), "app.key_is_there");
}

TEST_F(BackupKeys, WhenTheSecretPartIsInTheSafeTheBackupsOfThisMachineStaySealedForIt) {
  ASSERT_TRUE(make_backup_keys(secret()));
  const Key before = *read_public_key(public_part());
  fs::rename(secret(), folder_.path() / "safe");
  EXPECT_EQ(why_not(make_backup_keys(secret())), "backup.public_key_is_there");
  EXPECT_EQ(*read_public_key(public_part()), before);
  EXPECT_FALSE(fs::exists(secret()));
}

TEST_F(BackupKeys, APublicPartThatWasLostIsMadeAgainFromTheSecretOne) {
  ASSERT_TRUE(make_backup_keys(secret()));
  const Key before = *read_public_key(public_part());
  fs::remove(public_part());
  EXPECT_EQ(why_not(make_backup_keys(secret())), "made");
  EXPECT_EQ(*read_public_key(public_part()), before);
}

}  // namespace
}  // namespace minhu::app
