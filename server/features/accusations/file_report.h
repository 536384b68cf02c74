// A report comes in. Everything slow is done before the write: the code's keys, the sealing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "features/accusations/accusations.h"
#include "features/cases/receive.h"

namespace minhu::accusations {

struct ReportFile {
  cases::NewAttachment shown;  // presentable, stripped (features/attachments)
  // As it was sent, when the reporter asks that the handlers have it too.
  std::optional<cases::NewAttachment> original;
};

struct Report {
  cases::ClientToken token{};
  Level level = Level::anonymous;
  std::string notice;  // version of the privacy notice that was shown before
  std::string words;
  std::string name;     // confidential and named
  std::string contact;  // any level: how to reach them, if they want to be
  // The part that the office concerned may have: becomes an ordinary case of its own (INV-03),
  // without a name, without files, without a trace of this report.
  std::string complaint;
  std::string complaint_place;  // code, or empty
  std::vector<ReportFile> files;
  // Handlers who must not be able to open it, whatever the reporter's reason.
  std::vector<accounts::AccountId> kept_from;
};

struct Filed {
  Sealed<std::string> code;
  std::optional<cases::Receipt> complaint;
  bool repeated = false;  // the token was known: the same receipt, nothing new
};

// Whether there is anybody to seal to: a handler with a key, or the escrow. Until then accusations
// are held as they always were (cases/receive.h).
bool can_seal(Reading& reading, const Ground& ground);

// Faults: invalid_input accusations.words_empty, cases.words_too_long, accusations.name_missing
// (named and confidential), accusations.nobody_left (kept from everybody there is); those of
// cases::prepare for the complaint (field complaint); unavailable accounts.busy.
Result<Filed> file_report(const Ground& ground, Report report);

}  // namespace minhu::accusations
