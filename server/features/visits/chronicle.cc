#include "features/visits/chronicle.h"

#include "features/visits/store.h"

namespace minhu::visits {

namespace {

class VisitChronicle final : public state_machine::Chronicle {
 public:
  std::string_view name() const override { return "visit"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT visit_id FROM visit_event WHERE region_id = ?1 AND visit_id > ?2 AND seq = 0 "
        "UNION SELECT visit_id FROM visit_file WHERE region_id = ?1 AND visit_id > ?2 "
        "UNION SELECT visit_id FROM visit_case WHERE region_id = ?1 AND visit_id > ?2 "
        "ORDER BY visit_id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<VisitId>(0).uuid(); });
  }

  std::vector<state_machine::ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                       const Uuid& subject) const override {
    return event_rows(reading, region, VisitId(subject));
  }

  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    const VisitId id(subject);
    const auto visit = load_visit(reading, region, id);
    return visit && load_row(reading, region, id) == row_of(*visit) &&
           cases_of(reading, region, id) == cases_in(*visit);
  }

  void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const override {
    const VisitId id(subject);
    write_rows(transaction, region, id, load_visit(transaction, region, id));
  }
};

}  // namespace

const state_machine::Chronicle& chronicle() {
  static const VisitChronicle stateless;
  return stateless;
}

}  // namespace minhu::visits
