// The inner half of the audit: one case, its events and their leaves.
#include <algorithm>

#include "features/cases/rebuild.h"
#include "features/cases/store.h"
#include "features/record/audit.h"
#include "features/record/leaves.h"

namespace minhu::record {

namespace {

using Details = std::map<std::string, std::string>;

struct CaseAudit {
  Reading& reading;
  RegionId region;
  const cases::Keyring& keyring;
  cases::CaseId id;
  const OnFinding& on_finding;

  void find(const char* key, std::int64_t seq, const LeafRow* leaf) const {
    on_finding(Fault(FaultCode::conflict, key, std::string(),
                     Details{{"case", id.text()},
                             {"seq", std::to_string(seq)},
                             {"index", leaf == nullptr ? "-" : index_of(*leaf)}}));
  }

  std::string index_of(const LeafRow& leaf) const {
    const auto batch = batch_with(reading, region, leaf.position);
    if (!batch) return "-";
    const auto found = std::find(batch->entries.begin(), batch->entries.end(), leaf.entry);
    if (found == batch->entries.end()) return "-";
    return std::to_string(batch->first_index + (found - batch->entries.begin()));
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

}  // namespace

std::int64_t audit_case(Reading& reading, RegionId region, const cases::Keyring& keyring,
                        cases::CaseId id, const OnFinding& on_finding) {
  const CaseAudit audit{reading, region, keyring, id, on_finding};
  const auto events = events_by_seq(audit);
  const auto rows = leaves_of(reading, region, id);
  std::vector<const LeafRow*> leaves(events.size(), nullptr);
  for (const LeafRow& row : rows) {
    const auto at = static_cast<std::size_t>(row.seq);
    if (at >= leaves.size()) leaves.resize(at + 1, nullptr);
    leaves[at] = &row;
  }
  std::int64_t known = 0;
  for (std::size_t at = 0; at < leaves.size(); ++at) {
    const auto seq = static_cast<std::int64_t>(at);
    const bool has_event = at < events.size() && events[at].has_value();
    if (has_event) ++known;
    if (leaves[at] == nullptr) {
      audit.find(has_event ? "record.audit_no_leaf" : "record.audit_event_gone", seq, nullptr);
      continue;
    }
    if (!has_event) {
      audit.find("record.audit_event_gone", seq, leaves[at]);
      continue;
    }
    const bool has_previous = at > 0 && leaves[at - 1] != nullptr;
    const BytesView previous = has_previous ? BytesView(leaves[at - 1]->entry) : BytesView();
    if (!audit.fits(*events[at], *leaves[at], previous)) {
      audit.find("record.audit_event_changed", seq, leaves[at]);
    }
  }
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
