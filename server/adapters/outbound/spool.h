// Messages as files in a folder, for whatever takes them from there: a printer of letters, a list
// of calls to make, a gateway with a program of its own.
//
//   FOLDER/sms/ID.json    {"id": …, "way": …, "address": …, "title": …, "text": …}
//
// Whoever consumes a file deletes or moves it. Files and folders are for the program's user alone:
// they hold addresses in the clear, which the database does not.
#pragma once

#include <filesystem>
#include <string>

#include "ports/outbound.h"

namespace minhu::outbound {

class Spool final : public Outbound {
 public:
  explicit Spool(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Durable when it returns. A file of that id that is still there is the same message: success.
  // Faults: unavailable outbound.spool_failed; invalid_input outbound.bad_id.
  Outcome send(const OutboundMessage& message) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace minhu::outbound
