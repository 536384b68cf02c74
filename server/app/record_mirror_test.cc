#include "app/record_mirror.h"

#include <gtest/gtest.h>

#include "kernel/test_folder.h"
#include "kernel/test_synced.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;

class Mirror : public ::testing::Test {
 protected:
  Mirror() { test::synced.forget(); }

  const TestFolder folder_;
  const fs::path root_ = folder_.path();
};

TEST_F(Mirror, AFileThatWasWrittenHasItsNameForGoodAndSoHaveItsFolders) {
  const RecordMirror mirror(root_ / "kept");
  ASSERT_TRUE(mirror.write("tile/0/000", as_bytes("leaves")));
  EXPECT_EQ(to_text(*mirror.read("tile/0/000")), "leaves");
  for (const char* folder : {"kept", "kept/tile", "kept/tile/0"}) {
    EXPECT_TRUE(test::synced.has(root_ / folder)) << folder;
  }
  EXPECT_TRUE(test::synced.has(root_));
  test::synced.forget();
  ASSERT_TRUE(mirror.write("checkpoint", as_bytes("a head")));
  EXPECT_TRUE(test::synced.has(root_ / "kept"));
}

TEST_F(Mirror, WhereNoFolderCanBeMadeItSaysSo) {
  const RecordMirror file(root_);
  ASSERT_TRUE(file.write("tile", as_bytes("x")));
  const Outcome below = file.write("tile/0", as_bytes("y"));
  ASSERT_FALSE(below);
  EXPECT_EQ(below.error().key, "app.cannot_make_folder");
  EXPECT_EQ(below.error().details.at("reason"), "Not a directory");
}

}  // namespace
}  // namespace minhu::app
