// For tests and measurements: a letter that many send, each with a few words of their own in it.
// All invented.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engines/text/invented_petitions.h"

namespace minhu::text {

// The words of one letter, of which `letter_words` are taken from the front.
inline const std::vector<std::string>& letter() {
  static const std::vector<std::string> words = {
      "尊敬", "的",     "领导", "您好", "我们", "是",   "翠屿苑", "小区", "的",   "业主", "昨天",
      "夜里", "河水",   "漫过", "堤岸", "淹没", "地下", "车库",   "和",   "一楼", "住户", "电梯",
      "停运", "配电",   "房",   "进水", "全",   "小区", "断电",   "断水", "老人", "孩子", "被困",
      "高层", "物业",   "电话", "无人", "接听", "排水", "泵站",   "据说", "早已", "损坏", "多次",
      "报修", "没有",   "结果", "今年", "春天", "已经", "有过",   "一次", "内涝", "当时", "答应",
      "汛期", "之前",   "修好", "至今", "不见", "动静", "请求",   "派人", "抽水", "恢复", "供电",
      "安置", "老人",   "查清", "泵站", "为何", "失修", "公布",   "责任", "单位", "并且", "赔偿",
      "车辆", "和",     "家具", "损失", "另外", "河道", "上游",   "围堰", "工地", "堆放", "渣土",
      "堵住", "涵洞",   "雨水", "无处", "可去", "业主", "委员会", "去年", "写信", "反映", "未",
      "获",   "答复",   "附近", "学校", "操场", "同样", "积水",   "过膝", "学生", "停课", "三天",
      "商铺", "货物",   "泡坏", "经营", "户",   "叫苦", "不迭",   "保险", "公司", "拒绝", "理赔",
      "理由", "是",     "年年", "发水", "属于", "已知", "风险",   "我们", "认为", "这",   "不是",
      "天灾", "而是",   "排涝", "设施", "无人", "维护", "恳请",   "尽快", "召开", "现场", "会议",
      "邀请", "居民",   "代表", "参加", "说明", "整改", "期限",   "以及", "资金", "来源", "安排",
      "专人", "值守",   "泵站", "汛期", "结束", "以后", "彻底",   "清淤", "拆除", "围堰", "加高",
      "堤岸", "翠屿苑", "小区", "全体", "居民", "盼望", "早日",   "得到", "回音", "此致", "敬礼"};
  return words;
}

// One of them: `letter_words` words of which `changed` are others, a door, a name, a thing.
inline Invented storm_letter(Dice& dice, std::size_t letter_words, std::size_t changed) {
  static const std::array<const char*, 16> family = {"赵", "钱", "孙", "李", "周", "吴",
                                                     "郑", "王", "冯", "陈", "褚", "卫",
                                                     "蒋", "沈", "韩", "杨"};
  static const std::array<const char*, 16> given = {"建国", "秀英", "志强", "桂兰", "海燕", "永福",
                                                    "春梅", "文斌", "玉珍", "国庆", "小红", "大伟",
                                                    "丽华", "卫东", "淑芬", "明亮"};
  static const std::array<const char*, 16> things = {
      "冰箱", "沙发",   "轿车", "电瓶车", "衣柜", "钢琴", "米面", "药品",
      "账本", "洗衣机", "地板", "空调",   "书桌", "被褥", "相册", "木门"};
  std::vector<std::string> words(letter().begin(),
                                 letter().begin() + static_cast<std::ptrdiff_t>(letter_words));
  for (; changed > 0; --changed) {
    std::string& word = words[static_cast<std::size_t>(dice.next() % words.size())];
    switch (dice.next() % 3) {
      case 0:
        word = std::to_string(dice.between(1, 60)) + "栋" +
               std::to_string(dice.between(101, 2504)) + "室";
        break;
      case 1:
        word = std::string(dice.one_of(family)) + dice.one_of(given);
        break;
      default:
        word = dice.one_of(things);
    }
  }
  Invented one;
  one.title = "柳溪镇翠屿苑小区被水淹没无人抢修";
  for (const std::string& word : words) one.detail += word;
  return one;
}

// `count` of them: 60 to all words of the letter, the same for all, with 2 to 6 changed in each.
inline std::vector<Invented> invented_storm(Dice& dice, std::size_t count,
                                            std::size_t letter_words) {
  std::vector<Invented> letters;
  for (std::size_t i = 0; i < count; ++i) {
    letters.push_back(
        storm_letter(dice, letter_words, static_cast<std::size_t>(dice.between(2, 6))));
  }
  return letters;
}

}  // namespace minhu::text
