#include "features/classes/linking.h"

#include <algorithm>

#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/classes/edges.h"
#include "features/classes/matching.h"
#include "features/classes/measuring.h"
#include "features/classes/step_fields.h"
#include "features/classes/steps.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

using cases::CaseFile;
using cases::CaseId;

tl::unexpected<Fault> not_now(const char* key) {
  return fail(FaultCode::conflict, key);
}

Event event_about(const cases::Context& context, const ClassFile& file, EventKind kind,
                  CaseId case_id) {
  return {file.id,       file.seq + 1,
          kind,          std::max(context.now, file.last_at),
          context.actor, {{"case", case_id.text()}}};
}

bool is_the_program(const cases::Context& context) {
  return context.actor.role == accounts::Role::system;
}

Result<ClassFile> class_for(Reading& reading, const cases::Context& context, ClassId id,
                            std::string_view permission = "class:link") {
  auto file = load_class(reading, context.county.region, id);
  if (!file) return fail(FaultCode::not_found, "classes.no_such_class");
  if (!is_the_program(context) && !decide(context, *file, permission).allowed) {
    return fail(FaultCode::not_allowed, "classes.not_allowed");
  }
  return std::move(*file);
}

Result<CaseFile> case_for(Reading& reading, const cases::Context& context, CaseId case_id) {
  auto file = cases::load_file(reading, context.county.region, case_id);
  const bool known = file && file->track != cases::Track::accusation &&
                     (is_the_program(context) || cases::may_know(reading, context, *file));
  if (!known) return fail(FaultCode::not_found, "cases.not_found");
  return std::move(*file);
}

// Asked after whether the actor may know of the case: what they may not know has one answer,
// whatever the class is.
Outcome must_be_open(const ClassFile& file, EventKind kind) {
  return open_edge(kind, file.state) != nullptr ? Outcome()
                                                : Outcome(not_now("classes.step_not_open"));
}

// Whoever is measured does not choose what is counted.
Outcome may_take_out(const cases::Context& context, const ClassFile& file) {
  constexpr States not_yet{State::detected,      State::proposed, State::screened,
                           State::rejected,      State::selected, State::cause_found,
                           State::plan_published};
  if (not_yet.has(file.state) || !file.treats(context.actor.unit)) return {};
  return fail(FaultCode::not_allowed, "classes.judged_by_others");
}

class Leaving final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    const auto gone = std::find_if(
        history.begin() + static_cast<std::ptrdiff_t>(known), history.end(), [](const auto& event) {
          return event.kind == cases::EventKind::held || event.kind == cases::EventKind::erased ||
                 event.kind == cases::EventKind::voided;
        });
    if (gone == history.end()) return;
    std::vector<ClassId> classes = unrelated_to(transaction, county.region, gone->case_id);
    const auto membership = membership_of(transaction, county.region, gone->case_id);
    if (membership) classes.push_back(membership->class_id);
    for (const ClassId id : classes) {
      auto file = load_class(transaction, county.region, id);
      MINHU_ASSERT(file.has_value());
      const Event left{id,
                       file->seq + 1,
                       EventKind::case_left,
                       std::max(gone->recorded_at, file->last_at),
                       {accounts::Role::system, {}, {}},
                       {{"case", gone->case_id.text()}}};
      append(transaction, county.region, *file, {left});
    }
  }
};

}  // namespace

Result<std::vector<Event>> links_for(Reading& reading, const cases::Context& context,
                                     const ClassFile& file, const std::vector<CaseId>& case_ids) {
  std::vector<Event> links;
  for (const CaseId case_id : case_ids) {
    const auto twice = [&](const Event& link) { return link.fact("case") == case_id.text(); };
    if (file.has(case_id) || std::any_of(links.begin(), links.end(), twice)) continue;
    MINHU_TRY(const CaseFile one, case_for(reading, context, case_id));
    if (!may_be_counted(one)) return not_now("classes.not_to_be_counted");
    if (membership_of(reading, context.county.region, case_id)) {
      return not_now("classes.in_another_class");
    }
    links.push_back(event_about(context, file, EventKind::case_linked, case_id));
    links.back().seq += static_cast<std::int64_t>(links.size()) - 1;
  }
  return links;
}

Result<ClassFile> link_case(Transaction& transaction, const cases::Context& context, ClassId id,
                            CaseId case_id) {
  MINHU_TRY(ClassFile file, class_for(transaction, context, id));
  MINHU_TRY(const CaseFile one, case_for(transaction, context, case_id));
  MINHU_CHECK_OK(must_be_open(file, EventKind::case_linked));
  MINHU_TRY(const auto links, links_for(transaction, context, file, {one.id}));
  append(transaction, context.county.region, file, links);
  return file;
}

Result<ClassFile> unlink_case(Transaction& transaction, const cases::Context& context, ClassId id,
                              CaseId case_id) {
  MINHU_TRY(ClassFile file, class_for(transaction, context, id));
  MINHU_TRY(const CaseFile one, case_for(transaction, context, case_id));
  MINHU_CHECK_OK(must_be_open(file, EventKind::case_unlinked));
  if (!file.has(one.id)) return not_now("classes.not_in_the_class");
  MINHU_CHECK_OK(may_take_out(context, file));
  append(transaction, context.county.region, file,
         {event_about(context, file, EventKind::case_unlinked, case_id)});
  return file;
}

Result<ClassFile> reject_case(Transaction& transaction, const cases::Context& context, ClassId id,
                              CaseId case_id) {
  MINHU_TRY(ClassFile file, class_for(transaction, context, id));
  MINHU_TRY(const CaseFile one, case_for(transaction, context, case_id));
  MINHU_CHECK_OK(must_be_open(file, EventKind::case_rejected));
  if (file.is_unrelated(one.id)) return file;
  MINHU_CHECK_OK(may_take_out(context, file));
  append(transaction, context.county.region, file,
         {event_about(context, file, EventKind::case_rejected, case_id)});
  return file;
}

Result<ClassFile> ask_speaker(Transaction& transaction, const cases::Context& context, ClassId id,
                              CaseId case_id, const Answered& answer) {
  MINHU_TRY(ClassFile file, class_for(transaction, context, id, "class:ask"));
  MINHU_TRY(const CaseFile one, case_for(transaction, context, case_id));
  MINHU_CHECK_OK(must_be_open(file, EventKind::speaker_asked));
  const Edge* edge = open_edge(EventKind::speaker_asked, file.state);
  const auto drawn = sample_of(transaction, context, file);
  if (!std::binary_search(drawn.begin(), drawn.end(), one.id)) {
    return not_now("classes.not_drawn");
  }
  MINHU_TRY(
      const Facts facts,
      check_fields(transaction, context, *edge,
                   {{"case", case_id.text()}, {"how", answer.how}, {"solved", answer.solved}}));
  Event event = event_about(context, file, EventKind::speaker_asked, case_id);
  event.facts = facts;
  append(transaction, context.county.region, file, {event});
  return file;
}

const cases::Derivation& leaving() {
  static const Leaving one;
  return one;
}

}  // namespace minhu::classes
