// Words of a list, found in a normal text: at each place the longest, from the left, none
// overlapping another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace minhu::text {

class WordFinder {
 public:
  struct Hit {
    std::uint32_t begin = 0;  // bytes of the text
    std::uint32_t end = 0;
    std::uint32_t value = 0;
  };

  // What the word stands for; 0 when it is new. Changing it changes what find() gives. An empty
  // word is never found.
  std::uint32_t& operator[](std::string_view word);

  // In time proportional to the text: at each character at most as many looks as there are
  // lengths of words that begin with it.
  std::vector<Hit> find(std::string_view text) const;
  // The longest word that the text begins with, as its length in bytes; 0 for none.
  std::size_t begins(std::string_view text) const;
  // The longest word that the text ends with; 0 for none.
  std::size_t ends(std::string_view text) const;
  bool empty() const { return values_.empty(); }

 private:
  struct Longest {
    std::size_t bytes = 0;
    std::uint32_t value = 0;
  };
  Longest at(std::string_view text) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> values_;
  // By the first character: the lengths of the words that begin with it, longest first.
  std::unordered_map<std::string, std::vector<std::size_t>, Hash, std::equal_to<>> lengths_;
  std::size_t longest_ = 0;
};

// Bytes of the character that begins with this byte of valid UTF-8.
constexpr std::size_t character_bytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace minhu::text
