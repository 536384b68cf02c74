// A step by which the speaker changes what may be done with what they gave: open in every state, so
// that the office's table of edges does not know it. Inner header.
#pragma once

#include <string_view>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::rights {

// The speaker's own case. Faults not_found cases.not_found; gone cases.erased.
Result<cases::CaseFile> own_file(Reading& reading, const cases::Context& context, cases::CaseId id,
                                 std::string_view permission);
// The event contact_changed with that fact `what`, not yet appended.
cases::Event change(const cases::Context& context, const cases::CaseFile& file,
                    std::string_view what);
cases::Event append(Transaction& transaction, const cases::Context& context,
                    const cases::CaseFile& file, cases::Event event);

}  // namespace minhu::rights
