// The words of a county of very many matters that does not exist: 480 troubles, each a thing of
// daily life and what is wrong with it, and 200 syllables of names. For make_petitions.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
namespace minhu::text {

inline constexpr std::array<const char*, 60> things = {
    "电梯",     "路灯",     "污水管网", "垃圾站",   "广场舞音响", "停车位",   "充电桩",
    "消防通道", "物业费",   "维修基金", "房产证",   "学位",       "校车",     "食堂",
    "养老金",   "医保报销", "村卫生室", "低保",     "残疾补贴",   "农村危房", "征地补偿",
    "宅基地",   "机耕道",   "水渠",     "水库",     "河道",       "养猪场",   "采石场",
    "砖厂",     "烟囱",     "油烟",     "空调外机", "天然气",     "暖气",     "变压器",
    "电线杆",   "宽带",     "信号塔",   "人行天桥", "斑马线",     "红绿灯",   "减速带",
    "大货车",   "渣土车",   "网约车",   "共享单车", "流浪狗",     "占道摊贩", "农贸市场",
    "菜价",     "预付卡",   "培训机构", "拖欠工资", "工伤",       "社保",     "公积金",
    "商铺租金", "老旧厂房", "古树",     "祠堂"};

inline constexpr std::array<std::array<const char*, 3>, 8> wrongs = {{
    {"坏了没人修", "几个月了一直没有修好", "报修多次没有人来处理"},
    {"收费太高不合理", "乱收费没有公示标准", "收了钱不开票也不说明"},
    {"什么时候能解决", "到底何时落实", "一拖再拖没有时间表"},
    {"影响老人孩子安全", "存在严重安全隐患", "已经出过事还没有人管"},
    {"臭味和噪音让人睡不着", "夜里吵得无法休息", "气味刺鼻不敢开窗"},
    {"手续办不下来", "材料交了几次都被退回", "窗口之间互相推来推去"},
    {"被人占用无人制止", "私自改建没有审批", "公共的地方变成了私人的"},
    {"希望增加一些", "数量太少不够用", "附近一处也没有"},
}};

// One of 480: three titles and three sentences of a detail.
struct CountyTrouble {
  std::array<std::string, 3> titles;
  std::array<std::string, 3> details;
};

inline CountyTrouble county_trouble(std::size_t number) {
  const std::string thing = things[number % things.size()];
  const auto& wrong = wrongs[number / things.size() % wrongs.size()];
  CountyTrouble trouble;
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    trouble.titles[i] = thing + wrong[i];
    trouble.details[i] = "这里的" + thing + wrong[(i + 1) % wrong.size()] + "，大家都说" + thing +
                         wrong[i] + "，请派人到现场看看。";
  }
  return trouble;
}

inline constexpr std::size_t county_troubles = things.size() * wrongs.size();

// Characters that names of estates, villages, firms and schools are made of.
inline constexpr std::u32string_view county_syllables =
    U"翠禾澄岚桐鹭汀蕴朗枫砚葭屿泊樾峯浦溪庐郡锦绣祥瑞盛恒润泰嘉景御碧紫金银龙凤鹏云星"
    U"安保北博昌长成春达大德地鼎东都端丰峰福富高格光广桂国海汉航和鹤红宏洪鸿虎花华怀环"
    U"黄辉惠吉佳建江骄杰京晶九君开康科坤兰蓝乐立丽利联良林灵岭柳陆绿罗马麦茂梅美民名明"
    U"木牡南宁牛农平坪栖麒启谦强桥青清泉仁荣如三桑森沙山尚少神胜狮石世双水顺松塔棠桃天"
    U"田亭万王旺威文武西仙湘苑向小晓心欣新鑫兴秀轩雪雅阳洋养叶怡宜艺益竹英迎永优友宇玉";

}  // namespace minhu::text
