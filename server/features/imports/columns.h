// Which column of a file is which of our fields.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/csv.h"
#include "kernel/result.h"

namespace minhu::imports {

enum class Field : std::uint8_t { id, title, text, time, place, place_words, name, phone, address };
inline constexpr std::size_t field_count = 9;

class Columns {
 public:
  // `header` as it stands in the file; `wanted` names columns whose names do not say what they are
  // (see imports.h). Faults imports.not_utf8, imports.wrong_separator, imports.no_words_column,
  // imports.unknown_column, imports.unknown_field, imports.two_columns_for_one_field.
  static Result<Columns> find(const CsvRow& header,
                              const std::map<std::string, std::string>& wanted);

  // The field of a row with as many fields as the header; empty when the file has no such column.
  std::string_view of(const CsvRow& row, Field field) const;
  bool has(Field field) const { return at(field).has_value(); }
  std::size_t count() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  std::vector<std::string> not_kept() const;

  // The file is one of our own lists of rejects: line and reason stand before the columns of the
  // file it came from, and every field that a spreadsheet would run has a ' in front.
  bool of_rejects() const { return of_rejects_; }

 private:
  std::optional<std::size_t> at(Field field) const { return at_[static_cast<std::size_t>(field)]; }

  std::vector<std::string> names_;
  std::array<std::optional<std::size_t>, field_count> at_;
  bool of_rejects_ = false;
};

}  // namespace minhu::imports
