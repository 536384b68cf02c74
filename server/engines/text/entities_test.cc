// All people, numbers and places here are invented.
#include "engines/text/entities.h"

#include <gtest/gtest.h>

#include <string>

#include "engines/text/reading.h"

namespace minhu::text {
namespace {

std::string found(EntityKind kind, std::string_view text, const Lexicon& lexicon = Lexicon()) {
  const Result<Read> page = read(lexicon, {}, text);
  if (!page) return page.error().key;
  std::string out;
  for (const Entity& entity : page->entities) {
    if (entity.kind != kind) continue;
    if (!out.empty()) out += ' ';
    out += page->text_of(entity);
  }
  return out;
}

std::int64_t value(std::string_view text) {
  const Result<Read> page = read(Lexicon(), {}, text);
  return page && page->entities.size() == 1 ? page->entities[0].value : -1;
}

std::string shown(std::string_view text) {
  return masked(Lexicon(), text).value_or("fault");
}

TEST(Entities, places_real_and_disguised) {
  EXPECT_EQ(found(EntityKind::place, "我是A市K8县星沙街道柳溪村三组的"),
            "a市 k8县 星沙街道 柳溪村 三组");
  EXPECT_EQ(found(EntityKind::place, "家住石期市镇，路过长沙市"), "石期市镇 长沙市");
  EXPECT_EQ(found(EntityKind::place, "七层坡社区旁边"), "七层坡社区");
}

TEST(Entities, no_place_where_none_is_named) {
  EXPECT_EQ(found(EntityKind::place, "全村的道路都坏了，这个村没有路灯，农村和城市不一样"), "");
  EXPECT_EQ(found(EntityKind::road, "一条路，两条路，走路"), "");
}

TEST(Entities, roads) {
  EXPECT_EQ(found(EntityKind::road, "人民中路与S209省道交叉口"), "人民中路 s209省道");
  EXPECT_EQ(found(EntityKind::road, "107国道和芙蓉大道"), "107国道 芙蓉大道");
}

TEST(Entities, estates) {
  EXPECT_EQ(found(EntityKind::estate, "家住阳光花园小区，旁边是九亿广场"), "阳光花园小区 九亿广场");
  EXPECT_EQ(found(EntityKind::estate, "这个小区没有电梯"), "");
}

TEST(Entities, schools_and_hospitals) {
  EXPECT_EQ(found(EntityKind::school, "督促第二幼儿园退费，月湖中学补课"), "第二幼儿园 月湖中学");
  EXPECT_EQ(found(EntityKind::school, "在职中小学教师"), "");
  EXPECT_EQ(found(EntityKind::hospital, "在B6县人民医院住院"), "人民医院");
}

TEST(Entities, firms_and_offices) {
  EXPECT_EQ(found(EntityKind::firm, "投诉达远新型建材有限公司"), "达远新型建材有限公司");
  EXPECT_EQ(found(EntityKind::unit, "请市教育局和月湖派出所处理"), "教育局 月湖派出所");
  EXPECT_EQ(found(EntityKind::unit, "找过劳动监察大队"), "劳动监察大队");
  EXPECT_EQ(found(EntityKind::unit, "这样的结局"), "");
}

TEST(Entities, a_name_of_the_county_is_known_as_a_whole) {
  Lexicon lexicon;
  ASSERT_TRUE(lexicon.add("在水一方大厦", WordKind::place));
  ASSERT_TRUE(lexicon.add("兴旺供水站", WordKind::unit));
  EXPECT_EQ(found(EntityKind::estate, "在水一方大厦停水", lexicon), "在水一方大厦");
  EXPECT_EQ(found(EntityKind::unit, "兴旺供水站停水", lexicon), "兴旺供水站");
}

TEST(Entities, the_same_name_has_the_same_key) {
  const Result<Read> page = read(Lexicon(), "柳溪村停电", "我们柳溪村又停电了");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->entities.size(), 2U);
  EXPECT_EQ(page->entities[0].key, page->entities[1].key);
  EXPECT_EQ(page->entities[0].key, word_hash("柳溪村"));
}

TEST(Entities, dates_with_their_day) {
  EXPECT_EQ(value("2019年3月5日"), 20190305);
  EXPECT_EQ(value("２０１９年３月５号"), 20190305);
  EXPECT_EQ(value("2019-03-05"), 20190305);
  EXPECT_EQ(value("2019.3.5"), 20190305);
  EXPECT_EQ(value("2019年3月"), 20190300);
  EXPECT_EQ(value("2019年"), 20190000);
  EXPECT_EQ(value("3月5日"), 305);
  EXPECT_EQ(value("二〇一九年三月十五日"), 20190315);
  EXPECT_EQ(value("十二月"), 1200);
}

TEST(Entities, no_date_where_no_day_is) {
  EXPECT_EQ(found(EntityKind::date, "2019-13-45 3个月 9999年 13月"), "");
}

TEST(Entities, amounts_in_yuan) {
  EXPECT_EQ(value("3万元"), 30'000);
  EXPECT_EQ(value("2,500块"), 2'500);
  EXPECT_EQ(value("1.5万元"), 15'000);
  EXPECT_EQ(value("两百多块钱"), 200);
  EXPECT_EQ(value("三千二百元"), 3'200);
  EXPECT_EQ(value("2亿元"), 200'000'000);
  EXPECT_EQ(found(EntityKind::amount, "三条路 2公里 300人"), "");
}

TEST(Masks, phones_of_every_kind) {
  EXPECT_EQ(shown("电话13812345678"), "电话〔电话〕");
  EXPECT_EQ(shown("138-1234-5678，138 1234 5678"), "〔电话〕，〔电话〕");
  EXPECT_EQ(shown("１３８１２３４５６７８"), "〔电话〕");
  EXPECT_EQ(shown("138****5678"), "〔电话〕");
  EXPECT_EQ(shown("+86 13812345678"), "〔电话〕");
  EXPECT_EQ(shown("0731-85551234"), "〔电话〕");
  EXPECT_EQ(shown("(0731)85551234"), "〔电话〕");
  EXPECT_EQ(shown("联系电话：85551234"), "联系电话：〔电话〕");
  EXPECT_EQ(shown("QQ：12345678"), "QQ：〔电话〕");
  EXPECT_EQ(shown("微信号abc_def1"), "微信号〔电话〕");
  EXPECT_EQ(shown("邮箱 li.wang@example.com"), "邮箱 〔电话〕");
}

TEST(Masks, not_the_numbers_that_everybody_may_call) {
  EXPECT_EQ(shown("打了12345和110"), "打了12345和110");
  EXPECT_EQ(shown("编号20190305"), "编号20190305");
}

TEST(Masks, numbers_of_cards_and_cars) {
  EXPECT_EQ(shown("身份证110101199003071233"), "身份证〔证件号〕");
  EXPECT_EQ(shown("11010119900307123X"), "〔证件号〕");
  EXPECT_EQ(shown("1101**********1233"), "〔证件号〕");
  EXPECT_EQ(shown("卡号6222021234567890123"), "卡号〔证件号〕");
  EXPECT_EQ(shown("车牌湘A12345，粤B·D1234"), "车牌〔车牌〕，〔车牌〕");
}

TEST(Masks, doors_but_not_buildings) {
  EXPECT_EQ(shown("阳光花园3栋2单元501室漏水"), "阳光花园〔门牌〕漏水");
  EXPECT_EQ(shown("7栋501漏水"), "〔门牌〕漏水");
  EXPECT_EQ(shown("7栋的电梯"), "7栋的电梯");
  EXPECT_EQ(shown("2室1厅的房子"), "2室1厅的房子");
}

TEST(Masks, names) {
  EXPECT_EQ(shown("我叫张小明，男"), "我叫〔姓名〕，男");
  EXPECT_EQ(shown("村民王建国反映"), "村民〔姓名〕反映");
  EXPECT_EQ(shown("李女士和陈某某"), "〔姓名〕女士和〔姓名〕");
  EXPECT_EQ(shown("联系人：李四"), "联系人：〔姓名〕");
  EXPECT_EQ(shown("王xx打人"), "〔姓名〕打人");
  EXPECT_EQ(shown("欧阳先生"), "〔姓名〕先生");
  EXPECT_EQ(shown("尊敬的蒋局长"), "尊敬的〔姓名〕局长");
  EXPECT_EQ(shown("赵应云镇长"), "〔姓名〕镇长");
  EXPECT_EQ(shown("请联系李建军，张伟的车"), "请联系〔姓名〕，〔姓名〕的车");
}

TEST(Masks, no_names_where_nobody_is_named) {
  EXPECT_EQ(shown("我是高中老师，住在高新区"), "我是高中老师，住在高新区");
  EXPECT_EQ(shown("于是和老师说"), "于是和老师说");
  EXPECT_EQ(shown("来了个老板，祝工作顺利"), "来了个老板，祝工作顺利");
  EXPECT_EQ(shown("李家的车，马上好，金山的水"), "李家的车，马上好，金山的水");
}

TEST(Masks, a_piece_of_a_text_keeps_whole_characters_and_whole_masks) {
  const std::string text = "我叫张小明，电话13812345678，路灯坏了";
  const Result<Read> page = read(Lexicon(), {}, text);
  ASSERT_TRUE(page);
  const auto piece = [&](std::size_t begin, std::size_t end) {
    return masked(text, Field::detail, page->entities, begin, end);
  };
  const std::size_t phone = text.find("138");
  EXPECT_EQ(piece(phone + 3, text.size()), "〔电话〕，路灯坏了");
  EXPECT_EQ(piece(0, phone + 3), "我叫〔姓名〕，电话〔电话〕");
  EXPECT_EQ(piece(1, 10), "叫〔姓名〕");
  EXPECT_EQ(piece(text.size(), text.size() + 100), "");
  EXPECT_EQ(piece(5, 2), "");
}

TEST(Masks, only_the_entities_of_the_field_that_is_shown) {
  const std::string title = "13812345678";
  const std::string detail = "路灯坏了，一片漆黑";
  const Result<Read> page = read(Lexicon(), title, detail);
  ASSERT_TRUE(page);
  EXPECT_EQ(masked(detail, Field::detail, page->entities), detail);
  EXPECT_EQ(masked(title, Field::title, page->entities), "〔电话〕");
}

}  // namespace
}  // namespace minhu::text
