#include "engines/text/packed_words.h"

#include <cstring>

#include "kernel/assert.h"
#include "minhu_packed_words.h"

namespace minhu::text {

namespace {

// Takes the sections of the block one after the other. The block begins at a multiple of 64 and
// every section's size keeps the next one aligned.
class Sections {
 public:
  explicit Sections(std::string_view block) : rest_(block) {}

  template <class T>
  std::span<const T> next(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    MINHU_ASSERT(bytes <= rest_.size());
    const void* const at = rest_.data();
    MINHU_ASSERT(reinterpret_cast<std::uintptr_t>(at) % alignof(T) == 0);
    rest_.remove_prefix(bytes);
    return {static_cast<const T*>(at), count};
  }

 private:
  std::string_view rest_;
};

PackedWords open_block(std::string_view block) {
  Sections sections(block);
  const PackedHeader& header = sections.next<PackedHeader>(1)[0];
  MINHU_ASSERT(header.magic == packed_magic);
  PackedWords words;
  words.version = header.version;
  words.word_count = header.word_count;
  words.normal = sections.next<std::uint16_t>(basic_plane);
  words.code = sections.next<std::uint16_t>(basic_plane);
  words.character_class = sections.next<CharacterClass>(basic_plane);
  words.words = TrieView(sections.next<TrieCell>(header.cell_count));
  words.theme_count = header.theme_count;
  const std::span<const char> names = sections.next<char>(header.theme_bytes);
  words.theme_names = {names.data(), names.size()};
  return words;
}

}  // namespace

const PackedWords& packed_words() {
  static const PackedWords words = open_block(embedded::packed_words().front().text);
  return words;
}

CharacterClass PackedWords::class_of(char32_t point) const {
  return point < basic_plane ? character_class[point] : class_by_unicode(point);
}

}  // namespace minhu::text
