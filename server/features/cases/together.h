// Asking about many cases at once. A list of fifty cases that asks for each of them by itself costs
// a database behind a network some hundred round trips, and a planner as many statements.
#pragma once

#include <algorithm>
#include <span>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::cases {

// Not more: for as many as a page has, the planner of PostgreSQL takes reading a whole table of
// some thousand rows for cheaper than its key, and compares each row with each place of the list.
inline constexpr std::size_t cases_at_once = 16;

// The places of so many cases in a statement whose ?1 is the region: "… AND case_id IN "
// MINHU_CASES_AT_ONCE
#define MINHU_CASES_AT_ONCE \
  "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"

// Calls `ask` with the parameters for each group of cases; a statement stays the same however many
// there are, because the last group is filled up with the last case again.
template <class Ask>
void for_cases_at_once(RegionId region, std::span<const CaseId> ids, Ask&& ask) {
  for (std::size_t from = 0; from < ids.size(); from += cases_at_once) {
    Parameters parameters{param(region)};
    for (std::size_t i = from; i < from + cases_at_once; ++i) {
      parameters.add(param(ids[std::min(i, ids.size() - 1)]));
    }
    ask(parameters);
  }
}

}  // namespace minhu::cases
