// Entities that are made of digits: dates, amounts, phones, numbers of cards and cars, doors.
#include <algorithm>
#include <array>
#include <optional>

#include "engines/text/finder.h"
#include "engines/text/number_walk.h"

namespace minhu::text {

namespace {

constexpr std::u32string_view provinces =
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

// Most characters begin no number; this says so at once.
bool may_begin_number(char32_t point) {
  static const auto beginnings = [] {
    std::array<bool, 0x10000> table{};
    for (const std::u32string_view set : {provinces, numerals, std::u32string_view(U"十两微扣")}) {
      for (const char32_t c : set) table[c] = true;
    }
    return table;
  }();
  return point < beginnings.size() && beginnings[point];
}

class NumberFinder {
 public:
  NumberFinder(const NormalText& text, std::vector<Found>& out) : text_(text), out_(out) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t end = find_at(at);
      at = std::max(end, at + 1);
    }
  }

 private:
  // Tries what may begin at `at`; gives the end of what was found, or 0.
  std::size_t find_at(std::size_t at) {
    const char32_t point = text_.points[at];
    const CharacterClass kind = text_.classes[at];
    const bool starts_digits = kind == CharacterClass::digit &&
                               (at == 0 || text_.classes[at - 1] != CharacterClass::digit);
    if (starts_digits || point == U'+' || point == U'(') {
      if (const auto end = phone(at)) return end;
    }
    if (starts_digits) {
      for (const auto step : {&NumberFinder::long_number, &NumberFinder::full_date,
                              &NumberFinder::door, &NumberFinder::amount}) {
        if (const auto end = (this->*step)(at)) return end;
      }
      return after_digits(at);
    }
    if (kind == CharacterClass::letter) {
      if (at > 0 && text_.classes[at - 1] == CharacterClass::letter) return 0;
      if (const auto end = address(at)) return end;
      return door(at);
    }
    if (kind == CharacterClass::han) {
      if (!may_begin_number(point)) return 0;
      if (const auto end = plate(at)) return end;
      if (point == U'微' || point == U'扣') return address(at);
      const bool numeral = is_one_of(point, numerals) || point == U'十' || point == U'两';
      const bool first = at == 0 || !(is_one_of(text_.points[at - 1], numerals) ||
                                      is_one_of(text_.points[at - 1], ranks));
      if (numeral && first) {
        if (const auto end = chinese_date(at)) return end;
        if (const auto end = door(at)) return end;
        return chinese_amount(at);
      }
    }
    return 0;
  }

