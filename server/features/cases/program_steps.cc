#include "features/cases/program_steps.h"

#include <algorithm>

#include "features/cases/clocks.h"
#include "features/cases/notices.h"
#include "features/cases/store.h"

namespace minhu::cases {

Context as_system(const Context& context) {
  return {context.county,
          context.keyring,
          context.entropy,
          context.now,
          {accounts::Role::system, {}, {}}};
}

Event new_event(const Context& context, const CaseFile& file, EventKind kind, Instant happened_at) {
  Event event;
  event.case_id = file.id;
  event.seq = file.seq + 1;
  event.kind = kind;
  event.happened_at = happened_at;
  // A wall clock that was set back must not make the record run backwards.
  event.recorded_at = std::max(context.now, file.changed_at);
  event.actor = context.actor;
  return event;
}

void append_and_tell(Transaction& transaction, const Context& context, const CaseFile& before,
                     const CaseFile& now, const Event& event) {
  append_events(transaction, context.county, before, now, {&event, 1});
  // Here and not in append_events: whoever loads cases in bulk must tell nobody.
  remember_notice(transaction, context, now, event);
}

Event append_of_the_program(Transaction& transaction, const Context& context, CaseFile& file,
                            EventKind kind, Facts facts) {
  Event event = new_event(as_system(context), file, kind, std::max(context.now, file.received_at));
  event.facts = std::move(facts);
  event.clocks = clock_changes(context.county, file, event);
  CaseFile now = file;
  apply(now, event);
  append_and_tell(transaction, context, file, now, event);
  file = std::move(now);
  return event;
}

}  // namespace minhu::cases
