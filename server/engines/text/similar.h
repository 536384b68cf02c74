// The cases nearest to one by matter, out of very many: an inverted index over names and troubles.
//
// Holds hashes and weights of one byte, no text and no word; whoever has it can guess which pairs
// of characters stand out in a case, so it is kept like the cases themselves. About 1.2 kB a case
// in memory, 0.6 kB in the file. Compares matters, never people. Sealed and held cases and
// accusations must not be given to it. Not thread-safe.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engines/text/matter.h"
#include "kernel/result.h"

namespace minhu::text {

struct Near {
  std::uint64_t key = 0;
  float score = 0;    // 0..1: 11 parts names, 9 parts troubles in common
  float odds = 0;     // that it is the same issue (matter.h)
  bool copy = false;  // nearly the same words, whoever signed them
};

class SimilarIndex {
 public:
  explicit SimilarIndex(Ground ground = {}) : ground_(std::move(ground)) {}

  const Ground& ground() const { return ground_; }
  std::size_t size() const { return slots_.size(); }

  // In place of what had the same key before.
  void add(std::uint64_t key, const MatterTerms& terms);
  // Leaves nothing of the case, nor that it was ever rejected.
  void remove(std::uint64_t key);

  // A person said that these two are not the same: neither is shown for the other again.
  void reject(std::uint64_t a, std::uint64_t b);
  bool is_rejected(std::uint64_t a, std::uint64_t b) const;

  // At most `most`, best first, then by key; nothing that has no name or trouble in common.
  std::vector<Near> nearest(const MatterTerms& query, std::size_t most);
  std::vector<Near> nearest(std::uint64_t key, std::size_t most);  // not itself, not rejected
  // The same by looking at every case: what the fast way is measured against.
  std::vector<Near> nearest_by_all(const MatterTerms& query, std::size_t most) const;

  const Matter* matter(std::uint64_t key) const;

  // The whole index with a SHA-256 at its end. `note` is the caller's own and comes back as it is.
  Bytes to_bytes(BytesView note = {}) const;
  struct Opened;
  // Fault text.bad_index: not an index, damaged, or of another version.
  static Result<Opened> from_bytes(BytesView file);

 private:
  using Slot = std::uint32_t;
  struct Case {
    std::uint64_t key = 0;
    Matter matter;
    bool there = false;
  };
  struct List {
    std::vector<Slot> slots;
    std::vector<std::uint16_t> weights;  // of the name in the upper byte, of the trouble below
    std::uint8_t most_name = 0;          // no weight in the list is above these
    std::uint8_t most_trouble = 0;
  };

  void put(std::uint64_t key, Matter matter);
  std::vector<Near> search(const Matter& query, std::size_t most, const std::uint64_t* self);
  std::vector<Near> best_of(const Matter& query, std::vector<Slot> slots, std::size_t most,
                            const std::uint64_t* self) const;

  Ground ground_;
  std::vector<Case> cases_;
  std::vector<Slot> free_;
  std::unordered_map<std::uint64_t, Slot> slots_;
  std::unordered_map<std::uint32_t, List> lists_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> rejected_;  // the lesser key first
  std::vector<std::uint32_t> sums_;                             // all 0 between searches
};

struct SimilarIndex::Opened {
  SimilarIndex index;
  Bytes note;
};

}  // namespace minhu::text
