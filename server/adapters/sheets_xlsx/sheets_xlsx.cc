#include "adapters/sheets_xlsx/sheets_xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace minhu::sheets_xlsx {

namespace {

// The library writes to a file; it holds sums only, never words, and is gone at once.
class TemporaryFile {
 public:
  TemporaryFile() {
    const std::string pattern =
        (std::filesystem::temp_directory_path() / "minhu-sheets-XXXXXX").string();
    path_.assign(pattern.begin(), pattern.end());
    path_.push_back('\0');
    const int file = ::mkstemp(path_.data());
    if (file >= 0) ::close(file);
    made_ = file >= 0;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (made_) ::unlink(path_.data());
  }
  bool made() const { return made_; }
  const char* path() const { return path_.data(); }

 private:
  std::vector<char> path_;
  bool made_ = false;
};

void write(lxw_worksheet* sheet, const insight::Sheet& from, lxw_format* heading,
           lxw_format* body) {
  constexpr double wide = 34;
  constexpr double narrow = 16;
  worksheet_set_column(sheet, 0, 0, wide, nullptr);
  worksheet_set_column(sheet, 1, 12, narrow, nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
  for (std::size_t r = 0; r < from.rows.size(); ++r) {
    for (std::size_t c = 0; c < from.rows[r].size(); ++c) {
      const auto row = static_cast<lxw_row_t>(r);
      const auto column = static_cast<lxw_col_t>(c);
      lxw_format* format = r == 0 ? heading : body;
      if (const auto* number = std::get_if<std::int64_t>(&from.rows[r][c])) {
        worksheet_write_number(sheet, row, column, static_cast<double>(*number), format);
      } else {
        worksheet_write_string(sheet, row, column, std::get<std::string>(from.rows[r][c]).c_str(),
                               format);
      }
    }
  }
}

}  // namespace

std::optional<std::string> workbook(std::span<const insight::Sheet> sheets) {
  const TemporaryFile file;
  if (!file.made()) return std::nullopt;
  lxw_workbook_options options{};
  lxw_workbook* book = workbook_new_opt(file.path(), &options);
  if (book == nullptr) return std::nullopt;
  lxw_format* heading = workbook_add_format(book);
  format_set_bold(heading);
  format_set_text_wrap(heading);
  lxw_format* body = workbook_add_format(book);
  format_set_text_wrap(body);
  format_set_align(body, LXW_ALIGN_VERTICAL_TOP);
  for (const insight::Sheet& sheet : sheets) {
    lxw_worksheet* made = workbook_add_worksheet(book, sheet.name.c_str());
    if (made != nullptr) write(made, sheet, heading, body);
  }
  if (workbook_close(book) != LXW_NO_ERROR) return std::nullopt;
  std::ifstream in(file.path(), std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

}  // namespace minhu::sheets_xlsx
