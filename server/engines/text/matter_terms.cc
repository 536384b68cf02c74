#include "engines/text/matter_terms.h"

#include <algorithm>
#include <array>
#include <limits>

#include "engines/text/aspects.h"
#include "kernel/utf8.h"

namespace minhu::text {

namespace {

constexpr std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33U;
  value *= 0xFF51AFD7ED558CCDU;
  value ^= value >> 33U;
  value *= 0xC4CEB9FE1A85EC53U;
  return value ^ value >> 33U;
}

std::uint32_t hash_of(std::u32string_view points) {
  std::uint64_t hash = points.size();
  for (const char32_t point : points) hash = mixed(hash ^ point);
  return static_cast<std::uint32_t>(hash);
}

bool one_of(char32_t point, std::u32string_view set) {
  return set.find(point) != std::u32string_view::npos;
}

// How a title begins before it says what it is about.
constexpr std::array<std::u32string_view, 23> openings = {
    U"请问", U"咨询", U"反映", U"反应", U"投诉", U"举报", U"建议", U"关于",
    U"请求", U"希望", U"强烈", U"要求", U"再次", U"恳请", U"对",   U"给",
    U"请",   U"在",   U"我",   U"就",   U"问",   U"申请", U"质疑"};

std::size_t end_of_opening(std::u32string_view title) {
  std::size_t end = 0;
  for (bool more = true; more;) {
    more = false;
    for (const std::u32string_view opening : openings) {
      if (title.substr(end).starts_with(opening)) {
        end += opening.size();
        more = true;
      }
    }
  }
  return end;
}

// Where the names of places end with which a title begins: 「A市A3区星沙街道|…」. By the last
// character alone, since the slot behind is a matter of counting over many titles; but what is
// longer than a place's name since the last place is an estate or a road with a place's last
// character in it, or a sentence about one.
std::size_t end_of_places(std::u32string_view title) {
  constexpr std::u32string_view ends_place = U"市县区镇乡村省";
  // 小区, 校区, 超市, 农村 are no names; nor are 市场, 村民, 县长, 市委.
  constexpr std::u32string_view not_before =
      U"小片园校景城农新超夜菜门上股楼全我本库灾学厂工疫地辖战";
  constexpr std::u32string_view not_behind = U"场民长委政里域支容内外";
  constexpr std::size_t longest_place = 5;  // 东屯渡街道
  const std::size_t begin = end_of_opening(title);
  std::size_t end = begin;
  const std::size_t last = title.size() * 3 / 5;
  for (std::size_t i = 1; i <= last && i < title.size(); ++i) {
    // The first may stand behind an opening that we do not know.
    if (end > begin && i + 1 - end > longest_place) break;
    const char32_t next = i + 1 < title.size() ? title[i + 1] : U' ';
    if (one_of(title[i], ends_place) && !one_of(title[i - 1], not_before) &&
        !one_of(next, not_behind)) {
      end = i + 1;
    } else if (title[i] == U'道' && title[i - 1] == U'街') {
      end = i + 1;
    }
  }
  return end;
}

// How names end: of estates, schools, firms, behind which a title says what is wrong …
constexpr std::array<std::u32string_view, 26> last_endings = {
    U"小区", U"花园", U"公司", U"学校", U"学院", U"大学", U"中学", U"小学",  U"医院",
    U"广场", U"大厦", U"国际", U"平台", U"公馆", U"公园", U"市场", U"车站",  U"集团",
    U"中心", U"驾校", U"宿舍", U"家园", U"新城", U"公交", U"物业", U"幼儿园"};
// … and of what another name may follow: 「凉水大道翠屿苑」.
constexpr std::array<std::u32string_view, 5> other_endings = {U"大道", U"社区", U"号线", U"大桥",
                                                              U"隧道"};
constexpr std::u32string_view short_endings = U"路街村组桥苑庭园府湾城";

struct Ending {
  std::size_t size = 0;  // code points; 0: nothing that ends a name
  bool last = false;
};

// Of what ends where `text` ends.
Ending ending_of(std::u32string_view text) {
  for (const std::u32string_view ending : last_endings) {
    if (text.ends_with(ending)) return {ending.size(), true};
  }
  for (const std::u32string_view ending : other_endings) {
    if (text.ends_with(ending)) return {ending.size(), false};
  }
  if (text.size() < 3 || !one_of(text.back(), short_endings)) return {};
  constexpr std::u32string_view no_road_before = U"道公马修铁高线一改";  // 道路, 修路 …
  const char32_t before = text[text.size() - 2];
  if (text.back() == U'路' && one_of(before, no_road_before)) return {};
  if (text.back() == U'城' && before == U'县') return {};
  return {1, false};
}

// Where the slot of the name ends that begins at `begin`. What ends a name is in everybody's and
// no part of it. A name is seldom longer than that; where no ending is known it is taken for short.
std::size_t end_of_slot(std::u32string_view title, std::size_t begin) {
  constexpr std::size_t shortest = 4;
  constexpr std::size_t longest = 11;
  std::size_t end = begin + shortest;
  for (std::size_t size = 2; size <= longest && begin + size <= title.size(); ++size) {
    const Ending ending = ending_of(title.substr(begin, size));
    if (ending.size > 0) end = begin + std::max(shortest, size - ending.size);
    if (ending.last) break;
  }
  return end;
}

bool takes_part(CharacterClass what) {
  return what == CharacterClass::han || what == CharacterClass::letter ||
         what == CharacterClass::digit;
}

// Calls found(term, begin, end) for every term of a text in normal form.
template <class Found>
void each_term(const NormalText& text, std::size_t longest, const Found& found) {
  const std::size_t size = std::min(text.size(), longest);
  for (std::size_t i = 0; i < size;) {
    if (!takes_part(text.classes[i])) {
      ++i;
      continue;
    }
    const bool han = text.classes[i] == CharacterClass::han;
    std::size_t end = i + 1;
    while (end < size && takes_part(text.classes[end]) &&
           (text.classes[end] == CharacterClass::han) == han) {
      ++end;
    }
    const std::u32string_view run = std::u32string_view(text.points).substr(i, end - i);
    if (han) {
      for (std::size_t at = 0; at + 1 < run.size(); ++at) {
        found(hash_of(run.substr(at, 2)), i + at, i + at + 2);
      }
    } else if (run.size() > 1 || text.classes[i] != CharacterClass::digit) {
      found(hash_of(run), i, end);
    }
    i = end;
  }
}

// Adds up what has the same key; `list` becomes sorted.
template <class Item, class Key, class Add>
void gather(std::vector<Item>& list, const Key& key, const Add& add) {
  std::sort(list.begin(), list.end(),
            [&](const Item& a, const Item& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (kept > 0 && key(list[kept - 1]) == key(list[i])) {
      add(list[kept - 1], list[i]);
    } else {
      list[kept++] = list[i];
    }
  }
  list.resize(kept);
}

std::uint16_t sum(std::uint16_t a, std::uint16_t b) {
  return static_cast<std::uint16_t>(std::min(a + b, 0xFFFF));
}

}  // namespace

void TermReader::collect(std::size_t longest, bool title) {
  std::size_t slot = 0;
  std::size_t slot_end = 0;
  if (title) {
    const auto text =
        std::u32string_view(normal_.points).substr(0, std::min(longest, normal_.size()));
    slot = end_of_places(text);
    slot_end = end_of_slot(text, slot);
  }
  each_term(normal_, longest, [&](std::uint32_t term, std::size_t begin, std::size_t) {
    const bool in_slot = slot <= begin && begin < slot_end;
    found_.push_back({term, 1, static_cast<std::uint16_t>(title ? 1 : 0),
                      static_cast<std::uint16_t>(in_slot ? 1 : 0)});
  });
  const Aspects& aspects = Aspects::built_in();
  const std::size_t size = std::min(normal_.size(), longest);
  const std::u32string_view text = std::u32string_view(normal_.points).substr(0, size);
  for (std::size_t at = 0; at < size;) {
    std::size_t length = 0;
    for (const std::uint8_t aspect : aspects.at(text, at, length)) {
      touched_.push_back({aspect, 1, static_cast<std::uint16_t>(title ? 1 : 0)});
    }
    at += std::max<std::size_t>(length, 1);
  }
}

Outcome TermReader::read(std::string_view title, std::string_view detail, MatterTerms& out) {
  if (!is_valid_utf8(title)) return fail(FaultCode::invalid_input, "text.not_utf8", "title");
  if (!is_valid_utf8(detail)) return fail(FaultCode::invalid_input, "text.not_utf8", "detail");
  found_.clear();
  touched_.clear();
  // A code point has at most four bytes: what lies behind is not even made normal.
  normalise(first_code_points(title, longest_title), normal_);
  collect(longest_title, true);
  normalise(first_code_points(detail, longest_detail), normal_);
  collect(longest_detail, false);
  gather(
      found_, [](const TermCount& item) { return item.term; },
      [](TermCount& to, const TermCount& from) {
        to.in_all = sum(to.in_all, from.in_all);
        to.in_title = sum(to.in_title, from.in_title);
        to.in_name_slot = sum(to.in_name_slot, from.in_name_slot);
      });
  gather(
      touched_, [](const AspectCount& item) { return item.aspect; },
      [](AspectCount& to, const AspectCount& from) {
        to.in_all = sum(to.in_all, from.in_all);
        to.in_title = sum(to.in_title, from.in_title);
      });
  out.terms.assign(found_.begin(), found_.end());
  out.aspects.assign(touched_.begin(), touched_.end());
  return {};
}

Result<std::vector<TermPlace>> TermReader::places(std::string_view text) {
  if (!is_valid_utf8(text)) return fail(FaultCode::invalid_input, "text.not_utf8", "detail");
  normalise(first_code_points(text, longest_detail), normal_);
  std::vector<TermPlace> places;
  each_term(normal_, longest_detail, [&](std::uint32_t term, std::size_t begin, std::size_t end) {
    places.push_back({term, normal_.origin_begin[begin], normal_.origin_end[end - 1]});
  });
  return places;
}

}  // namespace minhu::text
