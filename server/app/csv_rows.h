// A CSV file row by row, its fields by the name of their column; for the commands that read
// petitions without an installation.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/csv.h"

namespace minhu::app {

class CsvRows {
 public:
  // Faults text.cannot_read, text.no_column (file, column) for a missing one of `columns`.
  static Result<CsvRows> open(const std::filesystem::path& file,
                              std::vector<std::string_view> columns);

  // False at the end. A row that cannot be read is told on standard error with its line and passed
  // over; it is counted in unreadable().
  bool next();
  // Of the current row, in the order of `columns`; empty where the row is too short.
  std::string_view field(std::size_t column) const;
  std::uint64_t unreadable() const { return unreadable_; }
  // To be called for a row whose text turned out to be unreadable.
  void pass_over(const Fault& fault);

 private:
  explicit CsvRows(const std::filesystem::path& file);

  std::unique_ptr<std::ifstream> in_;
  std::unique_ptr<CsvReader> reader_;
  CsvRow row_;
  std::vector<std::size_t> places_;
  std::uint64_t unreadable_ = 0;
};

// Code points of the first `bytes` of valid UTF-8: what a spreadsheet counts.
std::size_t characters_before(std::string_view text, std::size_t bytes);

}  // namespace minhu::app
