#include "features/classes/chronicle.h"

#include "features/classes/store.h"

namespace minhu::classes {

namespace {

class ClassChronicle final : public state_machine::Chronicle {
 public:
  std::string_view name() const override { return "class"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT class_id FROM class_event WHERE region_id = ?1 AND class_id > ?2 AND seq = 0 "
        "UNION SELECT class_id FROM class_file WHERE region_id = ?1 AND class_id > ?2 "
        "UNION SELECT class_id FROM class_member WHERE region_id = ?1 AND class_id > ?2 "
        "UNION SELECT class_id FROM class_unrelated WHERE region_id = ?1 AND class_id > ?2 "
        "ORDER BY class_id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<ClassId>(0).uuid(); });
  }

  std::vector<state_machine::ChronicleEvent> events_of(Reading& reading, RegionId region,
                                                       const Uuid& subject) const override {
    return event_rows(reading, region, ClassId(subject));
  }

  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    const ClassId id(subject);
    const auto file = load_class(reading, region, id);
    return file && load_row(reading, region, id) == row_of(*file) &&
           members_of(reading, region, id) == file->members &&
           unrelated_of(reading, region, id) == file->unrelated;
  }

  void write_anew(Transaction& transaction, RegionId region, const Uuid& subject) const override {
    const ClassId id(subject);
    write_rows(transaction, region, id, load_class(transaction, region, id));
  }
};

}  // namespace

const state_machine::Chronicle& chronicle() {
  static const ClassChronicle stateless;
  return stateless;
}

}  // namespace minhu::classes
