#include "features/classes/office_words.h"

#include <gtest/gtest.h>

namespace minhu::classes {
namespace {

TEST(OfficeWords, HoldNoNumberThatBelongsToOnePerson) {
  for (const char* text : {
           "联系人电话00013800138000，请回。",
           "打13812345678找他",
           "手机 138 1234 5678",
           "手机 138-1234-5678。",
           "电话１３８１２３４５６７８",
           "一三八一二三四五六七八",
           "+86 138 1234 5678",
           "固定电话 0579-84112345",
           "电话(0579)8411234",
           "身份证330726199001011234",
           "身份证33072619900101123X",
           "卡号 6222 0212 3456 7890",
           "2026-11-23 13812345678",
       }) {
    EXPECT_TRUE(holds_a_personal_number(text)) << text;
  }
}

TEST(OfficeWords, MaySpeakOfDatesSumsAndDocuments) {
  for (const char* text : {
           "",
           "每月11件降到3件，共132件",
           "2026-11-23 起，2026-12-31 前完成",
           "2026.1.5—2026.12.31",
           "二〇二六年十一月二十三日",
           "县政发〔2026〕12号第三条",
           "预算1,250,000元，管道12000米，分3期",
           "2025年1月至2025年12月 36件",
           "编码 339901101",
           "20261123 开工",
           "一二三四五六七",
       }) {
    EXPECT_FALSE(holds_a_personal_number(text)) << text;
  }
}

TEST(OfficeWords, AreCleanShortAndThere) {
  EXPECT_EQ(*office_words("  一句话 \r\n", "text", 10), "一句话");
  const auto refused = [](std::string_view text) {
    const auto words = office_words(text, "text", 5);
    return words ? std::string("kept") : words.error().key + " " + words.error().field;
  };
  EXPECT_EQ(refused(" \n "), "classes.field_missing text");
  EXPECT_EQ(refused("六个字太长了"), "classes.too_long text");
  EXPECT_EQ(refused("\xFF"), "kernel.not_utf8 text");
  EXPECT_EQ(office_words("电话13812345678", "text", 50).error().key, "classes.personal_details");
}

}  // namespace
}  // namespace minhu::classes
