// For tests: petitions of a county that does not exist. Each issue is a place and a trouble; the
// words differ from petition to petition.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "kernel/test_dice.h"

namespace minhu::text {

struct Invented {
  std::string title;
  std::string detail;
  int issue = 0;
  int place = 0;
};

struct Trouble {
  std::array<const char*, 3> titles;
  std::array<const char*, 3> details;
};

inline const std::array<Trouble, 5>& troubles() {
  static const std::array<Trouble, 5> all = {{
      {{"楼板墙面大面积开裂", "新房墙面开裂漏水", "楼板裂缝越来越多"},
       {"收房不到一年，客厅楼板和承重墙都出现裂缝，下雨就漏水，开发商迟迟不肯整改。",
        "家里墙面开裂十多处，卫生间渗水，请质监部门来看看房屋质量。",
        "楼板开裂能放进硬币，外墙脱落，业主都不敢住，要求开发商整改质量问题。"}},
      {{"夜间施工噪音扰民", "旁边工地通宵施工太吵了", "工地凌晨还在施工"},
       {"工地每天施工到凌晨三点，打桩机轰鸣，老人小孩睡不着觉，请城管管一管噪音。",
        "渣土车和挖机整夜不停，噪音扰民，多次打热线没有人管夜间施工。",
        "紧挨着的工地通宵施工，噪声大得睡不了觉，夜间施工许可在哪里？"}},
      {{"配套幼儿园何时开园", "小区幼儿园迟迟不办成普惠园", "孩子上不了配套幼儿园"},
       {"交房两年了配套幼儿园还没有开园，几百个孩子没有地方上幼儿园。",
        "小区配套幼儿园收费太高，请问什么时候办成普惠性幼儿园？",
        "业主的孩子入园难，配套幼儿园一直空着不移交教育局。"}},
      {{"经常停水水压太小", "晚上无水可用", "自来水断断续续"},
       {"每天晚上六点以后就停水，水压小得热水器打不着，请自来水公司解决供水问题。",
        "高层住户常年水压不足，夏天连续停水三天没有通知。",
        "二次供水设备坏了没人修，自来水断断续续，生活用水成了问题。"}},
      {{"公交车班次太少难等", "希望增加公交线路", "公交站停运出行不便"},
       {"门口只有一趟公交车，等四十分钟不来，上班的人都迟到，请增加班次。",
        "公交线路改道以后，附近居民出行很不方便，希望恢复原来的站点。",
        "公交车停运半个月了，几千居民出行困难，何时恢复公交？"}},
  }};
  return all;
}

// Names are put together from syllables, as estates are named.
inline std::string invented_name(int number) {
  static const std::array<const char*, 12> first = {"翠", "禾", "澄", "岚", "桐", "鹭",
                                                    "汀", "蕴", "朗", "枫", "砚", "葭"};
  static const std::array<const char*, 11> second = {"屿", "泊", "岸", "樾", "峯", "浦",
                                                     "溪", "庐", "野", "郡", "台"};
  static const std::array<const char*, 7> third = {"苑", "府", "城", "湾", "里", "居", "园"};
  const auto at = static_cast<std::size_t>(number);
  return std::string(first[at % 12]) + second[(at / 12 + at) % 11] + third[(at * 5 + at / 84) % 7];
}

// `issues` issues with `least` to `most` petitions each; every third place has two issues.
inline std::vector<Invented> invented_petitions(Dice& dice, int issues, int least, int most) {
  static const std::array<const char*, 4> openings = {"", "投诉", "反映", "请问"};
  static const std::array<const char*, 4> towns = {"柳溪镇", "东坪街道", "石矶镇", "南浦街道"};
  static const std::array<const char*, 3> greetings = {"尊敬的领导：您好！", "您好，", ""};
  std::vector<Invented> petitions;
  for (int issue = 0; issue < issues; ++issue) {
    const int place = issue - issue / 3;
    const Trouble& trouble =
        troubles()[static_cast<std::size_t>(issue + issue / 5) % troubles().size()];
    const std::string name = invented_name(place);
    const std::string town = towns[static_cast<std::size_t>(place) % towns.size()];
    for (auto left = dice.between(least, most); left > 0; --left) {
      Invented petition;
      petition.issue = issue;
      petition.place = place;
      petition.title =
          std::string(dice.one_of(openings)) + town + name + "小区" + dice.one_of(trouble.titles);
      petition.detail = std::string(dice.one_of(greetings)) + "我是" + name + std::to_string(left) +
                        "期的业主。" + dice.one_of(trouble.details) + dice.one_of(trouble.details) +
                        "请" + town + "政府帮帮" + name + "的居民。";
      petitions.push_back(std::move(petition));
    }
  }
  return petitions;
}

}  // namespace minhu::text
