// What the classifier looks at in a text: its words, its characters and pairs of them, the everyday
// subjects (themes) of its words, and the subjects of its opening, where the matter is named.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/text/normal_text.h"
#include "engines/text/reading.h"

namespace minhu::text {

enum class FeatureBlock : std::uint8_t { words, characters, themes, opening };
constexpr std::size_t feature_blocks = 4;

// A feature is a hash with its block in the lowest bits: a model holds no word that anybody wrote.
constexpr std::uint64_t block_bits = 0x7;
constexpr FeatureBlock block_of(std::uint64_t feature) {
  return static_cast<FeatureBlock>(feature & block_bits);
}

constexpr std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33U;
  x *= 0xFF51AFD7ED558CCDU;
  x ^= x >> 33U;
  x *= 0xC4CEB9FE1A85EC53U;
  x ^= x >> 33U;
  return x;
}
constexpr std::uint64_t feature_id(FeatureBlock block, std::uint64_t what) {
  const auto lowest = static_cast<std::uint64_t>(block);
  return (mixed(what + (lowest + 1) * 0x9E3779B97F4A7C15U) & ~block_bits) | lowest;
}

constexpr int opening_words = 20;

inline bool is_word_to_weigh(TokenKind kind) {
  return kind == TokenKind::word || kind == TokenKind::single || kind == TokenKind::latin;
}

// Calls use(feature, token) for each occurrence; `token` is its place in Read::tokens.
template <class Use>
void each_feature(const Read& page, Use use) {
  int opening_left = opening_words;
  char32_t before = 0;                   // the character before this one, when they touch
  std::uint32_t touching = 0xFFFFFFFFU;  // where a character would touch the one before
  const std::string_view normal = page.normal;
  for (std::size_t i = 0; i < page.tokens.size(); ++i) {
    const Token& token = page.tokens[i];
    if (token.kind == TokenKind::mark) continue;
    if (is_word_to_weigh(token.kind)) {
      use(feature_id(FeatureBlock::words, token.word), i);
      if (token.theme != 0) use(feature_id(FeatureBlock::themes, token.theme), i);
      if (opening_left > 0) {
        --opening_left;
        if (token.theme != 0) use(feature_id(FeatureBlock::opening, token.theme), i);
      }
    }
    if (token.normal_begin != touching) before = 0;
    for (std::size_t at = token.normal_begin; at < token.normal_end;) {
      const char32_t point = next_point(normal, at);
      use(feature_id(FeatureBlock::characters, point), i);
      if (before != 0) {
        use(feature_id(FeatureBlock::characters, std::uint64_t{before} << 32U | point), i);
      }
      before = point;
    }
    touching = token.normal_end;
  }
}

struct CountedFeature {
  std::uint64_t feature = 0;
  std::uint32_t count = 0;
};
// All of a page, each once, in order.
std::vector<CountedFeature> count_features(const Read& page);

}  // namespace minhu::text
