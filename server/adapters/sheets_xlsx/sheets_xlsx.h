// A workbook as Office Open XML (.xlsx), which every spreadsheet program reads.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "features/insight/sheets.h"

namespace minhu::sheets_xlsx {

// The bytes of the file. Text stays text: a name that begins with "=" is not a formula. Nothing
// when there is no room for the temporary file that the library writes.
std::optional<std::string> workbook(std::span<const insight::Sheet> sheets);

}  // namespace minhu::sheets_xlsx
