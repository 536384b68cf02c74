// A file that was built into the program (cmake/MinhuEmbed.cmake): templates, sentences, rules,
// styles.
#pragma once

#include <span>
#include <string_view>

namespace minhu {

struct EmbeddedFile {
  std::string_view name;  // path below the embedded folder: "zh-CN/residents.json"
  std::string_view text;  // lives as long as the program
};

// The text of that name, or an empty view.
inline std::string_view find_embedded(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return file.text;
  }
  return {};
}

}  // namespace minhu
