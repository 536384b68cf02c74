// pack_words OUT FRISO_FOLDER OUR_FOLDER: makes the block of packed_words.h at build time, from the
// word lists of Debian's friso-dict and our own of policies/words. The same lists and the same ICU
// give the same bytes. A line that cannot be used stops the build with its file and number.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engines/text/double_array.h"
#include "engines/text/packed_words.h"
#include "kernel/crypto.h"
#include "kernel/utf8.h"

namespace {

using namespace minhu::text;
namespace fs = std::filesystem;

[[noreturn]] void stop(const std::string& sentence) {
  std::cerr << "pack_words: " << sentence << '\n';
  std::exit(1);
}

// ---- characters

class Characters {
 public:
  Characters() {
    UErrorCode error = U_ZERO_ERROR;
    folded_ = icu::Normalizer2::getNFKCCasefoldInstance(error);
    simplify_.reset(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) stop(std::string("ICU: ") + u_errorName(error));
    for (std::size_t point = 0; point < basic_plane; ++point) {
      normal_[point] = normal_of(static_cast<char32_t>(point));
      class_[point] = class_by_unicode(static_cast<char32_t>(point));
    }
  }

  // The normal form of a word of a list; lists hold no character that becomes several.
  std::u16string normal(std::string_view word) const {
    const icu::UnicodeString raw =
        icu::UnicodeString::fromUTF8({word.data(), static_cast<int32_t>(word.size())});
    std::u16string out;
    for (int32_t i = 0; i < raw.length(); ++i) {
      const std::uint16_t to = normal_[static_cast<std::uint16_t>(raw.charAt(i))];
      if (to == normal_complex) return {};
      if (to != normal_nothing) out.push_back(static_cast<char16_t>(to));
    }
    return out;
  }

  bool is_word_character(char16_t c) const {
    return class_[c] == CharacterClass::han || class_[c] == CharacterClass::letter ||
           class_[c] == CharacterClass::digit;
  }
  bool is_han(char16_t c) const { return class_[c] == CharacterClass::han; }

  const std::vector<std::uint16_t>& normals() const { return normal_; }
  const std::vector<CharacterClass>& classes() const { return class_; }

 private:
  std::uint16_t normal_of(char32_t point) const {
    if (point >= 0xD800 && point <= 0xDFFF) return normal_complex;
    const CharacterClass kind = class_by_unicode(point);
    if (kind == CharacterClass::blank) return U' ';
    if (kind == CharacterClass::line_end) return U'\n';
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString one(static_cast<UChar32>(point));
    icu::UnicodeString out = folded_->normalize(one, error);
    if (U_FAILURE(error)) return normal_complex;
    if (out.isEmpty()) return normal_nothing;
    // A mark that may melt into the letter before it: the two are normalised together.
    if (!folded_->hasBoundaryBefore(static_cast<UChar32>(point))) return normal_complex;
    if (out.length() != 1) return normal_complex;
    simplify_->transliterate(out);
    if (out.length() != 1) return normal_complex;
    const auto to = static_cast<std::uint16_t>(out.charAt(0));
    return to == normal_complex ? normal_complex : to;
  }

