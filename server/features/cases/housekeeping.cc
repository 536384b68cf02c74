#include "features/cases/housekeeping.h"

#include <algorithm>

#include "features/cases/queue_rows.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t cases_a_look = 200;

struct Place {
  std::int64_t due = -1;
  Uuid case_id{};
};

struct Look {
  std::vector<CaseFile> ready;
  Place last;
  bool more = false;
};

bool speaker_still_has_time(const CaseFile& file, Instant now) {
  return std::any_of(file.clocks.begin(), file.clocks.end(), [&](const RunningClock& clock) {
    return clock.runs() && clock.citizen && now <= clock.due;
  });
}

// The next cases of one unit's list "to close", as far as time has come for them.
Look look(Reading& reading, const Context& context, UnitId unit, Place after) {
  Look found;
  const auto places = reading.all(
      "SELECT due, case_id FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3 "
      "AND (due, case_id) > (?4, ?5) ORDER BY due, case_id LIMIT ?6",
      {param(context.county.region), param(unit), name(Part::close), after.due,
       BytesView(after.case_id), cases_a_look},
      [](const Row& row) { return Place{row.integer(0), row.id<CaseId>(1).uuid()}; });
  for (const Place& place : places) {
    auto file = load_file(reading, context.county.region, CaseId(place.case_id));
    if (file && !speaker_still_has_time(*file, context.now)) {
      found.ready.push_back(std::move(*file));
    }
  }
  if (!places.empty()) found.last = places.back();
  found.more = static_cast<std::int64_t>(places.size()) == cases_a_look;
  return found;
}

Step step_for(const CaseFile& file) {
  Step step;
  step.expected_seq = file.seq;
  if (file.state == State::rechecked) {
    step.kind = EventKind::concluded;
  } else {
    step.kind = EventKind::closed;
    step.fields = {{"because", "window_over"}};
  }
  return step;
}

void end_them(const Installation& installation, const Context& context,
              const std::vector<CaseFile>& ready, Housekeeping& kept) {
  Housekeeping now;
  const Outcome outcome = installation.database.write_job([&](Transaction& t) -> Outcome {
    now = {};
    for (const CaseFile& file : ready) {
      const Step step = step_for(file);
      // A refusal concerns that case alone: somebody was quicker, or its own guard says not yet.
      const Outcome ended = t.savepoint([&]() -> Outcome {
        MINHU_TRY(const Event event, take_step(t, context, file.id, step));
        return {};
      });
      if (!ended) continue;
      ++(step.kind == EventKind::closed ? now.closed : now.concluded);
    }
    return {};
  });
  if (!outcome) return;  // the disk is full: the next run tries again
  kept.closed += now.closed;
  kept.concluded += now.concluded;
}

}  // namespace

Housekeeping keep_house(const Installation& installation) {
  const Context context = installation.as({accounts::Role::system, {}, {}});
  Housekeeping kept;
  // Not only the two bodies that take words in: a case that complains of one of them is with
  // another.
  const auto units = installation.database.read([&](Reading& reading) {
    return places_and_units::all_units(reading, context.county.region);
  });
  for (const auto& each : units) {
    const UnitId unit = each.id;
    Look found;
    do {
      found = installation.database.read(
          [&](Reading& reading) { return look(reading, context, unit, found.last); });
      if (!found.ready.empty()) end_them(installation, context, found.ready, kept);
    } while (found.more);
  }
  kept.marks_mended = mend_marks(installation.database, context.county.region);
  return kept;
}

}  // namespace minhu::cases
