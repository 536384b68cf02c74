// The request that a witness gets from anybody: what is accepted is written back as it was read.
#include "engines/merkle/witness.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu::merkle;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  if (const auto request = parse_add_checkpoint(body)) {
    MINHU_ASSERT(format_add_checkpoint(*request) == body);
    const auto again = parse_add_checkpoint(format_add_checkpoint(*request));
    MINHU_ASSERT(again && *again == *request);
  }
  return 0;
}
