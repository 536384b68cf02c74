// Files of petitions (text_file.h) as grouping and the index read them.
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

// Row by row. Faults as each_text_row().
Outcome each_petition(const std::filesystem::path& file,
                      const std::function<void(const Petition&)>& take);

// The same with what is compared of each row, read by several threads and taken in the order of the
// file; nullptr for a row that is not valid UTF-8.
Outcome each_petition(const std::filesystem::path& file, unsigned workers,
                      const std::function<void(const Petition&, text::MatterTerms*)>& take);

}  // namespace minhu::app
