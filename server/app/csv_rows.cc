#include "app/csv_rows.h"

#include <cstdio>

#include "app/sentences.h"
#include "kernel/utf8.h"

namespace minhu::app {

CsvRows::CsvRows(const std::filesystem::path& file)
    : in_(std::make_unique<std::ifstream>(file, std::ios::binary)),
      reader_(std::make_unique<CsvReader>(*in_)) {}

Result<CsvRows> CsvRows::open(const std::filesystem::path& file,
                              std::vector<std::string_view> columns) {
  CsvRows rows(file);
  const std::map<std::string, std::string> which{{"file", file.string()}};
  if (!*rows.in_) return fail(FaultCode::not_found, "text.cannot_read", "file", which);
  CsvRow header;
  const auto any = rows.reader_->next(header);
  if (!any) return tl::unexpected<Fault>(any.error());
  for (const std::string_view column : columns) {
    const auto place = column_of(header, column);
    if (!place) {
      return fail(FaultCode::invalid_input, "text.no_column", "file",
                  std::map<std::string, std::string>{{"file", file.string()},
                                                     {"column", std::string(column)}});
    }
    rows.places_.push_back(*place);
  }
  return rows;
}

bool CsvRows::next() {
  for (;;) {
    const auto any = reader_->next(row_);
    if (any) return *any;
    pass_over(any.error());
  }
}

std::string_view CsvRows::field(std::size_t column) const {
  const std::size_t place = places_[column];
  return place < row_.fields.size() ? std::string_view(row_.fields[place]) : std::string_view{};
}

void CsvRows::pass_over(const Fault& fault) {
  ++unreadable_;
  const Fault told(
      FaultCode::invalid_input, "text.row_unreadable", "file",
      {{"line", std::to_string(row_.line)}, {"reason", terminal_language().say(fault)}});
  std::fprintf(stderr, "minhu: %s\n", terminal_language().say(told).c_str());
}

std::size_t characters_before(std::string_view text, std::size_t bytes) {
  return code_points(text.substr(0, bytes));
}

}  // namespace minhu::app
