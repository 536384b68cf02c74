// Multipart bodies: however a body is split, the same parts or the same fault come out. The first
// byte of the input chooses the size of the pieces; the boundary is "XX".
#include <algorithm>

#include "adapters/http_beast/multipart.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace {

struct Transcript : minhu::http_beast::PartSink {
  std::string text;

  minhu::Outcome begin(minhu::http_beast::PartHead head) override {
    MINHU_ASSERT(!head.name.empty());
    MINHU_ASSERT(minhu::is_valid_utf8(head.name));
    MINHU_ASSERT(minhu::is_valid_utf8(head.file_name.value_or("")));
    text += "[" + head.name + "|" + head.file_name.value_or("-") + "|" + head.content_type + "]";
    return {};
  }
  minhu::Outcome data(std::string_view bytes) override {
    MINHU_ASSERT(!bytes.empty());
    text += bytes;
    return {};
  }
  minhu::Outcome end() override {
    text += "<end>";
    return {};
  }
};

// What happened, with the fault at its end.
std::string read(std::string_view body, std::size_t piece) {
  Transcript transcript;
  minhu::http_beast::MultipartReader reader("XX", 200, transcript);
  for (std::size_t i = 0; i < body.size(); i += piece) {
    const auto fed = reader.feed(body.substr(i, piece));
    if (!fed) return fed.error().key;
  }
  const auto finished = reader.finish();
  return finished ? transcript.text : finished.error().key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string at_once = read(body, std::max<std::size_t>(body.size(), 1));
  MINHU_ASSERT(read(body, data[0] % 16 + 1U) == at_once);
  return 0;
}
