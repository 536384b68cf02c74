#include "features/cases/queue_rows.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "features/cases/closure.h"
#include "features/cases/edges.h"
#include "features/cases/queue.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

// A case without a running clock stands behind every case that has one.
constexpr std::int64_t no_due = std::numeric_limits<std::int64_t>::max();

std::int64_t due_of(const CaseFile& file) {
  const RunningClock* clock = next_due(file);
  return clock == nullptr ? no_due : clock->due.unix_ms;
}

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
  const std::int64_t due = due_of(file);
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

bool marks_stand(Reading& reading, RegionId region, const CaseFile& file) {
  const std::vector<Place> places = places_of(file);
  return std::all_of(places.begin(), places.end(), [&](const Place& place) {
    return !place.mark || is_stored(reading, region, file.id, place);
  });
}

namespace {

struct MarkToMend {
  UnitId unit;
  std::string part;
  std::int64_t due = 0;
  std::string mark;
  CaseId id;
};

std::vector<MarkToMend> marks_where(Reading& reading, RegionId region, std::string_view sql) {
  return reading.all(sql, {param(region)}, [](const Row& row) {
    return MarkToMend{row.id<UnitId>(0), std::string(row.text(1)), row.integer(2),
                      std::string(row.text(3)), row.id<CaseId>(4)};
  });
}

void change(Transaction& transaction, RegionId region, std::string_view sql,
            const MarkToMend& each) {
  transaction.execute(sql, {param(region), param(each.unit), std::string_view(each.part), each.due,
                            param(each.id), std::string_view(each.mark)});
}

std::vector<MarkToMend> left_behind(Reading& reading, RegionId region) {
  return marks_where(
      reading, region,
      "SELECT m.unit_id, m.part, m.due, m.mark, m.case_id FROM queue_mark m WHERE m.region_id = ?1 "
      "AND (SELECT 1 FROM queue_entry q WHERE q.region_id = ?1 AND q.unit_id = m.unit_id AND "
      "q.part = m.part AND q.due = m.due AND q.case_id = m.case_id) IS NULL LIMIT 1000");
}

std::vector<MarkToMend> not_written(Reading& reading, RegionId region) {
  auto found = marks_where(
      reading, region,
      "SELECT q.unit_id, q.part, q.due, 'returned', q.case_id FROM queue_entry q "
      "WHERE q.region_id = ?1 AND (SELECT c.returned FROM case_file c WHERE c.region_id = ?1 AND "
      "c.case_id = q.case_id) > 0 AND (SELECT 1 FROM queue_mark m WHERE m.region_id = ?1 AND "
      "m.unit_id = q.unit_id AND m.part = q.part AND m.mark = 'returned' AND m.due = q.due AND "
      "m.case_id = q.case_id) IS NULL LIMIT 1000");
  const auto redo = marks_where(
      reading, region,
      "SELECT q.unit_id, q.part, q.due, 'redo', q.case_id FROM queue_entry q "
      "WHERE q.region_id = ?1 AND (SELECT 1 FROM case_file c WHERE c.region_id = ?1 AND c.case_id "
      "= q.case_id AND (c.reopened > 0 OR c.solved = 'no' OR c.satisfaction = 'dissatisfied')) = 1 "
      "AND (SELECT 1 FROM queue_mark m WHERE m.region_id = ?1 AND m.unit_id = q.unit_id AND "
      "m.part = q.part AND m.mark = 'redo' AND m.due = q.due AND m.case_id = q.case_id) IS NULL "
      "LIMIT 1000");
  found.insert(found.end(), redo.begin(), redo.end());
  return found;
}

}  // namespace

std::int64_t mend_marks(Database& database, RegionId region) {
  // Mostly nothing is wrong, and the thread that writes is not kept from writing.
  const bool all_well = database.read([&](Reading& reading) {
    return left_behind(reading, region).empty() && not_written(reading, region).empty();
  });
  if (all_well) return 0;
  std::int64_t mended = 0;
  const Outcome done = database.write_job([&](Transaction& t) -> Outcome {
    const auto stray = left_behind(t, region);
    const auto missing = not_written(t, region);
    for (const MarkToMend& each : stray) change(t, region, delete_mark, each);
    for (const MarkToMend& each : missing) change(t, region, insert_mark, each);
    mended = static_cast<std::int64_t>(stray.size() + missing.size());
    return {};
  });
  return done ? mended : 0;  // the disk is full: the next run tries again
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
