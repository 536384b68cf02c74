// What happens to a file between being opened and being locked, when others write and tidy up in
// the same folder.
#include "adapters/backup_files/whole_file.h"

#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <utility>

#include "adapters/backup_files/backup_failure.h"

namespace {

// What others do in that moment, once.
std::function<void()> meanwhile;

}  // namespace

// In place of the C library's: the moment before a lock is taken lasts as long as a test wants.
extern "C" int flock(int file, int operation) noexcept {
  if (const auto others = std::exchange(meanwhile, nullptr)) others();
  return static_cast<int>(::syscall(SYS_flock, file, operation));
}

namespace minhu::backup_files {
namespace {

namespace fs = std::filesystem;

class WritingTogether : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "minhu-whole-file-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    file_ = folder_ / "one.data";
    kept_ = folder_ / "kept.data";
    unfinished_ = file_.string() + ".unfinished";
  }
  void TearDown() override {
    meanwhile = nullptr;
    fs::remove_all(folder_);
  }

  static std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  }
  std::unique_ptr<WholeFile> begun(const char* text) const {
    auto file = std::make_unique<WholeFile>(file_);
    file->put(as_bytes(text));
    return file;
  }

  fs::path folder_;
  fs::path file_;
  fs::path kept_;
  fs::path unfinished_;
};

TEST_F(WritingTogether, WhatGotItsNameMeanwhileIsNotCutToNothing) {
  const auto first = begun("the first");
  meanwhile = [&] { first->keep(); };
  try {
    WholeFile second(file_);
    FAIL() << "the second took the place of the first";
  } catch (const BackupFailure& failure) {
    EXPECT_EQ(failure.fault().key, "backup.is_there");
  }
  EXPECT_EQ(text_of(file_), "the first");
}

TEST_F(WritingTogether, WhatWasTidiedAwayMeanwhileIsBegunAgain) {
  meanwhile = [&] { remove_unfinished(folder_, "one"); };
  const auto file = begun("whole");
  file->keep();
  EXPECT_EQ(text_of(file_), "whole");
  EXPECT_FALSE(fs::exists(unfinished_));
}

TEST_F(WritingTogether, WhoeverTidiesUpTakesNothingFromWhoeverBeganMeanwhile) {
  const auto first = begun("the first");
  std::unique_ptr<WholeFile> second;
  meanwhile = [&] {
    first->keep();
    fs::rename(file_, kept_);
    second = begun("the second");
  };
  remove_unfinished(folder_, "one");
  ASSERT_TRUE(second);
  second->keep();
  EXPECT_EQ(text_of(kept_), "the first");
  EXPECT_EQ(text_of(file_), "the second");
}

TEST_F(WritingTogether, ABackupThatAKilledProcessLeftUnderTwoNamesStaysWhole) {
  std::ofstream(kept_) << "of last night";
  fs::create_hard_link(kept_, unfinished_);
  begun("of tonight")->keep();
  EXPECT_EQ(text_of(kept_), "of last night");
  EXPECT_EQ(text_of(file_), "of tonight");
}

}  // namespace
}  // namespace minhu::backup_files
