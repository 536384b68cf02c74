#include "feature_statements.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sql_texts.h"

namespace minhu::architecture {

namespace fs = std::filesystem;

fs::path server_folder() {
  return fs::path(MINHU_SOURCE_DIR) / "server";
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> sources_under(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool code = name.ends_with(".cc") || name.ends_with(".h");
    if (code && !name.ends_with("_test.cc") && !name.starts_with("test_")) {
      all.push_back(entry.path());
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Statement> statements_of_the_features() {
  std::vector<Statement> all;
  for (const auto& path : sources_under(server_folder() / "features")) {
    for (const auto& text : sql_texts_of(text_of(path)).statements) {
      all.push_back({fs::relative(path, server_folder()).string() + ":" + std::to_string(text.line),
                     text.sql});
    }
  }
  return all;
}

}  // namespace minhu::architecture
