#include "features/classes/linking.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/classes/edges.h"
#include "features/classes/kept_from.h"
#include "features/classes/matching.h"
#include "features/classes/may_name.h"
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
  auto file = is_the_program(context) ? cases::load_file(reading, context.county.region, case_id)
                                      : cases::Sight(reading, context).find(case_id);
  const bool known = file && file->track != cases::Track::accusation;
  if (!known) return fail(FaultCode::not_found, "cases.not_found");
  return std::move(*file);
}

// Asked after whether the actor may know of the case: what they may not know has one answer,
// whatever the class is.
Outcome must_be_open(const ClassFile& file, EventKind kind) {
  return open_edge(kind, file.state) != nullptr ? Outcome()
                                                : Outcome(not_now("classes.step_not_open"));
}

// A class shows its cases to the units that treat it: none of them may be in the closure of whom
// the case accuses.
bool accuses_who_treats(Reading& reading, const cases::County& county, Instant now,
                        const CaseFile& one, const ClassFile& file) {
  if (!cases::names_somebody(one)) return false;
  std::vector<UnitId> treating = file.supporting_units;
  if (!file.lead_unit.empty()) treating.push_back(file.lead_unit);
  return std::any_of(treating.begin(), treating.end(), [&](UnitId unit) {
    return cases::touches(cases::circle_of(reading, county.region, unit, now), one);
  });
}

void leave(Transaction& transaction, const cases::County& county, ClassFile& file, CaseId case_id,
           Instant at) {
  const Event left{file.id,
                   file.seq + 1,
                   EventKind::case_left,
                   std::max(at, file.last_at),
                   {accounts::Role::system, {}, {}},
                   {{"case", case_id.text()}}};
  append(transaction, county, file, {left});
}

// Whoever is measured does not choose what is counted.
Outcome may_take_out(const cases::Context& context, const ClassFile& file) {
  constexpr States not_yet{State::detected,      State::proposed, State::screened,
                           State::rejected,      State::selected, State::cause_found,
                           State::plan_published};
  if (not_yet.has(file.state) || !file.treats(context.actor.unit)) return {};
  return fail(FaultCode::not_allowed, "classes.judged_by_others");
}

// Whether it left.
bool leave_if_accused(Transaction& transaction, const cases::County& county, CaseId id,
                      Instant now) {
  const auto membership = membership_of(transaction, county.region, id);
  if (!membership) return false;
  const auto one = cases::load_file(transaction, county.region, id);
  auto file = load_class(transaction, county.region, membership->class_id);
  if (!one || !file || !accuses_who_treats(transaction, county, now, *one, *file)) return false;
  leave(transaction, county, *file, id, now);
  return true;
}

class Leaving final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    // A case that has just come in is in no class yet.
    if (known > 0) doubt_if_it_names(transaction, county.region, history.front().case_id);
    leave_who_is_accused(transaction, county, history, known);
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
      leave(transaction, county, *file, gone->case_id, gone->recorded_at);
    }
  }

 private:
  // It turns out, in one of the new events, to accuse somebody who treats the class.
  static void leave_who_is_accused(Transaction& transaction, const cases::County& county,
                                   std::span<const cases::Event> history, std::size_t known) {
    const auto naming = std::find_if(
        history.begin() + static_cast<std::ptrdiff_t>(known), history.end(), [](const auto& event) {
          return !event.fact("complained_of").empty() || !event.fact("accused_person").empty();
        });
    if (naming == history.end()) return;
    leave_if_accused(transaction, county, naming->case_id, naming->recorded_at);
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
    if (!may_be_counted(one) ||
        accuses_who_treats(reading, context.county, context.now, one, file)) {
      return not_now("classes.not_to_be_counted");
    }
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
  append(transaction, context.county, file, links);
  return file;
}

Result<ClassFile> unlink_case(Transaction& transaction, const cases::Context& context, ClassId id,
                              CaseId case_id) {
  MINHU_TRY(ClassFile file, class_for(transaction, context, id));
  MINHU_TRY(const CaseFile one, case_for(transaction, context, case_id));
  MINHU_CHECK_OK(must_be_open(file, EventKind::case_unlinked));
  if (!file.has(one.id)) return not_now("classes.not_in_the_class");
  MINHU_CHECK_OK(may_take_out(context, file));
  append(transaction, context.county, file,
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
  append(transaction, context.county, file,
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
  append(transaction, context.county, file, {event});
  return file;
}

void let_leave_what_accuses_who_treats(Transaction& transaction, const cases::Context& context,
                                       ClassFile& file) {
  for (const CaseFile& one : naming_members(transaction, context.county.region, file.id)) {
    if (accuses_who_treats(transaction, context.county, context.now, one, file)) {
      leave(transaction, context.county, file, one.id, context.now);
    }
  }
}

std::int64_t leave_the_accused(Transaction& transaction, const cases::Context& context) {
  std::int64_t left = 0;
  for (const CaseId id : cases::named_cases(transaction, context.county.region)) {
    if (leave_if_accused(transaction, context.county, id, context.now)) ++left;
  }
  return left;
}

std::int64_t keep_all_away(const cases::Installation& installation) {
  const cases::Context context = installation.as({accounts::Role::system, {}, {}});
  const bool any = installation.database.read([&](Reading& reading) {
    const auto named = cases::named_cases(reading, context.county.region);
    return std::any_of(named.begin(), named.end(), [&](CaseId id) {
      const auto membership = membership_of(reading, context.county.region, id);
      if (!membership) return false;
      const auto one = cases::load_file(reading, context.county.region, id);
      const auto file = load_class(reading, context.county.region, membership->class_id);
      return one && file && accuses_who_treats(reading, context.county, context.now, *one, *file);
    });
  });
  std::int64_t left = 0;
  if (!any) return left;
  // A full disk keeps nothing; the next run finds the same cases.
  (void)installation.database.write_job([&](Transaction& transaction) -> Outcome {
    left = leave_the_accused(transaction, context);
    return {};
  });
  return left;
}

const cases::Derivation& leaving() {
  static const Leaving one;
  return one;
}

}  // namespace minhu::classes
