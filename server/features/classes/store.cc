#include "features/classes/store.h"

#include <algorithm>
#include <charconv>

#include "features/cases/derivation.h"
#include "features/cases/names_in_sql.h"
#include "features/cases/together.h"
#include "features/classes/chronicle.h"
#include "features/state_machine/event_list.h"

namespace minhu::classes {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Bytes packed(const std::vector<UnitId>& units) {
  Bytes bytes;
  for (const UnitId unit : units) {
    bytes.insert(bytes.end(), unit.bytes().begin(), unit.bytes().end());
  }
  return bytes;
}

std::vector<UnitId> unpacked(BytesView bytes) {
  std::vector<UnitId> units;
  for (std::size_t at = 0; at + Uuid().size() <= bytes.size(); at += Uuid().size()) {
    units.push_back(UnitId::from_bytes(bytes.subspan(at, Uuid().size())));
  }
  return units;
}

#define MINHU_CLASS_COLUMNS                                                                    \
  "class_id, number, state, seq, title, category, places, text_group, lead_unit, supporting, " \
  "sponsor, theme, treated_on, relapses, published, detected_at, changed_at"

ClassRow class_row(const Row& row) {
  const auto state = named<State>(row.text(2));
  if (!state) throw StorageFailure("a class is in no state");
  ClassRow found;
  found.id = row.id<ClassId>(0);
  found.number = row.text(1);
  found.state = *state;
  found.seq = row.integer(3);
  found.title = row.text(4);
  found.definition = {std::string(row.text(5)), words_of(row.text(6)), std::string(row.text(7))};
  found.lead_unit = row.id<UnitId>(8);
  found.supporting_units = unpacked(row.bytes(9));
  found.sponsor = row.text(10);
  found.theme = row.text(11);
  found.treated_on = row.text(12);
  found.relapses = row.integer(13);
  found.published = row.integer(14) != 0;
  found.detected_at = row.instant(15);
  found.changed_at = row.instant(16);
  return found;
}

// As they lie in class_event.
constexpr state_machine::EventList<ClassId, EventKind> event_list{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM class_event "
    "WHERE region_id = ?1 AND class_id = ?2 ORDER BY seq",
    "INSERT INTO class_event(region_id, class_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    named<EventKind>, "a class"};

void keep_row(Transaction& transaction, RegionId region, const ClassRow& row) {
  const std::string places = joined(row.definition.places);
  const Bytes supporting = packed(row.supporting_units);
  transaction.execute(
      "INSERT INTO class_file(region_id, " MINHU_CLASS_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) "
      "ON CONFLICT (region_id, class_id) DO UPDATE SET state = excluded.state, "
      "seq = excluded.seq, title = excluded.title, category = excluded.category, "
      "places = excluded.places, text_group = excluded.text_group, "
      "lead_unit = excluded.lead_unit, supporting = excluded.supporting, "
      "sponsor = excluded.sponsor, theme = excluded.theme, treated_on = excluded.treated_on, "
      "relapses = excluded.relapses, published = excluded.published, "
      "changed_at = excluded.changed_at",
      {param(region), param(row.id), std::string_view(row.number), name(row.state), row.seq,
       std::string_view(row.title), std::string_view(row.definition.category),
       std::string_view(places), std::string_view(row.definition.group), param(row.lead_unit),
       BytesView(supporting), std::string_view(row.sponsor), std::string_view(row.theme),
       std::string_view(row.treated_on), row.relapses, std::int64_t{row.published},
       param(row.detected_at), param(row.changed_at)});
}

// Few cases change with one event, so what differs is found and written, not everything.
void keep_members(Transaction& transaction, RegionId region, const ClassFile& before,
                  const ClassFile& now) {
  for (const Member& member : before.members) {
    if (!std::binary_search(now.members.begin(), now.members.end(), member)) {
      transaction.execute("DELETE FROM class_member WHERE region_id = ?1 AND case_id = ?2",
                          {param(region), param(member.case_id)});
    }
  }
  for (const Member& member : now.members) {
    if (!std::binary_search(before.members.begin(), before.members.end(), member)) {
      transaction.execute(
          "INSERT INTO class_member(region_id, case_id, class_id, since, names_nobody) "
          "VALUES (?1, ?2, ?3, ?4, (SELECT 1 FROM case_file AS f WHERE f.region_id = ?1 "
          "AND f.case_id = ?2 AND " MINHU_NAMES_NOBODY "))",
          {param(region), param(member.case_id), param(now.id), param(member.since)});
    }
  }
  for (const cases::CaseId id : before.unrelated) {
    if (!now.is_unrelated(id)) {
      transaction.execute(
          "DELETE FROM class_unrelated WHERE region_id = ?1 AND case_id = ?2 AND class_id = ?3",
          {param(region), param(id), param(now.id)});
    }
  }
  for (const cases::CaseId id : now.unrelated) {
    if (!before.is_unrelated(id)) {
      transaction.execute(
          "INSERT INTO class_unrelated(region_id, case_id, class_id) VALUES (?1, ?2, ?3)",
          {param(region), param(id), param(now.id)});
    }
  }
}

}  // namespace

