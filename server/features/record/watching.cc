#include "features/record/watching.h"

#include <algorithm>

#include "features/record/rows.h"

namespace minhu::record {

namespace {

constexpr std::int64_t newest_leaves = 400;
constexpr std::int64_t page = 100;

std::vector<Uuid> cases_with_events(Reading& reading, RegionId region, const Uuid& after) {
  return reading.all(
      "SELECT DISTINCT case_id FROM case_event WHERE region_id = ?1 AND case_id > ?2 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(after), page},
      [](const Row& row) { return row.id<cases::CaseId>(0).uuid(); });
}

void sort_once(auto& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

std::vector<InnerWatch::Subject> InnerWatch::newest(Reading& reading) const {
  const RegionId region = installation_->county.region;
  const auto last = last_leaf(reading, region);
  if (!last) return {};
  std::vector<Subject> subjects;
  const std::int64_t from = std::max<std::int64_t>(0, last->position - newest_leaves);
  for (const LeafRow& row : leaves_from(reading, region, from, newest_leaves + 1)) {
    const Chronicle* chronicle =
        row.of_a_case() ? nullptr : chronicle_named(chronicles_, row.about);
    if (row.of_a_case() || chronicle != nullptr) subjects.push_back({chronicle, row.subject});
  }
  sort_once(subjects);
  return subjects;
}

// Those of whom there are events or rows, and those of whom only leaves are left.
std::vector<InnerWatch::Subject> InnerWatch::next(Reading& reading) const {
  const RegionId region = installation_->county.region;
  const Chronicle* chronicle = round_ == 0 ? nullptr : chronicles_[round_ - 1];
  auto ids = chronicle == nullptr ? cases_with_events(reading, region, last_)
                                  : chronicle->subjects_after(reading, region, last_, page);
  const auto with_leaves =
      chronicle == nullptr ? cases_with_leaves(reading, region, last_, page)
                           : subjects_with_leaves(reading, region, chronicle->name(), last_, page);
  ids.insert(ids.end(), with_leaves.begin(), with_leaves.end());
  sort_once(ids);
  if (ids.size() > static_cast<std::size_t>(page)) ids.resize(static_cast<std::size_t>(page));
  std::vector<Subject> subjects;
  for (const Uuid& id : ids) subjects.push_back({chronicle, id});
  return subjects;
}

void InnerWatch::look_at(std::span<const Subject> subjects, const OnFinding& on_finding) {
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
    UnitCodes codes(reading, region);
    std::vector<cases::CaseId> ids;
    for (const Subject& subject : subjects) {
      if (subject.chronicle == nullptr) ids.emplace_back(subject.id);
    }
    audit_cases(reading, region, installation_->keyring, codes, ids, once);
    for (const Subject& subject : subjects) {
      if (subject.chronicle == nullptr) continue;
      audit_subject(reading, region, installation_->keyring, codes, *subject.chronicle, subject.id,
                    once);
    }
  });
}

InnerWatch::Look InnerWatch::look(std::int64_t most_ms, const OnFinding& on_finding,
                                  const std::function<bool()>& stopping) {
  const Instant begin = installation_->clock.now();
  Look look;
  const auto written_last =
      installation_->database.read([&](Reading& reading) { return newest(reading); });
  look_at(written_last, on_finding);
  look.subjects = static_cast<std::int64_t>(written_last.size());
  while (installation_->clock.now().unix_ms - begin.unix_ms < most_ms) {
    if (stopping && stopping()) break;
    const auto subjects =
        installation_->database.read([&](Reading& reading) { return next(reading); });
    if (subjects.empty()) {
      last_ = {};
      round_ = (round_ + 1) % (chronicles_.size() + 1);
      look.went_round = round_ == 0;
      if (look.went_round) break;
      continue;
    }
    look_at(subjects, on_finding);
    look.subjects += static_cast<std::int64_t>(subjects.size());
    last_ = subjects.back().id;
  }
  return look;
}

std::int64_t InnerWatch::findings() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(known_.size());
}

}  // namespace minhu::record
