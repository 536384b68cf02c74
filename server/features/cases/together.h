// Asking about many cases at once. A list of fifty cases that asks for each of them by itself costs
// a database behind a network some hundred round trips, and a planner as many statements.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::cases {

inline constexpr std::size_t cases_at_once = 64;

// The places of so many cases in a statement whose ?1 is the region: "… AND case_id IN "
// MINHU_CASES_AT_ONCE
#define MINHU_CASES_AT_ONCE                                                                    \
  "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "   \
  "?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, " \
  "?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50, ?51, ?52, ?53, ?54, ?55, ?56, " \
  "?57, ?58, ?59, ?60, ?61, ?62, ?63, ?64, ?65)"
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
