// The lists of policies/words/replies.toml, ready to be searched. For replies.cc and
// replies_given.cc alone.
#pragma once

#include "engines/text/replies.h"
#include "engines/text/word_finder.h"

namespace minhu::text {

namespace reply {
constexpr std::uint32_t formula = 1U << 0U;
constexpr std::uint32_t forwarded = 1U << 1U;
constexpr std::uint32_t substance = 1U << 2U;
constexpr std::uint32_t promise = 1U << 3U;
constexpr std::uint32_t by_when = 1U << 4U;
constexpr std::uint32_t refusal = 1U << 5U;
constexpr std::uint32_t basis = 1U << 6U;
constexpr std::uint32_t contact = 1U << 7U;
constexpr std::uint32_t considered = 1U << 8U;
}  // namespace reply

struct ReplyLists {
  WordFinder clauses;   // formula, forwarded, substance
  WordFinder promises;  // value 0: looks like one and is none
  WordFinder days, refusals, bases, contacts;
};

}  // namespace minhu::text
