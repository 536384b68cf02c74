// Every step of an office with a promise goes through here: one runner for the whole table of
// edges. And the one step that is the reporter's own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/cases/receive.h"
#include "features/promises/edges.h"
#include "features/promises/promises.h"

namespace minhu::promises {

struct Step {
  EventKind kind = EventKind::report_asked;
  std::map<std::string, std::string, std::less<>> fields;
  std::vector<cases::NewAttachment> evidence;  // photos and papers, already presentable
  std::optional<std::int64_t> expected_seq;    // what the writer had read
  std::optional<cases::ClientToken> token;     // a repeat is answered with the promise as it is
};
// Faults: not_found promises.no_such_promise (there is none, or it is not yours); not_allowed
// promises.not_allowed, promises.not_your_post, promises.your_own_words (whoever wrote it down does
// not approve what becomes public); conflict promises.step_not_open, promises.changed_meanwhile,
// promises.not_on_record (verified; details: why), promises.reporter_says_no, promises.no_reporter;
// invalid_input as make, and promises.field_unknown; too_large cases.too_many_attachments; gone
// cases.erased.
Result<Promise> take_step(Transaction& transaction, const cases::Context& context, PromiseId id,
                          const Step& step);

// The steps that this actor may take now, in the order of the table.
std::vector<const Edge*> open_steps(Reading& reading, const cases::Context& context,
                                    const Promise& promise);

// By the speaker of the case, who has proved the code; it can be given again, the latest counts.
// Faults: not_found cases.not_found, promises.no_such_promise; invalid_input
// promises.field_missing (verdict), promises.too_long; gone cases.erased.
Result<Promise> give_verdict(Transaction& transaction, const cases::Context& context,
                             cases::CaseId case_id, PromiseId id, std::string_view verdict,
                             std::string_view words);

}  // namespace minhu::promises
