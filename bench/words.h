// Words that nobody has sent before, for benchmarks that hand in cases.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace minhu::bench {

// 300 characters of the common block, so that nothing is cached by luck.
inline std::string new_words(std::mt19937_64& random) {
  constexpr int characters = 300;
  constexpr std::uint64_t first_common_character = 0x4E00;
  std::string out;
  out.reserve(characters * 3);
  for (int i = 0; i < characters; i += 4) {
    std::uint64_t bits = random();
    for (int j = 0; j < 4; ++j, bits >>= 12U) {
      const std::uint64_t point = first_common_character + (bits & 0xFFFU);
      out += static_cast<char>(0xE0U | (point >> 12U));
      out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
      out += static_cast<char>(0x80U | (point & 0x3FU));
    }
  }
  return out;
}

}  // namespace minhu::bench
