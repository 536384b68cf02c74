#include "engines/text/lexicon.h"

#include "engines/text/name_trie.h"
#include "engines/text/normal_text.h"
#include "kernel/utf8.h"

namespace minhu::text {

namespace {

std::uint32_t role_of(WordKind kind) {
  switch (kind) {
    case WordKind::plain:
      return 0;
    case WordKind::place:
      return role_place;
    case WordKind::unit:
      return role_unit;
    case WordKind::empty:
      return role_empty;
    case WordKind::surname:
      return role_surname;
  }
  return 0;
}

}  // namespace

Lexicon::Lexicon() : names_(std::make_unique<NameTrie>()) {}
Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

Outcome Lexicon::add(std::string_view name, WordKind kind) {
  if (!is_valid_utf8(name)) return fail(FaultCode::invalid_input, "text.not_utf8");
  NormalText normal;
  normalise(name, normal);
  if (normal.size() == 0 || normal.size() > longest_word) {
    return fail(FaultCode::invalid_input, "text.word_length");
  }
  names_->add(normal.points, word_value(0, role_of(kind), cost_of_name));
  return {};
}

std::size_t Lexicon::built_in_words() const {
  return packed_words().word_count;
}
std::size_t Lexicon::added_words() const {
  return names_->size();
}
std::uint64_t Lexicon::version() const {
  return packed_words().version;
}

bool Lexicon::knows(std::string_view normal_word) const {
  if (normal_word.empty() || !is_valid_utf8(normal_word)) return false;
  const std::u32string points = to_points(normal_word);
  bool known = false;
  names_->each_prefix(
      points, [&](std::size_t length, std::uint32_t) { known = known || length == points.size(); });
  if (known) return true;
  const PackedWords& words = packed_words();
  std::uint32_t node = TrieView::root;
  for (const char32_t point : points) {
    node = words.words.step(node, words.code_of(point));
    if (node == TrieView::none) return false;
  }
  return words.words.value(node) != 0;
}

}  // namespace minhu::text
