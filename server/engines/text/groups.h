// Which petitions speak of the same concrete issue: the same place or firm and the same trouble,
// not the same topic.
//
// What settle() gives is a fact about the set of petitions, the ground and what people decided; the
// order in which they came does not matter, nor in how many steps. It works on what changed and on
// what hangs together with it. Memory: about 0.7 kB a petition; no text, no word.
//
// Not thread-safe. Compares matters, never people. Sealed and held cases and accusations must not
// be given to it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engines/text/matter.h"
#include "kernel/result.h"

namespace minhu::text {

using CaseKey = std::uint64_t;

// What a person said about two petitions.
enum class Decision : std::uint8_t { one_issue, different };

class Groups {
 public:
  // At least so alike on average, in thousandths: fixed on petitions that are not those it is
  // judged by (docs/text.md).
  static constexpr std::uint16_t least_alike = 450;

  // `workers`: threads that settle() may use for more than `few_fresh` new petitions.
  static constexpr std::size_t few_fresh = 64;
  explicit Groups(Ground ground, unsigned workers = 1);

  const Ground& ground() const { return ground_; }
  std::size_t size() const { return slots_.size(); }

  // In place of what had the same key before. Read with a TermReader.
  void add(CaseKey key, const MatterTerms& terms);
  // Leaves nothing of the petition but what people decided about it; forget() takes that, too.
  void remove(CaseKey key);

  // Holds whatever the likeness, also for petitions that are added later. Fault conflict
  // text.decisions_contradict: with what was decided before this cannot hold (a is b, b is c, but
  // a is not c); nothing changes. The last decision about the same two counts.
  Outcome decide(CaseKey a, CaseKey b, Decision decision);
  // "Not this one": `key` does not belong to any of `others`; "split" is this for each of one part.
  Outcome keep_apart(CaseKey key, std::span<const CaseKey> others);
  void forget(CaseKey key);           // all decisions about it
  void forget(CaseKey a, CaseKey b);  // the decision about these two

  // Brings the groups up to date.
  void settle();

  // All as of the last settle(). A group is named after the least key in it.
  std::optional<CaseKey> group_of(CaseKey key) const;  // nothing: not known
  std::vector<CaseKey> members(CaseKey group) const;   // by key; one for a petition that is alone
  // Keys and groups of all, by key.
  std::vector<std::pair<CaseKey, CaseKey>> all() const;
  const Matter* matter(CaseKey key) const;

 private:
  using Slot = std::uint32_t;
  struct Edge {
    Slot other = 0;
    std::uint16_t alike = 0;  // thousandths
  };
  struct Node {
    CaseKey key = 0;
    CaseKey group = 0;
    Matter matter;
    std::vector<Edge> edges;
    bool there = false;
    bool fresh = false;    // its edges are not known yet
    bool touched = false;  // what hangs together with it is to be linked anew
  };
  // A slot in the upper 24 bits, the weight of the name in the lower 8.
  using Posting = std::uint32_t;
  static constexpr Slot most_slots = 1U << 24U;

  const Node* find(CaseKey key) const;
  void touch(CaseKey key);
  std::vector<CaseKey> held_with(CaseKey key) const;
  std::optional<Decision> decision_on(CaseKey a, CaseKey b) const;
  void set_decision(CaseKey a, CaseKey b, std::optional<Decision> decision);
  void connect_fresh();
  std::vector<Edge> edges_of(Slot slot, std::vector<std::uint32_t>& sums) const;
  std::vector<Slot> hanging_together(Slot from, std::vector<bool>& seen) const;
  void link_part(const std::vector<Slot>& part);

  Ground ground_;
  unsigned workers_;
  std::vector<Node> nodes_;
  std::vector<Slot> free_;
  std::unordered_map<CaseKey, Slot> slots_;
  std::unordered_map<std::uint32_t, std::vector<Posting>> postings_;
  std::unordered_map<CaseKey, std::unordered_map<CaseKey, Decision>> decisions_;
  std::unordered_map<CaseKey, std::vector<CaseKey>> members_;  // of groups of two and more
  // May name slots twice or slots that are free by now: the flags of the node count.
  std::vector<Slot> fresh_;
  std::vector<Slot> touched_;
};

}  // namespace minhu::text
