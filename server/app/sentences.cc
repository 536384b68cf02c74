#include "app/sentences.h"

#include <array>
#include <cstdlib>

#include "builtin_messages.h"
#include "kernel/assert.h"

namespace minhu::app {

const catalogue::Catalogues& sentences() {
  static constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
  static const auto all = catalogue::Catalogues::read(embedded::messages(), languages);
  MINHU_ASSERT(all.has_value());
  return *all;
}

const catalogue::Catalogue& terminal_language() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') {
      return sentences().of(std::string_view(value).starts_with("zh") ? "zh-CN" : "en");
    }
  }
  return sentences().of("en");
}

}  // namespace minhu::app
