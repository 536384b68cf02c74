#include "engines/text/aspects.h"

#include <algorithm>
#include <bit>
#include <map>
#include <string>

#include "engines/text/normal_text.h"
#include "minhu_aspects.h"

namespace minhu::text {

namespace {

constexpr std::uint64_t step(std::uint64_t hash, char32_t point) {
  return (hash ^ point) * 0x9E3779B97F4A7C15U;
}
constexpr std::uint64_t begin_hash = 0x243F6A8885A308D3U;
constexpr std::uint64_t mixed(std::uint64_t hash) {
  return hash ^ hash >> 29U;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

const Aspects& Aspects::built_in() {
  static const Aspects aspects(find_embedded(embedded::aspects(), "aspects/aspects.txt"));
  return aspects;
}

Aspects::Aspects(std::string_view file) {
  std::map<std::u32string, std::vector<std::uint8_t>> words;
  for (const std::string_view line : split(file, '\n')) {
    if (line.front() == '#' || names_.size() == most_aspects) continue;
    const std::vector<std::string_view> parts = split(line, ' ');
    if (parts.empty()) continue;
    const auto aspect = static_cast<std::uint8_t>(names_.size());
    names_.push_back(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const std::u32string word = to_points(parts[i]);
      if (word.size() > longest_word) continue;
      std::vector<std::uint8_t>& belongs = words[word];
      if (belongs.empty() || belongs.back() != aspect) belongs.push_back(aspect);
    }
  }
  cells_.resize(std::bit_ceil(words.size() * 3 + 1));
  for (const auto& [word, belongs] : words) {
    std::uint64_t hash = begin_hash;
    for (const char32_t point : word) hash = step(hash, point);
    std::size_t cell = mixed(hash) & (cells_.size() - 1);
    while (cells_[cell].length != 0) cell = (cell + 1) & (cells_.size() - 1);
    cells_[cell] = {hash, static_cast<std::uint8_t>(word.size()),
                    static_cast<std::uint32_t>(belongs_.size()),
                    static_cast<std::uint32_t>(belongs.size())};
    belongs_.insert(belongs_.end(), belongs.begin(), belongs.end());
  }
}

const Aspects::Word* Aspects::find(std::uint64_t hash, std::size_t length) const {
  std::size_t cell = mixed(hash) & (cells_.size() - 1);
  while (cells_[cell].length != 0) {
    if (cells_[cell].hash == hash && cells_[cell].length == length) return &cells_[cell];
    cell = (cell + 1) & (cells_.size() - 1);
  }
  return nullptr;
}

std::span<const std::uint8_t> Aspects::at(std::u32string_view text, std::size_t at,
                                          std::size_t& length) const {
  length = 0;
  const Word* longest = nullptr;
  std::uint64_t hash = begin_hash;
  const std::size_t most = std::min(longest_word, text.size() - at);
  for (std::size_t taken = 1; taken <= most; ++taken) {
    hash = step(hash, text[at + taken - 1]);
    if (taken == 1) continue;  // every word has two characters or more
    if (const Word* word = find(hash, taken)) {
      longest = word;
      length = taken;
    }
  }
  if (longest == nullptr) return {};
  return std::span(belongs_).subspan(longest->first, longest->count);
}

}  // namespace minhu::text
