#include "adapters/record_files/record_files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace minhu::record_files {
namespace {

namespace fs = std::filesystem;

class RecordFiles : public ::testing::Test {
 protected:
  RecordFiles() {
    std::string name = (fs::temp_directory_path() / "minhu-record-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    files_ = std::make_unique<FolderFiles>(root_ / "record");
  }
  ~RecordFiles() override { fs::remove_all(root_); }

  std::string text(const char* path) { return to_text(*files_->get(path)); }

  fs::path root_;
  std::unique_ptr<FolderFiles> files_;
};

TEST_F(RecordFiles, what_was_put_is_there_and_what_is_put_again_replaces_it) {
  EXPECT_EQ(files_->get("tile/0/000").error().key, "record.no_file");
  ASSERT_TRUE(files_->put("tile/0/000", as_bytes("one")));
  EXPECT_EQ(text("tile/0/000"), "one");
  ASSERT_TRUE(files_->put("tile/0/000", as_bytes("another")));
  EXPECT_EQ(text("tile/0/000"), "another");
  EXPECT_TRUE(files_->has("tile/0/000"));
  EXPECT_FALSE(files_->has("tile/0"));
}

TEST_F(RecordFiles, several_are_put_at_once_and_nothing_is_left_beside_them) {
  const NamedBytes two[] = {{"tile/entries/000", to_bytes("entries")},
                            {"tile/0/x001/234.p/7", to_bytes("hashes")}};
  ASSERT_TRUE(files_->put_all(two));
  EXPECT_EQ(text("tile/entries/000"), "entries");
  EXPECT_EQ(text("tile/0/x001/234.p/7"), "hashes");
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    if (entry.is_regular_file()) ++found;
  }
  EXPECT_EQ(found, 2U);
}

TEST_F(RecordFiles, appending_begins_a_file_and_goes_on_at_its_end) {
  ASSERT_TRUE(files_->append("history/2026/11/25", as_bytes("one\n")));
  ASSERT_TRUE(files_->append("history/2026/11/25", as_bytes("two\n")));
  EXPECT_EQ(text("history/2026/11/25"), "one\ntwo\n");
}

TEST_F(RecordFiles, what_a_whole_tile_has_replaced_goes_with_its_folder) {
  ASSERT_TRUE(files_->put("tile/0/000.p/7", as_bytes("seven")));
  ASSERT_TRUE(files_->put("tile/0/000.p/9", as_bytes("nine")));
  files_->remove("tile/0/000.p");
  files_->remove("tile/0/000.p");
  EXPECT_FALSE(fs::exists(root_ / "record/tile/0/000.p"));
}

TEST_F(RecordFiles, nothing_outside_the_folder_can_be_named) {
  std::ofstream(root_ / "record.key") << "secret";
  for (const char* path :
       {"../record.key", "/etc/passwd", ".new-checkpoint", "tile/../../record.key", "", "/", ".",
        "..", "A", "a//b", "a/", "a/.b"}) {
    EXPECT_EQ(files_->get(path).error().key, "record.no_file") << path;
    EXPECT_FALSE(files_->has(path)) << path;
  }
  EXPECT_EQ(files_->put("../outside", as_bytes("x")).error().key, "record.no_file");
  EXPECT_EQ(files_->append("../outside", as_bytes("x")).error().key, "record.no_file");
  files_->remove("../record.key");
  EXPECT_TRUE(fs::exists(root_ / "record.key"));
  EXPECT_FALSE(fs::exists(root_ / "outside"));
}

}  // namespace
}  // namespace minhu::record_files
