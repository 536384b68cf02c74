#include "features/state_machine/rebuild.h"

namespace minhu::state_machine {

namespace {

constexpr std::int64_t page = 200;

void look_at(Reading& reading, RegionId region, const Chronicle& chronicle, const Uuid& subject,
             Rebuilt& rebuilt) {
  ++rebuilt.subjects;
  bool stands = false;
  try {
    rebuilt.events +=
        static_cast<std::int64_t>(chronicle.events_of(reading, region, subject).size());
    stands = chronicle.stands(reading, region, subject);
  } catch (const StorageFailure&) {  // events that cannot be read, or not follow each other
  }
  if (!stands) rebuilt.different.push_back(subject);
}

}  // namespace

Rebuilt rebuild(Database& database, RegionId region, const Chronicle& chronicle,
                OnDifference on_difference, std::int64_t sample) {
  Rebuilt rebuilt;
  Uuid last{};
  for (std::int64_t at = 0;;) {
    const auto subjects = database.read([&](Reading& reading) {
      auto next = chronicle.subjects_after(reading, region, last, page);
      for (const Uuid& subject : next) {
        if (at++ % sample == 0) look_at(reading, region, chronicle, subject, rebuilt);
      }
      return next;
    });
    if (subjects.empty()) break;
    last = subjects.back();
  }
  if (on_difference == OnDifference::report) return rebuilt;
  for (const Uuid& subject : rebuilt.different) {
    (void)database.write_job([&](Transaction& transaction) -> Outcome {
      chronicle.write_anew(transaction, region, subject);
      return {};
    });
  }
  return rebuilt;
}

}  // namespace minhu::state_machine
