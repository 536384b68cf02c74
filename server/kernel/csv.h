// Comma-separated files as RFC 4180 describes them: quotes, doubled quotes, line ends inside
// quotes, a byte order mark.
#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace minhu {

struct CsvRow {
  std::size_t line = 0;  // of its first character, counted from 1
  std::vector<std::string> fields;
};

// Reads row by row; memory holds one row at a time, and no row above `longest_row` bytes.
class CsvReader {
 public:
  static constexpr std::size_t longest_row = std::size_t{1} << 20U;

  explicit CsvReader(std::istream& in) : in_(in) {}

  // False at the end. Faults kernel.csv_quote (text after a closing quote, or a quote that never
  // closes), kernel.csv_row_too_long; reading may go on with the next line after a fault.
  Result<bool> next(CsvRow& row);

 private:
  int take();
  tl::unexpected<Fault> bad(const char* key, std::size_t line);

  std::istream& in_;
  std::size_t line_ = 1;
  bool started_ = false;
};

// The position of each wanted column in a header. Fault kernel.csv_no_column with its name.
Result<std::size_t> column_of(const CsvRow& header, std::string_view name);

// A field as CSV, quoted where it must be; a leading = + - @ gets a ' in front, or a spreadsheet
// would run it.
std::string csv_field(std::string_view text);

}  // namespace minhu
