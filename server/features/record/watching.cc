#include "features/record/watching.h"

#include <algorithm>

#include "features/record/rows.h"

namespace minhu::record {

namespace {

constexpr std::int64_t newest_leaves = 400;
constexpr std::int64_t page = 100;

// Those of whom there are events, and those of whom only leaves are left.
std::vector<cases::CaseId> next_cases(Reading& reading, RegionId region, cases::CaseId after) {
  const Uuid& start = after.uuid();
  const auto id = [](const Row& row) { return row.id<cases::CaseId>(0); };
  auto ids = reading.all(
      "SELECT DISTINCT case_id FROM case_event WHERE region_id = ?1 AND case_id > ?2 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(start), page}, id);
  const auto with_leaves = reading.all(
      "SELECT DISTINCT case_id FROM record_leaf WHERE region_id = ?1 AND case_id > ?2 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(start), page}, id);
  ids.insert(ids.end(), with_leaves.begin(), with_leaves.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.size() > static_cast<std::size_t>(page)) ids.resize(static_cast<std::size_t>(page));
  return ids;
}

std::vector<cases::CaseId> newest_cases(Reading& reading, RegionId region) {
  const auto last = last_leaf(reading, region);
  if (!last) return {};
  std::vector<cases::CaseId> ids;
  const std::int64_t from = std::max<std::int64_t>(0, last->position - newest_leaves);
  for (const LeafRow& row : leaves_from(reading, region, from, newest_leaves + 1)) {
    ids.push_back(row.case_id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

void InnerWatch::look_at(std::span<const cases::CaseId> ids, const OnFinding& on_finding) {
  const RegionId region = installation_->county.region;
  const OnFinding once = [&](const Fault& fault) {
    std::string name = fault.key;
    for (const auto& [key, value] : fault.details) name += "|" + value;
    {
      const std::lock_guard lock(mutex_);
      if (!known_.insert(std::move(name)).second) return;
    }
    on_finding(fault);
  };
  installation_->database.read_job([&](Reading& reading) {
    for (const cases::CaseId id : ids) {
      audit_case(reading, region, installation_->keyring, id, once);
    }
  });
}

InnerWatch::Look InnerWatch::look(std::int64_t most_ms, const OnFinding& on_finding,
                                  const std::function<bool()>& stopping) {
  const RegionId region = installation_->county.region;
  const Instant begin = installation_->clock.now();
  Look look;
  const auto newest =
      installation_->database.read([&](Reading& reading) { return newest_cases(reading, region); });
  look_at(newest, on_finding);
  look.cases = static_cast<std::int64_t>(newest.size());
  while (installation_->clock.now().unix_ms - begin.unix_ms < most_ms) {
    if (stopping && stopping()) break;
    const auto ids = installation_->database.read(
        [&](Reading& reading) { return next_cases(reading, region, last_); });
    if (ids.empty()) {
      last_ = cases::CaseId();
      look.went_round = true;
      break;
    }
    look_at(ids, on_finding);
    look.cases += static_cast<std::int64_t>(ids.size());
    last_ = ids.back();
  }
  return look;
}

std::int64_t InnerWatch::findings() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(known_.size());
}

}  // namespace minhu::record
