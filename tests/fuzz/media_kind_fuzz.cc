// Any bytes have a kind or none, the answer is the same twice, and nothing outside them is read.
#include <cstddef>
#include <cstdint>

#include "features/attachments/media_kind.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const minhu::BytesView file(data, size);
  const auto kind = minhu::attachments::media_kind_of(file);
  MINHU_ASSERT(kind == minhu::attachments::media_kind_of(file));
  if (kind) {
    const auto media = minhu::attachments::media_type_of(*kind);
    MINHU_ASSERT(minhu::attachments::kind_of_type(media.type) == kind);
  }
  return 0;
}
