#include "kernel/durable_folder.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>

#include "kernel/test_synced.h"

namespace minhu {
namespace {

namespace fs = std::filesystem;

class DurableFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "minhu-folder-test-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    test::synced.forget();
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path root_;
};

TEST_F(DurableFolder, EachFolderThatIsMadeIsNamedForGood) {
  EXPECT_EQ(make_folders(root_ / "a/b/c"), 0);
  EXPECT_TRUE(fs::is_directory(root_ / "a/b/c"));
  EXPECT_EQ(fs::status(root_ / "a/b").permissions(), fs::perms::owner_all);
  EXPECT_TRUE(test::synced.has(root_));
  EXPECT_TRUE(test::synced.has(root_ / "a"));
  EXPECT_TRUE(test::synced.has(root_ / "a/b"));
}

TEST_F(DurableFolder, OneThatIsThereIsLeftAsItIs) {
  fs::create_directory(root_ / "a");
  EXPECT_EQ(make_folders(root_ / "a"), 0);
  EXPECT_EQ(make_folders(root_ / "a/"), 0);
  EXPECT_FALSE(test::synced.has(root_));
}

TEST_F(DurableFolder, WhatIsNoFolderIsSaid) {
  std::ofstream(root_ / "file") << "x";
  EXPECT_EQ(make_folders(root_ / "file"), ENOTDIR);
  EXPECT_EQ(make_folders(root_ / "file/below"), ENOTDIR);
  EXPECT_EQ(sync_folder(root_ / "none"), ENOENT);
}

}  // namespace
}  // namespace minhu
