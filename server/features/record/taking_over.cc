#include "features/record/taking_over.h"

#include "features/cases/store.h"
#include "features/record/leaves.h"

namespace minhu::record {

namespace {

constexpr std::int64_t at_once = 50;

struct Progress {
  cases::CaseId last;
  bool is_done = false;
};

Progress progress_in(Reading& reading, RegionId region) {
  return reading
      .first("SELECT last_case, is_done FROM record_taking_over WHERE region_id = ?1",
             {param(region)},
             [](const Row& row) { return Progress{row.id<cases::CaseId>(0), row.integer(1) != 0}; })
      .value_or(Progress{});
}

void keep(Transaction& transaction, RegionId region, const Progress& progress) {
  const Uuid& last = progress.last.uuid();
  transaction.execute(
      "INSERT INTO record_taking_over(region_id, last_case, is_done) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (region_id) DO UPDATE SET last_case = excluded.last_case, "
      "is_done = excluded.is_done",
      {param(region), BytesView(last), std::int64_t{progress.is_done}});
}

std::vector<cases::CaseId> cases_after(Reading& reading, RegionId region, cases::CaseId after) {
  const Uuid& start = after.uuid();
  return reading.all(
      "SELECT case_id FROM case_event WHERE region_id = ?1 AND case_id > ?2 AND seq = 0 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(start), at_once},
      [](const Row& row) { return row.id<cases::CaseId>(0); });
}

struct ChronicleProgress {
  Uuid last{};
  bool is_done = false;
};

ChronicleProgress progress_in(Reading& reading, RegionId region, const Chronicle& chronicle) {
  return reading
      .first(
          "SELECT last_subject, is_done FROM record_taking_over_others "
          "WHERE region_id = ?1 AND about = ?2",
          {param(region), chronicle.name()},
          [](const Row& row) {
            return ChronicleProgress{row.id<cases::CaseId>(0).uuid(), row.integer(1) != 0};
          })
      .value_or(ChronicleProgress{});
}

void keep(Transaction& transaction, RegionId region, const Chronicle& chronicle,
          const ChronicleProgress& progress) {
  transaction.execute(
      "INSERT INTO record_taking_over_others(region_id, about, last_subject, is_done) "
      "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (region_id, about) DO UPDATE SET "
      "last_subject = excluded.last_subject, is_done = excluded.is_done",
      {param(region), chronicle.name(), BytesView(progress.last), std::int64_t{progress.is_done}});
}

Result<std::int64_t> take_over_some_of(const cases::Installation& installation,
                                       const Chronicle& chronicle) {
  const RegionId region = installation.county.region;
  std::int64_t leaves = 0;
  MINHU_CHECK_OK(installation.database.write_job([&](Transaction& transaction) -> Outcome {
    leaves = 0;
    ChronicleProgress now = progress_in(transaction, region, chronicle);
    const auto subjects = chronicle.subjects_after(transaction, region, now.last, at_once);
    for (const Uuid& subject : subjects) {
      leaves += append_missing_leaves(transaction, region, installation.keyring, chronicle, subject,
                                      installation.clock.now());
      now.last = subject;
    }
    now.is_done = static_cast<std::int64_t>(subjects.size()) < at_once;
    keep(transaction, region, chronicle, now);
    return {};
  }));
  return leaves;
}

// Of the first chronicle that has something left.
Result<TakenOver> take_over_some_of(const cases::Installation& installation,
                                    Chronicles chronicles) {
  for (const Chronicle* chronicle : chronicles) {
    const bool is_done = installation.database.read([&](Reading& reading) {
      return is_taken_over(reading, installation.county.region, *chronicle);
    });
    if (is_done) continue;
    MINHU_TRY(const std::int64_t leaves, take_over_some_of(installation, *chronicle));
    return TakenOver{leaves, false};
  }
  return TakenOver{0, true};
}

}  // namespace

Result<TakenOver> take_over_some(const cases::Installation& installation, Chronicles chronicles) {
  const RegionId region = installation.county.region;
  const Progress before =
      installation.database.read([&](Reading& reading) { return progress_in(reading, region); });
  if (before.is_done) return take_over_some_of(installation, chronicles);
  TakenOver taken;
  MINHU_CHECK_OK(installation.database.write_job([&](Transaction& transaction) -> Outcome {
    taken = {};
    Progress now = progress_in(transaction, region);
    const auto ids = cases_after(transaction, region, now.last);
    for (const cases::CaseId id : ids) {
      const auto history = cases::load_events(transaction, region, id);
      taken.leaves += append_leaves(transaction, region, installation.keyring, history,
                                    history.size(), installation.clock.now());
      now.last = id;
    }
    now.is_done = static_cast<std::int64_t>(ids.size()) < at_once;
    taken.is_done = now.is_done && chronicles.empty();
    keep(transaction, region, now);
    return {};
  }));
  return taken;
}

bool is_taken_over(Reading& reading, RegionId region, const Chronicle& chronicle) {
  return progress_in(reading, region, chronicle).is_done;
}

void take_over_again(Transaction& transaction, RegionId region) {
  transaction.execute("DELETE FROM record_taking_over WHERE region_id = ?1", {param(region)});
  transaction.execute("DELETE FROM record_taking_over_others WHERE region_id = ?1",
                      {param(region)});
}

}  // namespace minhu::record
