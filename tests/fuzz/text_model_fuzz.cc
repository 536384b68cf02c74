// Model files of anybody's making. The checksum is put right here, or nothing behind it would ever
// be reached: an accepted model must be usable, whatever stands in it.
#include <algorithm>

#include "engines/text/classifier.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  static const text::Lexicon lexicon;
  static const text::Read page = text::read(lexicon, "公交车", "的路灯坏了a1").value();
  const BytesView as_given(data, size);
  if (const auto opened = text::Model::open(as_given)) {
    MINHU_ASSERT(opened->file() == Bytes(as_given.begin(), as_given.end()));
  }
  constexpr std::size_t digest_size = 32;
  if (size < digest_size) return 0;
  Bytes signed_file(as_given.begin(), as_given.end());
  const Digest digest = sha256(as_given.first(size - digest_size));
  std::copy(digest.begin(), digest.end(), signed_file.end() - digest_size);
  const auto opened = text::Model::open(signed_file);
  if (!opened) return 0;
  const text::Explained found = opened->explain(page);
  MINHU_ASSERT(found.suggestion.category < opened->categories().size());
  MINHU_ASSERT(found.suggestion.runner_up < opened->categories().size());
  MINHU_ASSERT(opened->sums(page).size() == opened->categories().size());
  return 0;
}
