// Cases: their events beside their leaves, and their rows of today.
#include <algorithm>

#include "features/cases/rebuild.h"
#include "features/cases/store.h"
#include "features/cases/together.h"
#include "features/record/audit.h"
#include "features/record/audit_steps.h"
#include "features/record/leaves.h"

namespace minhu::record {

namespace {

struct CaseAudit {
  Reading& reading;
  RegionId region;
  const cases::Keyring& keyring;
  UnitCodes& codes;
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
    return stored &&
           leaf_of(opening_of(codes, keyring, event, previous, stored->seconds)) == *stored;
  }
};

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

// Of what was read of the case: how many events it has.
std::int64_t compare_case(const CaseAudit& audit, std::vector<cases::Event> stored,
                          const std::vector<LeafRow>& leaves,
                          const std::function<bool()>& rows_stand) {
  const bool has_any = !stored.empty();
  const auto events = stored_steps(std::move(stored));
  StepsBesideLeaves steps(events);
  steps.fits = [&](std::size_t at, const LeafRow& leaf, BytesView previous) {
    return audit.fits(*events.by_seq[at], leaf, previous);
  };
  steps.on_difference = [&](Difference difference, std::int64_t seq, const LeafRow* leaf) {
    audit.find(key_of(difference), seq, leaf);
  };
  const std::int64_t known = compare(steps, leaves);
  if (has_any && !rows_stand()) audit.find("record.audit_row_of_today", known - 1, nullptr);
  return known;
}

// By itself, so that what cannot be read of it is a finding and keeps nobody from the next.
std::int64_t audit_alone(const CaseAudit& audit) {
  std::vector<cases::Event> events;
  try {
    events = cases::load_events(audit.reading, audit.region, audit.id);
  } catch (const StorageFailure&) {
    audit.find("record.audit_event_unreadable", -1, nullptr);
  }
  const auto leaves = leaves_of(audit.reading, audit.region, audit.id.uuid());
  return compare_case(audit, std::move(events), leaves, [&] {
    try {
      return cases::stands(audit.reading, audit.region, audit.id);
    } catch (const StorageFailure&) {
      return false;
    }
  });
}

struct ReadOfCases {
  std::map<cases::CaseId, std::vector<cases::Event>> events;
  std::map<cases::CaseId, std::vector<LeafRow>> leaves;
  std::set<cases::CaseId> standing;
};

// Nothing when something of one of them cannot be read.
std::optional<ReadOfCases> read_together(Reading& reading, RegionId region,
                                         std::span<const cases::CaseId> ids) {
  try {
    ReadOfCases read;
    read.events = cases::load_events(reading, region, ids);
    read.leaves = leaves_of(reading, region, ids);
    read.standing = cases::those_that_stand(reading, region, read.events);
    return read;
  } catch (const StorageFailure&) {
    return std::nullopt;
  }
}

}  // namespace

std::int64_t audit_cases(Reading& reading, RegionId region, const cases::Keyring& keyring,
                         UnitCodes& codes, std::span<const cases::CaseId> ids,
                         const OnFinding& on_finding) {
  std::int64_t known = 0;
  for (std::size_t from = 0; from < ids.size(); from += cases::cases_at_once) {
    const auto some = ids.subspan(from, std::min(ids.size() - from, cases::cases_at_once));
    auto read = read_together(reading, region, some);
    for (const cases::CaseId id : some) {
      const CaseAudit audit{reading, region, keyring, codes, id, on_finding};
      known += read ? compare_case(audit, std::move(read->events[id]), read->leaves[id],
                                   [&] { return read->standing.contains(id); })
                    : audit_alone(audit);
    }
  }
  return known;
}

}  // namespace minhu::record
