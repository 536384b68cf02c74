#include "features/receptions/chronicle.h"

#include "features/receptions/tablet_store.h"

namespace minhu::receptions {

namespace {

class TabletChronicle final : public state_machine::Chronicle {
 public:
  std::string_view name() const override { return "tablet"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT device_id FROM reception_event "
        "WHERE region_id = ?1 AND device_id > ?2 AND seq = 0 "
        "UNION SELECT device_id FROM reception_device WHERE region_id = ?1 AND device_id > ?2 "
        "UNION SELECT device_id FROM reception_block WHERE region_id = ?1 AND device_id > ?2 "
        "UNION SELECT device_id FROM reception_session WHERE region_id = ?1 AND device_id > ?2 "
        "ORDER BY device_id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<DeviceId>(0).uuid(); });
  }

  std::vector<state_machine::ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                       const Uuid& subject) const override {
    return event_rows(reading, region, DeviceId(subject));
  }

  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    auto tablet = load_tablet(reading, region, DeviceId(subject));
    if (!tablet) return false;
    tablet->seq = -1;  // of no row
    return rows_of(reading, region, DeviceId(subject)) == tablet;
  }

  // Without events its rows are from before there were any: catch_up makes the events, and nothing
  // else has what they say.
  void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const override {
    const auto tablet = load_tablet(transaction, region, DeviceId(subject));
    if (tablet) write_rows(transaction, region, *tablet);
  }
};

}  // namespace

const state_machine::Chronicle& chronicle() {
  static const TabletChronicle stateless;
  return stateless;
}

}  // namespace minhu::receptions
