// Names by their endings: 柳溪村, 人民中路, 阳光花园小区, 月湖派出所. A name reaches from its
// ending back to the first piece that cannot belong to a name: a mark, an empty word, a word of
// complaining or of living, another name.
#include <algorithm>
#include <array>

#include "engines/text/finder.h"

namespace minhu::text {

namespace {

struct Ending {
  std::u32string_view text;
  EntityKind kind;
  // Stands as a name without anything before it: 教育局.
  bool alone = false;
  // Counts when it is the end of a longer known word: 人民医院.
  bool inside = false;
};

using enum EntityKind;

// Longer endings first among those that end alike.
constexpr std::array endings = {
    // places
    Ending{U"街道", place},
    Ending{U"社区", place},
    Ending{U"开发区", place, false, true},
    Ending{U"工业园区", place},
    Ending{U"工业园", place},
    Ending{U"产业园", place},
    Ending{U"景区", place},
    Ending{U"风景区", place},
    Ending{U"自然村", place},
    Ending{U"行政村", place},
    Ending{U"林场", place},
    Ending{U"农场", place},
    Ending{U"水库", place},
    Ending{U"村民小组", place},
    Ending{U"小组", place},
    Ending{U"镇", place},
    Ending{U"乡", place},
    Ending{U"村", place},
    Ending{U"屯", place},
    Ending{U"寨", place},
    Ending{U"组", place},
    Ending{U"县", place},
    Ending{U"市", place},
    Ending{U"区", place},
    Ending{U"州", place},
    Ending{U"旗", place},
    Ending{U"河", place},
    Ending{U"湖", place},
    Ending{U"岛", place},
    // roads
    Ending{U"高速公路", road},
    Ending{U"高速", road},
    Ending{U"国道", road},
    Ending{U"省道", road},
    Ending{U"县道", road},
    Ending{U"乡道", road},
    Ending{U"大道", road},
    Ending{U"中路", road},
    Ending{U"东路", road},
    Ending{U"西路", road},
    Ending{U"南路", road},
    Ending{U"北路", road},
    Ending{U"辅路", road},
    Ending{U"支路", road},
    Ending{U"公路", road},
    Ending{U"大街", road},
    Ending{U"步行街", road},
    Ending{U"老街", road},
    Ending{U"新街", road},
    Ending{U"后街", road},
    Ending{U"大桥", road},
    Ending{U"立交桥", road},
    Ending{U"立交", road},
    Ending{U"隧道", road},
    Ending{U"地铁站", road},
    Ending{U"路", road},
    Ending{U"街", road},
    Ending{U"巷", road},
    Ending{U"弄", road},
    Ending{U"桥", road},
    Ending{U"线", road},
    // estates
    Ending{U"小区", estate},
    Ending{U"花园", estate},
    Ending{U"家园", estate},
    Ending{U"嘉园", estate},
    Ending{U"公寓", estate},
    Ending{U"大厦", estate},
    Ending{U"广场", estate},
    Ending{U"庄园", estate},
    Ending{U"山庄", estate},
    Ending{U"公馆", estate},
    Ending{U"新城", estate},
    Ending{U"新村", estate},
    Ending{U"华府", estate},
    Ending{U"名邸", estate},
    Ending{U"豪庭", estate},
    Ending{U"名都", estate},
    Ending{U"世纪城", estate},
    Ending{U"国际城", estate},
    Ending{U"新区", estate},
    Ending{U"安置区", estate},
    Ending{U"楼盘", estate},
    Ending{U"宿舍", estate},
    Ending{U"家属区", estate},
    Ending{U"苑", estate},
    Ending{U"府", estate},
    Ending{U"湾", estate},
    Ending{U"郡", estate},
    Ending{U"城", estate},
    // schools, hospitals
    Ending{U"幼儿园", school, false, true},
    Ending{U"小学", school, false, true},
    Ending{U"中学", school, false, true},
    Ending{U"高中", school},
    Ending{U"初中", school},
    Ending{U"学院", school, false, true},
    Ending{U"大学", school, false, true},
    Ending{U"学校", school, false, true},
    Ending{U"职校", school},
    Ending{U"技校", school},
    Ending{U"一中", school, true},
    Ending{U"二中", school, true},
    Ending{U"三中", school, true},
    Ending{U"四中", school, true},
    Ending{U"五中", school, true},
    Ending{U"六中", school, true},
    Ending{U"七中", school, true},
    Ending{U"八中", school, true},
    Ending{U"医院", hospital, false, true},
    Ending{U"卫生院", hospital, false, true},
    Ending{U"卫生室", hospital, false, true},
    Ending{U"卫生所", hospital},
    Ending{U"诊所", hospital},
    Ending{U"疾控中心", hospital, true},
    Ending{U"妇幼保健院", hospital, true},
    Ending{U"保健院", hospital},
    // firms
    Ending{U"有限责任公司", firm},
    Ending{U"股份有限公司", firm},
    Ending{U"有限公司", firm},
    Ending{U"分公司", firm},
    Ending{U"公司", firm, false, true},
    Ending{U"集团", firm},
    Ending{U"物业", firm},
    Ending{U"超市", firm},
    Ending{U"酒店", firm},
    Ending{U"宾馆", firm},
    Ending{U"网吧", firm},
    Ending{U"ktv", firm},
    Ending{U"商场", firm},
    Ending{U"酒吧", firm},
    Ending{U"市场", firm, false, true},
    Ending{U"饭店", firm},
    Ending{U"驾校", firm},
    Ending{U"银行", firm, false, true},
    Ending{U"地产", firm},
    Ending{U"置业", firm},
    Ending{U"砂石场", firm},
    Ending{U"采石场", firm},
    Ending{U"养猪场", firm},
    Ending{U"养殖场", firm},
    Ending{U"砖厂", firm},
    Ending{U"化工厂", firm},
    Ending{U"水泥厂", firm},
    Ending{U"电厂", firm},
    Ending{U"矿", firm},
    Ending{U"厂", firm},
    Ending{U"会所", firm},
    Ending{U"医药", firm},
    Ending{U"旅行社", firm},
    // offices
    Ending{U"街道办事处", unit, true, true},
    Ending{U"街道办", unit, true, true},
    Ending{U"办事处", unit},
    Ending{U"派出所", unit, true, true},
    Ending{U"村民委员会", unit, true, true},
    Ending{U"居民委员会", unit, true, true},
    Ending{U"管理委员会", unit, true, true},
    Ending{U"委员会", unit, false, true},
    Ending{U"村委会", unit, true},
    Ending{U"居委会", unit, true, true},
    Ending{U"村委", unit, true},
    Ending{U"村支两委", unit, true},
    Ending{U"业委会", unit, true},
    Ending{U"管委会", unit, true},
    Ending{U"县委", unit, true},
    Ending{U"市委", unit, true},
    Ending{U"省委", unit, true},
    Ending{U"纪委", unit, true, true},
    Ending{U"监委", unit, true},
    Ending{U"政府", unit, false, true},
    Ending{U"法院", unit, true, true},
    Ending{U"检察院", unit, true, true},
    Ending{U"交警", unit, true},
    Ending{U"交警队", unit, true},
    Ending{U"城管", unit, true},
    Ending{U"大队", unit, false, true},
    Ending{U"支队", unit, false, true},
    Ending{U"指挥部", unit, true, true},
    Ending{U"监督所", unit, true, true},
    Ending{U"财政所", unit, true},
    Ending{U"国土所", unit, true},
    Ending{U"司法所", unit, true},
    Ending{U"工商所", unit, true},
    Ending{U"供电所", unit, true},
    Ending{U"运管所", unit, true},
    Ending{U"车管所", unit, true},
    Ending{U"车站", unit, false, true},
    Ending{U"水厂", unit},
    Ending{U"开发商", unit},
    Ending{U"中心", unit, false, true},
    Ending{U"拆迁办", unit, true},
    Ending{U"扶贫办", unit, true},
    Ending{U"信访办", unit, true},
    Ending{U"征地办", unit, true},
    Ending{U"重点办", unit, true},
    Ending{U"移民办", unit, true},
    Ending{U"编办", unit, true},
    Ending{U"发改委", unit, true},
    Ending{U"卫计委", unit, true},
    Ending{U"卫健委", unit, true},
    Ending{U"国资委", unit, true},
    Ending{U"供销社", unit, true},
    Ending{U"残联", unit, true},
    Ending{U"局", unit, false, true},
    Ending{U"厅", unit, false, true},
};

// Known words that end like a name and are none.
constexpr auto no_names = std::to_array<std::u32string_view>(
    {U"结局",       U"当局",      U"大局",     U"布局",         U"格局",     U"全局",
     U"僵局",       U"饭局",      U"残局",     U"邮局",         U"餐厅",     U"客厅",
     U"大厅",       U"舞厅",      U"歌厅",     U"门厅",         U"市场",     U"劳动力市场",
     U"房地产市场", U"公司",      U"有限公司", U"学校",         U"小学",     U"中学",
     U"大学",       U"学院",      U"医院",     U"卫生院",       U"卫生室",   U"幼儿园",
     U"政府",       U"人民政府",  U"委员会",   U"银行",         U"开发区",   U"中心",
     U"车站",       U"大队",      U"支队",     U"以人民为中心", U"消费市场", U"菜市场",
     U"农贸市场",   U"批发市场",  U"上大学",   U"读大学",       U"在大学",   U"上小学",
     U"上中学",     U"上学校",    U"办学校",   U"中小学",       U"高等学校", U"民办学校",
     U"公办学校",   U"物业公司",  U"服务中心", U"物业管理公司", U"开发公司", U"办证大厅",
     U"政务大厅",   U"公办幼儿园"});

// Kinds of things, whatever stands before them: 在职中小学教师 names no school.
constexpr auto never_names = std::to_array<std::u32string_view>(
    {U"中小学", U"中小学校", U"各学校", U"党和政府", U"和局", U"上市公司", U"子公司",
     U"我公司", U"全省",     U"全市",   U"全县",     U"全区", U"全镇",     U"全乡",
     U"全村",   U"分局长",   U"农村",   U"城区",     U"市区", U"郊区",     U"山区",
     U"地区",   U"城市",     U"乡村",   U"道路",     U"马路", U"小路",     U"铁路"});

template <std::size_t N>
bool is_among(const std::array<std::u32string_view, N>& words, std::u32string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What may stand before an ending without naming anything: 一条路, 两个村.
bool is_count(const Piece& piece, std::u32string_view text) {
  if (piece.kind == TokenKind::number) return true;
  constexpr std::u32string_view counts = U"一二两三四五六七八九十几数多各每全整双";
  constexpr std::u32string_view measures = U"个条座家所栋间处种类些";
  return counts.find(text[0]) != std::u32string_view::npos &&
         (text.size() == 1 ||
          (text.size() == 2 && measures.find(text[1]) != std::u32string_view::npos));
}

class NameFinder {
 public:
  NameFinder(const NormalText& text, const std::vector<Piece>& pieces,
             const std::vector<bool>& taken, std::vector<Found>& out)
      : text_(text), pieces_(pieces), taken_(taken), out_(out) {
    for (const Ending& ending : endings) may_end_.push_back(ending.text.back());
    std::sort(may_end_.begin(), may_end_.end());
  }

  void run() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (piece.kind == TokenKind::mark || taken_[piece.begin]) continue;
      if (known_name(i)) continue;
      if (std::binary_search(may_end_.begin(), may_end_.end(), text_.points[piece.end - 1])) {
        by_ending(i);
      }
    }
  }

