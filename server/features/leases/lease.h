// Who of several servers on one database does the work that must be done once. A row of the
// database says who; that row is also the fence: whoever writes for the lease looks at it in the
// same transaction (fenced_database.h), so that a server that slept while another took over keeps
// nothing of what it was about to write.
//
// No clock of a wall is asked. The holder counts up; who watches measures by its own steady clock
// how long the count has stood still. A wrong measurement costs a change of hands and nothing else.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "ports/storage.h"

namespace minhu::leases {

// Since some moment, by a clock that only goes forward.
using SteadyTime = std::chrono::milliseconds;

// A holder counts this often; one that has not for so long has lost it.
inline constexpr std::chrono::milliseconds beat_every{2000};
inline constexpr std::chrono::milliseconds lasts{10'000};

class Lease {
 public:
  // `holder`: who asks, never twice the same (16 random bytes of each process). The database
  // outlives the lease, and its tables are those of migrations.h.
  Lease(Database& database, RegionId region, std::string name, const Uuid& holder)
      : database_(database), region_(region), name_(std::move(name)), holder_(holder) {}

  // Takes it where nobody has it, counts where we have it, and watches whoever has it. One thread
  // calls it every `beat_every`. Throws what a read throws; a write that was not kept changes
  // nothing but that is_held() may be late.
  void tend(SteadyTime now);
  // At the end: the next one need not wait. Does nothing when another has it.
  void give_up();

  // What the last tend() found; from any thread. Good for deciding whether to begin, never for
  // deciding whether to write.
  bool is_held() const noexcept { return is_held_.load(); }

  // Of ours: it grows each time that we take it; 0 before the first.
  std::int64_t term() const noexcept { return term_.load(); }
  // Whether that term of ours goes on: in the view that is read, or in the transaction that writes,
  // exact. One that another's came after does not, also when we have it again. Fault conflict
  // "leases.lost".
  Outcome check(Reading& reading, std::int64_t term) const;

 private:
  struct Standing {
    std::int64_t term = 0;
    std::int64_t beat = 0;
    bool is_free = false;
    bool is_ours = false;  // of this process, whatever the term
    bool operator==(const Standing&) const = default;
  };
  std::optional<Standing> look(Reading& reading) const;
  bool goes_on(const std::optional<Standing>& there, std::int64_t term) const;
  bool may_take(const std::optional<Standing>& there, SteadyTime now) const;
  std::int64_t move(Transaction& transaction, SteadyTime now) const;

  Database& database_;
  const RegionId region_;
  const std::string name_;
  const Uuid holder_;
  std::atomic<std::int64_t> term_{0};
  std::atomic<bool> is_held_{false};
  std::optional<Standing> seen_;  // of another, and since when it has stood like that
  SteadyTime seen_since_{};
};

}  // namespace minhu::leases
