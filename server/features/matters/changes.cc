#include "features/matters/changes.h"

#include <algorithm>

#include "features/matters/models.h"

namespace minhu::matters {

namespace {

// What changes the words, the place or the category of a case, or whether it may be compared.
bool matters_for_comparing(cases::EventKind kind) {
  using enum cases::EventKind;
  switch (kind) {
    case received:
    case triaged:
    case transcribed:
    case supplemented:
    case held:
    case merged:
    case taken_back:
    case withdrawn:
    case voided:
    case erased:
      return true;
    default:
      return false;
  }
}

// A model that learnt from such a case is made anew.
bool must_be_unlearnt(cases::EventKind kind) {
  return kind == cases::EventKind::held || kind == cases::EventKind::withdrawn ||
         kind == cases::EventKind::voided || kind == cases::EventKind::erased;
}

class ChangeNotes final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    const auto added = history.subspan(known);
    const auto last = std::find_if(added.rbegin(), added.rend(), [](const cases::Event& event) {
      return matters_for_comparing(event.kind);
    });
    if (last == added.rend()) return;
    note_change(transaction, county.region, last->case_id, last->recorded_at);
    if (std::any_of(added.begin(), added.end(),
                    [](const cases::Event& event) { return must_be_unlearnt(event.kind); })) {
      outdate_models(transaction, county.region, last->recorded_at);
    }
  }
};

}  // namespace

const cases::Derivation& derivation() {
  static const ChangeNotes stateless;
  return stateless;
}

void note_change(Transaction& transaction, RegionId region, cases::CaseId id, Instant at) {
  // Changes it to what it is, which nobody has to wait for; DO NOTHING would tell whether it did.
  transaction.execute(
      "INSERT INTO matter_change(region_id, changed_at, case_id) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (region_id, changed_at, case_id) DO UPDATE SET changed_at = "
      "excluded.changed_at",
      {param(region), param(at), param(id)});
}

std::vector<Change> changes_after(Reading& reading, RegionId region, const Change& last,
                                  std::int64_t most) {
  return reading.all(
      "SELECT m.changed_at, m.case_id, coalesce((SELECT c.seq FROM case_file c "
      "WHERE c.region_id = ?1 AND c.case_id = m.case_id), -1), (SELECT count(*) FROM matter_apart "
      "a WHERE a.region_id = ?1 AND a.case_id = m.case_id) FROM matter_change m "
      "WHERE m.region_id = ?1 AND (m.changed_at, m.case_id) > (?2, ?3) "
      "ORDER BY m.changed_at, m.case_id LIMIT ?4",
      {param(region), param(last.at), BytesView(last.id.bytes()), most}, [](const Row& row) {
        return Change{row.instant(0), row.id<cases::CaseId>(1), row.integer(2), row.integer(3)};
      });
}

void forget_old_changes(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute("DELETE FROM matter_change WHERE region_id = ?1 AND changed_at < ?2",
                      {param(region), now.unix_ms - kept_ms});
}

}  // namespace minhu::matters
