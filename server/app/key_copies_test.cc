#include "app/key_copies.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "app/taking_backup.h"
#include "kernel/test_folder.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

class KeyCopies : public testing::Test {
 protected:
  KeyCopies() {
    folder_.root = root_.path();
    fs::create_directory(folder_.key_copies());
  }

  void put(const std::string& name) { std::ofstream(folder_.key_copies() / name) << "keys"; }
  Names there() const {
    Names names;
    for (const auto& entry : fs::directory_iterator(folder_.key_copies())) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  TestFolder root_;
  DataFolder folder_;
  const Instant now_ = *parse_instant("2026-11-26 12:00");
};

// One of a year to come was made while a clock was ahead. Nobody would remove it before that year,
// and with it whoever was erased could be read until then.
TEST_F(KeyCopies, OfSevenDaysStayAndNoneOfAnyOtherDayAlsoNotOfOneToCome) {
  for (const char* day :
       {"2026-11-19", "2026-11-20", "2026-11-26", "2026-11-27", "2026-11-28", "2031-01-01"}) {
    put("keys-" + std::string(day) + ".db");
  }
  put("keys-2026-11-26.db.new");
  copy_keys(folder_, nullptr, now_);
  EXPECT_EQ(there(), (Names{"keys-2026-11-20.db", "keys-2026-11-26.db", "keys-2026-11-27.db"}));
}

TEST_F(KeyCopies, InBackupsAreForgottenTheSame) {
  for (const char* day : {"2026-11-19", "2026-11-20", "2026-11-27", "2031-01-01"}) {
    put("minhu-330726-" + std::string(day) + "T010203Z.keys");
  }
  put("minhu-330726-2031-01-01T010203Z.data");
  EXPECT_EQ(forget_old_keys(folder_.key_copies(), now_), 2);
  EXPECT_EQ(there(),
            (Names{"minhu-330726-2026-11-20T010203Z.keys", "minhu-330726-2026-11-27T010203Z.keys",
                   "minhu-330726-2031-01-01T010203Z.data"}));
}

}  // namespace
}  // namespace minhu::app
