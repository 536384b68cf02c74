// Asking about many cases at once (ports/in_groups.h).
#pragma once

#include <span>
#include <utility>

#include "features/cases/case_file.h"
#include "ports/in_groups.h"

namespace minhu::cases {

// Not more: for as many as a page has, the planner of PostgreSQL takes reading a whole table of
// some thousand rows for cheaper than its key, and compares each row with each place of the list.
inline constexpr std::size_t cases_at_once = 16;

// The places of so many cases in a statement whose ?1 is the region: "… AND case_id IN "
// MINHU_CASES_AT_ONCE
#define MINHU_CASES_AT_ONCE \
  "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"

// in_groups of cases.
template <class Ask>
void for_cases_at_once(RegionId region, std::span<const CaseId> ids, Ask&& ask) {
  in_groups<cases_at_once>(ids, {param(region)}, std::forward<Ask>(ask));
}

}  // namespace minhu::cases
