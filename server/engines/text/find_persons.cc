// Names of persons, as far as they must be masked: 王某, 李女士, 我叫张小明, 村支书王建国. Rather
// one word too many is masked than one name shown.
#include <algorithm>
#include <array>

#include "engines/text/finder.h"

namespace minhu::text {

namespace {

// After these a name follows.
constexpr auto cues = std::to_array<std::u32string_view>(
    {U"我叫",     U"我是",       U"本人",   U"名叫", U"叫",     U"姓名", U"联系人", U"法人",
     U"法人代表", U"法定代表人", U"负责人", U"老板", U"村民",   U"业主", U"职工",   U"员工",
     U"教师",     U"老师",       U"校长",   U"院长", U"村支书", U"支书", U"书记",   U"村长",
     U"主任",     U"村主任",     U"组长",   U"局长", U"镇长",   U"乡长", U"县长",   U"市长",
     U"所长",     U"队长",       U"经理",   U"会计", U"医生",   U"我爸", U"父亲",   U"母亲",
     U"丈夫",     U"妻子",       U"儿子",   U"女儿", U"弟弟",   U"哥哥"});

// Before these a surname or a name stands.
constexpr auto titles = std::to_array<std::u32string_view>(
    {U"先生", U"女士", U"小姐", U"老师", U"医生", U"同志", U"书记", U"主任", U"局长",
     U"县长", U"市长", U"省长", U"镇长", U"乡长", U"村长", U"校长", U"院长", U"厅长",
     U"区长", U"所长", U"科长", U"处长", U"队长", U"组长", U"经理", U"老板", U"支书",
     U"会计", U"师傅", U"大爷", U"大妈", U"阿姨", U"律师", U"警官"});

template <std::size_t N>
bool is_among(const std::array<std::u32string_view, N>& words, std::u32string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class PersonFinder {
 public:
  PersonFinder(const NormalText& text, const std::vector<Piece>& pieces,
               const std::vector<bool>& taken, std::vector<Found>& out)
      : text_(text), pieces_(pieces), taken_(taken), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].begin < covered_) continue;
      const std::size_t end = name_at(i);
      if (end > pieces_[i].begin) {
        out_.push_back({EntityKind::person, pieces_[i].begin, static_cast<std::uint32_t>(end), 0});
        covered_ = end;
      }
    }
  }

 private:
  std::u32string_view words_of(std::size_t i) const {
    return view_of(text_, pieces_[i].begin, pieces_[i].end);
  }
  std::uint32_t roles(std::size_t i) const { return roles_of(pieces_[i].value); }
  bool follows(std::size_t i) const {  // the next piece stands right behind this one
    return i + 1 < pieces_.size() && pieces_[i + 1].begin == pieces_[i].end;
  }

  // Whether a person's name begins with piece `i`: its end in characters, or 0.
  std::size_t name_at(std::size_t i) const {
    if (taken_[pieces_[i].begin] || pieces_[i].kind == TokenKind::mark) return 0;
    const std::u32string_view words = words_of(i);
    const bool cued = after_cue(i);
    if ((roles(i) & role_surname) == 0) {
      return cued && is_name_as_word(i) ? pieces_[i].end : 0;
    }
    if (!follows(i)) return 0;
    const std::u32string_view next = words_of(i + 1);
    if (next.front() == U'某') return end_of_hidden(i + 1);
    if (next.front() == U'x' || next.front() == U'*') return end_of_hidden(i + 1);
    if (is_among(titles, next)) return rare_as_word(words) || cued ? pieces_[i].end : 0;
    return given_name(i, cued);
  }

  // 王某某, 王某强, 王xx, 王**.
  std::size_t end_of_hidden(std::size_t i) const {
    std::size_t end = pieces_[i].begin;
    const auto hides = [&](std::size_t at) {
      const char32_t point = text_.points[at];
      return point == U'某' || point == U'x' || point == U'*';
    };
    while (end < text_.size() && hides(end)) ++end;
    const std::size_t begin = pieces_[i].begin;
    // 王某强: one more character belongs to it when it stands alone.
    if (end - begin == 1 && i + 1 < pieces_.size() && pieces_[i + 1].begin == end &&
        pieces_[i + 1].kind == TokenKind::single && (roles(i + 1) & role_given_last) != 0) {
      end = pieces_[i + 1].end;
    }
    return end;
  }

  bool after_cue(std::size_t i) const {
    if (i == 0) return false;
    std::size_t before = i - 1;
    const auto is_separator = [&](std::size_t at) {
      const char32_t point = text_.points[pieces_[at].begin];
      return point == U':' || point == U'是' || point == U'、' || point == U'(' || point == U'"' ||
             point == U'“';
    };
    if (before > 0 && pieces_[before].end - pieces_[before].begin == 1 && is_separator(before)) {
      --before;
    }
    // 我 叫, 我 是: cut as two pieces.
    if (before > 0 && words_of(before - 1) == U"我" &&
        (words_of(before) == U"叫" || words_of(before) == U"是")) {
      return true;
    }
    return is_among(cues, words_of(before));
  }

  // Surnames that are everyday words need more than a title behind them: 时主任, 和老师.
  static bool rare_as_word(std::u32string_view surname) {
    constexpr std::u32string_view everyday =
        U"祝致请望经和于从有时是都能过开公那才让安平常全应空明成后干车路水年冷元向古高关区党谷乐支"
        U"来问达由官连强花种计保还查单"
        U"管越国文东";
    return surname.size() > 1 || everyday.find(surname[0]) == std::u32string_view::npos;
  }

  std::size_t given_name(std::size_t i, bool cued) const {
    const std::size_t first = i + 1;
    const auto is_single = [&](std::size_t at) {
      return at < pieces_.size() && !taken_[pieces_[at].begin] &&
             pieces_[at].kind != TokenKind::mark && pieces_[at].end - pieces_[at].begin == 1 &&
             text_.classes[pieces_[at].begin] == CharacterClass::han;
    };
    const bool first_single = is_single(first);
    const bool titled_after_one =
        first_single && follows(first) && is_among(titles, words_of(first + 1));
    const bool second_single = first_single && follows(first) && is_single(first + 1);
    const bool titled_after_two =
        second_single && follows(first + 1) && is_among(titles, words_of(first + 2));
    if (second_single) {
      const bool no_empty =
          pieces_[first].kind == TokenKind::single && pieces_[first + 1].kind == TokenKind::single;
      const bool looks_given =
          (roles(first) & role_given_first) != 0 && (roles(first + 1) & role_given_last) != 0;
      if ((cued && no_empty) || (titled_after_two && rare_as_word(words_of(i))) ||
          (looks_given && rare_as_word(words_of(i)))) {
        return pieces_[first + 1].end;
      }
    }
    if (first_single && (titled_after_one || (cued && ends_there(first))))
      return pieces_[first].end;
    // 张伟的车: built like a name, and nothing follows that would make another word of it.
    const bool built_like_a_name = first_single && pieces_[first].kind == TokenKind::single &&
                                   (roles(first) & role_given_last) != 0 && ends_there(first) &&
                                   (roles(first) & role_surname) == 0;
    if (built_like_a_name && rare_as_word(words_of(i))) return pieces_[first].end;
    // 王建国: the given name is a word of its own.
    const bool word_of_two = pieces_[first].kind == TokenKind::word &&
                             pieces_[first].end - pieces_[first].begin == 2 &&
                             (roles(first) & (role_ours | role_place)) == 0;
    if (word_of_two) {
      const bool titled = follows(first) && is_among(titles, words_of(first + 1));
      if ((titled || given_characters(first)) && rare_as_word(words_of(i))) {
        return pieces_[first].end;
      }
      if (cued && (ends_there(first) || given_characters(first))) return pieces_[first].end;
    }
    return 0;
  }

  // A known word that is a surname and a given name in one: 我叫高山, 联系人:李四.
  bool is_name_as_word(std::size_t i) const {
    const std::size_t size = pieces_[i].end - pieces_[i].begin;
    if (pieces_[i].kind != TokenKind::word || size < 2 || size > 3) return false;
    if ((roles(i) & (role_ours | role_place | role_stops_name)) != 0) return false;
    return (role_of(text_.points[pieces_[i].begin]) & role_surname) != 0 && after_strong_cue(i) &&
           ends_there(i);
  }

  bool after_strong_cue(std::size_t i) const {
    constexpr auto strong = std::to_array<std::u32string_view>(
        {U"叫", U"名叫", U"姓名", U"联系人", U"法人代表", U"法定代表人", U"负责人", U"本人"});
    for (std::size_t back = 1; back <= 2 && back <= i; ++back) {
      if (is_among(strong, words_of(i - back))) return true;
    }
    return false;
  }

  bool ends_there(std::size_t i) const {
    return !follows(i) || pieces_[i + 1].kind == TokenKind::mark ||
           pieces_[i + 1].kind == TokenKind::empty;
  }

  static std::uint32_t role_of(char32_t point) {
    const PackedWords& words = packed_words();
    const std::uint32_t node = words.words.step(TrieView::root, words.code_of(point));
    return node == TrieView::none ? 0 : roles_of(words.words.value(node));
  }

  bool given_characters(std::size_t i) const {
    return (role_of(text_.points[pieces_[i].begin]) & role_given_first) != 0 &&
           (role_of(text_.points[pieces_[i].end - 1]) & role_given_last) != 0;
  }

  const NormalText& text_;
  const std::vector<Piece>& pieces_;
  const std::vector<bool>& taken_;
  std::vector<Found>& out_;
  std::size_t covered_ = 0;
};

}  // namespace

void find_persons(const NormalText& text, const std::vector<Piece>& pieces,
                  const std::vector<bool>& taken, std::vector<Found>& out) {
  PersonFinder(text, pieces, taken, out).run();
}

}  // namespace minhu::text
