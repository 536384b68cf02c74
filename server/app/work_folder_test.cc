#include "app/work_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "app/removed_on_signal.h"
#include "app/terminal.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;

constexpr int as_expected = 0;
constexpr int otherwise = 3;

// In a process of its own: what it does to itself, and how it ends, is its own affair. The wait
// status.
int in_a_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

class WorkFolders : public testing::Test {
 protected:
  WorkFolders() {
    std::string pattern = (fs::temp_directory_path() / "minhu-work-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    ::setenv("TMPDIR", root_.c_str(), 1);
  }
  ~WorkFolders() override {
    ::unsetenv("TMPDIR");
    fs::remove_all(root_);
  }

  static void write_secret(const fs::path& folder) { std::ofstream(folder / "minhu.key") << "07"; }
  std::size_t left() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(root_), fs::directory_iterator()));
  }

  fs::path root_;
};

TEST_F(WorkFolders, OfATrialIsGoneAtItsEnd) {
  {
    const auto work = WorkFolder::make({});
    ASSERT_TRUE(work);
    write_secret(work->path());
    EXPECT_EQ(left(), 1U);
  }
  EXPECT_EQ(left(), 0U);
}

TEST_F(WorkFolders, OfATrialThatWasKilledIsGoneWithTheNextAndOneThatGoesOnIsNot) {
  const int status = in_a_child([] {
    const auto work = WorkFolder::make({});
    write_secret(work->path());
    return ::raise(SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_EQ(left(), 1U);
  const auto goes_on = WorkFolder::make({});
  ASSERT_TRUE(goes_on);
  write_secret(goes_on->path());
  EXPECT_EQ(left(), 1U);
  {
    const auto another = WorkFolder::make({});
  }
  EXPECT_TRUE(fs::exists(goes_on->path() / "minhu.key"));
  EXPECT_EQ(left(), 1U);
}

TEST_F(WorkFolders, AreRemovedWhenSomebodyEndsTheCommand) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const int status = in_a_child([&] {
      ::signal(SIGHUP, SIG_DFL);
      const auto work = WorkFolder::make({});
      const RemovedOnSignal at_an_end(work->path());
      write_secret(work->path());
      ::kill(::getpid(), signal);
      for (;;) ::pause();
      return otherwise;
    });
    ASSERT_TRUE(WIFEXITED(status)) << signal;
    EXPECT_EQ(WEXITSTATUS(status), not_done);
    EXPECT_EQ(left(), 0U) << signal;
  }
}

TEST_F(WorkFolders, ACommandThatEndsByItselfKeepsWhatItMade) {
  const fs::path made = root_ / "minhu";
  const int status = in_a_child([&] {
    auto work = WorkFolder::make(made);
    {
      const RemovedOnSignal at_an_end(work->path());
      write_secret(work->path());
    }
    return work->keep() ? as_expected : otherwise;
  });
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), as_expected);
  EXPECT_TRUE(fs::exists(made / "minhu.key"));
  EXPECT_EQ(left(), 1U);
}

}  // namespace
}  // namespace minhu::app
