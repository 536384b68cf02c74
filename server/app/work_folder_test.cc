#include "app/work_folder.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "app/removed_on_signal.h"
#include "app/terminal.h"
#include "kernel/test_folder.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;

constexpr int as_expected = 0;
constexpr int otherwise = 3;
constexpr int may_not = 77;

// In a process of its own: what it does to itself, and how it ends, is its own affair. The wait
// status.
int in_a_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// For this process alone; false where that is not allowed.
bool mount_on(const fs::path& folder) {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("minhu", folder.c_str(), "tmpfs", 0, nullptr) == 0;
}

class WorkFolders : public testing::Test {
 protected:
  WorkFolders() { ::setenv("TMPDIR", root_.c_str(), 1); }
  ~WorkFolders() override { ::unsetenv("TMPDIR"); }

  static void write_secret(const fs::path& folder) { std::ofstream(folder / "minhu.key") << "07"; }
  std::size_t left() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(root_), fs::directory_iterator()));
  }

  const TestFolder folder_;
  const fs::path root_ = folder_.path();
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

// As a package makes it: the folder is the account's, the one above is not.
TEST_F(WorkFolders, AFolderThatThePackageMadeIsFilledByTheAccountItIsFor) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become the account of the server";
  constexpr uid_t the_account = 65534;
  const fs::path made = root_ / "minhu";
  fs::create_directory(made);
  ASSERT_EQ(::chown(made.c_str(), the_account, the_account), 0);
  fs::permissions(root_, fs::perms(0755));
  const int status = in_a_child([&] {
    if (::setresgid(the_account, the_account, the_account) != 0 ||
        ::setresuid(the_account, the_account, the_account) != 0) {
      return may_not;
    }
    auto work = WorkFolder::make(made);
    if (!work) return otherwise;
    write_secret(work->path());
    if (fs::exists(made / "minhu.key")) return otherwise;
    return work->keep() ? as_expected : otherwise;
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), as_expected);
  EXPECT_TRUE(fs::exists(made / "minhu.key"));
  EXPECT_FALSE(fs::exists(made / ".unfinished"));
}

// As in a container: the folder is a volume, and nothing can be renamed onto it.
TEST_F(WorkFolders, AVolumeIsFilledAndWhatACommandOpensComesLast) {
  const fs::path volume = root_ / "minhu";
  fs::create_directory(volume);
  const int status = in_a_child([&] {
    if (!mount_on(volume)) return may_not;
    fs::create_directory(volume / "lost+found");
    auto work = WorkFolder::make(volume);
    if (!work) return otherwise;
    write_secret(work->path());
    std::ofstream(work->path() / "minhu.db") << "rows";
    if (WorkFolder::make(volume)) return otherwise;  // somebody is at it
    if (!work->keep({"minhu.db"})) return otherwise;
    const bool whole = fs::exists(volume / "minhu.key") && fs::exists(volume / "minhu.db") &&
                       !fs::exists(volume / ".unfinished");
    return whole && !WorkFolder::make(volume) ? as_expected : otherwise;
  });
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == may_not) GTEST_SKIP() << "nothing may be mounted here";
  EXPECT_EQ(WEXITSTATUS(status), as_expected);
}

// What cannot come out whole does not come out at all.
TEST_F(WorkFolders, AVolumeIsLeftAsItWasWhenNotEverythingComesOut) {
  const fs::path volume = root_ / "minhu";
  fs::create_directory(volume);
  const int status = in_a_child([&] {
    if (!mount_on(volume)) return may_not;
    auto work = WorkFolder::make(volume);
    if (!work) return otherwise;
    write_secret(work->path());
    std::ofstream(work->path() / "minhu.db") << "rows";
    fs::create_directories(volume / "minhu.db" / "in the way");
    if (work->keep({"minhu.db"})) return otherwise;
    return fs::exists(volume / "minhu.key") ? otherwise : as_expected;
  });
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == may_not) GTEST_SKIP() << "nothing may be mounted here";
  EXPECT_EQ(WEXITSTATUS(status), as_expected);
}

}  // namespace
}  // namespace minhu::app
