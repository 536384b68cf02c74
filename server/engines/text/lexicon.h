// The words that reading knows: a main list of about 170,000 (Debian's friso-dict), our own words
// of petitions and administration (policies/words), and the names that a county adds at run time.
//
// The first two are packed at build time into one block inside the program and used in place: a
// Lexicon costs no loading and no file. Names added at run time lie beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "kernel/result.h"

namespace minhu::text {

// What a known word is, as far as reading can use it.
enum class WordKind : std::uint8_t {
  plain = 0,
  place,    // a county, town, village, estate that the county knows by name
  unit,     // an office, a bureau, a firm of the county
  empty,    // 的, 了, 我们, 请问: carries no matter (stop words)
  surname,  // 王, 欧阳: begins a person's name
};

class NameTrie;  // of the names added at run time

// Thread-safe once built: every function but `add` is const, and add is for the time before the
// lexicon is shared. Cheap to move; copying shares nothing.
class Lexicon {
 public:
  Lexicon();  // the words built into the program
  ~Lexicon();
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;

  // A name of the county: "星沙街道", "月湖派出所". It is normalised like every text, wins over the
  // words inside it, and may be added twice (the last kind counts). Faults text.not_utf8,
  // text.word_length (empty, or longer than `longest_word` characters when normal).
  Outcome add(std::string_view name, WordKind kind);

  static constexpr std::size_t longest_word = 32;  // code points

  std::size_t built_in_words() const;
  std::size_t added_words() const;
  // Of one whole normal word; nothing when it is not known. For tests and for reading itself.
  bool knows(std::string_view normal_word) const;
  // Changes whenever the words built in change, so that what was counted with others is known to
  // be stale: the first 8 bytes of the SHA-256 of the packed block.
  std::uint64_t version() const;

  const NameTrie& names() const { return *names_; }

 private:
  std::unique_ptr<NameTrie> names_;
};

}  // namespace minhu::text