 private:
  std::u32string_view words_of(const Piece& piece) const {
    return view_of(text_, piece.begin, piece.end);
  }

  // A name that the lexicon knows as such.
  bool known_name(std::size_t i) {
    const Piece& piece = pieces_[i];
    const std::uint32_t roles = roles_of(piece.value);
    if ((roles & (role_place | role_unit)) == 0) return false;
    EntityKind kind = (roles & role_unit) != 0 ? unit : place;
    const bool added = cost_of(piece.value) == cost_of_name;
    const Ending* ending = ending_of(words_of(piece));
    if (added && (roles & role_place) != 0 && ending != nullptr) kind = ending->kind;
    // 北京路, 上海花园: the place is part of another name.
    if (!added && i + 1 < pieces_.size() && begins_other_name(i + 1)) return false;
    add(kind, piece.begin, piece.end);
    return true;
  }

  // The next piece is nothing but the ending of a road, an estate or a school: the town before it
  // is its name. 朝阳路 yes, 长沙市小学 no: that is a place and a kind of thing.
  bool begins_other_name(std::size_t i) const {
    const std::u32string_view words = words_of(pieces_[i]);
    if (pieces_[i].begin != pieces_[i - 1].end || ends_region(words_of(pieces_[i - 1])))
      return false;
    const Ending* ending = ending_of(words);
    return ending != nullptr && ending->text == words && ending->kind != unit;
  }