ClassRow row_of(const ClassFile& file) {
  return {file.id,          file.number,      file.state,      file.step_seq,
          file.title,       file.definition,  file.lead_unit,  file.supporting_units,
          file.sponsor,     file.theme,       file.treated_on, file.relapses,
          file.published(), file.detected_at, file.changed_at};
}

std::vector<Event> load_events(Reading& reading, RegionId region, ClassId id) {
  return event_list.load(reading, region, id);
}

std::optional<ClassFile> load_class(Reading& reading, RegionId region, ClassId id) {
  const auto events = load_events(reading, region, id);
  if (events.empty()) return std::nullopt;
  return file_from(events);
}

std::optional<ClassRow> load_row(Reading& reading, RegionId region, ClassId id) {
  return reading.first("SELECT " MINHU_CLASS_COLUMNS
                       " FROM class_file WHERE region_id = ?1 AND class_id = ?2",
                       {param(region), param(id)}, class_row);
}

std::map<ClassId, ClassRow> load_rows(Reading& reading, RegionId region,
                                      std::span<const ClassId> ids) {
  std::map<ClassId, ClassRow> rows;
  for_classes_at_once(region, ids, [&](const Parameters& these) {
    reading.query("SELECT " MINHU_CLASS_COLUMNS
                  " FROM class_file WHERE region_id = ?1 AND class_id IN " MINHU_CLASSES_AT_ONCE,
                  these, [&](const Row& row) {
                    ClassRow found = class_row(row);
                    rows.insert_or_assign(found.id, std::move(found));
                  });
  });
  return rows;
}

std::vector<ClassRow> all_rows(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT " MINHU_CLASS_COLUMNS
      " FROM class_file WHERE region_id = ?1 ORDER BY changed_at DESC, class_id DESC",
      {param(region)}, class_row);
}

void append(Transaction& transaction, const cases::County& county, ClassFile& file,
            const std::vector<Event>& added) {
  const RegionId region = county.region;
  const ClassFile before = file;
  for (const Event& event : added) {
    apply(file, event);
    const auto row = event_list.append(transaction, region, event);
    cases::derive_from(transaction, county, chronicle(), row);
  }
  keep_row(transaction, region, row_of(file));
  keep_members(transaction, region, before, file);
}

std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      ClassId id) {
  return event_list.rows(reading, region, id.uuid());
}

void write_rows(Transaction& transaction, RegionId region, ClassId id,
                const std::optional<ClassFile>& file) {
  for (const std::string_view statement :
       {"DELETE FROM class_file WHERE region_id = ?1 AND class_id = ?2",
        "DELETE FROM class_member WHERE region_id = ?1 AND class_id = ?2",
        "DELETE FROM class_unrelated WHERE region_id = ?1 AND class_id = ?2"}) {
    transaction.execute(statement, {param(region), param(id)});
  }
  if (!file) return;
  keep_row(transaction, region, row_of(*file));
  // A row that puts one of its cases into another class stands in the way of the right one.
  for (const Member& member : file->members) {
    transaction.execute("DELETE FROM class_member WHERE region_id = ?1 AND case_id = ?2",
                        {param(region), param(member.case_id)});
  }
  keep_members(transaction, region, {}, *file);
}

