#include "features/cases/queue_rows.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/closure.h"
#include "features/cases/edges.h"
#include "features/cases/queue.h"
#include "features/cases/queue_narrowed.h"
#include "features/cases/store.h"
#include "ports/in_groups.h"

namespace minhu::cases {

namespace {

// A case without a running clock stands behind every case that has one.
constexpr std::int64_t no_due = std::numeric_limits<std::int64_t>::max();

// A row of queue_entry, or with a mark of queue_mark.
struct Place {
  UnitId unit;
  Part part = Part::dispatch;
  std::int64_t due = 0;
  std::optional<Mark> mark;

  friend bool operator==(const Place&, const Place&) = default;
};

std::vector<Place> places_of(const CaseFile& file) {
  std::vector<Place> places;
  const std::int64_t due = due_in_queues(file);
  for (const Waiting& waiting : waiting_for(file)) {
    places.push_back({waiting.unit, waiting.part, due, std::nullopt});
    if (file.returned > 0) places.push_back({waiting.unit, waiting.part, due, Mark::returned});
    if (to_be_done_again(file)) places.push_back({waiting.unit, waiting.part, due, Mark::redo});
  }
  return places;
}

constexpr std::string_view insert_mark =
    "INSERT INTO queue_mark(region_id, unit_id, part, due, case_id, mark) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (region_id, unit_id, part, mark, due, case_id) DO NOTHING";
constexpr std::string_view delete_mark =
    "DELETE FROM queue_mark WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3 AND due = ?4 "
    "AND case_id = ?5 AND mark = ?6";

// As long as `id` and `place` are there.
Parameters parameters_of(RegionId region, const CaseId& id, const Place& place) {
  Parameters parameters{param(region), param(place.unit), name(place.part), place.due, param(id)};
  if (place.mark) parameters.add(name(*place.mark));
  return parameters;
}

void remove(Transaction& transaction, RegionId region, const CaseId& id, const Place& place) {
  transaction.execute(place.mark ? delete_mark
                                 : "DELETE FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 "
                                   "AND part = ?3 AND due = ?4 AND case_id = ?5",
                      parameters_of(region, id, place));
}

void add(Transaction& transaction, RegionId region, const CaseId& id, const Place& place) {
  transaction.execute(place.mark ? insert_mark
                                 : "INSERT INTO queue_entry(region_id, unit_id, part, due, "
                                   "case_id) VALUES (?1, ?2, ?3, ?4, ?5)",
                      parameters_of(region, id, place));
}

bool is_stored(Reading& reading, RegionId region, const CaseId& id, const Place& place) {
  return reading
      .first(place.mark ? "SELECT 1 FROM queue_mark WHERE region_id = ?1 AND unit_id = ?2 AND "
                          "part = ?3 AND due = ?4 AND case_id = ?5 AND mark = ?6"
                        : "SELECT 1 FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 AND "
                          "part = ?3 AND due = ?4 AND case_id = ?5",
             parameters_of(region, id, place), [](const Row&) { return true; })
      .has_value();
}

// Cases that name somebody and that somebody still has to do with: few, and looked at whenever a
// register changes.
bool is_listed(const CaseFile& file) {
  return names_somebody(file) && (!ended_states.has(file.state) || !waiting_for(file).empty());
}

void save_named(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
                const CaseFile& now) {
  const bool was = before && is_listed(*before);
  const bool is = is_listed(now);
  if (was == is) return;
  transaction.execute(is ? "INSERT INTO named_case(region_id, case_id) VALUES (?1, ?2) "
                           "ON CONFLICT (region_id, case_id) DO NOTHING"
                         : "DELETE FROM named_case WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(now.id)});
}

}  // namespace

std::string_view name(Mark mark) noexcept {
  switch (mark) {
    case Mark::returned:
      return "returned";
    case Mark::redo:
      return "redo";
  }
  return {};
}

std::int64_t due_in_queues(const CaseFile& file) {
  const RunningClock* clock = next_due(file);
  return clock == nullptr ? no_due : clock->due.unix_ms;
}

void save_queue_rows(Transaction& transaction, RegionId region,
                     const std::optional<CaseFile>& before, const CaseFile& now) {
  const std::vector<Place> old_places = before ? places_of(*before) : std::vector<Place>();
  const std::vector<Place> new_places = places_of(now);
  const auto among = [](const std::vector<Place>& all, const Place& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const Place& place : old_places) {
    if (!among(new_places, place)) remove(transaction, region, now.id, place);
  }
  for (const Place& place : new_places) {
    if (!among(old_places, place)) add(transaction, region, now.id, place);
  }
  save_named(transaction, region, before, now);
}

bool places_stand(Reading& reading, RegionId region, const CaseFile& file) {
  const std::vector<Place> places = places_of(file);
  return std::all_of(places.begin(), places.end(), [&](const Place& place) {
    return place.mark || is_stored(reading, region, file.id, place);
  });
}

namespace {

#define MINHU_THAT_PLACE " FROM queue_entry WHERE region_id = ?1 AND unit_id = "
constexpr std::size_t places_a_question = 8;
constexpr std::string_view which_places_stand =
    "SELECT 0" MINHU_THAT_PLACE
    "?2 AND part = ?3 AND due = ?4 AND case_id = ?5 "
    "UNION ALL SELECT 1" MINHU_THAT_PLACE
    "?6 AND part = ?7 AND due = ?8 AND case_id = ?9 "
    "UNION ALL SELECT 2" MINHU_THAT_PLACE
    "?10 AND part = ?11 AND due = ?12 AND case_id = ?13 "
    "UNION ALL SELECT 3" MINHU_THAT_PLACE
    "?14 AND part = ?15 AND due = ?16 AND case_id = ?17 "
    "UNION ALL SELECT 4" MINHU_THAT_PLACE
    "?18 AND part = ?19 AND due = ?20 AND case_id = ?21 "
    "UNION ALL SELECT 5" MINHU_THAT_PLACE
    "?22 AND part = ?23 AND due = ?24 AND case_id = ?25 "
    "UNION ALL SELECT 6" MINHU_THAT_PLACE
    "?26 AND part = ?27 AND due = ?28 AND case_id = ?29 "
    "UNION ALL SELECT 7" MINHU_THAT_PLACE "?30 AND part = ?31 AND due = ?32 AND case_id = ?33";

}  // namespace

std::set<CaseId> missing_in_queues(Reading& reading, RegionId region,
                                   std::span<const CaseFile> files) {
  struct Owed {
    const CaseFile* file;
    Place place;
  };
  std::vector<Owed> owed;
  for (const CaseFile& file : files) {
    for (const Place& place : places_of(file)) {
      if (!place.mark) owed.push_back({&file, place});
    }
  }
  const std::vector<bool> stand = found_in_groups<places_a_question>(
      reading, which_places_stand, param(region), owed, [](Parameters& key, const Owed& one) {
        key.add(param(one.place.unit));
        key.add(name(one.place.part));
        key.add(one.place.due);
        key.add(param(one.file->id));
      });
  std::set<CaseId> missing;
  for (std::size_t i = 0; i < owed.size(); ++i) {
    if (!stand[i]) missing.insert(owed[i].file->id);
  }
  return missing;
}

bool marks_stand(Reading& reading, RegionId region, const CaseFile& file) {
  const std::vector<Place> places = places_of(file);
  return std::all_of(places.begin(), places.end(), [&](const Place& place) {
    return !place.mark || is_stored(reading, region, file.id, place);
  });
}

namespace {

constexpr std::size_t places_a_write = 100;

// A place of a queue with a mark too many or too few, one where only a mark still stands, or one
// that should not be there.
struct WrongPlace {
  UnitId unit;
  std::string part;
  std::int64_t due = 0;
  CaseId id;
};

std::vector<WrongPlace> places_where(Reading& reading, RegionId region, std::string_view sql) {
  return reading.all(sql, {param(region)}, [](const Row& row) {
    return WrongPlace{row.id<UnitId>(0), std::string(row.text(1)), row.integer(2),
                      row.id<CaseId>(3)};
  });
}

std::vector<WrongPlace> wrong_places(Reading& reading, RegionId region) {
  std::vector<WrongPlace> found = places_where(
      reading, region,
      "SELECT m.unit_id, m.part, m.due, m.case_id FROM queue_mark AS m WHERE m.region_id = ?1 "
      "AND ((SELECT 1 FROM queue_entry AS q WHERE q.region_id = ?1 AND q.unit_id = m.unit_id "
      "AND q.part = m.part AND q.due = m.due AND q.case_id = m.case_id) IS NULL "
      "OR (SELECT 1 FROM case_file AS c WHERE c.region_id = ?1 AND c.case_id = m.case_id "
      "AND ((m.mark = 'returned' AND c.returned > 0) OR (m.mark = 'redo' AND " MINHU_REDO
      "))) IS NULL) LIMIT 1000");
  const auto too_few = places_where(
      reading, region,
      "SELECT q.unit_id, q.part, q.due, q.case_id FROM queue_entry AS q WHERE q.region_id = ?1 "
      "AND (SELECT 1 FROM case_file AS c WHERE c.region_id = ?1 AND c.case_id = q.case_id "
      "AND ((c.returned > 0 AND (SELECT 1 FROM queue_mark AS m WHERE m.region_id = ?1 "
      "AND m.unit_id = q.unit_id AND m.part = q.part AND m.mark = 'returned' AND m.due = q.due "
      "AND m.case_id = q.case_id) IS NULL) OR (" MINHU_REDO
      " AND (SELECT 1 FROM queue_mark AS n WHERE n.region_id = ?1 AND n.unit_id = q.unit_id "
      "AND n.part = q.part AND n.mark = 'redo' AND n.due = q.due AND n.case_id = q.case_id) "
      "IS NULL))) = 1 LIMIT 1000");
  found.insert(found.end(), too_few.begin(), too_few.end());
  return found;
}

// Whether the case has a place there, or such a mark.
bool should_stand(const CaseFile& file, const WrongPlace& at, std::optional<Mark> mark) {
  const std::vector<Place> places = places_of(file);
  return std::any_of(places.begin(), places.end(), [&](const Place& place) {
    return place.mark == mark && place.unit == at.unit && name(place.part) == at.part &&
           place.due == at.due;
  });
}

// As the case is now: somebody may have taken a step since the place was found.
std::int64_t put_right(Transaction& transaction, RegionId region,
                       std::span<const WrongPlace> places) {
  std::int64_t changed = 0;
  for (const WrongPlace& at : places) {
    const auto file = load_file(transaction, region, at.id);
    for (const Mark mark : {Mark::returned, Mark::redo}) {
      changed +=
          transaction.execute(file && should_stand(*file, at, mark) ? insert_mark : delete_mark,
                              {param(region), param(at.unit), std::string_view(at.part), at.due,
                               param(at.id), name(mark)});
    }
  }
  return changed;
}

}  // namespace

std::int64_t mend_marks(Database& database, RegionId region) {
  // Looked for where nobody waits: the thread that writes is given the few that are found.
  const auto found = database.read([&](Reading& reading) { return wrong_places(reading, region); });
  std::int64_t mended = 0;
  for (std::size_t from = 0; from < found.size(); from += places_a_write) {
    const auto some = std::span(found).subspan(from, std::min(places_a_write, found.size() - from));
    std::int64_t changed = 0;
    const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
      changed = put_right(transaction, region, some);
      return {};
    });
    if (!done) break;  // the disk is full: the next run tries again
    mended += changed;
  }
  return mended;
}

