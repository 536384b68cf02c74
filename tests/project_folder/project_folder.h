// For tests and benchmarks: where the sources of the project lie, for its policies, pages and
// documents.
#pragma once

#include <filesystem>

namespace minhu {

// Absolute. The one place that knows: what is compiled elsewhere is the same in every clone, so
// that a compiler's cache can answer for all of them.
std::filesystem::path project_folder();

// units.txt of this build: "layer name unit;unit | units of its tests" a line.
std::filesystem::path unit_list();

}  // namespace minhu
