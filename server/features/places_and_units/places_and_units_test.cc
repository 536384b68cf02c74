#include "features/places_and_units/places_and_units.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/system/system.h"
#include "adapters/test_storage/test_database.h"
#include "features/places_and_units/said_of_places.h"
#include "project_folder.h"

namespace minhu::places_and_units {
namespace {

std::filesystem::path shared_data(const char* file) {
  const char* folder = std::getenv("MINHU_SHARED");
  return std::filesystem::path(folder != nullptr ? folder
                                                 : project_folder().string() + "/../shared") /
         "data" / file;
}

class Units : public ::testing::Test {
 protected:
  Units() {
    write([&](Transaction& t) {
      put_place(t, region_, {"339901", "", "青溪县"});
      put_place(t, region_, {"339901101", "339901", "竹源镇"});
      put_place(t, region_, {"339901101201", "339901101", "上溪村"});
      put_unit(t, region_, unit("housing", "县住建局", UnitLevel::county, housing_));
      put_unit(t, region_, unit("town-01", "竹源镇人民政府", UnitLevel::town, town_));
      put_category(t, region_, {"minhu", "01", "", "城乡建设"});
      put_category(t, region_, {"minhu", "01.02", "01", "生活污水"});
      put_category(t, region_, {"minhu", "02", "", "邻里"});
      put_dispatch_rule(t, region_, {"r1", "minhu:01", "", housing_, "三定方案"});
      put_dispatch_rule(t, region_, {"r2", "minhu:01", "339901101", town_, "乡镇职责清单"});
      put_dispatch_rule(t, region_, {"r3", "minhu:01.02", "", housing_, "三定方案"});
      put_duty(t, region_, {"minhu:01.02", housing_, "浙江省农村生活污水处理设施管理条例"});
    });
  }

  static Unit unit(const char* code, const char* name, UnitLevel level, UnitId id) {
    Unit made;
    made.id = id;
    made.code = code;
    made.name = name;
    made.level = level;
    return made;
  }
  template <class F>
  void write(F&& work) {
    ASSERT_TRUE(database_->write_job([&](Transaction& t) -> Outcome {
      work(t);
      return {};
    }));
  }

  RegionId region_{339901};
  system::SeededEntropy entropy_{1};
  UnitId housing_ = entropy_.id<UnitId>(Instant{1});
  UnitId town_ = entropy_.id<UnitId>(Instant{1});
  test_storage::TestDatabase database_{{migrations()}};
};

TEST_F(Units, ThePathOfAPlaceLeavesOutTheCounty) {
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(place_path(reading, region_, "339901101201"), "竹源镇 上溪村");
    EXPECT_EQ(place_path(reading, region_, "no"), "");
    EXPECT_EQ(search_places(reading, region_, "溪", 9).size(), 2U);
    EXPECT_TRUE(search_places(reading, region_, "%", 9).empty());
  });
}

TEST_F(Units, WordsThatOnlyNameThePlaceAgainAreNotSaidTwice) {
  constexpr std::string_view path = "竹源镇 上溪村";
  EXPECT_EQ(more_than_path(path, "上溪村"), "");
  EXPECT_EQ(more_than_path(path, "竹源镇上溪村"), "");
  EXPECT_EQ(more_than_path(path, "竹源镇 上溪村"), "");
  EXPECT_EQ(more_than_path(path, ""), "");
  EXPECT_EQ(more_than_path(path, "上溪村老磨坊旁边"), "上溪村老磨坊旁边");
  EXPECT_EQ(more_than_path(path, "竹源镇"), "竹源镇");
  EXPECT_EQ(more_than_path("", "老磨坊旁边"), "老磨坊旁边");
  EXPECT_EQ(path_as_said(path, "上溪村"), path);
  EXPECT_EQ(path_as_said(path, "老磨坊旁边"), "竹源镇 上溪村 老磨坊旁边");
  EXPECT_EQ(path_as_said("", "老磨坊旁边"), "老磨坊旁边");
}

