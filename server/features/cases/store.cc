#include "features/cases/store.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/derivation.h"
#include "features/cases/edges.h"
#include "features/cases/names_waiting.h"
#include "features/cases/queue_rows.h"
#include "features/cases/together.h"
#include "features/cases/watch.h"
#include "ports/sole_writer.h"

namespace minhu::cases {

namespace {

template <class Enum>
Parameter name_or_null(const std::optional<Enum>& value) {
  return value ? Parameter(name(*value)) : Parameter();
}

template <class SomeId>
Bytes packed(const std::vector<SomeId>& ids) {
  Bytes bytes;
  for (const SomeId& id : ids) bytes.insert(bytes.end(), id.bytes().begin(), id.bytes().end());
  return bytes;
}

template <class SomeId = UnitId>
std::vector<SomeId> unpacked(BytesView bytes) {
  std::vector<SomeId> ids;
  for (std::size_t at = 0; at + 16 <= bytes.size(); at += 16) {
    ids.push_back(SomeId::from_bytes(bytes.subspan(at, 16)));
  }
  return ids;
}

// Unit and instant after each other, 24 bytes for each.
Bytes packed(const std::vector<SilentUnit>& units) {
  Bytes bytes;
  for (const SilentUnit& each : units) {
    bytes.insert(bytes.end(), each.unit.bytes().begin(), each.unit.bytes().end());
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<std::uint8_t>(each.since.unix_ms >> shift));
    }
  }
  return bytes;
}

std::vector<SilentUnit> silent_units_in(BytesView bytes) {
  std::vector<SilentUnit> units;
  for (std::size_t at = 0; at + 24 <= bytes.size(); at += 24) {
    SilentUnit each{UnitId::from_bytes(bytes.subspan(at, 16)), {}};
    std::uint64_t since = 0;
    for (const auto byte : bytes.subspan(at + 16, 8)) since = since << 8 | byte;
    each.since.unix_ms = static_cast<std::int64_t>(since);
    units.push_back(each);
  }
  return units;
}

template <class Enum>
Enum named_or_fail(std::string_view text) {
  const auto value = named<Enum>(text);
  if (!value) throw StorageFailure("a case row says \"" + std::string(text) + "\"");
  return *value;
}

#define MINHU_CASE_COLUMNS                                                                        \
  "case_id, number, track, channel, state, seq, received_at, registered_at, changed_at, place, "  \
  "category, urgency, dispatching_unit, first_unit, lead_unit, review_unit, co_units, "           \
  "designated, "                                                                                  \
  "outcome, answered_at, solved, satisfaction, rated_at, closed_at, merged_into, returned, "      \
  "reopened, urged, urged_at, extended_days, callback_attempts, attempt_parts_of_day, words, "    \
  "contact, public_answer, may_be_called, activated, erased, joint_conference, hearing_open, "    \
  "settled, "                                                                                     \
  "review_changed, complained_of, supervised_units, recommended_units, solved_at, question_day, " \
  "question_at, asks_again_at, lead_acted_at, sent_back_at, returned_at, silent_co_units, "       \
  "recordings, identity_level, accused_people, recused, recusals_asked, retaliation_for"

