#include "adapters/pages/notices.h"

#include <algorithm>
#include <set>

#include "kernel/embedded_file.h"
#include "minhu_notices.h"

namespace minhu::pages {

std::vector<std::string> notice_versions() {
  std::set<std::string, std::greater<>> versions;
  for (const EmbeddedFile& file : embedded::notices()) {
    versions.emplace(file.name.substr(0, file.name.find('.')));
  }
  return {versions.begin(), versions.end()};
}

std::optional<std::string_view> notice_text(std::string_view version, std::string_view language) {
  const std::string name = std::string(version) + "." + std::string(language) + ".txt";
  for (const EmbeddedFile& file : embedded::notices()) {
    if (file.name == name) return file.text;
  }
  return std::nullopt;
}

}  // namespace minhu::pages
