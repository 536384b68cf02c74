#include "features/rights/publication.h"

#include "features/cases/store.h"
#include "features/rights/own_step.h"

namespace minhu::rights {

namespace {

constexpr std::string_view allowed = "publication_allowed";
constexpr std::string_view refused = "publication_refused";

Result<cases::CaseFile> file_to_publish(Reading& reading, const cases::Context& context,
                                        cases::CaseId id) {
  MINHU_TRY(cases::CaseFile file, own_file(reading, context, id, "receipt:correct"));
  if (!can_be_published(file)) return fail(FaultCode::conflict, "rights.never_published");
  return file;
}

Publication said_of(Reading& reading, const cases::Context& context, cases::CaseId id) {
  return publication_of(cases::load_events(reading, context.county.region, id));
}

}  // namespace

Publication publication_of(std::span<const cases::Event> history) {
  Publication last;
  for (const cases::Event& event : history) {
    if (event.kind == cases::EventKind::erased) last.allowed = false;
    if (event.kind != cases::EventKind::contact_changed) continue;
    const std::string_view what = event.fact("what");
    if (what != allowed && what != refused) continue;
    last.allowed = what == allowed;
    last.said_at = event.happened_at;
    if (last.allowed) last.notice = event.fact("notice");
  }
  return last;
}

bool can_be_published(const cases::CaseFile& file) {
  return file.track != cases::Track::accusation && file.state != cases::State::held &&
         file.retaliation_for.empty();
}

bool may_be_published(Reading& reading, RegionId region, cases::CaseId id) {
  const auto file = cases::load_file(reading, region, id);
  return file && may_be_published(reading, region, *file);
}

bool may_be_published(Reading& reading, RegionId region, const cases::CaseFile& file) {
  if (file.erased || !can_be_published(file)) return false;
  return publication_of(cases::load_events(reading, region, file.id)).allowed;
}

Result<cases::Event> allow_publication(Transaction& transaction, const cases::Context& context,
                                       cases::CaseId id, std::string_view notice) {
  if (notice.empty()) return fail(FaultCode::invalid_input, "rights.notice_missing", "notice");
  MINHU_TRY(const cases::CaseFile file, file_to_publish(transaction, context, id));
  if (said_of(transaction, context, id).allowed) {
    return fail(FaultCode::conflict, "rights.publication_as_before");
  }
  cases::Event event = change(context, file, allowed);
  event.facts["notice"] = notice;
  return append(transaction, context, file, std::move(event));
}

Result<cases::Event> refuse_publication(Transaction& transaction, const cases::Context& context,
                                        cases::CaseId id) {
  MINHU_TRY(const cases::CaseFile file, file_to_publish(transaction, context, id));
  if (!said_of(transaction, context, id).allowed) {
    return fail(FaultCode::conflict, "rights.publication_as_before");
  }
  return append(transaction, context, file, change(context, file, refused));
}

}  // namespace minhu::rights
