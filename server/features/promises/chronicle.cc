#include "features/promises/chronicle.h"

#include "features/promises/relay_store.h"
#include "features/promises/store.h"

namespace minhu::promises {

namespace {

class PromiseChronicle final : public state_machine::Chronicle {
 public:
  std::string_view name() const override { return "promise"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT promise_id FROM promise_event "
        "WHERE region_id = ?1 AND promise_id > ?2 AND seq = 0 "
        "UNION SELECT promise_id FROM promise_file WHERE region_id = ?1 AND promise_id > ?2 "
        "ORDER BY promise_id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<PromiseId>(0).uuid(); });
  }

  std::vector<state_machine::ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                       const Uuid& subject) const override {
    return event_rows(reading, region, PromiseId(subject));
  }

  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    const auto promise = load_promise(reading, region, PromiseId(subject));
    return promise && load_row(reading, region, PromiseId(subject)) == row_of(*promise);
  }

  void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const override {
    const PromiseId id(subject);
    write_row(transaction, region, id, load_promise(transaction, region, id));
  }
};

bool items_stand(const std::vector<RelayItem>& items, const Relay& relay) {
  if (items.size() != relay.digests.size()) return false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (digest_of(items[i]) != relay.digests[i]) return false;
  }
  return true;
}

class RelayChronicle final : public state_machine::Chronicle {
 public:
  std::string_view name() const override { return "relay"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT relay_id FROM relay_event WHERE region_id = ?1 AND relay_id > ?2 AND seq = 0 "
        "UNION SELECT relay_id FROM relay_file WHERE region_id = ?1 AND relay_id > ?2 "
        "UNION SELECT relay_id FROM relay_item "
        "WHERE region_id = ?1 AND relay_id > ?2 AND item = 1 ORDER BY relay_id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<RelayId>(0).uuid(); });
  }

  std::vector<state_machine::ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                       const Uuid& subject) const override {
    return event_rows(reading, region, RelayId(subject));
  }

  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    const RelayId id(subject);
    const auto relay = load_relay(reading, region, id);
    return relay && load_row(reading, region, id) == row_of(*relay) &&
           items_stand(load_items(reading, region, id), *relay);
  }

  void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const override {
    const RelayId id(subject);
    write_row(transaction, region, id, load_relay(transaction, region, id));
  }
};

}  // namespace

const state_machine::Chronicle& chronicle() {
  static const PromiseChronicle stateless;
  return stateless;
}

const state_machine::Chronicle& relay_chronicle() {
  static const RelayChronicle stateless;
  return stateless;
}

}  // namespace minhu::promises
