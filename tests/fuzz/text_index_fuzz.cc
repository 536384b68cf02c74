// Any bytes are an index or are refused; what opens writes the same bytes again and answers. The
// checksum is put right, or no input would ever come behind it.
#include <cstddef>
#include <cstdint>

#include "engines/text/similar.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using minhu::text::SimilarIndex;
  minhu::start_crypto();
  minhu::Bytes file(data, data + size);
  (void)SimilarIndex::from_bytes(file);
  const minhu::Digest digest = minhu::sha256(file);
  file.insert(file.end(), digest.begin(), digest.end());
  auto opened = SimilarIndex::from_bytes(file);
  if (!opened) return 0;
  const minhu::Bytes again = opened->index.to_bytes(opened->note);
  auto second = SimilarIndex::from_bytes(again);
  MINHU_ASSERT(second.has_value());
  MINHU_ASSERT(second->index.to_bytes(second->note) == again);
  for (std::uint64_t key = 0; key < 4; ++key) (void)opened->index.nearest(key, 3);
  return 0;
}