namespace {

std::vector<WrongPlace> stray_places(Reading& reading, RegionId region) {
  constexpr std::int64_t a_page = 500;
  std::vector<WrongPlace> stray;
  WrongPlace last;
  const Uuid none{};
  for (;;) {
    const auto places = reading.all(
        "SELECT unit_id, part, due, case_id FROM queue_entry WHERE region_id = ?1 "
        "AND (unit_id, part, due, case_id) > (?2, ?3, ?4, ?5) "
        "ORDER BY unit_id, part, due, case_id LIMIT ?6",
        {param(region), last.unit.empty() ? Parameter(BytesView(none)) : param(last.unit),
         std::string_view(last.part), last.due,
         last.id.empty() ? Parameter(BytesView(none)) : param(last.id), a_page},
        [](const Row& row) {
          return WrongPlace{row.id<UnitId>(0), std::string(row.text(1)), row.integer(2),
                            row.id<CaseId>(3)};
        });
    for (const WrongPlace& at : places) {
      const auto file = load_file(reading, region, at.id);
      if (!file || !should_stand(*file, at, std::nullopt)) stray.push_back(at);
    }
    if (static_cast<std::int64_t>(places.size()) < a_page) return stray;
    last = places.back();
  }
}

}  // namespace

std::int64_t remove_stray_places(Database& database, RegionId region) {
  const auto found = database.read([&](Reading& reading) { return stray_places(reading, region); });
  std::int64_t removed = 0;
  const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
    removed = 0;
    for (const WrongPlace& at : found) {
      const auto file = load_file(transaction, region, at.id);
      if (file && should_stand(*file, at, std::nullopt)) continue;
      removed += transaction.execute(
          "DELETE FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3 "
          "AND due = ?4 AND case_id = ?5",
          {param(region), param(at.unit), std::string_view(at.part), at.due, param(at.id)});
    }
    return {};
  });
  if (!done) throw StorageFailure("stray places could not be removed: the disk is full");
  return removed;
}

std::int64_t queue_rows_due(const CaseFile& file) {
  return static_cast<std::int64_t>(places_of(file).size());
}

std::int64_t queue_rows_stored(Reading& reading, RegionId region) {
  const auto one = [](const Row& row) { return row.integer(0); };
  return reading
             .first("SELECT count(*) FROM queue_entry WHERE region_id = ?1", {param(region)}, one)
             .value_or(0) +
         reading.first("SELECT count(*) FROM queue_mark WHERE region_id = ?1", {param(region)}, one)
             .value_or(0);
}

void remove_queue_rows(Transaction& transaction, RegionId region, CaseId id) {
  transaction.execute("DELETE FROM queue_entry WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
  transaction.execute("DELETE FROM queue_mark WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
  transaction.execute("DELETE FROM named_case WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(id)});
}

}  // namespace minhu::cases
