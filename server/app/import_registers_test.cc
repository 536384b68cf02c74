#include <gtest/gtest.h>

#include <fstream>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/test_folder.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;
namespace units = places_and_units;

class Registers : public testing::Test {
 protected:
  Registers() {
    start_crypto();
    options_.data = folder_.path() / "data";
    InitOptions county;
    county.region = 339901;
    county.name = "青溪县";
    county.organiser = "县信访局";
    county.phone = "0571-0000000";
    EXPECT_EQ(init(options_, county), done);
  }

  int imported(const std::string& text) {
    const fs::path file = folder_.path() / "units.csv";
    std::ofstream(file, std::ios::binary) << text;
    return import_units(options_, file);
  }
  std::optional<units::Unit> unit(std::string_view code) {
    const auto foundation = Foundation::open(options_, WhenMissing::refuse);
    return (*foundation)->database->read([&](Reading& reading) {
      return units::find_unit_by_code(reading, RegionId{339901}, code);
    });
  }

  TestFolder folder_;
  FoundationOptions options_;
};

TEST_F(Registers, AFileOfUnitsChangesWhatItSpeaksOfAndLeavesTheRest) {
  ASSERT_EQ(imported("code,name,place,leader_post,phone\n"
                     "housing,县住建局,339901,县住建局局长,0571-1\n"),
            done);
  ASSERT_EQ(imported("code,name\nhousing,县住房和城乡建设局\n"), done);
  const auto renamed = unit("housing");
  ASSERT_TRUE(renamed);
  EXPECT_EQ(renamed->name, "县住房和城乡建设局");
  EXPECT_EQ(renamed->place, "339901");
  EXPECT_EQ(renamed->leader_post, "县住建局局长");
  EXPECT_EQ(renamed->phone, "0571-1");
  // A column that is there and says nothing takes away.
  ASSERT_EQ(imported("code,name,phone\nhousing,县住建局,\n"), done);
  EXPECT_EQ(unit("housing")->phone, "");
  EXPECT_EQ(unit("housing")->leader_post, "县住建局局长");
}

TEST_F(Registers, NamesThatNobodyCouldReadAreNotTaken) {
  const std::string as_gb18030 = "\xCF\xD8\xCB\xAE\xC0\xFB\xBE\xD6";  // 县水利局
  ASSERT_EQ(imported("code,name\nwater," + as_gb18030 + "\nhousing,县住建局\n"), done);
  EXPECT_FALSE(unit("water"));
  EXPECT_TRUE(unit("housing"));
}

}  // namespace
}  // namespace minhu::app
