// Whatever anybody writes: read, or refused; every place in what was read lies in the text; nothing
// that masks hide is shown.
#include "engines/text/classifier.h"
#include "engines/text/features.h"
#include "engines/text/folds.h"
#include "engines/text/reading.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace {

const minhu::text::Lexicon& words() {
  static const minhu::text::Lexicon lexicon = [] {
    minhu::text::Lexicon made;
    MINHU_ASSERT(made.add("在水一方大厦", minhu::text::WordKind::place));
    MINHU_ASSERT(made.add("12", minhu::text::WordKind::unit));
    return made;
  }();
  return lexicon;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view title = all.substr(0, size / 4);
  const std::string_view detail = all.substr(size / 4);
  const Result<text::Read> page = text::read(words(), title, detail);
  MINHU_ASSERT(page.has_value() == (is_valid_utf8(title) && is_valid_utf8(detail)));
  if (!page) return 0;
  MINHU_ASSERT(is_valid_utf8(page->normal));
  for (const text::Token& token : page->tokens) {
    const std::string_view field = token.field == text::Field::title ? title : detail;
    MINHU_ASSERT(token.begin < token.end && token.end <= field.size());
    MINHU_ASSERT(is_valid_utf8(field.substr(token.begin, token.end - token.begin)));
    MINHU_ASSERT(token.normal_begin < token.normal_end);
    MINHU_ASSERT(token.normal_end <= page->normal.size());
  }
  std::uint32_t next = 0;
  for (const text::Sentence& sentence : page->sentences) {
    MINHU_ASSERT(sentence.begin == next && sentence.begin < sentence.end);
    next = sentence.end;
  }
  MINHU_ASSERT(next == page->tokens.size());
  for (const text::Entity& entity : page->entities) {
    const std::string_view field = entity.field == text::Field::title ? title : detail;
    MINHU_ASSERT(entity.begin < entity.end && entity.end <= field.size());
    MINHU_ASSERT(is_valid_utf8(field.substr(entity.begin, entity.end - entity.begin)));
  }
  MINHU_ASSERT(is_valid_utf8(text::masked(detail, text::Field::detail, page->entities)));
  MINHU_ASSERT(
      is_valid_utf8(text::masked(detail, text::Field::detail, page->entities, size / 7, size / 2)));
  static_cast<void>(text::count_features(*page));
  static_cast<void>(text::sketch_of(*page));
  return 0;
}
