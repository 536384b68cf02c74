#include "features/visits/store.h"

#include <algorithm>

#include "features/cases/derivation.h"
#include "features/state_machine/event_list.h"
#include "features/visits/chronicle.h"

namespace minhu::visits {

namespace {

#define MINHU_VISIT_COLUMNS                                                             \
  "visit_id, form, state, seq, unit_id, leader_name, leader_post, place, place_words, " \
  "topics, begins_at, ends_at, is_public, capacity, taken, free_to_book, on_the_list, not_held"

VisitRow visit_row(const Row& row) {
  const auto form = named<Form>(row.text(1));
  const auto state = named<State>(row.text(2));
  if (!form || !state) throw StorageFailure("a visit is in no state");
  VisitRow found;
  found.id = row.id<VisitId>(0);
  found.form = *form;
  found.state = *state;
  found.seq = row.integer(3);
  found.unit = row.id<UnitId>(4);
  found.leader_name = row.text(5);
  found.leader_post = row.text(6);
  found.place = row.text(7);
  found.place_words = row.text(8);
  found.topics = row.text(9);
  found.begins = row.instant(10);
  found.ends = row.instant(11);
  found.is_public = row.integer(12) != 0;
  found.capacity = row.integer(13);
  found.taken = row.integer(14);
  found.free_to_book = row.integer(15);
  found.on_the_list = row.integer(16);
  found.not_held = row.integer(17);
  return found;
}

// As they lie in visit_event.
constexpr state_machine::EventList<VisitId, EventKind> event_list{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM visit_event "
    "WHERE region_id = ?1 AND visit_id = ?2 ORDER BY seq",
    "INSERT INTO visit_event(region_id, visit_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    named<EventKind>, "a visit"};

void keep_row(Transaction& transaction, RegionId region, const VisitRow& row) {
  transaction.execute(
      "INSERT INTO visit_file(region_id, " MINHU_VISIT_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19) ON CONFLICT (region_id, visit_id) DO UPDATE SET form = excluded.form, "
      "state = excluded.state, seq = excluded.seq, leader_name = excluded.leader_name, "
      "leader_post = excluded.leader_post, place = excluded.place, "
      "place_words = excluded.place_words, topics = excluded.topics, "
      "begins_at = excluded.begins_at, ends_at = excluded.ends_at, "
      "is_public = excluded.is_public, capacity = excluded.capacity, taken = excluded.taken, "
      "free_to_book = excluded.free_to_book, on_the_list = excluded.on_the_list, "
      "not_held = excluded.not_held",
      {param(region), param(row.id), name(row.form), name(row.state), row.seq, param(row.unit),
       std::string_view(row.leader_name), std::string_view(row.leader_post),
       std::string_view(row.place), std::string_view(row.place_words), std::string_view(row.topics),
       param(row.begins), param(row.ends), std::int64_t{row.is_public}, row.capacity, row.taken,
       row.free_to_book, row.on_the_list, row.not_held});
}

CaseOfVisit case_row(const Row& row) {
  return {row.id<cases::CaseId>(0), row.id<VisitId>(1), row.id<GroupId>(2)};
}

void keep_case(Transaction& transaction, RegionId region, const CaseOfVisit& one) {
  transaction.execute(
      "INSERT INTO visit_case(region_id, case_id, visit_id, group_id) VALUES (?1, ?2, ?3, ?4)",
      {param(region), param(one.case_id), param(one.visit), param(one.group)});
}

}  // namespace

VisitRow row_of(const Visit& visit) {
  VisitRow row;
  row.id = visit.id;
  row.form = visit.form;
  row.state = visit.state;
  row.seq = visit.seq;
  row.unit = visit.unit;
  row.leader_name = visit.leader.name;
  row.leader_post = visit.leader.post;
  row.place = visit.place;
  row.place_words = visit.place_words;
  row.topics = visit.topics;
  row.begins = visit.begins;
  row.ends = visit.ends;
  row.is_public = visit.public_now();
  row.capacity = visit.capacity;
  row.taken = visit.taken();
  row.free_to_book = visit.free_to_book();
  row.on_the_list = visit.on_the_list();
  row.not_held = static_cast<std::int64_t>(visit.not_held.size());
  return row;
}

std::vector<Event> load_events(Reading& reading, RegionId region, VisitId id) {
  return event_list.load(reading, region, id);
}

std::optional<Visit> load_visit(Reading& reading, RegionId region, VisitId id) {
  const auto events = load_events(reading, region, id);
  if (events.empty()) return std::nullopt;
  return visit_from(events);
}

std::optional<VisitRow> load_row(Reading& reading, RegionId region, VisitId id) {
  return reading.first("SELECT " MINHU_VISIT_COLUMNS
                       " FROM visit_file WHERE region_id = ?1 AND visit_id = ?2",
                       {param(region), param(id)}, visit_row);
}

std::vector<VisitRow> between(Reading& reading, RegionId region, Instant from, Instant to) {
  return reading.all("SELECT " MINHU_VISIT_COLUMNS
                     " FROM visit_file WHERE region_id = ?1 AND begins_at >= ?2 AND begins_at < ?3 "
                     "ORDER BY begins_at, visit_id",
                     {param(region), param(from), param(to)}, visit_row);
}

std::vector<VisitId> every_visit(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT visit_id FROM visit_event WHERE region_id = ?1 AND seq = 0 ORDER BY visit_id",
      {param(region)}, [](const Row& row) { return row.id<VisitId>(0); });
}

