#include "features/imports/imports.h"

namespace minhu::imports {

std::string closing_line(const Imported& imported) {
  return "imported " + std::to_string(imported.imported) + ", already there " +
         std::to_string(imported.already_there) + ", rejected " + std::to_string(imported.rejected);
}

std::vector<std::string> report(const Imported& imported, const catalogue::Catalogue& catalogue) {
  std::vector<std::string> lines;
  const auto joined = [](const auto& values, auto&& text) {
    std::string all;
    for (const auto& value : values) {
      if (!all.empty()) all += ", ";
      all += text(value);
    }
    return all;
  };
  if (!imported.columns_not_kept.empty()) {
    lines.push_back(catalogue.say(
        "import.not_kept",
        {{"columns", joined(imported.columns_not_kept, [](const std::string& c) { return c; })}}));
  }
  if (imported.without_time > 0) {
    lines.push_back(
        catalogue.say("import.without_time", {{"count", std::to_string(imported.without_time)}}));
  }
  if (imported.repeated_in_file > 0) {
    lines.push_back(catalogue.say(
        imported.repeated_in_file > imported.repeated_lines.size() ? "import.repeated_more"
                                                                   : "import.repeated",
        {{"count", std::to_string(imported.repeated_in_file)},
         {"lines", joined(imported.repeated_lines,
                          [](std::size_t line) { return std::to_string(line); })}}));
  }
  if (imported.rejected > 0) {
    lines.push_back(catalogue.say("import.rejected", {{"count", std::to_string(imported.rejected)},
                                                      {"file", imported.rejects.string()}}));
  }
  lines.push_back(closing_line(imported));
  return lines;
}

}  // namespace minhu::imports
