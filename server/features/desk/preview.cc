#include "features/desk/preview.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::desk {

namespace {

std::vector<UnitId> readers_of(const cases::CaseFile& file) {
  std::vector<UnitId> units;
  const auto add = [&](UnitId unit) {
    if (!unit.empty() && std::find(units.begin(), units.end(), unit) == units.end()) {
      units.push_back(unit);
    }
  };
  add(file.lead_unit);
  for (const UnitId unit : file.co_units) add(unit);
  add(file.dispatching_unit);
  add(file.review_unit);
  for (const UnitId unit : file.supervised_units) add(unit);
  for (const UnitId unit : file.recommended_units) add(unit);
  return units;
}

Result<Preview> taken(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                      const cases::Step& step) {
  const bool answers =
      step.kind == cases::EventKind::answered || step.kind == cases::EventKind::answered_on_spot;
  // As the list of them: whom one of them accuses is not told that there is one more.
  cases::Sight sight(transaction, context);
  std::int64_t members = 0;
  for (const auto& member : cases::waiting_members(transaction, context.county.region, id)) {
    if (!sight.kept_from(member)) ++members;
  }
  Preview preview;
  MINHU_TRY(preview.event, cases::take_step(transaction, context, id, step));
  const cases::Context speaker{context.county,
                               context.keyring,
                               context.entropy,
                               context.now,
                               {accounts::Role::speaker, {}, {}}};
  MINHU_TRY(preview.speakers_view, cases::view_case(transaction, speaker, id));
  for (const cases::TimelineEntry& entry : preview.speakers_view.timeline) {
    if (entry.event.seq != preview.event.seq) continue;
    preview.speaker_reads = true;
    preview.texts = entry.texts;
  }
  preview.units = readers_of(preview.speakers_view.file);
  preview.joined = answers ? members : 0;
  return preview;
}

}  // namespace

Result<Preview> preview_step(Database& database, const cases::Context& context, cases::CaseId id,
                             const cases::Step& step) {
  std::optional<Result<Preview>> found;
  const Outcome undone = database.write_job([&](Transaction& transaction) -> Outcome {
    found.emplace(taken(transaction, context, id, step));
    // A Fault rolls this job back and no other. Nobody is told this one.
    return fail(FaultCode::conflict, std::string());
  });
  MINHU_ASSERT(!undone);
  if (!found) return tl::unexpected<Fault>(undone.error());
  return std::move(*found);
}

}  // namespace minhu::desk