Event next_event(const cases::Context& context, const Visit& visit, EventKind kind, Facts facts) {
  return {visit.id,      visit.seq + 1,   kind, std::max(context.now, visit.last_at),
          context.actor, std::move(facts)};
}

void append(Transaction& transaction, const cases::County& county, Visit& visit,
            const std::vector<Event>& added) {
  const RegionId region = county.region;
  for (const Event& event : added) {
    apply(visit, event);
    const auto row = event_list.append(transaction, region, event);
    cases::derive_from(transaction, county, chronicle(), row);
    if (event.kind != EventKind::recorded) continue;
    const auto case_id = cases::CaseId::parse(event.fact("case"));
    const auto group = GroupId::parse(event.fact("group"));
    keep_case(transaction, region, {*case_id, visit.id, *group});
  }
  keep_row(transaction, region, row_of(visit));
}

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      VisitId id) {
  return event_list.rows(reading, region, id.uuid());
}

std::vector<CaseOfVisit> cases_in(const Visit& visit) {
  std::vector<CaseOfVisit> cases;
  for (const Group& group : visit.groups) {
    if (!group.case_id.empty()) cases.push_back({group.case_id, visit.id, group.id});
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

void write_rows(Transaction& transaction, RegionId region, VisitId id,
                const std::optional<Visit>& visit) {
  for (const std::string_view sql :
       {"DELETE FROM visit_file WHERE region_id = ?1 AND visit_id = ?2",
        "DELETE FROM visit_case WHERE region_id = ?1 AND visit_id = ?2"}) {
    transaction.execute(sql, {param(region), param(id)});
  }
  if (!visit) return;
  keep_row(transaction, region, row_of(*visit));
  for (const CaseOfVisit& one : cases_in(*visit)) keep_case(transaction, region, one);
}

std::optional<Request> request_before(Reading& reading, RegionId region, const Digest& token) {
  return reading.first(
      "SELECT visit_id, group_id FROM visit_request WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(token)},
      [](const Row& row) { return Request{row.id<VisitId>(0), row.id<GroupId>(1)}; });
}

void remember_request(Transaction& transaction, RegionId region, const Digest& token,
                      const Request& request) {
  transaction.execute(
      "INSERT INTO visit_request(region_id, token_hash, visit_id, group_id) "
      "VALUES (?1, ?2, ?3, ?4)",
      {param(region), BytesView(token), param(request.visit), param(request.group)});
}

std::vector<CaseOfVisit> cases_of(Reading& reading, RegionId region, VisitId id) {
  return reading.all(
      "SELECT case_id, visit_id, group_id FROM visit_case WHERE region_id = ?1 AND visit_id = ?2 "
      "ORDER BY case_id",
      {param(region), param(id)}, case_row);
}

std::optional<CaseOfVisit> visit_of_case(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.first(
      "SELECT case_id, visit_id, group_id FROM visit_case WHERE region_id = ?1 AND case_id = ?2",
      {param(region), param(id)}, case_row);
}

}  // namespace minhu::visits
