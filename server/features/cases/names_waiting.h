// The list of whoever has to agree: requests to see a speaker's name that nobody has decided on. A
// row follows from the events of its case (names.h) and goes with the decision.
#pragma once

#include <string>
#include <vector>

#include "features/cases/names.h"

namespace minhu::cases {

struct WaitingName {
  CaseId id;
  std::string number;
  NameRequest request;
  std::string reason;  // as whoever asked wrote it
};

// Those that this actor may decide on, their own among them (another must), the oldest first.
std::vector<WaitingName> names_waiting(Reading& reading, const Context& context);

// In the transaction that appends the events.
void keep_names_waiting(Transaction& transaction, RegionId region, std::span<const Event> added);

}  // namespace minhu::cases
