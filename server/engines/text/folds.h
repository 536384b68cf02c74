// Dividing pages into parts for cross-validation.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engines/text/reading.h"

namespace minhu::text {

// What a text is recognised by when it comes again, nearly the same: hashes of its rows of six
// characters, marks and blanks left out, one in four of them (the same ones in every text). In
// order, each once.
std::vector<std::uint32_t> sketch_of(const Read& page);

// Pages that share two fifths of the smaller sketch are together: the number of the first page of
// its group, for each page.
std::vector<std::size_t> near_duplicates(std::span<const std::vector<std::uint32_t>> sketches);

// A fold for each page: groups stay together, categories are spread evenly. The same input gives
// the same folds.
std::vector<std::size_t> deal_folds(std::span<const std::size_t> groups,
                                    std::span<const std::size_t> categories, std::size_t folds);

}  // namespace minhu::text
