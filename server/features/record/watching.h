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
  InnerWatch(const cases::Installation& installation, Chronicles chronicles)
      : installation_(&installation), chronicles_(chronicles) {}

  struct Look {
    std::int64_t subjects = 0;  // cases, visits, promises …
    bool went_round = false;    // each has been looked at since the last time this was so
  };
  // Those that were written to last, then as many of all as fit into that time; goes on with the
  // next the next time. Each finding is told once. An early end when `stopping` says so.
  Look look(std::int64_t most_ms, const OnFinding& on_finding,
            const std::function<bool()>& stopping = {});

  std::int64_t findings() const;  // different ones, since the start

 private:
  struct Subject {
    const Chronicle* chronicle = nullptr;  // nullptr: a case
    Uuid id{};
    bool operator==(const Subject& other) const { return id == other.id; }
    auto operator<=>(const Subject& other) const { return id <=> other.id; }
  };
  std::vector<Subject> newest(Reading& reading) const;
  std::vector<Subject> next(Reading& reading) const;
  void look_at(std::span<const Subject> subjects, const OnFinding& on_finding);

  const cases::Installation* installation_;
  Chronicles chronicles_;
  std::size_t round_ = 0;  // 0: goes through the cases; n: through chronicle n - 1
  Uuid last_{};
  mutable std::mutex mutex_;
  std::set<std::string> known_;
};

}  // namespace minhu::record