  static bool ends_region(std::u32string_view words) {
    constexpr std::u32string_view regions = U"省市区县镇乡村州旗";
    return regions.find(words.back()) != std::u32string_view::npos;
  }

  // 市, 街道: the end of the name of a place, as a piece of its own.
  static bool names_region(std::u32string_view words) {
    if (words.size() == 1) return ends_region(words);
    const Ending* ending = ending_of(words);
    return ending != nullptr && ending->kind == place && ending->text == words;
  }

  static const Ending* ending_of(std::u32string_view words) {
    const Ending* best = nullptr;
    for (const Ending& ending : endings) {
      if (words.ends_with(ending.text) &&
          (best == nullptr || ending.text.size() > best->text.size())) {
        best = &ending;
      }
    }
    return best;
  }

  void by_ending(std::size_t i) {
    const Piece& piece = pieces_[i];
    const std::u32string_view words = words_of(piece);
    const Ending* ending = ending_of(words);
    if (ending == nullptr || is_among(never_names, words)) return;
    const bool whole = ending->text == words;
    if (!whole && !ending->inside) return;
    if (!whole && words.size() > 12) return;
    // 一路上, 三条街的: an ending of one character needs a name of at least two, or a number.
    const std::size_t begin = reach_back(i, *ending);
    const std::size_t before = piece.begin - begin;
    const bool denied = is_among(no_names, words);
    if (begin == piece.begin) {
      const bool stands_alone = (whole && ending->alone) || (!whole && !denied);
      if (stands_alone) add(ending->kind, begin, piece.end);
      return;
    }
    // The rest of a longer word is already a name: 教育局.
    const std::size_t least = !whole && !denied          ? 0
                              : ending->text.size() == 1 ? least_before(*ending)
                                                         : 1;
    if (before < least) {
      if (whole && ending->alone) add(ending->kind, piece.begin, piece.end);
      return;
    }
    add(ending->kind, begin, piece.end);
  }

