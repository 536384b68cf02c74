#include "adapters/web_api/visit_shown.h"

#include "features/cases/closure.h"
#include "features/classes/class_file.h"
#include "features/visits/edges.h"
#include "features/visits/hindrances.h"
#include "features/visits/queue.h"
#include "features/visits/report.h"
#include "features/visits/store.h"
#include "features/visits/telling.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using visits::Visit;

bj::object leader(const visits::Leader& leader) {
  return {{"name", leader.name},
          {"post", leader.post},
          {"portfolio", leader.portfolio},
          {"rank", word(visits::name(leader.rank))}};
}

bj::object place(const VisitShowing& showing, const std::string& code, const std::string& words) {
  return {{"code", maybe(code)},
          {"path", places_and_units::place_path(showing.reading, showing.region(), code)},
          {"words", words}};
}

// Everybody may see it where the visit is announced, and no posting is there before.
bj::value photo(const Visit& visit, const visits::Posting& posting) {
  if (!posting.photo) return nullptr;
  const std::string& sha256 = posting.photo->sha256;
  return bj::object{{"sha256", sha256},
                    {"path", "/visits/" + visit.id.text() + "/photos/" + sha256}};
}

bj::value photo_replaced(const visits::Posting& posting) {
  if (posting.replaced.empty()) return nullptr;
  return bj::value(posting.replaced.back().reason);
}

bj::array postings(const Visit& visit) {
  bj::array shown;
  for (const visits::Posting& posting : visit.postings) {
    shown.push_back(bj::object{{"channel", posting.channel},
                               {"where", posting.where},
                               {"proof", posting.proof},
                               {"posted_on", posting.posted_on},
                               {"photo", photo(visit, posting)},
                               {"photo_replaced", photo_replaced(posting)}});
  }
  return shown;
}

bj::array not_held(const Visit& visit) {
  bj::array shown;
  for (const visits::NotHeld& day : visit.not_held) {
    shown.push_back(bj::object{{"announced", format_instant(day.announced)},
                               {"said_at", format_instant(day.said_at)},
                               {"reason", day.reason},
                               {"instead", day.instead}});
  }
  return shown;
}

bj::value report(const Visit& visit) {
  if (!visit.report) return nullptr;
  return bj::object{{"heard", visit.report->heard},
                    {"solved_on_the_spot", visit.report->solved_on_the_spot},
                    {"in_progress", visit.report->in_progress},
                    {"not_possible", visit.report->not_possible},
                    {"why_not_possible", maybe(visit.report->why_not_possible)},
                    {"words", visit.report->words},
                    {"parts_public", visits::shows_parts(*visit.report)}};
}

bj::array groups(const VisitShowing& showing, const Visit& visit) {
  bj::array shown;
  for (const visits::Group& group : visit.groups) shown.push_back(visit_group(showing, group));
  return shown;
}

bj::array needs(const VisitShowing& showing, const Visit& visit) {
  bj::array shown;
  for (const visits::NeedCount& need : visits::needs_of(showing.reading, showing.context, visit)) {
    shown.push_back(bj::object{{"need", word(visits::name(need.need))}, {"groups", need.groups}});
  }
  return shown;
}

bj::object audit(const std::vector<visits::Event>& events) {
  bj::array found;
  for (const visits::Found& one : visits::audit_queue(events)) {
    found.push_back(
        bj::object{{"seq", one.seq},
                   {"finding", word(visits::name(one.finding))},
                   {"number", one.number == 0 ? bj::value(nullptr) : bj::value(one.number)}});
  }
  const bool kept = found.empty();
  return {{"kept", kept}, {"found", std::move(found)}};
}

// What happened and who did it by role and unit; groups by their number.
bj::array happenings(const VisitShowing& showing, const Visit& visit,
                     const std::vector<visits::Event>& events) {
  bj::array shown;
  for (const visits::Event& event : events) {
    const auto id = visits::GroupId::parse(event.fact("group"));
    const visits::Group* group = id ? visit.group(*id) : nullptr;
    shown.push_back(bj::object{
        {"seq", event.seq},
        {"kind", word(visits::name(event.kind))},
        {"at", format_instant(event.recorded_at)},
        {"role", word(accounts::name(event.actor.role))},
        {"unit", showing.units.show(event.actor.unit)},
        {"number", group != nullptr ? bj::value(group->number) : bj::value(nullptr)},
        {"words",
         maybe(event.facts.contains("reason") ? event.fact("reason") : event.fact("words"))}});
  }
  return shown;
}

bj::array told_of_change(const VisitShowing& showing, const Visit& visit) {
  bj::array shown;
  for (const auto& [number, stands] :
       visits::telling_of(showing.reading, showing.context.county.region, visit)) {
    shown.push_back(bj::object{{"number", number}, {"state", word(visits::name(stands))}});
  }
  return shown;
}

}  // namespace

