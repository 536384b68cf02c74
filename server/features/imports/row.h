// One row of the file as words for the door of cases.
#pragma once

#include <string_view>

#include "features/cases/receive.h"
#include "features/imports/columns.h"

namespace minhu::imports {

// What all rows of an import share.
struct Source {
  std::string_view name;
  cases::Track track;
};

// Faults: invalid_input imports.wrong_column_count, imports.row_not_utf8, imports.bad_time.
Result<cases::Words> words_of(const CsvRow& row, const Columns& columns, const Source& source,
                              const cases::Keyring& keyring);

// What kernel and cases say of a row, as a sentence for somebody with a file in front of them.
Fault fault_of_row(Fault fault);

}  // namespace minhu::imports
