#include "adapters/pages/phone.h"

#include <gtest/gtest.h>

namespace minhu::pages {
namespace {

TEST(Phone, IsTakenAsPeopleWriteAndDictateIt) {
  for (const char* typed : {"13800000021", "138 0000 0021", "+86 138-0000-0021", "0086 13800000021",
                            "8613800000021", "１３８００００００２１", "（138）0000 0021",
                            "一三八〇〇〇〇〇〇二一", "幺三八零零零零零零二幺"}) {
    const auto phone = parse_phone(typed);
    ASSERT_TRUE(phone) << typed;
    EXPECT_EQ(phone->digits, "13800000021") << typed;
    EXPECT_TRUE(phone->mobile);
  }
}

TEST(Phone, KnowsALandlineThatNoMessageReaches) {
  for (const char* typed : {"0579-88880000", "010 6666 0000", "88880000"}) {
    const auto phone = parse_phone(typed);
    ASSERT_TRUE(phone) << typed;
    EXPECT_FALSE(phone->mobile) << typed;
  }
}

TEST(Phone, RefusesWhatIsNoNumber) {
  for (const char* typed :
       {"", "138", "12345678901", "138000000211", "没有", "138+00000021", "1380000002\xFF"}) {
    EXPECT_FALSE(parse_phone(typed)) << typed;
  }
}

TEST(Phone, IsMaskedSoThatOnlyItsOwnerRecognisesIt) {
  EXPECT_EQ(mask_phone("13800000021"), "138****0021");
  EXPECT_EQ(mask_phone("12345"), "*****");
}

}  // namespace
}  // namespace minhu::pages
