#include "features/imports/rejects.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "kernel/csv.h"
#include "kernel/utf8.h"

namespace minhu::imports {

namespace {

// A spreadsheet shows a file with one byte that is not UTF-8 as rubbish from end to end. The bytes
// themselves are still in the first file, at the line that is named.
std::string readable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length < 4 && length < text.size() && !is_valid_utf8(text.substr(0, length))) ++length;
    const bool valid = is_valid_utf8(text.substr(0, length));
    if (!valid) length = 1;
    out += valid && text.front() != '\0' ? text.substr(0, length) : std::string_view("\uFFFD");
    text.remove_prefix(length);
  }
  return out;
}

bool same_bytes(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::ifstream first(a, std::ios::binary);
  std::ifstream second(b, std::ios::binary);
  using Iterator = std::istreambuf_iterator<char>;
  return std::equal(Iterator(first), Iterator(), Iterator(second), Iterator());
}

}  // namespace

tl::unexpected<Fault> Rejects::cannot_write() const {
  return fail(FaultCode::unavailable, "imports.cannot_write_rejects", std::string(),
              std::map<std::string, std::string>{{"file", file_.string()}});
}

Outcome Rejects::open() {
  out_.reset(std::fopen(part().c_str(), "wb"));
  if (!out_) return cannot_write();
  any_ = true;
  // Spreadsheets take a file for UTF-8 only with this mark.
  std::fputs("\xEF\xBB\xBF", out_.get());
  std::vector<std::string> header{"line", "reason"};
  header.insert(header.end(), columns_.begin(), columns_.end());
  return write_row(header);
}

Outcome Rejects::write_row(const std::vector<std::string>& fields) {
  std::string row;
  for (const std::string& field : fields) row += csv_field(readable(field)) + ',';
  row.back() = '\n';
  if (std::fwrite(row.data(), 1, row.size(), out_.get()) != row.size()) return cannot_write();
  return {};
}

Outcome Rejects::add(std::size_t line, std::string_view reason,
                     const std::vector<std::string>& fields) {
  if (!out_) MINHU_CHECK_OK(open());
  std::vector<std::string> row{std::to_string(line), std::string(reason)};
  row.insert(row.end(), fields.begin(), fields.end());
  return write_row(row);
}

Outcome Rejects::finish() {
  std::error_code error;
  if (out_) {
    const bool kept = std::fflush(out_.get()) == 0 && ::fsync(::fileno(out_.get())) == 0;
    out_.reset();
    if (!kept) return cannot_write();
  }
  if (std::filesystem::exists(file_, error) && !(any_ && same_bytes(part(), file_))) {
    std::filesystem::rename(file_, file_.string() + ".before", error);
    if (error) return cannot_write();
  }
  if (any_) std::filesystem::rename(part(), file_, error);
  if (error) return cannot_write();
  return {};
}

}  // namespace minhu::imports
