#include "features/demo/words.h"

#include <algorithm>
#include <array>

#include "kernel/utf8.h"

namespace minhu::demo {

namespace {

constexpr std::size_t shortest_text = 30;  // characters
constexpr std::size_t longest_text = 600;

constexpr std::array<std::string_view, 10> digits{"零", "一", "二", "三", "四",
                                                  "五", "六", "七", "八", "九"};

// 1 to 99 as people say it.
std::string spoken(std::int64_t number) {
  std::string text;
  if (number >= 20) text += digits[static_cast<std::size_t>(number / 10)];
  if (number >= 10) text += "十";
  if (number % 10 != 0) text += digits[static_cast<std::size_t>(number % 10)];
  return text;
}

std::string counted(std::int64_t number, Dice& dice) {
  if (!dice.chance(0.6)) return std::to_string(number);
  return number == 2 ? "两" : spoken(number);
}

std::string time_of_day(Dice& dice) {
  static const Phrases times{"早上六点多", "清早",     "上午十点",    "中午",       "下午三点",
                             "傍晚",       "晚上八点", "晚上九点多",  "夜里十一点", "半夜",
                             "凌晨两点",   "天黑以后", "吃晚饭的时候"};
  return dice.pick(times);
}

std::string how_long(Instant since, Instant now, Dice& dice) {
  const std::int64_t days = (now.unix_ms - since.unix_ms) / day_ms;
  if (days <= 1) return dice.chance(0.5) ? "一天" : "一天一夜";
  if (days < 7) return counted(days, dice) + "天";
  if (days < 12) return dice.chance(0.5) ? "一个多星期" : "七八天";
  if (days < 20) return dice.chance(0.5) ? "半个月" : counted(days, dice) + "天";
  if (days < 40) return dice.chance(0.5) ? "快一个月" : "三十来天";
  if (days < 75) return dice.chance(0.5) ? "两个月" : "一个多月";
  if (days < 330) return counted(days / 30, dice) + "个月";
  return dice.chance(0.5) ? "一年多" : "一年";
}

std::string since_when(Instant since, Instant now, Dice& dice) {
  const Date day = to_date(since);
  const std::chrono::year_month_day date{day};
  const std::int64_t days = (to_date(now) - day).count();
  const auto month = static_cast<unsigned>(date.month());
  const auto of_month = static_cast<unsigned>(date.day());
  if (days <= 0) return "今天";
  if (days == 1) return "昨天";
  if (days == 2) return "前天";
  if (days < 8 && dice.chance(0.6)) {
    return "上周" + std::string(std::array{"日", "一", "二", "三", "四", "五",
                                           "六"}[std::chrono::weekday(day).c_encoding()]);
  }
  const std::string in_month = std::to_string(month) + "月";
  switch (dice.whole(0, 3)) {
    case 0:
      return in_month + std::to_string(of_month) + (dice.chance(0.5) ? "号" : "日");
    case 1:
      return in_month + (of_month <= 10 ? "初" : of_month <= 20 ? "中旬" : "底");
    case 2:
      return month <= 2 || month == 12 ? "冬天"
             : month <= 5              ? "开春"
             : month <= 8              ? "夏天"
                                       : "秋天";
    default:
      return spoken(month) + "月" + (dice.chance(0.5) ? "里" : "份");
  }
}

// The day of an office's own step: the last working days before now.
std::string lately(Instant now, Dice& dice) {
  const std::chrono::year_month_day date{to_date(now) - std::chrono::days(dice.whole(1, 5))};
  return std::to_string(static_cast<unsigned>(date.month())) + "月" +
         std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string at_of(const Slots& slots, Dice& dice) {
  const std::string& at = slots.issue->truth.at;
  if (at.empty()) return slots.book->villages[slots.issue->village].truth.name;
  if (slots.issue->matter->at == At::estate && dice.chance(0.2)) return "我们小区";
  return at;
}

std::string fill(std::string_view phrase, const Slots& slots, Dice& dice);

std::string slot(std::string_view name, const Slots& slots, Dice& dice) {
  const Village& village = slots.book->villages[slots.issue->village];
  if (name == "处") return at_of(slots, dice);
  if (name == "村") return village.truth.name;
  if (name == "镇") return village.truth.town;
  if (name == "数") return counted(dice.whole(2, 9), dice);
  if (name == "多") return counted(dice.whole(12, 90), dice);
  if (name == "时") return time_of_day(dice);
  if (name == "久") return how_long(slots.issue->truth.started, slots.now, dice);
  if (name == "日") return since_when(slots.issue->truth.started, slots.now, dice);
  if (name == "日子") return lately(slots.now, dice);
  if (name == "题") return say(slots.issue->matter->title, slots, dice);
  if (name == "法") return slots.book->category(slots.issue->truth.category).basis;
  MINHU_ASSERT(false && "a phrase has a slot that nobody fills");
  return {};
}

std::string fill(std::string_view phrase, const Slots& slots, Dice& dice) {
  std::string text;
  while (!phrase.empty()) {
    const auto open = std::min(phrase.find('{'), phrase.size());
    text += phrase.substr(0, open);
    if (open == phrase.size()) break;
    const auto close = phrase.find('}', open);
    MINHU_ASSERT(close != std::string_view::npos);
    text += slot(phrase.substr(open + 1, close - open - 1), slots, dice);
    phrase.remove_prefix(close + 1);
  }
  return text;
}

// Grows a text part by part, with the punctuation of its voice.
class Text {
 public:
  Text(const Voice* voice, Dice& dice) : voice_(voice), dice_(dice) {
    stop_ = voice == nullptr ? 0.2 : static_cast<double>(number_of(voice->key) % 60) / 100 + 0.1;
  }
  void add(std::string_view part) {
    if (part.empty()) return;
    if (!text_.empty()) text_ += separator();
    text_ += part;
  }
  void paragraph() {
    end();
    text_ += '\n';
  }
  void end() {
    if (text_.empty() || text_.ends_with("。") || text_.ends_with("！")) return;
    const std::string tail = voice_ == nullptr ? "" : dice_.pick(voice_->tail);
    text_ += tail;
    if (!tail.ends_with("！") && !tail.ends_with("。") && !tail.ends_with("？") &&
        dice_.chance(0.75)) {
      text_ += "。";
    }
  }
  std::size_t length() const { return code_points(text_); }
  const std::string& str() const { return text_; }

 private:
  std::string_view separator() {
    if (text_.ends_with('\n')) return "";
    if (voice_ != nullptr && voice_->key == "young-blunt" && dice_.chance(0.3)) return " ";
    return dice_.chance(stop_) ? "。" : "，";
  }

  const Voice* voice_;
  Dice& dice_;
  double stop_;
  std::string text_;
};

// What somebody said, without saying the same phrase twice.
class Teller {
 public:
  Teller(const Slots& slots, const Voice& voice, Dice& dice)
      : slots_(slots), voice_(voice), dice_(dice) {}

  std::string part(const std::string& name) {
    const Matter& matter = *slots_.issue->matter;
    const Book& book = *slots_.book;
    if (name == "what") return fresh(matter.what);
    if (name == "detail") return fresh(matter.detail);
    if (name == "harm") return fresh(matter.harm);
    if (name == "ask") return fresh(matter.ask);
    if (name == "open") return fresh(voice_.open);
    if (name == "who") return dice_.chance(0.7) ? fresh(voice_.who) : "";
    if (name == "close") return fresh(voice_.close);
    if (name == "where") {
      return fresh(book.of(slots_.issue->truth.at.empty() ? "where" : "where_at"));
    }
    if (name == "hint") {
      const Cause* cause = slots_.issue->cause;
      return cause != nullptr && dice_.chance(0.5) ? fresh(cause->hints) : "";
    }
    return fresh(book.of(name));
  }

 private:
  std::string fresh(const Phrases& phrases) {
    for (int tries = 0; tries < 8; ++tries) {
      const std::string& phrase = dice_.pick(phrases);
      if (std::find(used_.begin(), used_.end(), &phrase) != used_.end()) continue;
      used_.push_back(&phrase);
      return fill(phrase, slots_, dice_);
    }
    return {};
  }

  const Slots& slots_;
  const Voice& voice_;
  Dice& dice_;
  std::vector<const std::string*> used_;
};

std::string with_typos(const std::string& text, double rate, const Book& book, Dice& dice) {
  const double expected = rate * static_cast<double>(code_points(text));
  std::string out = text;
  for (double left = expected; left > 0; left -= 1) {
    if (!dice.chance(std::min(left, 1.0))) continue;
    const auto& [right, wrong] = dice.pick(book.typos);
    if (const auto at = out.find(right); at != std::string::npos) {
      out.replace(at, right.size(), wrong);
    }
  }
  return out;
}

const Voice& voice_of(const Slots& slots, std::int64_t speaker) {
  Dice own(static_cast<std::uint64_t>(slots.issue->truth.id * 1009 + speaker));
  const auto& voices = slots.book->voices;
  return voices[own.pick_weighted(voices, [](const Voice& voice) { return voice.weight; })];
}

}  // namespace

std::string say(const Phrases& phrases, const Slots& slots, Dice& dice) {
  return fill(dice.pick(phrases), slots, dice);
}

Written tell(const Slots& slots, std::int64_t speaker, Medium medium, bool again, Dice& dice) {
  const Book& book = *slots.book;
  const Voice& voice = voice_of(slots, speaker);
  Teller teller(slots, voice, dice);
  const bool note = medium == Medium::phone_note;
  Text text(note ? nullptr : &voice, dice);
  const auto& scheme = dice.pick(note ? book.phone_schemes : book.schemes);
  if (again) text.add(say(book.of("again_words"), slots, dice));
  for (const std::string& part : scheme) text.add(teller.part(part));
  // Letters, and now and then somebody at a keyboard, tell the whole history.
  if (medium == Medium::letter || (!note && dice.chance(0.04))) {
    text.paragraph();
    for (const char* part : {"when", "detail", "aside", "harm", "tried", "hint", "detail", "tried",
                             "aside", "ask", "close"}) {
      text.add(teller.part(part));
    }
    for (int page = 0; page < 3 && dice.chance(0.6); ++page) {
      text.paragraph();
      for (const char* part : {"aside", "tried", "what", "when", "aside", "tried", "harm", "who",
                               "aside", "tried", "where", "hint", "aside", "ask"}) {
        text.add(teller.part(part));
      }
    }
  }
  for (const char* part : {"detail", "harm", "ask", "tried", "detail"}) {
    if (text.length() >= shortest_text) break;
    text.add(teller.part(part));
  }
  text.end();
  Written written;
  written.text = with_typos(std::string(first_code_points(text.str(), longest_text)),
                            note ? 0.004 : voice.typo, book, dice);
  if (medium == Medium::letter || dice.chance(0.12)) {
    written.title = say(slots.issue->matter->title, slots, dice);
  }
  if (dice.chance(0.25)) written.place_words = say(book.of("where_at"), slots, dice);
  return written;
}

Written passed_on(const Written& words, const Book& book, Dice& dice) {
  static const Phrases before{"我也是", "同样的情况", "支持楼上的，我家也一样", "转发邻居写的", ""};
  static const Phrases after{"请尽快", "大家都一样", "我们一起等回复", "附议", ""};
  Written mine = words;
  const std::string first = dice.pick(before);
  mine.text = (first.empty() ? "" : first + "。") + words.text + dice.pick(after);
  mine.text = with_typos(std::string(first_code_points(mine.text, longest_text)), 0.01, book, dice);
  return mine;
}

std::string answer(const Slots& slots, std::string_view unit_name, Answering how, Dice& dice) {
  const Book& book = *slots.book;
  Text text(nullptr, dice);
  const auto add = [&](std::string_view name) { text.add(say(book.of(name), slots, dice)); };
  switch (how) {
    case Answering::good:
      add("good_open");
      add("good_found");
      text.add(say(slots.issue->matter->fixed, slots, dice));
      if (dice.chance(0.3)) text.add(say(slots.issue->matter->fixed, slots, dice));
      add("good_close");
      break;
    case Answering::poor:
      add("poor_open");
      add("poor_body");
      if (dice.chance(0.6)) add("poor_body");
      add("poor_close");
      break;
    case Answering::unable:
      add("good_open");
      add("unable_found");
      add("unable_why");
      break;
    case Answering::no:
      add("no_open");
      add("no_why");
      add("no_close");
      break;
  }
  text.end();
  return text.str() + "（" + std::string(unit_name) + "）";
}

std::string person_name(Dice& dice) {
  static const Phrases family{"沈", "陆", "周", "方", "叶", "金",
                              "何", "楼", "许", "钱", "郑", "吴"};
  static const Phrases given{"阿根", "水珍", "小满", "国良", "秀英", "建平", "桂花", "志强",
                             "月娥", "文斌", "雨桐", "立冬", "春兰", "长庚", "晓芸", "永年"};
  const std::string& before = dice.pick(family);
  return before + dice.pick(given);
}

std::string phone_number(Dice& dice) {
  return "000" + std::to_string(1'0000'0000 + dice.whole(0, 9999'9999)).substr(1);
}

}  // namespace minhu::demo
