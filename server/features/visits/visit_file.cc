#include "features/visits/visit_file.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "features/visits/edges.h"
#include "features/visits/postings.h"
#include "ports/storage.h"

namespace minhu::visits {

namespace {

[[noreturn]] void damaged(const Event& event, std::string_view why) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") of a visit: " + std::string(why));
}

std::int64_t number_in(const Event& event, std::string_view fact) {
  const std::string_view text = event.fact(fact);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) damaged(event, fact);
  return number;
}

template <class Enum>
Enum choice_in(const Event& event, std::string_view fact) {
  const auto value = named<Enum>(event.fact(fact));
  if (!value) damaged(event, fact);
  return *value;
}

template <class SomeId>
SomeId id_in(const Event& event, std::string_view fact) {
  const auto id = SomeId::parse(event.fact(fact));
  if (!id) damaged(event, fact);
  return *id;
}

void keep_text(const Event& event, std::string_view fact, std::string& text) {
  if (event.facts.contains(fact)) text = event.fact(fact);
}
void keep_number(const Event& event, std::string_view fact, std::int64_t& number) {
  if (event.facts.contains(fact)) number = number_in(event, fact);
}

// Whatever of the plan the event names.
void keep_plan(Visit& visit, const Event& event) {
  if (event.facts.contains("form")) visit.form = choice_in<Form>(event, "form");
  keep_text(event, "leader_name", visit.leader.name);
  keep_text(event, "leader_post", visit.leader.post);
  keep_text(event, "leader_portfolio", visit.leader.portfolio);
  if (event.facts.contains("leader_rank")) {
    visit.leader.rank = choice_in<Rank>(event, "leader_rank");
  }
  keep_text(event, "place", visit.place);
  keep_text(event, "place_words", visit.place_words);
  keep_number(event, "begins", visit.begins.unix_ms);
  keep_number(event, "ends", visit.ends.unix_ms);
  keep_number(event, "slot_minutes", visit.slot_minutes);
  keep_number(event, "capacity", visit.capacity);
  keep_number(event, "walk_in_quota", visit.walk_in_quota);
  keep_number(event, "waiting_places", visit.waiting_places);
  keep_text(event, "topics", visit.topics);
  keep_text(event, "accessibility", visit.accessibility);
  keep_text(event, "languages", visit.languages);
}

void add_postings(Visit& visit, const Event& event) {
  for (Posting& posting : postings_in(event.fact("postings"))) {
    visit.postings.push_back(std::move(posting));
  }
}

void replace_photo(Visit& visit, const Event& event) {
  const std::string_view old = event.fact("photo");
  for (Posting& posting : visit.postings) {
    if (!posting.photo || posting.photo->sha256 != old) continue;
    posting.replaced.push_back({std::string(old), std::string(event.fact("reason"))});
    posting.photo.reset();
    if (event.facts.contains("new_photo")) posting.photo = photo_in(event.fact("new_photo"));
    return;
  }
  damaged(event, "no posting shows that photo");
}

void make(Visit& visit, const Event& event) {
  if (event.seq != 0) damaged(event, "a visit is planned once");
  visit.id = event.subject;
  visit.planned_at = event.recorded_at;
  visit.unit = id_in<UnitId>(event, "unit");
  visit.plan = event.fact("plan");
  keep_plan(visit, event);
}

void move(Visit& visit, const Event& event) {
  visit.not_held.push_back({visit.begins, event.recorded_at, std::string(event.fact("reason")),
                            std::string(event.fact("instead"))});
  visit.public_reason = event.fact("reason");
  ++visit.sequence;
  if (event.facts.contains("postings")) add_postings(visit, event);
}

void reschedule(Visit& visit, const Event& event) {
  const Instant announced = visit.begins;
  move(visit, event);
  keep_plan(visit, event);
  // Who was told a time is told the same one of the new day.
  for (Group& group : visit.groups) {
    if (group.told.unix_ms != 0) group.told.unix_ms += visit.begins.unix_ms - announced.unix_ms;
  }
}

void cancel(Visit& visit, const Event& event) {
  visit.public_reason = event.fact("reason");
  if (!visit.published_at) return;  // nobody had been told
  move(visit, event);
  visit.instead = event.fact("instead");
  keep_number(event, "begins", visit.instead_begins.unix_ms);
  if (event.facts.contains("leader_name")) {
    visit.instead_leader =
        std::string(event.fact("leader_post")) + " " + std::string(event.fact("leader_name"));
  }
}

void give_report(Visit& visit, const Event& event) {
  visit.report = Report{number_in(event, "heard"),
                        number_in(event, "solved_on_the_spot"),
                        number_in(event, "in_progress"),
                        number_in(event, "not_possible"),
                        std::string(event.fact("why_not_possible")),
                        std::string(event.fact("words"))};
}

