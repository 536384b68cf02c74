#include "features/cases/telephone.h"

#include <gtest/gtest.h>

namespace minhu::cases {
namespace {

TEST(Telephone, IsTheSameHoweverItIsWritten) {
  for (const char* const mobile :
       {"13800000021", "138 0000 0021", "138-0000-0021", "+86 13800000021", "0086 138 0000 0021",
        "86 13800000021", "１３８００００００２１"}) {
    EXPECT_EQ(digits_of_telephone(mobile), "13800000021") << mobile;
  }
  EXPECT_EQ(digits_of_telephone("(0579) 8888-0000"), "057988880000");
  EXPECT_EQ(digits_of_telephone("（0579）8888－0000"), "057988880000");  // a Chinese keyboard
  EXPECT_EQ(digits_of_telephone("8888000"), "8888000");
}

TEST(Telephone, IsNoneWhereItIsNotOneNumber) {
  for (const char* const other :
       {"", "12345", "li@example.org", "明天下午打给我", "0579-88880000转801", "0579-88880000-801",
        "13800000021 13800000022"}) {
    EXPECT_EQ(digits_of_telephone(other), "") << other;
  }
}

TEST(Telephone, TakesTextMessagesOnlyWhereItIsAMobile) {
  EXPECT_TRUE(is_mobile("13800000021"));
  EXPECT_FALSE(is_mobile("057988880000"));
  EXPECT_FALSE(is_mobile("8888000"));
}

}  // namespace
}  // namespace minhu::cases