bj::object visit_line(const VisitShowing& showing, const visits::VisitRow& row) {
  return {{"id", row.id.text()},
          {"form", word(visits::name(row.form))},
          {"state", word(visits::name(row.state))},
          {"unit", showing.units.show(row.unit)},
          {"leader_name", row.leader_name},
          {"leader_post", row.leader_post},
          {"place", place(showing, row.place, row.place_words)},
          {"topics", maybe(row.topics)},
          {"begins", maybe(row.begins)},
          {"ends", maybe(row.ends)},
          {"public", row.is_public},
          {"capacity", row.capacity},
          {"taken", row.taken},
          {"free_to_book", row.free_to_book},
          {"on_the_list", row.on_the_list},
          {"not_held", row.not_held}};
}

bj::object visit_group(const VisitShowing& showing, const visits::Group& group) {
  // Whoever may not read the case learns that there is one, and nothing else.
  const bool readable =
      !group.case_id.empty() &&
      cases::Sight(showing.reading, showing.context).find(group.case_id).has_value();
  return {{"id", group.id.text()},
          {"number", group.number},
          {"state", word(visits::name(group.state))},
          {"way", word(visits::name(group.way))},
          {"people", group.people},
          {"since", format_instant(group.since)},
          {"told", maybe(group.told)},
          {"has_contact", !group.contact.empty()},
          {"recorded", !group.case_id.empty()},
          {"case_id", readable ? bj::value(group.case_id.text()) : bj::value(nullptr)},
          {"receipt", maybe(group.receipt)}};
}

bj::object whole_visit(const VisitShowing& showing, const Visit& visit,
                       const std::vector<visits::Event>& events) {
  const visits::Group* next = visits::next_in(visit);
  return {{"line", visit_line(showing, visits::row_of(visit))},
          {"seq", visit.step_seq},
          {"leader", leader(visit.leader)},
          {"slot_minutes", visit.slot_minutes},
          {"walk_in_quota", visit.walk_in_quota},
          {"waiting_places", visit.waiting_places},
          {"accessibility", maybe(visit.accessibility)},
          {"languages", maybe(visit.languages)},
          {"published_at", maybe(visit.published_at)},
          {"postings", postings(visit)},
          {"not_held_days", not_held(visit)},
          {"instead", maybe(visit.instead)},
          {"instead_begins", maybe(visit.instead_begins)},
          {"instead_leader", maybe(visit.instead_leader)},
          {"report", report(visit)},
          {"contacts_destroyed", visit.contacts_destroyed},
          {"told_of_change", told_of_change(showing, visit)},
          {"next", next != nullptr ? bj::value(next->number) : bj::value(nullptr)},
          {"groups", groups(showing, visit)},
          {"needs", needs(showing, visit)},
          {"queue", audit(events)},
          {"happenings", happenings(showing, visit, events)}};
}

bj::object open_visit_step(const VisitShowing& showing, const visits::OpenStep& step) {
  bj::array fields = open_fields(
      step.edge->fields, [](visits::FieldForm form) { return form == visits::FieldForm::text; });
  return {
      {"kind", word(visits::name(step.edge->kind))},
      {"basis", word(step.edge->basis)},
      {"hindered", step.hindered ? bj::value(showing.say.say(*step.hindered)) : bj::value(nullptr)},
      {"with_postings", step.edge->with_postings},
      {"fields", std::move(fields)}};
}

bj::object visit_figures(const visits::Figures& figures) {
  const auto share = [](const std::optional<visits::Share>& one) -> bj::value {
    if (!one) return nullptr;
    return bj::object{{"part", one->part}, {"whole", one->whole}};
  };
  bj::array unseen;
  for (const visits::UnseenTown& town : figures.unseen) {
    unseen.push_back(
        bj::object{{"code", town.code},
                   {"name", town.name},
                   {"last", town.last ? bj::value(format_date(*town.last)) : bj::value(nullptr)}});
  }
  return {{"announced", figures.announced},
          {"held", figures.held},
          {"held_by_substitute", figures.held_by_substitute},
          {"not_held", figures.not_held},
          {"shortest_notice", maybe(figures.shortest_notice)},
          {"median_notice", maybe(figures.median_notice)},
          {"heard", maybe(figures.heard)},
          {"receipts_before_leaving", share(figures.receipts_before_leaving)},
          {"answered_by_due", share(figures.answered_by_due)},
          {"towns", figures.towns},
          {"unseen", std::move(unseen)}};
}

bj::object visit_calendar(const visits::Calendar& calendar) {
  return {{"id", calendar.id.text()},
          {"leader", calendar.leader},
          {"made_at", format_instant(calendar.made_at)}};
}

bj::object visit_contact(const visits::Contact& contact) {
  bj::array needs;
  for (const visits::Need need : contact.needs) needs.push_back(word(visits::name(need)));
  return {{"name", maybe(contact.name)},
          {"phone", maybe(contact.phone)},
          {"needs", std::move(needs)},
          {"words", maybe(contact.words)}};
}

}  // namespace minhu::web_api
