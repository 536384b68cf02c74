// Files of petitions for the `text` commands: CSV with the columns id, title, detail and, where it
// is asked for, category. Other columns are passed over.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "engines/text/classifier.h"
#include "kernel/bytes.h"
#include "kernel/result.h"

namespace minhu::app {

struct TextRow {
  std::size_t line = 0;
  std::string id;
  std::string title;
  std::string detail;
  std::string category;
};
enum class WithCategory { no, yes };

// Hands every row to `use`, whose fault ends the reading. Faults text.cannot_read_file,
// text.bad_row (details: file, line, reason), kernel.csv_no_column.
Outcome each_text_row(const std::filesystem::path& file, WithCategory with_category,
                      const std::function<Outcome(const TextRow&)>& use);

Result<text::Model> open_model(const std::filesystem::path& file);

// Whole or not at all: written beside and moved into place. Fault text.cannot_write_file.
Outcome write_whole(const std::filesystem::path& file, std::string_view content);

// The first 12 digits of a model's version: enough to tell models apart.
std::string short_version(const text::Model& model);

}  // namespace minhu::app