void publish(Visit& visit, const Event& event) {
  visit.published_at = event.recorded_at;
  visit.contacts = id_in<cases::CaseId>(event, "contacts");
  add_postings(visit, event);
}

void apply_to_visit(Visit& visit, const Event& event) {
  using enum EventKind;
  if (event.kind != planned) {
    const Edge* edge = open_edge(event.kind, visit.state, visit.form);
    if (edge == nullptr) damaged(event, "is not open in " + std::string(name(visit.state)));
    if (edge->to) visit.state = *edge->to;
  }
  switch (event.kind) {
    case planned:
      return make(visit, event);
    case revised:
      return keep_plan(visit, event);
    case published:
      return publish(visit, event);
    case posted:
      return add_postings(visit, event);
    case rescheduled:
      return reschedule(visit, event);
    case cancelled:
      return cancel(visit, event);
    case opened:
      visit.opened_at = event.recorded_at;
      return;
    case reported:
      return give_report(visit, event);
    case photo_replaced:
      return replace_photo(visit, event);
    default:
      return;
  }
}

void add_group(Visit& visit, const Event& event, GroupState state) {
  Group group;
  group.id = id_in<GroupId>(event, "group");
  group.number = number_in(event, "number");
  group.state = state;
  group.way = choice_in<Way>(event, "way");
  group.placed = state != GroupState::listed;
  group.people = number_in(event, "people");
  group.since = event.recorded_at;
  group.state_since = event.recorded_at;
  keep_number(event, "told", group.told.unix_ms);
  if (event.facts.contains("contact")) group.contact = id_in<cases::ContentId>(event, "contact");
  if (visit.group(group.id) != nullptr) damaged(event, "the group is there already");
  visit.groups.push_back(std::move(group));
}

// What is out of order here is not refused: audit_queue.h says it, and it must be able to read it.
void apply_to_group(Visit& visit, const Event& event) {
  const GroupEdge* edge = group_edge(event.kind);
  if (edge == nullptr) damaged(event, "no such step of a group");
  if (edge->from.empty()) return add_group(visit, event, edge->to);
  Group* group = visit.group(id_in<GroupId>(event, "group"));
  if (group == nullptr) damaged(event, "no such group");
  if (event.kind == EventKind::recorded) {
    group->case_id = id_in<cases::CaseId>(event, "case");
    group->receipt = event.fact("receipt");
    return;
  }
  group->state = edge->to;
  group->state_since = event.recorded_at;
  if (edge->to == GroupState::waiting || edge->to == GroupState::called) group->placed = true;
  if (edge->to == GroupState::withdrawn) group->placed = false;
  keep_number(event, "told", group->told.unix_ms);
  if (event.kind == EventKind::called && visit.state == State::open) {
    visit.state = State::in_session;
  }
}

}  // namespace

const Group* Visit::group(GroupId wanted) const {
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& group) { return group.id == wanted; });
  return found == groups.end() ? nullptr : &*found;
}

Group* Visit::group(GroupId wanted) {
  return const_cast<Group*>(std::as_const(*this).group(wanted));
}

std::int64_t Visit::taken() const {
  return std::count_if(groups.begin(), groups.end(),
                       [](const Group& group) { return group.placed; });
}

std::int64_t Visit::taken_by_booking() const {
  return std::count_if(groups.begin(), groups.end(), [](const Group& group) {
    return group.placed && group.way != Way::walk_in;
  });
}

std::int64_t Visit::on_the_list() const {
  return std::count_if(groups.begin(), groups.end(),
                       [](const Group& group) { return group.state == GroupState::listed; });
}

std::int64_t Visit::free_to_book() const {
  // Whoever walked in beyond the quota has taken a place that nobody had booked.
  const std::int64_t booked = taken_by_booking();
  return std::max<std::int64_t>(0, capacity - booked - std::max(walk_in_quota, taken() - booked));
}

void apply(Visit& visit, const Event& event) {
  if (event.seq != visit.seq + 1) damaged(event, "an event before it is missing");
  if (event.recorded_at < visit.last_at) damaged(event, "is earlier than the one before");
  if (event.kind == EventKind::contacts_destroyed) {
    visit.contacts_destroyed = true;
    for (Group& group : visit.groups) group.contact = {};
  } else if (event.kind == EventKind::contact_opened) {
    // that it was opened is the event itself
  } else if (is_about_a_group(event.kind)) {
    apply_to_group(visit, event);
  } else {
    apply_to_visit(visit, event);
    visit.step_seq = event.seq;
    visit.changed_at = event.recorded_at;
  }
  visit.seq = event.seq;
  visit.last_at = event.recorded_at;
}

Visit visit_from(const std::vector<Event>& events) {
  Visit visit;
  for (const Event& event : events) apply(visit, event);
  return visit;
}

}  // namespace minhu::visits
