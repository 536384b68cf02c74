// Files of petitions as the text commands take them: a table with the columns id, title and detail,
// others beside them.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "engines/text/matter_terms.h"
#include "kernel/result.h"

namespace minhu::app {

struct Petition {
  std::string_view id;
  std::string_view title;
  std::string_view detail;
};

// Row by row. Faults app.cannot_read_file, app.empty_file, those of CsvReader and column_of; a row
// that is broken ends it, since a result with rows missing would be taken for the whole.
Outcome each_petition(const std::filesystem::path& file,
                      const std::function<void(const Petition&)>& take);

// The same with what is compared of each row, read by several threads and taken in the order of the
// file; nullptr for a row that is not valid UTF-8.
Outcome each_petition(const std::filesystem::path& file, unsigned workers,
                      const std::function<void(const Petition&, text::MatterTerms*)>& take);

}  // namespace minhu::app
