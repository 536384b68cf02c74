// One case: its events beside their leaves, and its rows of today.
#include <algorithm>

#include "features/cases/rebuild.h"
#include "features/cases/store.h"
#include "features/record/audit.h"
#include "features/record/audit_steps.h"
#include "features/record/leaves.h"

namespace minhu::record {

namespace {

struct CaseAudit {
  Reading& reading;
  RegionId region;
  const cases::Keyring& keyring;
  cases::CaseId id;
  const OnFinding& on_finding;

  void find(const char* key, std::int64_t seq, const LeafRow* leaf) const {
    on_finding(Fault(FaultCode::conflict, key, std::string(),
                     {{"case", id.text()},
                      {"seq", std::to_string(seq)},
                      {"index", index_of(reading, region, leaf)}}));
  }

  bool fits(const cases::Event& event, const LeafRow& leaf, BytesView previous) const {
    const auto stored = merkle::parse_leaf(leaf.entry);
    return stored && leaf_of(opening_of(reading, region, keyring, event, previous,
                                        stored->seconds)) == *stored;
  }
};

// The events that can be read, each at its place; nothing where a row is missing or broken.
std::vector<std::optional<cases::Event>> events_by_seq(const CaseAudit& audit) {
  std::vector<std::optional<cases::Event>> events;
  const auto put = [&](cases::Event event) {
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(event.seq, 0));
    if (at >= events.size()) events.resize(at + 1);
    events[at] = std::move(event);
  };
  try {
    for (cases::Event& event : cases::load_events(audit.reading, audit.region, audit.id)) {
      put(std::move(event));
    }
  } catch (const StorageFailure&) {
    audit.find("record.audit_event_unreadable", -1, nullptr);
  }
  return events;
}

const char* key_of(Difference difference) {
  switch (difference) {
    case Difference::no_leaf:
      return "record.audit_no_leaf";
    case Difference::event_gone:
      return "record.audit_event_gone";
    case Difference::event_changed:
      return "record.audit_event_changed";
  }
  return "";
}

}  // namespace

std::int64_t audit_case(Reading& reading, RegionId region, const cases::Keyring& keyring,
                        cases::CaseId id, const OnFinding& on_finding) {
  const CaseAudit audit{reading, region, keyring, id, on_finding};
  const auto events = events_by_seq(audit);
  StepsBesideLeaves steps;
  for (const auto& event : events) steps.has_event.push_back(event.has_value());
  steps.fits = [&](std::size_t at, const LeafRow& leaf, BytesView previous) {
    return audit.fits(*events[at], leaf, previous);
  };
  steps.on_difference = [&](Difference difference, std::int64_t seq, const LeafRow* leaf) {
    audit.find(key_of(difference), seq, leaf);
  };
  const std::int64_t known = compare(steps, leaves_of(reading, region, id.uuid()));
  try {
    if (!events.empty() && !cases::stands(reading, region, id)) {
      audit.find("record.audit_row_of_today", known - 1, nullptr);
    }
  } catch (const StorageFailure&) {
    audit.find("record.audit_row_of_today", known - 1, nullptr);
  }
  return known;
}

}  // namespace minhu::record
