// What the lines of a list tell of a case, kept in memory from one page to the next
// (docs/adr/0020).
//
// Events never change, so what was read of a case stands for as long as its last event is the last
// one. Whoever asks names that event as their own view of the database has it: several servers may
// write to one database, and a memory that is behind is not asked for what it does not have. Where
// this process alone writes, it knows by itself of which cases no event was added, and nobody asks
// (ports/sole_writer.h, docs/adr/0021). Who may see a case is decided after it was found here, each
// time anew.
//
// No word that a person said lies here open: the headline is sealed under the key of its case and
// is noise without it, here as in the database and in all its copies.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "features/cases/case_file.h"
#include "ports/sole_writer.h"

namespace minhu::cases {

// One event of a case, as far as a line of a list tells of it.
struct Doing {
  std::int64_t seq = 0;
  UnitId unit;
  Instant at;
  bool spoke_up = false;      // the speaker added something, or urged
  bool of_an_office = false;  // and not of the program, or of whoever brought it
  bool is_work = false;       // more than to sign in, or a note
  bool operator==(const Doing&) const = default;
};
using Doings = std::vector<Doing>;  // by seq

// Each part is null where nobody has read it yet.
struct KnownCase {
  std::shared_ptr<const CaseFile> file;
  std::shared_ptr<const Doings> doings;
  std::shared_ptr<const Bytes> headline;  // sealed (known_cases.h)
};

// A case at its last event. The moment tells apart what a number alone would not: an event that
// was lost with a database server that failed, and the one that came in its place.
struct CaseAsOf {
  CaseId id;
  std::int64_t seq = 0;
  Instant changed_at;
};

// Thread-safe.
class LineMemory {
 public:
  // Some ten thousand cases.
  static constexpr std::size_t usual_bytes = std::size_t{32} << 20;

  // `most_bytes`: of all regions together, an entry for what it takes of the heap (an estimate from
  // above); 0 keeps nothing.
  explicit LineMemory(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // One for each of the cases, in their order; empty where nothing is known of the case as it is.
  // What is found has been seen in this view, where there is one.
  std::vector<KnownCase> find(RegionId region, std::span<const CaseAsOf> cases,
                              const SoleWritersView* view = nullptr);
  // The same without their last events: empty also where it is not certain that the case is in this
  // view as it was when it was last seen.
  std::vector<KnownCase> find_unchanged(RegionId region, std::span<const CaseId> cases,
                                        const SoleWritersView& view);
  // Of a case already known at that event it keeps the parts that are not here; what is known of it
  // at another event goes. What was looked at longest ago goes first. `view`: where they were read.
  void keep(RegionId region, std::span<const KnownCase> cases,
            const SoleWritersView* view = nullptr);
  void forget(RegionId region, std::span<const CaseId> ids);

  std::size_t bytes() const;
  std::size_t size() const;

 private:
  using Name = std::pair<std::int64_t, CaseId>;
  struct Entry {
    Name name;
    KnownCase known;
    std::size_t bytes = 0;
    std::uint64_t seen = 0;  // the greatest number of the views it was seen in; 0: of none
  };
  using Entries = std::list<Entry>;

  void drop(Entries::iterator entry);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  Entries entries_;  // what was looked at last stands first
  std::map<Name, Entries::iterator> places_;
};

}  // namespace minhu::cases