  const icu::Normalizer2* folded_ = nullptr;
  std::unique_ptr<icu::Transliterator> simplify_;
  std::vector<std::uint16_t> normal_ = std::vector<std::uint16_t>(basic_plane);
  std::vector<CharacterClass> class_ = std::vector<CharacterClass>(basic_plane);
};

// ---- words

struct Word {
  std::uint32_t roles = 0;
  std::uint32_t theme = 0;
  std::uint32_t count = 0;  // of single characters, as friso-dict gives it
};

std::vector<std::string> split(const std::string& line, char by) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= line.size()) {
    const std::size_t end = std::min(line.find(by, begin), line.size());
    if (end > begin) parts.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

class Lists {
 public:
  explicit Lists(const Characters& characters) : characters_(characters) {}

  // One word a line: word/synonyms/count. Words that are not made of letters are left out.
  void add_friso(const fs::path& file, std::uint32_t roles) {
    read(file, [&](const std::string& line, const auto&) {
      const auto parts = split(line, '/');
      if (parts.empty()) return;
      const std::u16string normal = characters_.normal(parts[0]);
      if (!usable(normal) || unwanted(normal)) return;
      Word& word = words_[normal];
      word.roles |= roles;
      if (normal.size() == 1 && parts.size() > 2) {
        word.count = static_cast<std::uint32_t>(std::strtoul(parts[2].c_str(), nullptr, 10));
      }
    });
  }

  // Words of the main list that cut texts wrongly. First, before any list.
  void leave_out(const fs::path& file) {
    read(file, [&](const std::string& line, const auto&) {
      for (const std::string& part : split(line, ' ')) unwanted_.insert(characters_.normal(part));
    });
  }

  // Words between blanks.
  void add_ours(const fs::path& file, std::uint32_t roles) {
    read(file, [&](const std::string& line, const auto& where) {
      for (const std::string& part : split(line, ' ')) add_own_word(part, roles, 0, where);
    });
  }

  // "theme name: words between blanks", the same name may come again.
  void add_themes(const fs::path& file) {
    read(file, [&](const std::string& line, const auto& where) {
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos) stop(where() + "a theme needs a name and a colon");
      const std::string name = line.substr(0, colon);
      auto at = std::find(themes_.begin(), themes_.end(), name);
      if (at == themes_.end()) at = themes_.insert(at, name);
      const auto theme = static_cast<std::uint32_t>(at - themes_.begin()) + 1;
      for (const std::string& part : split(line.substr(colon + 1), ' ')) {
        add_own_word(part, 0, theme, where);
      }
    });
  }

  const std::map<std::u16string, Word>& words() const { return words_; }
  const std::vector<std::string>& themes() const { return themes_; }

 private:
  template <class Use>
  void read(const fs::path& file, Use use) {
    std::ifstream in(file);
    if (!in) stop("cannot read " + file.string());
    std::string line;
    std::size_t number = 0;
    const auto where = [&] { return file.string() + ":" + std::to_string(number) + ": "; };
    while (std::getline(in, line)) {
      ++number;
      if (!minhu::is_valid_utf8(line)) stop(where() + "not UTF-8");
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty() && line.front() != '#') use(line, where);
    }
  }

  template <class Where>
  void add_own_word(const std::string& text, std::uint32_t roles, std::uint32_t theme,
                    const Where& where) {
    const std::u16string normal = characters_.normal(text);
    if (!usable(normal)) stop(where() + "no word: " + text);
    Word& word = words_[normal];
    if (theme != 0 && word.theme != 0 && word.theme != theme) {
      stop(where() + text + " already belongs to " + themes_[word.theme - 1]);
    }
    if (theme != 0) word.theme = theme;
    // A subject's word may well be part of a name: 新型建材有限公司.
    word.roles |= theme != 0 ? roles : roles | role_ours;
  }

  // Also 说的, 坏了: the main list has many words with a particle at the end, which then hide the
  // word before it. Those that are words (目的, 为了) stand in our lists.
  bool unwanted(const std::u16string& normal) const {
    const bool has_particle =
        normal.size() > 1 && (normal.back() == u'的' || normal.back() == u'了');
    return has_particle || unwanted_.contains(normal);
  }

  bool usable(const std::u16string& normal) const {
    return !normal.empty() && normal.size() <= 16 &&
           std::all_of(normal.begin(), normal.end(),
                       [&](char16_t c) { return characters_.is_word_character(c); }) &&
           std::any_of(normal.begin(), normal.end(),
                       [&](char16_t c) { return characters_.is_han(c); });
  }

  const Characters& characters_;
  std::map<std::u16string, Word> words_;
  std::set<std::u16string> unwanted_;
  std::vector<std::string> themes_;
};

