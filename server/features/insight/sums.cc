#include "features/insight/sums.h"

#include <limits>

#include "features/cases/store.h"
#include "features/insight/contribution.h"

namespace minhu::insight {

namespace {

constexpr Piece every_piece = std::numeric_limits<Piece>::max();

class FigureDerivation final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    const Cells cells = difference(county, history, known);
    if (cells.empty()) return;
    const Bytes bytes = packed(cells);
    const cases::Event& last = history.back();
    transaction.execute(
        "INSERT INTO figure_delta(region_id, case_id, seq, cells) VALUES (?1, ?2, ?3, ?4)",
        {param(county.region), param(last.case_id), last.seq, BytesView(bytes)});
  }
};

void save(Transaction& transaction, RegionId region, const Key& key, const Counts& more) {
  const BytesView about = as_bytes(key.about);
  Counts counts = transaction
                      .first(
                          "SELECT counts FROM figure_sum WHERE region_id = ?1 AND piece = ?2 "
                          "AND about = ?3 AND track = ?4",
                          {param(region), key.piece, about, cases::name(key.track)},
                          [](const Row& row) { return unpacked_counts(row.bytes(0)); })
                      .value_or(Counts());
  add(counts, more);
  if (counts.empty()) {
    transaction.execute(
        "DELETE FROM figure_sum WHERE region_id = ?1 AND piece = ?2 AND about = ?3 AND track = ?4",
        {param(region), key.piece, about, cases::name(key.track)});
    return;
  }
  const Bytes bytes = packed(counts);
  transaction.execute(
      "INSERT INTO figure_sum(region_id, piece, about, track, counts) VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT (region_id, piece, about, track) DO UPDATE SET counts = excluded.counts",
      {param(region), key.piece, about, cases::name(key.track), BytesView(bytes)});
}

Cells derived(Reading& reading, const cases::County& county, std::int64_t& cases_seen) {
  Cells all;
  const auto of_case = [&](cases::CaseId id) {
    ++cases_seen;
    add(all, contribution_of(county, cases::load_events(reading, county.region, id)));
  };
  cases::CaseId last;
  for (;;) {
    const Uuid& start = last.uuid();
    const auto ids = reading.all(
        "SELECT case_id FROM case_file WHERE region_id = ?1 AND case_id > ?2 ORDER BY case_id "
        "LIMIT 500",
        {param(county.region), BytesView(start)},
        [](const Row& row) { return row.id<cases::CaseId>(0); });
    if (ids.empty()) return all;
    for (const cases::CaseId id : ids) of_case(id);
    last = ids.back();
  }
}

// Never what somebody wrote: pieces, units and numbers.
std::string described(const Key& key, Counted counted, std::int64_t stored, std::int64_t given) {
  const UnitId unit = unit_of(key.about);
  return "piece " + std::to_string(key.piece) + " " +
         (unit.empty() ? std::string(category_of(key.about)) : unit.text()) + " " +
         std::string(cases::name(key.track)) + " measure " +
         std::to_string(static_cast<int>(counted.measure)) + "/" + std::to_string(counted.bucket) +
         ": stored " + std::to_string(stored) + ", events give " + std::to_string(given);
}

// Added, not put in the place of what is there: what was written since the difference was found, by
// another server or a job that folds, stands beside it.
void add_to_sums(Database& database, RegionId region, const Cells& difference) {
  const Outcome done = database.write_job([&](Transaction& transaction) -> Outcome {
    for (const auto& [key, counts] : difference) save(transaction, region, key, counts);
    return {};
  });
  if (!done) throw StorageFailure("the figures could not be put right: the disk is full");
}

}  // namespace

const cases::Derivation& derivation() {
  static const FigureDerivation stateless;
  return stateless;
}

Result<std::int64_t> fold_some(Database& database, RegionId region, std::int64_t most) {
  return database.write([&](Transaction& transaction) -> Result<std::int64_t> {
    Cells more;
    cases::CaseId last_case;
    std::int64_t last_seq = 0;
    std::int64_t folded = 0;
    transaction.query(
        "SELECT case_id, seq, cells FROM figure_delta WHERE region_id = ?1 "
        "ORDER BY case_id, seq LIMIT ?2",
        {param(region), most}, [&](const Row& row) {
          last_case = row.id<cases::CaseId>(0);
          last_seq = row.integer(1);
          add(more, unpacked_cells(row.bytes(2)));
          ++folded;
        });
    if (folded == 0) return folded;
    for (const auto& [key, counts] : more) save(transaction, region, key, counts);
    transaction.execute(
        "DELETE FROM figure_delta WHERE region_id = ?1 AND (case_id, seq) <= (?2, ?3)",
        {param(region), param(last_case), last_seq});
    return folded;
  });
}

Result<std::int64_t> fold(Database& database, RegionId region) {
  std::int64_t all = 0;
  for (;;) {
    MINHU_TRY(const std::int64_t some, fold_some(database, region));
    all += some;
    if (some < most_folded_at_once) return all;
  }
}

Cells sums(Reading& reading, RegionId region, Piece first, Piece last, UnitId only) {
  Cells all;
  const std::string wanted = only.empty() ? std::string() : about_unit(only);
  reading.query(
      "SELECT piece, about, track, counts FROM figure_sum "
      "WHERE region_id = ?1 AND piece >= ?2 AND piece <= ?3",
      {param(region), first, last}, [&](const Row& row) {
        const std::string about = to_text(row.bytes(1));
        if (!wanted.empty() && about != wanted) return;
        const auto track = cases::named<cases::Track>(row.text(2));
        if (!track) throw StorageFailure("a row of figures names an unknown track");
        all[{row.integer(0), about, *track}] = unpacked_counts(row.bytes(3));
      });
  reading.query("SELECT cells FROM figure_delta WHERE region_id = ?1", {param(region)},
                [&](const Row& row) {
                  for (const auto& [key, counts] : unpacked_cells(row.bytes(0))) {
                    if (key.piece < first || key.piece > last) continue;
                    if (!wanted.empty() && key.about != wanted) continue;
                    for (const auto& [counted, value] : counts) add(all, key, counted, value);
                  }
                });
  return all;
}

Checked check(Database& database, const cases::County& county, OnWrong on_wrong) {
  Checked checked;
  Cells difference;
  database.read_job([&](Reading& reading) {
    const Cells right = derived(reading, county, checked.cases);
    const Cells stored = sums(reading, county.region, 0, every_piece);
    for (const auto& [key, counts] : right) checked.cells += std::int64_t(counts.size());
    difference = right;
    add(difference, stored, -1);
    const auto value_in = [](const Cells& cells, const Key& key, Counted counted) {
      const auto row = cells.find(key);
      if (row == cells.end()) return std::int64_t{0};
      const auto value = row->second.find(counted);
      return value == row->second.end() ? 0 : value->second;
    };
    for (const auto& [key, counts] : difference) {
      for (const auto& [counted, by] : counts) {
        checked.wrong.push_back(
            described(key, counted, value_in(stored, key, counted), value_in(right, key, counted)));
      }
    }
  });
  if (on_wrong == OnWrong::put_right && !difference.empty()) {
    add_to_sums(database, county.region, difference);
  }
  return checked;
}

}  // namespace minhu::insight
