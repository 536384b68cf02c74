// Comma-separated files as RFC 4180 describes them: quotes, doubled quotes, line ends inside
// quotes, a byte order mark.
#pragma once

#include <cstdint>
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

  // False at the end. Fault unavailable kernel.csv_not_read, once and then false: the stream failed
  // (a disk, a share), and what follows is not known; a row that it cut off is not given. Faults
  // kernel.csv_quote (text after a closing quote, or a quote that never closes),
  // kernel.csv_row_too_long: after one of these reading goes on with the line below the first
  // line of the row at fault: a quote that was forgotten costs its own line, not the good rows
  // that it seemed to swallow.
  Result<bool> next(CsvRow& row);

  // The text that the last call to next() passed over: the row, or after a fault its first line,
  // at most `longest_row` bytes of it. Without the line end; valid until the next call.
  std::string_view passed() const noexcept;
  // Bytes of the file that have been passed.
  std::uint64_t position() const noexcept { return taken_before_ + at_; }

 private:
  enum class End { field, row, file, bad_quote, too_long };

  int peek();
  int take();
  End read_field(std::string& field);
  End read_quoted(std::string& field);
  tl::unexpected<Fault> pass_first_line(End why, std::size_t line);
  bool broke_off() const { return at_ == buffer_.size() && in_.bad(); }
  Result<bool> broken();

  std::istream& in_;
  std::string buffer_;              // from the first byte of the row that is being read
  std::size_t start_ = 0;           // of that row in the buffer
  std::size_t at_ = 0;              // the next byte to take
  std::size_t passed_size_ = 0;     // of what passed() gives
  std::uint64_t taken_before_ = 0;  // bytes that have left the buffer
  std::size_t line_ = 1;
  bool started_ = false;
  bool told_broken_ = false;
};

// The position of each wanted column in a header. Fault kernel.csv_no_column with its name.
Result<std::size_t> column_of(const CsvRow& header, std::string_view name);

// A field as CSV, quoted where it must be. What begins with = + - @ (of either width, also behind
// white space), with a tab or with a line end gets a ' in front, or a spreadsheet would run it.
std::string csv_field(std::string_view text);

}  // namespace minhu
