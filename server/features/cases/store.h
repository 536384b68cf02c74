// The rows of a case: SQL and nothing else.
#pragma once

#include <optional>
#include <vector>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::cases {

void insert_event(Transaction& transaction, RegionId region, const Event& event);
// All of them in order of seq; empty when there is no such case.
std::vector<Event> load_events(Reading& reading, RegionId region, CaseId id);

std::optional<CaseFile> load_file(Reading& reading, RegionId region, CaseId id);
// Writes the row of today, its clocks and its places in the queues, given what was stored before
// (nullopt: a new case).
void save_file(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
               const CaseFile& now);

std::vector<CaseId> merged_into(Reading& reading, RegionId region, CaseId id);

}  // namespace minhu::cases
