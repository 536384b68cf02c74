// The inner monitor of a running server: a row that somebody changes behind the program is found
// while the program runs, not at the next audit.
#pragma once

#include <mutex>
#include <set>

#include "features/cases/installation.h"
#include "features/record/audit.h"

namespace minhu::record {

// One thread calls look(); anybody may ask for the findings.
class InnerWatch {
 public:
  // The installation outlives it.
  explicit InnerWatch(const cases::Installation& installation) : installation_(&installation) {}

  struct Look {
    std::int64_t cases = 0;
    bool went_round = false;  // every case has been looked at since the last time this was so
  };
  // The cases that were written to last, then as many of all as fit into that time; goes on with
  // the next the next time. Each finding is told once. An early end when `stopping` says so.
  Look look(std::int64_t most_ms, const OnFinding& on_finding,
            const std::function<bool()>& stopping = {});

  std::int64_t findings() const;  // different ones, since the start

 private:
  void look_at(std::span<const cases::CaseId> ids, const OnFinding& on_finding);

  const cases::Installation* installation_;
  cases::CaseId last_;
  mutable std::mutex mutex_;
  std::set<std::string> known_;
};

}  // namespace minhu::record
