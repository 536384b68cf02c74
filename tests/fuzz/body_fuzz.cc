// JSON bodies as the handlers of /api/v1 read them: refused with a fault, or an object whose
// members are what they say.
#include "adapters/web_api/body.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace {

void ask(const minhu::web_api::Members& members) {
  using minhu::is_valid_utf8;
  constexpr std::size_t most = 4;
  const auto& object = members.object();
  for (const auto& member : object) {
    const std::string_view name = member.key();
    MINHU_ASSERT(is_valid_utf8(name) && is_valid_utf8(minhu::web_api::sayable(name)));
    MINHU_ASSERT(object.count(name) == 1);
    if (const auto text = members.text(name)) MINHU_ASSERT(is_valid_utf8(*text));
    if (const auto text = members.short_text(name, most)) MINHU_ASSERT(text->size() <= most * 4);
    static_cast<void>(members.flag(name));
    static_cast<void>(members.number(name));
    static_cast<void>(members.time(name));
    if (const auto inner = members.members(name); inner && *inner) ask(**inner);
  }
  if (!object.empty()) MINHU_ASSERT(!members.only({}));
  static_cast<void>(members.only({"text", "place"}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  minhu::web_api::RequestBody body;
  if (body.read(std::string_view(reinterpret_cast<const char*>(data), size))) ask(body.members());
  return 0;
}
