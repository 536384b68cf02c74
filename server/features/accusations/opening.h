// A report that lies open in memory for one request. Inner header.
#pragma once

#include "features/accusations/store.h"

namespace minhu::accusations {

// StorageFailure when what lies there is no longer what was sealed.
struct OpenReport {
  Letter letter;
  std::vector<Message> messages;
};
OpenReport open_report(Reading& reading, RegionId region, const Secret& report_key,
                       cases::CaseId id);

SealedPiece seal_message(const Ground& ground, const Secret& report_key, cases::CaseId id,
                         Message message);

// Clean, not empty and not too long. Faults invalid_input accusations.words_empty,
// cases.words_too_long.
Result<std::string> words_of(std::string_view typed);

}  // namespace minhu::accusations
