#include "kernel/csv.h"

#include <algorithm>

namespace minhu {

int CsvReader::take() {
  const int c = in_.get();
  if (c == '\n') ++line_;
  return c;
}

tl::unexpected<Fault> CsvReader::bad(const char* key, std::size_t line) {
  for (int c = 0; c != '\n' && c != std::char_traits<char>::eof();) c = take();
  return fail(FaultCode::invalid_input, key, std::string(),
              std::map<std::string, std::string>{{"line", std::to_string(line)}});
}

Result<bool> CsvReader::next(CsvRow& row) {
  constexpr int end = std::char_traits<char>::eof();
  if (!started_) {
    started_ = true;
    if (in_.peek() == 0xEF) {
      char mark[3];
      in_.read(mark, 3);
    }
  }
  row.fields.clear();
  row.line = line_;
  if (in_.peek() == end) return false;

  std::size_t size = 0;
  std::string field;
  for (;;) {
    int c = take();
    if (c == '"' && field.empty()) {
      for (;;) {
        c = take();
        if (c == end) return bad("kernel.csv_quote", row.line);
        if (++size > longest_row) return bad("kernel.csv_row_too_long", row.line);
        if (c != '"') {
          field += static_cast<char>(c);
        } else if (in_.peek() == '"') {
          field += static_cast<char>(take());
        } else {
          break;
        }
      }
      c = take();
      if (c == '\r' && in_.peek() == '\n') c = take();
      if (c != ',' && c != '\n' && c != end) return bad("kernel.csv_quote", row.line);
    } else {
      while (c != ',' && c != '\n' && c != end) {
        if (++size > longest_row) return bad("kernel.csv_row_too_long", row.line);
        field += static_cast<char>(c);
        c = take();
      }
      if (c == '\n' && !field.empty() && field.back() == '\r') field.pop_back();
    }
    row.fields.push_back(std::move(field));
    field.clear();
    if (c != ',') return true;
  }
}

Result<std::size_t> column_of(const CsvRow& header, std::string_view name) {
  const auto found = std::find(header.fields.begin(), header.fields.end(), name);
  if (found == header.fields.end()) {
    return fail(FaultCode::invalid_input, "kernel.csv_no_column", std::string(),
                std::map<std::string, std::string>{{"column", std::string(name)}});
  }
  return static_cast<std::size_t>(found - header.fields.begin());
}

std::string csv_field(std::string_view text) {
  std::string out;
  const bool formula =
      !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
  if (!formula && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace minhu