std::string next_number(Reading& reading, RegionId region, Date today) {
  const std::string year = format_date(today).substr(0, 4);
  const std::string from = year + "-";
  const std::string to = year + ".";  // the character after the dash
  std::int64_t last = 0;
  reading.query(
      "SELECT number FROM class_file WHERE region_id = ?1 AND number >= ?2 AND number < ?3",
      {param(region), std::string_view(from), std::string_view(to)}, [&](const Row& row) {
        const std::string_view serial = row.text(0).substr(from.size());
        std::int64_t number = 0;
        std::from_chars(serial.data(), serial.data() + serial.size(), number);
        last = std::max(last, number);
      });
  const std::string serial = std::to_string(last + 1);
  return from + std::string(serial.size() < 3 ? 3 - serial.size() : 0, '0') + serial;
}

std::optional<Membership> membership_of(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.first(
      "SELECT class_id, since FROM class_member WHERE region_id = ?1 AND case_id = ?2",
      {param(region), param(id)},
      [](const Row& row) { return Membership{row.id<ClassId>(0), row.instant(1)}; });
}

std::map<cases::CaseId, ClassId> classes_of(Reading& reading, RegionId region,
                                            std::span<const cases::CaseId> ids) {
  std::map<cases::CaseId, ClassId> found;
  // By way of the cases: the members by themselves SQLite would read all, by their other index.
  cases::for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT f.case_id, m.class_id FROM case_file AS f JOIN class_member AS m "
        "ON m.region_id = f.region_id AND m.case_id = f.case_id "
        "WHERE f.region_id = ?1 AND f.case_id IN " MINHU_CASES_AT_ONCE,
        these,
        [&](const Row& row) { found.emplace(row.id<cases::CaseId>(0), row.id<ClassId>(1)); });
  });
  return found;
}

std::vector<ClassId> unrelated_to(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.all(
      "SELECT class_id FROM class_unrelated WHERE region_id = ?1 AND case_id = ?2 ORDER BY "
      "class_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<ClassId>(0); });
}

std::vector<Member> members_of(Reading& reading, RegionId region, ClassId id) {
  auto members = reading.all(
      "SELECT case_id, since FROM class_member WHERE region_id = ?1 AND class_id = ?2 "
      "ORDER BY since, case_id",
      {param(region), param(id)},
      [](const Row& row) { return Member{row.id<cases::CaseId>(0), row.instant(1)}; });
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<cases::CaseId> unrelated_of(Reading& reading, RegionId region, ClassId id) {
  return reading.all(
      "SELECT case_id FROM class_unrelated WHERE region_id = ?1 AND class_id = ?2 ORDER BY case_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<cases::CaseId>(0); });
}

std::int64_t member_count(Reading& reading, RegionId region, ClassId id) {
  return reading
      .first("SELECT COUNT(*) FROM class_member WHERE region_id = ?1 AND class_id = ?2",
             {param(region), param(id)}, [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

std::map<ClassId, std::int64_t> member_counts(Reading& reading, RegionId region,
                                              std::span<const ClassId> ids) {
  std::map<ClassId, std::int64_t> counts;
  for_classes_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT class_id, COUNT(*) FROM class_member WHERE region_id = ?1 "
        "AND class_id IN " MINHU_CLASSES_AT_ONCE " GROUP BY class_id",
        these, [&](const Row& row) { counts[row.id<ClassId>(0)] = row.integer(1); });
  });
  return counts;
}

std::optional<ClassId> class_of_request(Reading& reading, RegionId region, const Digest& token) {
  return reading.first(
      "SELECT class_id FROM class_request WHERE region_id = ?1 AND token_hash = ?2",
      {param(region), BytesView(token)}, [](const Row& row) { return row.id<ClassId>(0); });
}

void remember_request(Transaction& transaction, RegionId region, const Digest& token, ClassId id) {
  transaction.execute(
      "INSERT INTO class_request(region_id, token_hash, class_id) VALUES (?1, ?2, ?3)",
      {param(region), BytesView(token), param(id)});
}

}  // namespace minhu::classes
