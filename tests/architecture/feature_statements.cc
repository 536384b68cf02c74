#include "feature_statements.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "project_folder.h"
#include "sql_texts.h"

namespace minhu::architecture {

namespace fs = std::filesystem;

fs::path server_folder() {
  return project_folder() / "server";
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

std::string included_by(const std::string& source) {
  static const std::regex line("#include \"([^\"]+)\"");
  std::string texts;
  for (std::sregex_iterator at(source.begin(), source.end(), line), end; at != end; ++at) {
    texts += text_of(server_folder() / (*at)[1].str()) + '\n';
  }
  return texts;
}

std::vector<Statement> statements_of_the_features() {
  std::vector<Statement> all;
  for (const auto& path : sources_under(server_folder() / "features")) {
    const std::string source = text_of(path);
    for (const auto& text : sql_texts_of(source, included_by(source)).statements) {
      all.push_back({fs::relative(path, server_folder()).string() + ":" + std::to_string(text.line),
                     text.sql});
    }
  }
  return all;
}

}  // namespace minhu::architecture