CaseFile file_of(const Row& row) {
  CaseFile file;
  file.id = row.id<CaseId>(0);
  file.number = row.text(1);
  file.track = named_or_fail<Track>(row.text(2));
  file.channel = named_or_fail<Channel>(row.text(3));
  file.state = named_or_fail<State>(row.text(4));
  file.seq = row.integer(5);
  file.received_at = row.instant(6);
  file.registered_at = row.instant(7);
  file.changed_at = row.instant(8);
  file.place = row.text(9);
  file.category = row.text(10);
  file.urgency = named_or_fail<Urgency>(row.text(11));
  file.dispatching_unit = row.id<UnitId>(12);
  file.first_unit = row.id<UnitId>(13);
  file.lead_unit = row.id<UnitId>(14);
  file.review_unit = row.id<UnitId>(15);
  file.co_units = unpacked(row.bytes(16));
  file.designated = row.integer(17) != 0;
  file.outcome = named<AnswerOutcome>(row.text(18));
  file.answered_at = row.maybe_instant(19);
  file.solved = named<Solved>(row.text(20));
  file.satisfaction = named<Satisfaction>(row.text(21));
  file.rated_at = row.maybe_instant(22);
  file.closed_at = row.maybe_instant(23);
  file.merged_into = row.id<CaseId>(24);
  file.returned = row.integer(25);
  file.reopened = row.integer(26);
  file.urged = row.integer(27);
  file.urged_at = row.maybe_instant(28);
  file.extended_days = row.integer(29);
  file.callback_attempts = row.integer(30);
  file.attempt_parts_of_day = row.integer(31);
  file.words = row.id<ContentId>(32);
  file.contact = row.id<ContentId>(33);
  file.public_answer = row.id<ContentId>(34);
  file.may_be_called = row.integer(35) != 0;
  file.activated = row.integer(36) != 0;
  file.erased = row.integer(37) != 0;
  file.joint_conference = row.integer(38) != 0;
  file.hearing_open = row.integer(39) != 0;
  file.settled = row.integer(40) != 0;
  file.review_changed = row.integer(41) != 0;
  file.complained_of = unpacked(row.bytes(42));
  file.supervised_units = unpacked(row.bytes(43));
  file.recommended_units = unpacked(row.bytes(44));
  file.solved_at = row.maybe_instant(45);
  file.question_day = row.integer(46);
  file.question_at = row.maybe_instant(47);
  file.asks_again_at = row.maybe_instant(48);
  file.lead_acted_at = row.maybe_instant(49);
  file.sent_back_at = row.maybe_instant(50);
  file.returned_at = row.maybe_instant(51);
  file.silent_co_units = silent_units_in(row.bytes(52));
  file.recordings = row.integer(53);
  file.identity_level = named_or_fail<IdentityLevel>(row.text(54));
  file.accused_people = unpacked<accounts::AccountId>(row.bytes(55));
  file.recused = unpacked<accounts::AccountId>(row.bytes(56));
  file.recusals_asked = unpacked<accounts::AccountId>(row.bytes(57));
  file.retaliation_for = row.id<CaseId>(58);
  return file;
}

void save_clocks(Transaction& transaction, RegionId region, const std::vector<RunningClock>& before,
                 const CaseFile& now) {
  for (std::size_t i = 0; i < now.clocks.size(); ++i) {
    const RunningClock& clock = now.clocks[i];
    if (i < before.size() && before[i] == clock) continue;
    transaction.execute(
        "INSERT INTO case_clock(region_id, case_id, clock, rule, pack, calendar, started, due, "
        "paused_at, met_at, provisional, citizen, unit_id, amount, extended, paused, tightened) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
        "ON CONFLICT (region_id, case_id, clock) DO UPDATE SET pack = excluded.pack, "
        "calendar = excluded.calendar, due = excluded.due, paused_at = excluded.paused_at, "
        "met_at = excluded.met_at, provisional = excluded.provisional, "
        "extended = excluded.extended, paused = excluded.paused, tightened = excluded.tightened",
        {param(region), param(now.id), static_cast<std::int64_t>(i), std::string_view(clock.rule),
         std::string_view(clock.pack), std::string_view(clock.calendar), param(clock.started),
         param(clock.due), param(clock.paused_at), param(clock.met_at),
         std::int64_t{clock.provisional}, std::int64_t{clock.citizen}, param(clock.unit),
         clock.amount, clock.extended, clock.paused, std::int64_t{clock.tightened}});
  }
}

void insert_event(Transaction& transaction, RegionId region, const Event& event) {
  const std::string payload = payload_of(event);
  transaction.execute(
      "INSERT INTO case_event(region_id, case_id, seq, kind, happened_at, recorded_at, role, "
      "unit_id, account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {param(region), param(event.case_id), event.seq, name(event.kind), param(event.happened_at),
       param(event.recorded_at), accounts::name(event.actor.role), param(event.actor.unit),
       param(event.actor.account), std::string_view(payload)});
}

#define MINHU_EVENT_COLUMNS \
  "seq, kind, happened_at, recorded_at, role, unit_id, account_id, payload"

