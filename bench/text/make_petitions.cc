// Makes very many petitions of a county that does not exist, for ./dev bench text: id,title,detail.
//
//   make_petitions COUNT SEED [REAL.csv [county]] > OUT.csv
//
// With `county`, 480 troubles, names of 200 syllables, and the words of the real petitions become
// other ones in each issue, as those of so many matters are; without, five troubles, names of 40
// syllables and the same real texts again and again, so that nearly all there is hangs together:
// the worse case.
//
// Issues have few or many petitions, as real ones have (a share of 1/k² has k of them); a place has
// several issues; the words of one issue differ. With a file of real petitions beside, their texts
// are mixed in: each with the names of an invented place in front, so that terms are as frequent
// and as many as in real ones.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "bench/text/county_words.h"
#include "bench/text/other_words.h"
#include "engines/text/invented_petitions.h"
#include "engines/text/normal_text.h"
#include "kernel/csv.h"
#include "kernel/utf8.h"

namespace {

using minhu::Dice;

std::vector<std::string> real_details(const char* file) {
  std::vector<std::string> details;
  std::ifstream in(file, std::ios::binary);
  minhu::CsvReader reader(in);
  minhu::CsvRow row;
  if (!reader.next(row).value_or(false)) return details;
  const auto column = minhu::column_of(row, "detail");
  if (!column) return details;
  while (reader.next(row).value_or(false)) {
    if (*column < row.fields.size()) details.push_back(row.fields[*column]);
  }
  return details;
}

// Syllables of common Han characters: about as many names as a province has estates.
std::string name_of(std::uint64_t place, bool county) {
  static constexpr std::array<const char*, 40> syllables = {
      "翠", "禾", "澄", "岚", "桐", "鹭", "汀", "蕴", "朗", "枫", "砚", "葭", "屿", "泊",
      "樾", "峯", "浦", "溪", "庐", "郡", "锦", "绣", "祥", "瑞", "盛", "恒", "润", "泰",
      "嘉", "景", "御", "碧", "紫", "金", "银", "龙", "凤", "鹏", "云", "星"};
  static constexpr std::array<const char*, 10> ends = {"花园", "小区", "公馆", "新城", "家园",
                                                       "雅苑", "村",   "大厦", "学校", "国际"};
  Dice dice(place * 7919 + 17);
  std::string name;
  for (auto left = dice.between(2, 4); left > 0; --left) {
    if (county) {
      minhu::text::append_utf8(dice.one_of(minhu::text::county_syllables), name);
    } else {
      name += dice.one_of(syllables);
    }
  }
  return name + dice.one_of(ends);
}

std::string town_of(std::uint64_t place) {
  static constexpr std::array<const char*, 12> first = {"柳", "东", "石", "南", "青", "白",
                                                        "长", "大", "新", "横", "桥", "沙"};
  static constexpr std::array<const char*, 12> second = {"溪", "坪", "矶", "浦", "山", "河",
                                                         "塘", "湾", "桥", "岭", "洲", "埠"};
  Dice dice(place / 40 + 3);
  return std::string(dice.one_of(first)) + dice.one_of(second) + (dice.coin() ? "镇" : "街道");
}

minhu::text::CountyTrouble county_trouble(Dice& dice) {
  return minhu::text::county_trouble(
      static_cast<std::size_t>(dice.next() % minhu::text::county_troubles));
}

minhu::text::CountyTrouble one_of_five(Dice& dice) {
  const auto& trouble = dice.one_of(minhu::text::troubles());
  minhu::text::CountyTrouble copy;
  std::copy(trouble.titles.begin(), trouble.titles.end(), copy.titles.begin());
  std::copy(trouble.details.begin(), trouble.details.end(), copy.details.begin());
  return copy;
}

// 1, 1, 1, 2, 1, 5, …: a share of about 1/k² has k petitions, none more than `most`.
std::int64_t size_of_issue(Dice& dice, std::int64_t most) {
  const double u = static_cast<double>(dice.next() % 1000000 + 1) / 1000000;
  return std::min(most, static_cast<std::int64_t>(1 / u));
}

}  // namespace

int main(int argc, char** argv) {
  const bool county = argc > 4 && std::string_view(argv[4]) == "county";
  if (argc < 3 || (argc > 4 && !county)) {
    std::fprintf(stderr, "usage: make_petitions COUNT SEED [REAL.csv [county]]\n");
    return 2;
  }
  const auto count = std::strtoull(argv[1], nullptr, 10);
  Dice dice(std::strtoull(argv[2], nullptr, 10));
  const std::vector<std::string> real =
      argc > 3 ? real_details(argv[3]) : std::vector<std::string>();
  constexpr std::int64_t largest_issue = 200;
  const std::uint64_t places = count / 8 + 1;
  minhu::text::OtherWords other_words(county ? real : std::vector<std::string>());
  const auto words_of = [&](const std::string& text, std::uint64_t issue) {
    return county ? other_words.of(text, issue) : text;
  };
  std::printf("id,title,detail,time\n");
  std::uint64_t id = 0;
  while (id < count) {
    const std::uint64_t place = dice.next() % places;
    const std::string name = name_of(place, county);
    const std::string town = town_of(place);
    const minhu::text::CountyTrouble trouble = county ? county_trouble(dice) : one_of_five(dice);
    const std::string* real_words = real.empty() ? nullptr : &dice.one_of(real);
    const std::string words = real_words == nullptr ? "" : words_of(*real_words, id);
    for (auto left = size_of_issue(dice, largest_issue); left > 0 && id < count; --left, ++id) {
      std::string title = town;
      title += name;
      title += dice.one_of(trouble.titles);
      std::string detail = "我是" + town + name + "的居民。";
      detail += dice.one_of(trouble.details);
      if (real_words != nullptr) {
        // A part of the words of the issue, another part of another petition: no two are the same.
        detail += minhu::first_code_points(words, static_cast<std::size_t>(dice.between(60, 400)));
        const auto length = static_cast<std::size_t>(dice.between(0, 120));
        const std::string other = words_of(dice.one_of(real), id + count);
        detail += minhu::first_code_points(other, length);
      } else {
        detail += dice.one_of(trouble.details);
      }
      detail += "请帮帮" + name + "的人。";
      std::printf("%llu,%s,%s,2026-01-01\n", static_cast<unsigned long long>(id + 1),
                  minhu::csv_field(title).c_str(), minhu::csv_field(detail).c_str());
    }
  }
  return 0;
}
