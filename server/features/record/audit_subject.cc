// One subject of a chronicle: its events beside their leaves, and its rows of today.
#include "features/record/audit.h"
#include "features/record/audit_steps.h"

namespace minhu::record {

namespace {

const char* key_of(Difference difference) {
  switch (difference) {
    case Difference::no_leaf:
      return "record.audit_other_no_leaf";
    case Difference::event_gone:
      return "record.audit_other_gone";
    case Difference::event_changed:
      return "record.audit_other_changed";
  }
  return "";
}

}  // namespace

std::int64_t audit_subject(Reading& reading, RegionId region, const cases::Keyring& keyring,
                           UnitCodes& codes, const Chronicle& chronicle, const Uuid& subject,
                           const OnFinding& on_finding) {
  const auto find = [&](const char* key, std::int64_t seq, const LeafRow* leaf) {
    on_finding(Fault(FaultCode::conflict, key, std::string(),
                     {{"what", std::string(chronicle.name())},
                      {"subject", format_uuid(subject)},
                      {"seq", std::to_string(seq)},
                      {"index", index_of(reading, region, leaf)}}));
  };
  StoredSteps<ChronicleEvent> events;
  try {
    events = stored_steps(chronicle.events_of(reading, region, subject));
  } catch (const StorageFailure&) {
    find("record.audit_other_unreadable", -1, nullptr);
  }
  StepsBesideLeaves steps(events);
  steps.fits = [&](std::size_t at, const LeafRow& leaf, BytesView previous) {
    const auto stored = merkle::parse_leaf(leaf.entry);
    return stored && leaf.about == chronicle.name() &&
           leaf_of(opening_of(codes, keyring, chronicle, *events.by_seq[at], previous,
                              stored->seconds)) == *stored;
  };
  steps.on_difference = [&](Difference difference, std::int64_t seq, const LeafRow* leaf) {
    find(key_of(difference), seq, leaf);
  };
  const std::int64_t known = compare(steps, leaves_of(reading, region, subject));
  bool stands = false;
  try {
    stands = chronicle.stands(reading, region, subject);
  } catch (const StorageFailure&) {  // its events cannot follow each other
  }
  if (!stands) find("record.audit_other_row", known - 1, nullptr);
  return known;
}

}  // namespace minhu::record
