// The cases in memory: which are alike, and which are about one concrete trouble. Holds hashes and
// weights, no text and no word. Inner header.
//
// One thread writes (apply, settle), any may ask. Groups are the writer's alone, for to settle them
// may take seconds; what comes of it is told afterwards, so that whoever asks or searches waits for
// some map entries at most and is answered as of the last settle().
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engines/text/groups.h"
#include "engines/text/similar.h"
#include "features/matters/matters.h"

namespace minhu::matters {

// What is compared of one case.
struct IndexEntry {
  text::MatterTerms terms;
  std::string place;  // code, or empty
  Instant at;
};

// What has become of a case. Without an entry it leaves, and nothing of it stays.
struct IndexChange {
  cases::CaseId id;
  std::optional<IndexEntry> entry;
  std::vector<cases::CaseId> apart;       // a person said: not the same
  std::optional<cases::CaseId> together;  // a person merged it into this one
};

struct Nearest {
  cases::CaseId id;
  double score = 0;                  // 0..1, words first, then place and time
  std::vector<std::uint32_t> terms;  // in common, in order
  bool same_text = false;
};

class Index {
 public:
  // Faults of text::read.
  static Result<IndexEntry> read(std::string_view title, std::string_view text,
                                 std::string_view place, Instant at);

  std::size_t size() const;
  // The cases have grown by a quarter, and some, since it was settled what is common: what is a
  // name in this county is to be counted anew, by reading everything again.
  bool outgrown() const;
  void apply(IndexChange&& read);
  // Brings the groups up to date; false when `stop` said so before that was done. At first, when
  // everything has been read, it also settles what is common and what is rare in this county, until
  // outgrown().
  bool settle(const std::function<bool()>& stop = {});

  // Without those in `except`. Nothing before the first settle().
  std::vector<Nearest> nearest(const IndexEntry& entry, const std::vector<cases::CaseId>& except,
                               std::size_t most) const;
  bool same_issue(cases::CaseId a, cases::CaseId b) const;
  std::int64_t others_of_issue(cases::CaseId id) const;
  std::vector<std::vector<cases::CaseId>> issues(std::size_t least) const;

 private:
  struct Kept {
    cases::CaseId id;
    std::string place;
    Instant at;
  };
  // Cases that came before the ground was settled. More than these say no more about what is
  // common; those after them are put straight into the index.
  struct Waiting {
    std::uint64_t key;
    text::MatterTerms terms;
  };
  static constexpr std::size_t most_waiting = 50'000;

  // With the lock, in full turn: the writer gives way to whoever asks.
  void change(const std::function<void()>& what);
  void lay_ground();
  void tell_groups();
  void put_in_group(std::uint64_t key, std::optional<std::uint64_t> group);

  // The writer's.
  std::vector<Waiting> waiting_;
  std::optional<text::Groups> groups_;
  std::vector<std::pair<std::pair<std::uint64_t, std::uint64_t>, text::Decision>> decisions_;

  mutable std::shared_mutex mutex_;  // of everything below, which only the writer changes
  std::unordered_map<std::uint64_t, Kept> kept_;
  std::optional<std::size_t> counted_;  // cases there were when it was settled what is common
  std::optional<text::SimilarIndex> similar_;
  std::unordered_map<std::uint64_t, std::uint64_t> group_of_;  // as told last
  std::unordered_map<std::uint64_t, std::int64_t> members_;    // how many, by group
};

}  // namespace minhu::matters
