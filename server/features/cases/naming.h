// Whom the open cases name, and nothing else of them: what is asked about all of them at once,
// whenever somebody is told a number. Inner header.
#pragma once

#include <vector>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::cases {

struct Naming {
  CaseId id;
  std::vector<UnitId> complained_of;  // all three sorted, as in the file
  std::vector<accounts::AccountId> accused_people;
  std::vector<accounts::AccountId> recused;
};

// Of every case of named_cases(), in one question.
std::vector<Naming> all_naming(Reading& reading, RegionId region);

}  // namespace minhu::cases
