// Whether what became of a matter may be told in public in an office's words (article 25 of the
// personal information protection law: a consent of its own). It is no until the speaker says yes,
// with the version of the notice that they were shown, and no again from the moment that they take
// it back, or that the case is erased or comes under seal. What a speaker said themselves is never
// published, whatever they answer.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/cases/event.h"
#include "ports/storage.h"

namespace minhu::rights {

struct Publication {
  bool allowed = false;
  std::string notice;              // version that was shown when it was last said
  std::optional<Instant> said_at;  // nothing: never asked, or never answered
};
Publication publication_of(std::span<const cases::Event> history);

// Not a report of wrongdoing or of retaliation, whatever is said.
bool can_be_published(const cases::CaseFile& file);
// What every public page, export and protocol asks before it tells of one case.
bool may_be_published(Reading& reading, RegionId region, cases::CaseId id);
bool may_be_published(Reading& reading, RegionId region, const cases::CaseFile& file);

// Both by the speaker. `notice` must not be empty. Faults: not_found cases.not_found; gone
// cases.erased; conflict rights.never_published (a report of wrongdoing, or of retaliation),
// rights.publication_as_before (it was said already); invalid_input rights.notice_missing.
Result<cases::Event> allow_publication(Transaction& transaction, const cases::Context& context,
                                       cases::CaseId id, std::string_view notice);
Result<cases::Event> refuse_publication(Transaction& transaction, const cases::Context& context,
                                        cases::CaseId id);

}  // namespace minhu::rights
