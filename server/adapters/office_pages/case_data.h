// All that the page of one case shows, read in one snapshot.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/office_pages/proposal.h"
#include "features/cases/reading.h"

namespace minhu::office_pages {

struct CaseData {
  cases::CaseView view;
  std::map<UnitId, std::string> unit_names;
  std::vector<places_and_units::Unit> units;  // that the case may go to
  std::string place;                          // "竹源镇 上溪村"
  std::map<std::string, std::string> place_names;
  std::map<std::string, std::string> category_names;
  std::vector<places_and_units::Category> categories;
  Proposal proposal;
  // Numbers of other cases that this one names, where the actor may know of them.
  std::map<cases::CaseId, std::string> numbers;

  std::string unit_name(UnitId id) const {
    const auto found = unit_names.find(id);
    return found == unit_names.end() ? std::string() : found->second;
  }
};

// Fault not_found "cases.not_found" when the actor may not know of it.
Result<CaseData> read_case(Reading& reading, const cases::Context& context, cases::CaseId id);

}  // namespace minhu::office_pages
