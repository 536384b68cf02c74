#include "features/rights/own_step.h"

#include <algorithm>

#include "features/cases/access.h"
#include "features/cases/store.h"

namespace minhu::rights {

Result<cases::CaseFile> own_file(Reading& reading, const cases::Context& context, cases::CaseId id,
                                 std::string_view permission) {
  auto file = cases::load_file(reading, context.county.region, id);
  if (!file || !cases::decide(context, *file, permission).allowed) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  return std::move(*file);
}

cases::Event change(const cases::Context& context, const cases::CaseFile& file,
                    std::string_view what) {
  cases::Event event;
  event.case_id = file.id;
  event.seq = file.seq + 1;
  event.kind = cases::EventKind::contact_changed;
  event.happened_at = std::max(context.now, file.received_at);
  // A wall clock that was set back must not make the record run backwards.
  event.recorded_at = std::max(context.now, file.changed_at);
  event.actor = context.actor;
  event.facts = {{"what", std::string(what)}};
  return event;
}

cases::Event append(Transaction& transaction, const cases::Context& context,
                    const cases::CaseFile& file, cases::Event event) {
  cases::CaseFile now = file;
  cases::apply(now, event);
  cases::append_events(transaction, context.county, file, now, {&event, 1});
  return event;
}

}  // namespace minhu::rights
