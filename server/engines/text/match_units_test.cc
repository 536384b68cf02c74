#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "engines/text/accused.h"

namespace minhu::text {
namespace {

const std::array<KnownUnit, 10> county{{{"housing", "青溪县住房和城乡建设局", {}},
                                        {"enforcement", "青溪县综合行政执法局", {"城管执法局"}},
                                        {"police", "青溪县公安局", {}},
                                        {"government", "青溪县人民政府", {}},
                                        {"town-01", "竹源镇人民政府", {}},
                                        {"town-02", "望月街道办事处", {}},
                                        {"village-01", "上溪村民委员会", {}},
                                        {"village-02", "下溪村民委员会", {}},
                                        {"village-03", "石岭村民委员会", {}},
                                        {"village-04", "云坪村民委员会", {}}}};

std::vector<AccusedUnit> matched(std::string_view text, Whereabouts where = {}) {
  static const Result<AccusedWords> words = AccusedWords::built_in();
  static const Lexicon lexicon;
  const auto read = text::read(lexicon, "投诉", text);
  if (!read) return {};
  return match_units(*words, find_accused(*words, *read), county, where);
}

std::vector<std::string> codes(const std::vector<AccusedUnit>& units) {
  std::vector<std::string> codes;
  for (const AccusedUnit& unit : units) codes.push_back(unit.code);
  return codes;
}

using Codes = std::vector<std::string>;

TEST(MatchUnits, KnowsAnOfficeByWhatPeopleCallIt) {
  EXPECT_EQ(codes(matched("住建局不管，一直推诿。")), Codes{"housing"});
  EXPECT_EQ(codes(matched("房产局拖着不办。")), Codes{"housing"});
  EXPECT_EQ(codes(matched("城管乱罚款。")), Codes{"enforcement"});
  EXPECT_EQ(codes(matched("城管执法局不作为。")), Codes{"enforcement"});
  EXPECT_EQ(codes(matched("县政府不作为。")), Codes{"government"});
}

TEST(MatchUnits, FindsTheOfficeOfAPost) {
  EXPECT_EQ(codes(matched("民警打人。")), Codes{"police"});
}

TEST(MatchUnits, TellsTownsAndVillagesByTheirPlace) {
  EXPECT_EQ(codes(matched("竹源镇政府不管。")), Codes{"town-01"});
  EXPECT_EQ(codes(matched("望月街道办互相推诿。")), Codes{"town-02"});
  EXPECT_EQ(codes(matched("石岭村村委会贪污。")), Codes{"village-03"});
}

TEST(MatchUnits, ANameThatLostItsFirstCharacterStillFindsItsUnitAmongOthers) {
  const auto found = codes(matched("下溪村村委会贪污。"));
  EXPECT_NE(std::find(found.begin(), found.end(), "village-02"), found.end());
  EXPECT_LE(found.size(), 2U);
}

TEST(MatchUnits, AGeneralWordMeansTheUnitOfThePlaceAndIsOnlyPossible) {
  const auto units = matched("村干部打人，还贪污。", {{"上溪村", "竹源镇"}});
  ASSERT_EQ(codes(units), Codes{"village-01"});
  EXPECT_EQ(units[0].sureness, Sureness::possibly);
  const auto town = matched("镇政府不作为。", {{"上溪村", "竹源镇"}});
  EXPECT_EQ(codes(town), Codes{"town-01"});
}

TEST(MatchUnits, ANameThatIsWrittenOutIsAsSureAsItsMention) {
  const auto units = matched("青溪县公安局乱罚款。");
  ASSERT_EQ(codes(units), Codes{"police"});
  EXPECT_EQ(units[0].sureness, Sureness::stated);
}

TEST(MatchUnits, AWordThatFitsEveryVillageSaysNothingOfAny) {
  EXPECT_TRUE(matched("村干部打人。").empty());
}

TEST(MatchUnits, AVillageOfAnotherNameIsNotTakenForTheOneOfTheCase) {
  EXPECT_TRUE(matched("白塔村村委会贪污。", {{"上溪村"}}).empty());
}

TEST(MatchUnits, PutsTheSurestFirstAndEachUnitOnce) {
  const auto units = matched("公安局打过电话没用。城管局乱收费，城管局打人。");
  EXPECT_EQ(codes(units), (Codes{"enforcement", "police"}));
}

}  // namespace
}  // namespace minhu::text
