#include "engines/text/word_finder.h"

#include <algorithm>

namespace minhu::text {

std::uint32_t& WordFinder::operator[](std::string_view word) {
  const auto found = values_.find(word);
  if (found != values_.end()) return found->second;
  if (!word.empty()) {
    std::vector<std::size_t>& lengths =
        lengths_[std::string(word.substr(0, character_bytes(word.front())))];
    if (std::find(lengths.begin(), lengths.end(), word.size()) == lengths.end()) {
      lengths.insert(
          std::upper_bound(lengths.begin(), lengths.end(), word.size(), std::greater<>()),
          word.size());
    }
    longest_ = std::max(longest_, word.size());
  }
  return values_[std::string(word)];
}

WordFinder::Longest WordFinder::at(std::string_view text) const {
  if (text.empty()) return {};
  const auto lengths = lengths_.find(text.substr(0, character_bytes(text.front())));
  if (lengths == lengths_.end()) return {};
  for (const std::size_t bytes : lengths->second) {
    if (bytes > text.size()) continue;
    const auto found = values_.find(text.substr(0, bytes));
    if (found != values_.end()) return {bytes, found->second};
  }
  return {};
}

std::vector<WordFinder::Hit> WordFinder::find(std::string_view text) const {
  std::vector<Hit> hits;
  for (std::size_t place = 0; place < text.size();) {
    const Longest longest = at(text.substr(place));
    if (longest.bytes == 0) {
      place += character_bytes(text[place]);
      continue;
    }
    hits.push_back({static_cast<std::uint32_t>(place),
                    static_cast<std::uint32_t>(place + longest.bytes), longest.value});
    place += longest.bytes;
  }
  return hits;
}

std::size_t WordFinder::begins(std::string_view text) const {
  return at(text).bytes;
}

std::size_t WordFinder::ends(std::string_view text) const {
  for (std::size_t bytes = std::min(longest_, text.size()); bytes > 0; --bytes) {
    if (values_.find(text.substr(text.size() - bytes)) != values_.end()) return bytes;
  }
  return 0;
}

}  // namespace minhu::text