TEST_F(Units, TheCloserRuleWinsAndSaysWhy) {
  database_->read_job([&](Reading& reading) {
    const auto sewage = suggest_unit(reading, region_, "minhu:01.02", "339901101201");
    ASSERT_TRUE(sewage);
    EXPECT_EQ(sewage->rule.code, "r3");
    EXPECT_EQ(sewage->beaten, (std::vector<std::string>{"r2", "r1"}));
    EXPECT_NE(sewage->because.find("生活污水"), std::string::npos);
    EXPECT_EQ(suggest_unit(reading, region_, "minhu:01", "339901101201")->rule.code, "r2");
    EXPECT_EQ(suggest_unit(reading, region_, "minhu:01", "")->rule.code, "r1");
    EXPECT_FALSE(suggest_unit(reading, region_, "minhu:02", "339901101201"));
  });
}

TEST_F(Units, WhatADepartmentMustDoIsNotPushedDownToATown) {
  database_->read_job([&](Reading& reading) {
    const auto town = *find_unit(reading, region_, town_);
    const auto refused = may_take_duty(reading, region_, "minhu:01.02", town);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().details.at("unit"), "县住建局");
    EXPECT_TRUE(may_take_duty(reading, region_, "minhu:01", town));
    EXPECT_TRUE(
        may_take_duty(reading, region_, "minhu:01.02", *find_unit(reading, region_, housing_)));
  });
}

TEST_F(Units, ALabelOfOneSchemeIsFoundInAnotherAlsoThroughItsParent) {
  write([&](Transaction& t) { map_category(t, region_, "minhu:01", "hotline:A7"); });
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(mapped_category(reading, region_, "minhu:01.02", "hotline"), "hotline:A7");
    EXPECT_FALSE(mapped_category(reading, region_, "minhu:02", "hotline"));
  });
}

TEST_F(Units, TheTestBenchNamesTheWordsThatSpoke) {
  write([&](Transaction& t) {
    for (const auto* word : {"污水", "臭"}) put_category_word(t, region_, "minhu:01.02", word);
    put_category_word(t, region_, "minhu:02", "邻居");
  });
  database_->read_job([&](Reading& reading) {
    const auto guess = guess_category(reading, region_, "污水管破了，很臭，邻居也受不了");
    ASSERT_TRUE(guess);
    EXPECT_EQ(guess->category, "minhu:01.02");
    EXPECT_EQ(guess->words.size(), 2U);
  });
}

TEST_F(Units, FaultyLinesOfAFileAreNamedAndTheOthersKept) {
  std::istringstream csv(
      "code,name,parent\n339901102,石桥镇,339901\nx,坏,339901\n\"a\"b,c\n339901103,柳岸镇,"
      "339901\n");
  write([&](Transaction& t) {
    const auto imported = import_places(t, region_, csv);
    ASSERT_TRUE(imported);
    EXPECT_EQ(imported->kept, 2);
    ASSERT_EQ(imported->faults.size(), 2U);
    EXPECT_TRUE(imported->faults[0].starts_with("line 3"));
  });
}

TEST_F(Units, TheRealTownsAndLabelsOfAProvinceGoIn) {
  std::ifstream towns(shared_data("divisions/zhejiang_towns.csv"));
  std::ifstream labels(shared_data("petitions/categories.csv"));
  if (!towns || !labels) GTEST_SKIP() << "the shared data is not here";
  write([&](Transaction& t) {
    const auto imported = import_places(t, RegionId{33}, towns);
    ASSERT_TRUE(imported);
    EXPECT_EQ(imported->kept, 1387);
    EXPECT_TRUE(imported->faults.empty());
    EXPECT_EQ(import_category_tree(t, RegionId{33}, "teddy", labels).value(), 517);
  });
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(categories_of(reading, RegionId{33}, "teddy").size(), 15U + 118U + 517U);
  });
}

}  // namespace
}  // namespace minhu::places_and_units