Event event_of(const Row& row, CaseId id) {
  Event event;
  event.case_id = id;
  event.seq = row.integer(0);
  event.kind = named_or_fail<EventKind>(row.text(1));
  event.happened_at = row.instant(2);
  event.recorded_at = row.instant(3);
  event.actor = {accounts::role_named(row.text(4)).value_or(accounts::Role::anyone),
                 row.id<UnitId>(5), row.id<accounts::AccountId>(6)};
  read_payload(row.text(7), event);
  return event;
}

}  // namespace

std::vector<Event> load_events(Reading& reading, RegionId region, CaseId id) {
  return reading.all("SELECT " MINHU_EVENT_COLUMNS
                     " FROM case_event WHERE region_id = ?1 AND case_id = ?2 ORDER BY seq",
                     {param(region), param(id)}, [&](const Row& row) { return event_of(row, id); });
}

std::map<CaseId, std::vector<Event>> load_events(Reading& reading, RegionId region,
                                                 std::span<const CaseId> ids) {
  std::map<CaseId, std::vector<Event>> events;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query("SELECT " MINHU_EVENT_COLUMNS
                  ", case_id FROM case_event WHERE region_id = ?1 AND case_id "
                  "IN " MINHU_CASES_AT_ONCE,
                  these, [&](const Row& row) {
                    const auto id = row.id<CaseId>(8);
                    events[id].push_back(event_of(row, id));
                  });
  });
  for (auto& [id, each] : events) {
    std::sort(each.begin(), each.end(),
              [](const Event& a, const Event& b) { return a.seq < b.seq; });
  }
  return events;
}

#define MINHU_CLOCK_COLUMNS                                                                        \
  "rule, pack, calendar, started, due, paused_at, met_at, provisional, citizen, unit_id, amount, " \
  "extended, paused, tightened"

namespace {

RunningClock clock_of(const Row& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
          row.instant(3),           row.instant(4),           row.maybe_instant(5),
          row.maybe_instant(6),     row.integer(7) != 0,      row.integer(8) != 0,
          row.id<UnitId>(9),        row.integer(10),          row.integer(11),
          row.integer(12),          row.integer(13) != 0};
}

}  // namespace

std::optional<CaseFile> load_file(Reading& reading, RegionId region, CaseId id) {
  auto file = reading.first("SELECT " MINHU_CASE_COLUMNS
                            " FROM case_file WHERE region_id = ?1 AND case_id = ?2",
                            {param(region), param(id)}, file_of);
  if (!file) return std::nullopt;
  file->clocks =
      reading.all("SELECT " MINHU_CLOCK_COLUMNS
                  " FROM case_clock WHERE region_id = ?1 AND case_id = ?2 ORDER BY clock",
                  {param(region), param(id)}, clock_of);
  return file;
}

std::vector<CaseFile> load_files(Reading& reading, RegionId region, std::span<const CaseId> ids) {
  std::map<CaseId, CaseFile> found;
  std::map<CaseId, std::map<std::int64_t, RunningClock>> clocks;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query("SELECT " MINHU_CASE_COLUMNS
                  " FROM case_file WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
                  these, [&](const Row& row) {
                    CaseFile file = file_of(row);
                    found.emplace(file.id, std::move(file));
                  });
    // In no order, so that no planner walks the clocks of the county in theirs.
    reading.query(
        "SELECT " MINHU_CLOCK_COLUMNS
        ", case_id, clock FROM case_clock WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          clocks[row.id<CaseId>(14)].emplace(row.integer(15), clock_of(row));
        });
  });
  for (auto& [id, file] : found) {
    for (auto& [place, clock] : clocks[id]) file.clocks.push_back(std::move(clock));
  }
  std::vector<CaseFile> files;
  for (const CaseId id : ids) {
    if (auto file = found.extract(id)) files.push_back(std::move(file.mapped()));
  }
  return files;
}

