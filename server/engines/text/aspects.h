// The aspects of life that petitions touch, with their words (policies/aspects/aspects.txt).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace minhu::text {

constexpr std::size_t most_aspects = 255;

class Aspects {
 public:
  // Of the words built into the program.
  static const Aspects& built_in();
  // One aspect a line: its name, then its words, in normal form. Lines that begin with # say
  // something to people. Words longer than `longest_word` are left out, and so are aspects above
  // `most_aspects`.
  explicit Aspects(std::string_view file);

  static constexpr std::size_t longest_word = 8;  // code points

  std::size_t count() const { return names_.size(); }
  std::string_view name(std::size_t aspect) const { return names_[aspect]; }
  // The aspects of the longest word that begins at `at`, and its length in code points (0: none).
  std::span<const std::uint8_t> at(std::u32string_view text, std::size_t at,
                                   std::size_t& length) const;

 private:
  struct Word {
    std::uint64_t hash = 0;
    std::uint8_t length = 0;  // 0: an empty cell
    std::uint32_t first = 0;  // of belongs_
    std::uint32_t count = 0;
  };

  const Word* find(std::uint64_t hash, std::size_t length) const;

  std::vector<std::string_view> names_;
  std::vector<Word> cells_;  // open addressing, a power of two
  std::vector<std::uint8_t> belongs_;
};

}  // namespace minhu::text
