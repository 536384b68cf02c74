// Every later step of a case goes through here: one runner for the whole table of edges.
#pragma once

#include <map>
#include <string>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/cases/edges.h"
#include "features/cases/receive.h"
#include "ports/storage.h"

namespace minhu::cases {

struct Step {
  EventKind kind = EventKind::noted;
  // By field name of the edge: short facts and, for Form::words, what was written.
  std::map<std::string, std::string, std::less<>> fields;
  std::vector<NewAttachment> attachments;    // of the speaker, or evidence of an office
  std::optional<Instant> happened_at;        // if not now; never later than now
  std::optional<std::int64_t> expected_seq;  // what the writer had read; a later seq is Fault
                                             // conflict "cases.changed_meanwhile"
  std::optional<ClientToken> token;          // a repeat is answered with the event of then
};

// Faults: not_found cases.not_found (there is none, or it is not yours), not_allowed
// cases.not_allowed, conflict cases.step_not_open / cases.changed_meanwhile, invalid_input
// cases.field_missing / …, and what the guard of the kind says.
Result<Event> take_step(Transaction& transaction, const Context& context, CaseId id,
                        const Step& step);

// The steps that this actor could take now, in the order of the table: what pages and the desk show
// as buttons.
std::vector<const Edge*> open_steps(const Context& context, const CaseFile& file);

// Steps that nobody takes by hand.
Result<Event> recompute_clocks(Transaction& transaction, const Context& context, CaseId id);
Result<Event> erase(Transaction& transaction, const Context& context, CaseId id,
                    std::string_view basis);

}  // namespace minhu::cases