void save_file(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
               const CaseFile& now) {
  // Every step comes here: what is remembered of the case (line_memory.h) is asked for anew.
  if (const auto* view = dynamic_cast<const SoleWritersView*>(&transaction)) {
    view->table().changes(now.id.bytes(), view->number());
  }
  const Bytes co_units = packed(now.co_units);
  const Bytes complained_of = packed(now.complained_of);
  const Bytes supervised = packed(now.supervised_units);
  const Bytes recommended = packed(now.recommended_units);
  const Bytes silent = packed(now.silent_co_units);
  const Bytes accused = packed(now.accused_people);
  const Bytes recused = packed(now.recused);
  const Bytes recusals_asked = packed(now.recusals_asked);
  transaction.execute(
      "INSERT INTO case_file(region_id, " MINHU_CASE_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, "
      "?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50, ?51, ?52, "
      "?53, ?54, ?55, ?56, ?57, ?58, ?59, ?60) "
      "ON CONFLICT (region_id, case_id) DO UPDATE SET track = excluded.track, "
      "state = excluded.state, seq = excluded.seq, changed_at = excluded.changed_at, "
      "place = excluded.place, category = excluded.category, urgency = excluded.urgency, "
      "dispatching_unit = excluded.dispatching_unit, first_unit = excluded.first_unit, lead_unit = "
      "excluded.lead_unit, "
      "review_unit = excluded.review_unit, co_units = excluded.co_units, "
      "designated = excluded.designated, outcome = excluded.outcome, "
      "answered_at = excluded.answered_at, solved = excluded.solved, "
      "satisfaction = excluded.satisfaction, rated_at = excluded.rated_at, "
      "closed_at = excluded.closed_at, merged_into = excluded.merged_into, "
      "returned = excluded.returned, reopened = excluded.reopened, urged = excluded.urged, "
      "urged_at = excluded.urged_at, extended_days = excluded.extended_days, "
      "callback_attempts = excluded.callback_attempts, "
      "attempt_parts_of_day = excluded.attempt_parts_of_day, words = excluded.words, "
      "contact = excluded.contact, public_answer = excluded.public_answer, "
      "may_be_called = excluded.may_be_called, activated = excluded.activated, "
      "erased = excluded.erased, joint_conference = excluded.joint_conference, "
      "hearing_open = excluded.hearing_open, settled = excluded.settled, "
      "review_changed = excluded.review_changed, complained_of = excluded.complained_of, "
      "supervised_units = excluded.supervised_units, "
      "recommended_units = excluded.recommended_units, solved_at = excluded.solved_at, "
      "question_day = excluded.question_day, question_at = excluded.question_at, "
      "asks_again_at = excluded.asks_again_at, lead_acted_at = excluded.lead_acted_at, "
      "sent_back_at = excluded.sent_back_at, returned_at = excluded.returned_at, "
      "silent_co_units = excluded.silent_co_units, recordings = excluded.recordings, "
      "identity_level = excluded.identity_level, "
      "accused_people = excluded.accused_people, recused = excluded.recused, "
      "recusals_asked = excluded.recusals_asked",
      {param(region),
       param(now.id),
       std::string_view(now.number),
       name(now.track),
       name(now.channel),
       name(now.state),
       now.seq,
       param(now.received_at),
       param(now.registered_at),
       param(now.changed_at),
       std::string_view(now.place),
       std::string_view(now.category),
       name(now.urgency),
       param(now.dispatching_unit),
       param(now.first_unit),
       param(now.lead_unit),
       param(now.review_unit),
       BytesView(co_units),
       std::int64_t{now.designated},
       name_or_null(now.outcome),
       param(now.answered_at),
       name_or_null(now.solved),
       name_or_null(now.satisfaction),
       param(now.rated_at),
       param(now.closed_at),
       param(now.merged_into),
       now.returned,
       now.reopened,
       now.urged,
       param(now.urged_at),
       now.extended_days,
       now.callback_attempts,
       now.attempt_parts_of_day,
       param(now.words),
       param(now.contact),
       param(now.public_answer),
       std::int64_t{now.may_be_called},
       std::int64_t{now.activated},
       std::int64_t{now.erased},
       std::int64_t{now.joint_conference},
       std::int64_t{now.hearing_open},
       std::int64_t{now.settled},
       std::int64_t{now.review_changed},
       BytesView(complained_of),
       BytesView(supervised),
       BytesView(recommended),
       param(now.solved_at),
       now.question_day,
       param(now.question_at),
       param(now.asks_again_at),
       param(now.lead_acted_at),
       param(now.sent_back_at),
       param(now.returned_at),
       BytesView(silent),
       now.recordings,
       name(now.identity_level),
       BytesView(accused),
       BytesView(recused),
       BytesView(recusals_asked),
       param(now.retaliation_for)});
  if (!before && !now.retaliation_for.empty()) {
    transaction.execute(
        "INSERT INTO retaliation_report(region_id, about_id, case_id) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (region_id, about_id, case_id) DO NOTHING",
        {param(region), param(now.retaliation_for), param(now.id)});
  }
  save_clocks(transaction, region, before ? before->clocks : std::vector<RunningClock>(), now);
  save_queue_rows(transaction, region, before, now);
  save_watched(transaction, region, before, now);
  const CaseId was_in = before ? before->merged_into : CaseId();
  if (was_in == now.merged_into) return;
  if (!was_in.empty()) {
    transaction.execute(
        "DELETE FROM merged_case WHERE region_id = ?1 AND into_id = ?2 AND case_id = ?3",
        {param(region), param(was_in), param(now.id)});
  }
  if (!now.merged_into.empty()) {
    transaction.execute("INSERT INTO merged_case(region_id, into_id, case_id) VALUES (?1, ?2, ?3)",
                        {param(region), param(now.merged_into), param(now.id)});
  }
}

