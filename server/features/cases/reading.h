// The read side: what a speaker and what an office may see of a case. The lists of cases: queue.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/access.h"
#include "features/cases/said.h"
#include "ports/storage.h"

namespace minhu::cases {

enum class Reader { speaker, office };

// May this reader read a content of that role? What lies behind reveal(): neither.
bool may_read(Reader reader, ContentRole role) noexcept;
// Does the speaker see that such a step was taken, or is it the office's own business?
bool shown_to_speaker(EventKind kind) noexcept;

// By the table, and never for who is in the closure of whom the case accuses (closure.h). For many
// cases in one reading: Sight.
bool office_may_read(Reading& reading, const Context& context, const CaseFile& file);
// The same, or the actor reads the case that it was merged into; of a speaker, by their receipt.
bool may_know(Reading& reading, const Context& context, const CaseFile& file);

struct TextOfEvent {
  std::string field;  // "public_answer", "reason", …
  ContentRole role;
  std::string text;
};
struct AttachmentOfEvent {
  ContentId id;
  std::string media_type;
  std::int64_t size = 0;
};
struct TimelineEntry {
  Event event;
  std::vector<TextOfEvent> texts;  // only those this reader may read
  std::vector<AttachmentOfEvent> attachments;
};

// Another speaker's case that waits for the answer of this one: what they said and added. Read in
// its own case, where it is erased with it; nothing of it is copied.
struct JoinedCase {
  CaseId id;
  std::string number;
  std::int64_t urged = 0;
  Said said;
  std::vector<std::string> added;  // supplements, oldest first
};

struct CaseView {
  CaseFile file;
  Said said;                            // empty when erased
  std::vector<TimelineEntry> timeline;  // oldest first; for a speaker without what is internal
  std::vector<JoinedCase> joined;       // for an office alone: no speaker reads another's words
};

// Fault not_found "cases.not_found" when the actor may not know of it. Whoever may read a case may
// read those that were merged into it and wait for its answer.
Result<CaseView> view_case(Reading& reading, const Context& context, CaseId id);
// One attachment of the case, if the actor may see it.
struct Attachment {
  std::string media_type;
  Bytes bytes;
};
Result<Attachment> view_attachment(Reading& reading, const Context& context, CaseId id,
                                   ContentId content);

}  // namespace minhu::cases
