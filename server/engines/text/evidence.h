// What petitions have in common, as it may be shown: pieces of the reader's own title, with names
// and phones masked. Evidence is made from a text that the caller has at hand; nothing keeps it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/lexicon.h"
#include "engines/text/matter.h"
#include "kernel/result.h"

namespace minhu::text {

// The terms that stand out in at least half of the matters, and in two; in order.
std::vector<std::uint32_t> common_terms(std::span<const Matter* const> matters);

// The longest pieces of `text` that consist of `terms` (in order), masked, in the order of the
// text, at most `most`. Fault text.not_utf8.
Result<std::vector<std::string>> shared_pieces(const Lexicon& lexicon, std::string_view text,
                                               std::span<const std::uint32_t> terms,
                                               std::size_t most = 3);

}  // namespace minhu::text
