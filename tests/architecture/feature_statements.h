// Every statement of the features, as the compiler joins it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace minhu::architecture {

struct Statement {
  std::string place;  // "features/cases/store.cc:12"
  std::string sql;
};

std::filesystem::path server_folder();
std::string text_of(const std::filesystem::path& path);
// The program, without its tests.
std::vector<std::filesystem::path> sources_under(const std::filesystem::path& folder);
// The texts of our headers that this source includes, without what they include.
std::string included_by(const std::string& source);
std::vector<Statement> statements_of_the_features();

}  // namespace minhu::architecture