  static std::size_t least_before(const Ending& ending) {
    constexpr std::u32string_view shortest = U"村镇乡组路街巷桥";
    return shortest.find(ending.text[0]) != std::u32string_view::npos ? 1 : 2;
  }

  // Where the name begins that ends with piece `i`.
  std::size_t reach_back(std::size_t i, const Ending& ending) const {
    const bool is_short = ending.kind == place && ending.text.size() == 1;  // 村, 镇, 河
    const std::size_t longest = ending.kind == firm ? 14 : is_short ? 4 : 8;
    const std::size_t end = pieces_[i].begin;
    std::size_t begin = end;
    std::size_t first = i;
    while (first > 0) {
      const Piece& before = pieces_[first - 1];
      if (before.end != begin || end - before.begin > longest || !belongs_to_name(before)) break;
      // A place before it is a name of its own, unless it is all the name there is: 北京路.
      const std::u32string_view words = words_of(before);
      if ((roles_of(before.value) & role_place) != 0 && (begin < end || ends_region(words))) break;
      if (begin < end && names_region(words)) break;
      if (begin < end || ending.kind != unit || !names_region(words)) {
        begin = before.begin;
        --first;
        continue;
      }
      break;  // 市教育局 is 教育局
    }
    return drop_count(begin, first, i, ending);
  }

  // 一个村, 三条路: what counts at the front is no name, but 三组 and 107国道 are names.
  std::size_t drop_count(std::size_t begin, std::size_t first, std::size_t i,
                         const Ending& ending) const {
    while (first < i && is_count(pieces_[first], words_of(pieces_[first]))) {
      // 七层坡社区: a numeral that counts nothing.
      const bool counts = first + 1 == i || pieces_[first].end - pieces_[first].begin > 1;
      if (!counts && words_of(pieces_[first]) != U"一") break;
      const bool numbered =
          first + 1 == i &&
          (ending.text == U"组" || ending.text == U"村民小组" || ending.kind == road) &&
          words_of(pieces_[first]) != U"一";
      if (numbered && pieces_[first].kind == TokenKind::number) break;
      if (numbered && ending.kind == place) break;
      if (ending.kind == school || ending.kind == hospital) break;  // 一中, 二医院
      // 九亿广场, 万达广场: a number of several characters is a name here.
      if (ending.kind == estate && pieces_[first].end - pieces_[first].begin > 1 &&
          pieces_[first].kind == TokenKind::number &&
          text_.classes[pieces_[first].begin] == CharacterClass::han) {
        break;
      }
      begin = pieces_[first].end;
      ++first;
    }
    return begin;
  }

  bool belongs_to_name(const Piece& piece) const {
    if (piece.kind == TokenKind::mark || piece.kind == TokenKind::empty) return false;
    if (taken_[piece.begin]) return false;
    const std::uint32_t roles = roles_of(piece.value);
    // Words of petitions are what is complained about, not names: 垃圾, 拆迁.
    if ((roles & role_stops_name) != 0) return false;
    return (roles & role_ours) == 0 || piece.end - piece.begin == 1;
  }

  void add(EntityKind kind, std::size_t begin, std::size_t end) {
    // A longer name that ends later takes in what lies inside it: 柳溪村小学 is one school.
    while (!out_.empty() && out_.back().begin >= begin && out_.back().kind == kind) out_.pop_back();
    out_.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), 0});
  }

  const NormalText& text_;
  const std::vector<Piece>& pieces_;
  const std::vector<bool>& taken_;
  std::vector<Found>& out_;
  std::vector<char32_t> may_end_;
};

}  // namespace

void find_names(const NormalText& text, const std::vector<Piece>& pieces,
                const std::vector<bool>& taken, std::vector<Found>& out) {
  NameFinder(text, pieces, taken, out).run();
}

}  // namespace minhu::text