  std::size_t add(EntityKind kind, std::size_t begin, std::size_t end, std::int64_t value = 0) {
    out_.push_back(
        {kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), value});
    return end;
  }

  std::size_t after_digits(std::size_t at) const {
    Walk walk(text_, at);
    walk.pass_digits();
    return walk.at();
  }

  // Digits and the stars somebody put over some of them, with single blanks or dashes between.
  struct Row {
    std::u32string digits;
    std::size_t end = 0;
  };
  Row row_of_digits(std::size_t at, std::size_t most) const {
    Row row{{}, at};
    for (std::size_t i = at; i < text_.size() && row.digits.size() < most; ++i) {
      const char32_t point = text_.points[i];
      if (text_.classes[i] == CharacterClass::digit || point == U'*') {
        row.digits.push_back(point);
        row.end = i + 1;
      } else if ((point != U'-' && point != U' ') || i == at || i + 1 >= text_.size() ||
                 text_.classes[i + 1] != CharacterClass::digit ||
                 text_.classes[i - 1] != CharacterClass::digit) {
        break;
      }
    }
    return row;
  }

  bool ends_at(std::size_t end) const {
    return end >= text_.size() ||
           (text_.classes[end] != CharacterClass::digit && text_.points[end] != U'*');
  }

  std::size_t phone(std::size_t at) {
    Walk walk(text_, at);
    if (walk.pass(U'+')) {
      if (!walk.on_digit()) return 0;
      if (walk.pass(U"86")) walk.pass_one_of(U" -");
      const Row row = row_of_digits(walk.at(), 20);
      return row.digits.size() >= 8 ? add(EntityKind::phone, at, row.end) : 0;
    }
    if (walk.pass(U'(')) {  // (0731)85551234
      const std::size_t area = walk.pass_digits();
      if (area < 3 || area > 4 || text_.points[at + 1] != U'0' || !walk.pass(U')')) return 0;
      walk.pass_blanks();
      const std::size_t local = walk.pass_digits();
      return local == 7 || local == 8 ? add(EntityKind::phone, at, walk.at()) : 0;
    }
    const Row mobile = row_of_digits(at, 11);
    if (mobile.digits.size() == 11 && mobile.digits[0] == U'1' &&
        is_one_of(mobile.digits[1], U"3456789") && ends_at(mobile.end)) {
      return add(EntityKind::phone, at, mobile.end);
    }
    const Row fixed = row_of_digits(at, 12);
    const std::size_t count = fixed.digits.size();
    const bool is_area = count >= 10 && count <= 12 && fixed.digits[0] == U'0';
    const bool is_service =
        count == 10 && (fixed.digits.starts_with(U"400") || fixed.digits.starts_with(U"800"));
    if ((is_area || is_service) && ends_at(fixed.end)) return add(EntityKind::phone, at, fixed.end);
    // Seven or eight digits are a phone when the words before say so.
    if ((count == 7 || count == 8) && ends_at(fixed.end) && follows_word_for_phone(at)) {
      return add(EntityKind::phone, at, fixed.end);
    }
    return 0;
  }

  bool follows_word_for_phone(std::size_t at) const {
    constexpr auto words = std::to_array<std::u32string_view>(
        {U"电话", U"手机", U"联系", U"热线", U"座机", U"号码", U"tel"});
    const std::size_t from = at > 8 ? at - 8 : 0;
    const auto before = view_of(text_, from, at);
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      return before.find(word) != std::u32string_view::npos;
    });
  }

  // Identity cards (15 or 17 digits and one more or x), bank cards, and whatever else is that long.
  std::size_t long_number(std::size_t at) {
    Walk walk(text_, at);
    std::size_t digits = 0;
    std::size_t stars = 0;
    while (!walk.done() && digits + stars < 64) {
      if (walk.on_digit()) {
        ++digits;
      } else if (walk.point() == U'*') {
        ++stars;
      } else {
        break;
      }
      walk.step();
    }
    if (digits + stars == 17) walk.pass(U'x');
    const bool is_long = digits >= 12 || (stars >= 2 && digits >= 4 && digits + stars >= 8);
    return is_long ? add(EntityKind::id_number, at, walk.at()) : 0;
  }

  // Letters and digits after qq or 微信, and addresses of mail.
  std::size_t address(std::size_t at) {
    constexpr auto words = std::to_array<std::u32string_view>(
        {U"微信号", U"微信", U"扣扣", U"qq", U"vx", U"wx", U"weixin"});
    const auto is_letter = [&](const Walk& walk) {
      return walk.on_digit() || (walk.point() >= U'a' && walk.point() <= U'z') ||
             walk.point() == U'_' || walk.point() == U'-' || walk.point() == U'.';
    };
    Walk mail(text_, at);
    std::size_t name = 0;
    while (name < 64 && is_letter(mail)) {
      mail.step();
      ++name;
    }
    if (name > 0 && mail.pass(U'@')) {
      std::size_t host = 0;
      while (host < 64 && is_letter(mail)) {
        mail.step();
        ++host;
      }
      if (host >= 3) return add(EntityKind::phone, at, mail.at());
    }
    for (const std::u32string_view word : words) {
      Walk walk(text_, at);
      if (!walk.pass(word)) continue;
      for (int i = 0; i < 4 && walk.pass_one_of(U"号码群是为: "); ++i) {
      }
      const std::size_t begin = walk.at();
      std::size_t length = 0;
      while (length < 24 && is_letter(walk)) {
        walk.step();
        ++length;
      }
      if (length >= 5) return add(EntityKind::phone, begin, walk.at());
    }
    return 0;
  }

  std::size_t plate(std::size_t at) {
    if (!is_one_of(text_.points[at], provinces)) return 0;
    Walk walk(text_, at + 1);
    if (walk.done() || walk.point() < U'a' || walk.point() > U'z') return 0;
    walk.step();
    walk.pass_one_of(U"·.- ");
    std::size_t length = 0;
    std::size_t digits = 0;
    while (length < 6 && !walk.done() &&
           (walk.on_digit() || walk.point() == U'*' ||
            (walk.point() >= U'a' && walk.point() <= U'z'))) {
      if (walk.on_digit()) ++digits;
      walk.step();
      ++length;
    }
    return length >= 5 && digits >= 1 ? add(EntityKind::plate, at, walk.at()) : 0;
  }

  static std::optional<std::int64_t> day_value(std::int64_t year, std::int64_t month,
                                               std::int64_t day) {
    if (year != 0 && (year < 1900 || year > 2199)) return std::nullopt;
    if (month < 0 || month > 12 || day < 0 || day > 31) return std::nullopt;
    return year * 10'000 + month * 100 + day;
  }

  std::int64_t digits_between(std::size_t begin, std::size_t end) const {
    return number_of(view_of(text_, begin, end));
  }

  // 2019年3月5日, 2019-3-5, 2019年3月, 2019年, 3月5日, 3月.
  std::size_t full_date(std::size_t at) {
    Walk walk(text_, at);
    const std::size_t first = walk.pass_digits();
    const std::int64_t leading = digits_between(at, walk.at());
    if (first == 4 && walk.pass_one_of(U"年-/.")) {
      const bool by_words = text_.points[walk.at() - 1] == U'年';
      std::size_t begin = walk.at();
      const std::size_t month_digits = walk.pass_digits(2);
      const std::int64_t month = digits_between(begin, walk.at());
      if (month_digits == 0 || month == 0 || month > 12) {
        const auto value = day_value(leading, 0, 0);
        return by_words && value ? add(EntityKind::date, at, begin, *value) : 0;
      }
      const bool month_named = walk.pass(U'月');
      if (month_named || walk.pass_one_of(U"-/.")) {
        const std::size_t month_end = walk.at();
        begin = walk.at();
        const std::size_t day_digits = walk.pass_digits(2);
        const std::int64_t day = digits_between(begin, walk.at());
        const auto value = day_value(leading, month, day);
        if (day_digits > 0 && day > 0 && value && !walk.on_digit()) {
          walk.pass_one_of(U"日号");
          return add(EntityKind::date, at, walk.at(), *value);
        }
        if (month_named && day_value(leading, month, 0)) {
          return add(EntityKind::date, at, month_end, *day_value(leading, month, 0));
        }
      }
      const auto value = day_value(leading, 0, 0);
      return by_words && value ? add(EntityKind::date, at, at + 5, *value) : 0;
    }
    if (first <= 2 && leading >= 1 && leading <= 12 && walk.pass(U'月')) {
      const std::size_t month_end = walk.at();
      const std::size_t day_digits = walk.pass_digits(2);
      const std::int64_t day = digits_between(month_end, walk.at());
      if (day_digits > 0 && day >= 1 && day <= 31 && walk.pass_one_of(U"日号")) {
        return add(EntityKind::date, at, walk.at(), leading * 100 + day);
      }
      return add(EntityKind::date, at, month_end, leading * 100);
    }
    return 0;
  }

  std::size_t pass_chinese(Walk& walk) const {
    const std::size_t begin = walk.at();
    while (!walk.done() && walk.at() - begin < 24 &&
           (is_one_of(walk.point(), numerals) || is_one_of(walk.point(), ranks) ||
            walk.point() == U'两')) {
      walk.step();
    }
    return walk.at() - begin;
  }

  std::size_t chinese_date(std::size_t at) {
    Walk walk(text_, at);
    const std::size_t size = pass_chinese(walk);
    std::int64_t value = chinese_number(view_of(text_, at, walk.at()));
    std::int64_t year = 0;
    if (size == 4 && value >= 1900 && value <= 2199 && walk.pass(U'年')) {
      year = value;
      const std::size_t month_begin = walk.at();
      if (pass_chinese(walk) == 0) return add(EntityKind::date, at, walk.at(), year * 10'000);
      value = chinese_number(view_of(text_, month_begin, walk.at()));
      if (value < 1 || value > 12 || walk.point() != U'月') {
        return add(EntityKind::date, at, month_begin, year * 10'000);
      }
    }
    if (value < 1 || value > 12 || !walk.pass(U'月')) return 0;
    const std::size_t month_end = walk.at();
    const std::size_t day_size = pass_chinese(walk);
    const std::int64_t day = chinese_number(view_of(text_, month_end, walk.at()));
    if (day_size > 0 && day >= 1 && day <= 31 && walk.pass_one_of(U"日号")) {
      return add(EntityKind::date, at, walk.at(), year * 10'000 + value * 100 + day);
    }
    return add(EntityKind::date, at, month_end, year * 10'000 + value * 100);
  }

  // What follows a number of money: gives its factor, or 0 when it is no money.
  static std::int64_t pass_money(Walk& walk) {
    std::int64_t factor = 1;
    walk.pass_one_of(U"多余几来");
    for (int i = 0; i < 2; ++i) {
      if (walk.pass(U'亿'))
        factor *= 100'000'000;
      else if (walk.pass(U'万'))
        factor *= 10'000;
      else if (walk.pass(U'千'))
        factor *= 1'000;
      else if (walk.pass(U'百'))
        factor *= 100;
      walk.pass_one_of(U"多余几来");
    }
    if (walk.pass(U"元") || walk.pass(U"块钱") || walk.pass(U"块") || walk.pass(U"人民币")) {
      return factor;
    }
    return 0;
  }

  std::size_t amount(std::size_t at) {
    Walk walk(text_, at);
    std::u32string whole;
    std::u32string fraction;
    for (;;) {
      const std::size_t begin = walk.at();
      const std::size_t count = walk.pass_digits();
      whole += view_of(text_, begin, begin + count);
      // 2,500 is one number; 1,2,3 are three.
      Walk ahead = walk;
      if (!ahead.pass(U',') || ahead.pass_digits() != 3) break;
      walk.step();
    }
    if (walk.point() == U'.') {
      Walk ahead = walk;
      ahead.step();
      const std::size_t begin = ahead.at();
      if (ahead.pass_digits() > 0) {
        fraction = view_of(text_, begin, ahead.at());
        walk = ahead;
      }
    }
    walk.pass_blanks();
    const std::int64_t factor = pass_money(walk);
    if (factor == 0 || whole.size() > 12) return 0;
    double value = static_cast<double>(number_of(whole));
    double place = 0.1;
    for (const char32_t digit : fraction.substr(0, 8)) {
      value += place * static_cast<double>(digit - U'0');
      place /= 10;
    }
    return add(EntityKind::amount, at, walk.at(),
               static_cast<std::int64_t>(value * static_cast<double>(factor) + 0.5));
  }

  std::size_t chinese_amount(std::size_t at) {
    Walk walk(text_, at);
    if (pass_chinese(walk) == 0) return 0;
    const std::int64_t value = chinese_number(view_of(text_, at, walk.at()));
    const std::int64_t factor = pass_money(walk);
    return factor == 0 || value == 0 || value > 1'000'000'000'000
               ? 0
               : add(EntityKind::amount, at, walk.at(), value * factor);
  }

  // 3栋2单元501室, 7栋501, 12号楼1203房, 3-2-501. A building alone is no door: many live in it.
  std::size_t door(std::size_t at) {
    static constexpr auto parts = std::to_array<std::u32string_view>(
        {U"号楼", U"单元", U"栋", U"幢", U"座", U"室", U"号房", U"房", U"层"});
    Walk walk(text_, at);
    int named = 0;
    bool ends_in_room = false;
    std::size_t end = at;
    while (!walk.done() && named < 6) {
      const std::size_t begin = walk.at();
      std::size_t size = walk.pass_digits(4);
      if (size == 0 && walk.point() >= U'a' && walk.point() <= U'z') {
        walk.step();
        size = 1;
        size += walk.pass_digits(2);
      }
      if (size == 0) size = pass_chinese(walk);
      if (size == 0 || walk.on_digit()) break;
      const auto part = std::find_if(parts.begin(), parts.end(),
                                     [&](std::u32string_view name) { return walk.pass(name); });
      if (part == parts.end()) {
        // 7栋501: the room needs no name.
        const std::size_t digits = walk.at() - begin;
        if (named > 0 && digits >= 3 && text_.classes[begin] == CharacterClass::digit) {
          ends_in_room = true;
          end = walk.at();
        }
        break;
      }
      ++named;
      // 501室 is a door, 2室1厅 a plan.
      const bool is_room = *part == U"室" || *part == U"号房" || *part == U"房";
      ends_in_room = is_room && (size >= 3 || named > 1);
      end = walk.at();
      if (ends_in_room) break;
      walk.pass_one_of(U"-、 ");
    }
    const bool is_door = named >= 2 || (named == 1 && ends_in_room);
    return is_door ? add(EntityKind::door, at, end) : 0;
  }

  const NormalText& text_;
  std::vector<Found>& out_;
};

}  // namespace

void find_numbers(const NormalText& text, std::vector<Found>& out) {
  NumberFinder(text, out).run();
}

}  // namespace minhu::text
