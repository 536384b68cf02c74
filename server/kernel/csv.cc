#include "kernel/csv.h"

#include <algorithm>
#include <utility>

namespace minhu {

namespace {

constexpr int nothing_left = std::char_traits<char>::eof();
constexpr std::size_t piece = std::size_t{64} * 1024;

// What a spreadsheet runs: also behind white space, which some take away, and also in the full
// width of a Chinese keyboard, which some read as the narrow one.
bool looks_like_a_formula(std::string_view text) {
  constexpr std::string_view spaces[] = {" ", "\u00A0", "\u3000"};
  constexpr std::string_view begins[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠"};
  const auto is_there = [&](std::string_view one) { return text.starts_with(one); };
  for (;;) {
    if (std::any_of(std::begin(begins), std::end(begins), is_there)) return true;
    const auto* const space = std::find_if(std::begin(spaces), std::end(spaces), is_there);
    if (space == std::end(spaces)) return false;
    text.remove_prefix(space->size());
  }
}

}  // namespace

int CsvReader::peek() {
  if (at_ == buffer_.size()) {
    // What lies before the row that is being read is not needed any more.
    buffer_.erase(0, start_);
    taken_before_ += start_;
    at_ -= start_;
    start_ = 0;
    const std::size_t kept = buffer_.size();
    buffer_.resize(kept + piece);
    in_.read(buffer_.data() + kept, static_cast<std::streamsize>(piece));
    buffer_.resize(kept + static_cast<std::size_t>(in_.gcount()));
    if (at_ == buffer_.size()) return nothing_left;
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::take() {
  const int c = peek();
  if (c == nothing_left) return c;
  ++at_;
  if (c == '\n') ++line_;
  return c;
}

CsvReader::End CsvReader::read_quoted(std::string& field) {
  for (;;) {
    int c = take();
    if (c == nothing_left) return End::bad_quote;
    if (at_ - start_ > longest_row) return End::too_long;
    if (c != '"') {
      field += static_cast<char>(c);
    } else if (peek() == '"') {
      field += static_cast<char>(take());
    } else {
      c = take();
      if (c == '\r' && peek() == '\n') c = take();
      if (c == ',') return End::field;
      if (c == '\n') return End::row;
      return c == nothing_left ? End::file : End::bad_quote;
    }
  }
}

CsvReader::End CsvReader::read_field(std::string& field) {
  if (peek() == '"') {
    take();
    return read_quoted(field);
  }
  for (;;) {
    const int c = take();
    if (c == ',') return End::field;
    if (c == '\n' || c == nothing_left) {
      if (!field.empty() && field.back() == '\r') field.pop_back();
      return c == '\n' ? End::row : End::file;
    }
    if (at_ - start_ > longest_row) return End::too_long;
    field += static_cast<char>(c);
  }
}

tl::unexpected<Fault> CsvReader::pass_first_line(End why, std::size_t line) {
  const auto end = buffer_.find('\n', start_);
  if (end < at_) {
    // A megabyte of lines in one field is no long text but a quote that was forgotten.
    why = End::bad_quote;
    at_ = end + 1;
    line_ = line + 1;
  } else {
    // The rest of an endless line is dropped piece by piece; its beginning stays for passed().
    for (int c = take(); c != '\n' && c != nothing_left; c = take()) {
      const std::size_t read = at_ - start_;
      if (read < longest_row + piece) continue;
      buffer_.erase(start_ + longest_row, read - longest_row);
      at_ = start_ + longest_row;
      taken_before_ += read - longest_row;
    }
  }
  passed_size_ = std::min(at_ - start_, longest_row);
  return fail(FaultCode::invalid_input,
              why == End::too_long ? "kernel.csv_row_too_long" : "kernel.csv_quote", std::string(),
              std::map<std::string, std::string>{{"line", std::to_string(line)}});
}

std::string_view CsvReader::passed() const noexcept {
  std::string_view text = std::string_view(buffer_).substr(start_, passed_size_);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

Result<bool> CsvReader::broken() {
  start_ = at_;
  if (std::exchange(told_broken_, true)) return false;
  return fail(FaultCode::unavailable, "kernel.csv_not_read", std::string(),
              std::map<std::string, std::string>{{"line", std::to_string(line_)}});
}

Result<bool> CsvReader::next(CsvRow& row) {
  start_ = at_;
  if (!started_) {
    started_ = true;
    peek();
    if (buffer_.starts_with("\xEF\xBB\xBF")) start_ = at_ = 3;
  }
  row.fields.clear();
  row.line = line_;
  passed_size_ = 0;
  if (peek() == nothing_left) return broke_off() ? broken() : Result<bool>(false);
  for (;;) {
    std::string field;
    const End end = read_field(field);
    if (end != End::row && end != End::field && broke_off()) return broken();
    if (end == End::bad_quote || end == End::too_long) return pass_first_line(end, row.line);
    row.fields.push_back(std::move(field));
    if (end == End::field) continue;
    passed_size_ = at_ - start_;
    return true;
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
  const bool formula = looks_like_a_formula(text);
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
