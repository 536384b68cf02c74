// The cases nearest to one by matter, out of very many: an inverted index over names and troubles.
//
// Holds hashes and weights of one byte, no text and no word; whoever has it can guess which pairs
// of characters stand out in a case, so it is kept like the cases themselves. About 0.9 kB a case
// in memory, 0.6 kB in the file. Compares matters, never people. Sealed and held cases and
// accusations must not be given to it. Several threads may ask while none changes it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "engines/text/matter.h"
#include "engines/text/similar_lists.h"
#include "engines/text/similar_matters.h"
#include "engines/text/similar_search.h"
#include "engines/text/similar_table.h"
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
  std::size_t size() const { return places_.size(); }

  // In place of what had the same key before. At most 16,777,216 cases.
  void add(std::uint64_t key, const MatterTerms& terms);
  // Leaves nothing of the case, nor that it was ever rejected.
  void remove(std::uint64_t key);

  // A person said that these two are not the same: neither is shown for the other again.
  void reject(std::uint64_t a, std::uint64_t b);
  bool is_rejected(std::uint64_t a, std::uint64_t b) const;

  // At most `most`, best first, then by key; nothing that has no name or trouble in common. Exact,
  // in whatever order the cases came.
  std::vector<Near> nearest(const MatterTerms& query, std::size_t most) const;
  std::vector<Near> nearest(std::uint64_t key, std::size_t most) const;  // not itself, not rejected
  // The same by comparing with every case: what the fast way is held against.
  std::vector<Near> nearest_by_all(const MatterTerms& query, std::size_t most) const;

  std::optional<Matter> matter(std::uint64_t key) const;

  // The whole index with a SHA-256 at its end. `note` is the caller's own and comes back as it is.
  Bytes to_bytes(BytesView note = {}) const;
  struct Opened;
  // Fault text.bad_index: not an index, damaged, or of another version.
  static Result<Opened> from_bytes(BytesView file);

 private:
  using Slot = TermLists::Slot;
  struct Case {
    std::uint64_t key = 0;
    PackedMatters::Piece matter = Pool::none;  // none: the slot is free
  };
  struct Place {  // where a case stands; its key in halves, so that no room is lost
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::uint32_t slot_and_one = 0;

    std::uint64_t key() const { return std::uint64_t{high} << 32U | low; }
    bool taken() const { return slot_and_one > 0; }
    Slot slot() const { return slot_and_one - 1; }
  };

  bool put(std::uint64_t key, const Matter& matter);  // false: no slot is left
  void take_out(std::uint64_t key);
  std::vector<Near> search(const Matter& query, std::size_t most, const std::uint64_t* self) const;
  std::vector<Near> told(const Matter& query, const std::vector<Summed>& found) const;

  Ground ground_;
  std::deque<Case> cases_;  // by slot; grows without being copied
  std::vector<Slot> free_;
  Table<Place> places_;
  TermLists lists_;
  PackedMatters matters_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> rejected_;  // the lesser key first
};

struct SimilarIndex::Opened {
  SimilarIndex index;
  Bytes note;
};

}  // namespace minhu::text