std::uint32_t cost_of(const std::u16string& text, const Word& word) {
  if (text.size() == 1) {
    // The commonest character (的) costs 141, a rare one 180.
    const double common = std::min(39.0, 2.6 * std::log(1.0 + word.count));
    return cost_of_unknown - static_cast<std::uint32_t>(common);
  }
  const auto length = static_cast<std::uint32_t>(text.size());
  return cost_of_word + std::min(25U, length * length);
}

// ---- the block

class Block {
 public:
  template <class T>
  void add(const T* values, std::size_t count) {
    const auto* bytes = reinterpret_cast<const char*>(values);
    text_.append(bytes, count * sizeof(T));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::vector<std::uint16_t> number_characters(const std::map<std::u16string, Word>& words) {
  std::map<char16_t, std::size_t> uses;
  for (const auto& [text, word] : words) {
    for (const char16_t c : text) ++uses[c];
  }
  std::vector<std::pair<std::size_t, char16_t>> order;
  for (const auto& [c, count] : uses) order.emplace_back(count, c);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::uint16_t> codes(basic_plane, 0);
  std::uint16_t next = 1;
  for (const auto& [count, c] : order) codes[c] = next++;
  return codes;
}

std::string pack(const Characters& characters, const Lists& lists) {
  const std::vector<std::uint16_t> codes = number_characters(lists.words());
  std::vector<TrieEntry> entries;
  for (const auto& [text, word] : lists.words()) {
    TrieEntry entry;
    for (const char16_t c : text) entry.codes.push_back(codes[c]);
    entry.value = word_value(word.theme, word.roles, cost_of(text, word));
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.codes < b.codes; });
  const std::vector<TrieCell> cells = build_trie(entries);

  std::string names;
  for (const std::string& name : lists.themes()) names += name + '\n';

  Block body;
  body.add(characters.normals().data(), basic_plane);
  body.add(codes.data(), basic_plane);
  body.add(characters.classes().data(), basic_plane);
  body.add(cells.data(), cells.size());
  body.add(names.data(), names.size());

  PackedHeader header;
  header.magic = packed_magic;
  const minhu::Digest digest = minhu::sha256(minhu::as_bytes(body.text()));
  std::memcpy(&header.version, digest.data(), sizeof header.version);
  header.word_count = static_cast<std::uint32_t>(entries.size());
  header.cell_count = static_cast<std::uint32_t>(cells.size());
  header.theme_count = static_cast<std::uint32_t>(lists.themes().size());
  header.theme_bytes = static_cast<std::uint32_t>(names.size());
  Block block;
  block.add(&header, 1);
  return block.text() + body.text();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) stop("usage: pack_words OUT FRISO_FOLDER OUR_FOLDER");
  const fs::path friso = arguments[2];
  const fs::path ours = arguments[3];
  const Characters characters;
  Lists lists(characters);
  lists.leave_out(ours / "left_out.txt");
  for (const char* name : {"lex-main.lex", "lex-admin.lex", "lex-chars.lex", "lex-cn-mz.lex",
                           "lex-festival.lex", "lex-food.lex", "lex-nation.lex", "lex-org.lex",
                           "lex-touris.lex", "lex-cemixed.lex", "lex-ecmixed.lex"}) {
    lists.add_friso(friso / name, 0);
  }
  lists.add_friso(friso / "lex-cn-place.lex", role_place);
  lists.add_friso(friso / "lex-lname.lex", role_surname);
  lists.add_friso(friso / "lex-dname-1.lex", role_given_first);
  lists.add_friso(friso / "lex-dname-2.lex", role_given_last);
  lists.add_friso(friso / "lex-sname.lex", role_given_last);
  lists.add_ours(ours / "petition.txt", 0);
  lists.add_ours(ours / "administration.txt", 0);
  lists.add_ours(ours / "empty.txt", role_empty);
  lists.add_ours(ours / "name_stops.txt", role_stops_name);
  lists.add_themes(ours / "themes.txt");

  const std::string block = pack(characters, lists);
  std::ofstream out(arguments[1], std::ios::binary);
  out << block;
  if (!out.flush()) stop(std::string("cannot write ") + arguments[1]);
}
