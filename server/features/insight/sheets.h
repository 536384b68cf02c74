// The annual report as sheets of a workbook: numbers as numbers, sentences as text. What a cell
// says is never read as a formula; whoever writes the file has to keep it so (sheets_xlsx,
// csv_field).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/insight/annual.h"

namespace minhu::insight {

using SheetCell = std::variant<std::string, std::int64_t>;
struct Sheet {
  std::string name;                          // at most 31 characters, none of []:*?/\ .
  std::vector<std::vector<SheetCell>> rows;  // the first is the heading
};
std::vector<Sheet> sheets_of(const Annual& annual, const catalogue::Catalogue& sentences);

}  // namespace minhu::insight