void insert_receipt(Transaction& transaction, RegionId region, std::uint64_t serial, CaseId id,
                    const StoredCode& code) {
  const BytesView hash(code.hash);
  transaction.execute(
      "INSERT INTO receipt(region_id, serial, case_id, version, code_hash, activation_hash) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(region), static_cast<std::int64_t>(serial), param(id), code.version,
       code.for_activation ? Parameter() : Parameter(hash),
       code.for_activation ? Parameter(hash) : Parameter()});
}

std::int64_t last_serial(Reading& reading, RegionId region) {
  // One question, not two: a database behind a network is asked this for every case.
  const auto given = reading.first(
      "SELECT coalesce((SELECT serial FROM receipt WHERE region_id = ?1 ORDER BY serial DESC LIMIT "
      "1), -1), coalesce((SELECT last_serial FROM number_block WHERE region_id = ?1 "
      "ORDER BY last_serial DESC LIMIT 1), -1)",
      {param(region)}, [](const Row& row) { return std::max(row.integer(0), row.integer(1)); });
  return given.value_or(-1);
}

void remember_request(Transaction& transaction, RegionId region, const Digest& token_hash,
                      CaseId id, std::int64_t seq, Instant now) {
  transaction.execute(
      "INSERT INTO repeated_request(region_id, token_hash, case_id, seq, made_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(region), BytesView(token_hash), param(id), seq, param(now)});
}

void append_events(Transaction& transaction, const County& county,
                   const std::optional<CaseFile>& before, const CaseFile& now,
                   std::span<const Event> added) {
  for (const Event& event : added) insert_event(transaction, county.region, event);
  save_file(transaction, county.region, before, now);
  keep_names_waiting(transaction, county.region, added);
  if (county.derivations.empty()) return;
  // A new case brings its whole history; nobody who hands in words waits for a look back.
  const std::vector<Event> history = before ? load_events(transaction, county.region, now.id)
                                            : std::vector<Event>(added.begin(), added.end());
  for (const Derivation* derivation : county.derivations) {
    derivation->derive(transaction, county, history, history.size() - added.size());
  }
}

void Derivation::derive_from(Transaction&, const County&, const state_machine::Chronicle&,
                             const state_machine::ChronicleEvent&) const {}

void derive_from(Transaction& transaction, const County& county,
                 const state_machine::Chronicle& chronicle,
                 const state_machine::ChronicleEvent& event) {
  for (const Derivation* derivation : county.derivations) {
    derivation->derive_from(transaction, county, chronicle, event);
  }
}

}  // namespace minhu::cases
