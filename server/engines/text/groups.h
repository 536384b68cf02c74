// Which petitions speak of the same concrete issue: the same place or firm and the same trouble,
// not the same topic.
//
// What settle() gives is a fact about the set of petitions, the ground and what people decided; the
// order in which they came does not matter, nor in how many steps. It works on what changed and on
// what hangs together with it by pairs that could join. At most four million wordings. Memory:
// about 1.1 kB a wording and 8 bytes a pair that is alike by `least_kept`, while very many settle
// at once 0.3 kB a wording more; no text, no word.
//
// Petitions whose matters are equal are one wording: a letter that ten thousand people sign is
// compared once, and counts ten thousand times. Wordings that are nearly equal, `crowd` and more,
// are compared once, too: one speaks for all (crowds.cc).
//
// Not thread-safe. Compares matters, never people. Sealed and held cases and accusations must not
// be given to it.
#pragma once

#include <cstdint>
#include <functional>
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
  // At least so alike on average, in thousandths: fixed by parts of the petitions that the
  // weights were learnt from (docs/text_groups.md).
  static constexpr std::uint16_t least_alike = 300;

  // `workers`: threads that settle() may use for more than `few_fresh` new wordings.
  static constexpr std::size_t few_fresh = 64;
  // So many wordings that follow one and the same are not compared with others by themselves.
  static constexpr std::size_t crowd = 32;
  explicit Groups(Ground ground, unsigned workers = 1);

  const Ground& ground() const { return ground_; }
  std::size_t size() const { return places_.size(); }

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

  // Brings the groups up to date. False when `stop` said so before that was done: the groups are
  // those of before, and the next call goes on.
  bool settle(const std::function<bool()>& stop = {});

  // All as of the last settle(). A group is named after the least key in it.
  std::optional<CaseKey> group_of(CaseKey key) const;  // nothing: not known
  std::vector<CaseKey> members(CaseKey group) const;   // by key; one for a petition that is alone
  // Keys and groups of all, by key.
  std::vector<std::pair<CaseKey, CaseKey>> all() const;
  const Matter* matter(CaseKey key) const;

  // Whose group may be another one than when this was asked last, each once, by key; also those
  // that came and went. Ask after settle().
  std::vector<CaseKey> take_changed();
  // Pairs of matters compared so far: what all of it costs.
  std::uint64_t compared() const { return compared_; }

 private:
  using Slot = std::uint32_t;
  // Pairs less alike are not kept: nothing joins by them, and what they take from an average is
  // reckoned anew where groups could join without them.
  static constexpr std::uint16_t least_kept = 250;
  static constexpr unsigned alike_bits = 10;  // 0 to 1000
  // Of a pair that is kept: who is at its other end, and how alike they are in thousandths.
  // Four bytes, since there are more of these than of anything else.
  class Edge {
   public:
    Edge(Slot other, std::uint16_t alike) : packed_(other << alike_bits | alike) {}
    Slot other() const { return packed_ >> alike_bits; }
    std::uint16_t alike() const {
      return static_cast<std::uint16_t>(packed_ & ((1U << alike_bits) - 1));
    }
    // Groups that join are so alike on average, hence some pair of theirs is: who is reached by no
    // such pair is of another group, whatever else hangs together.
    bool can_join() const { return alike() >= least_alike; }

   private:
    std::uint32_t packed_;
  };
  struct Wording {
    Matter matter;
    std::vector<CaseKey> cases;  // whose matter it is; in no order
    std::vector<Edge> edges;
    std::uint64_t order = 0;  // of the matter: crowds.cc
    Slot leader = nobody;     // itself, or the one that it follows; nobody: not decided yet
    bool undecided = false;   // whom it follows is to be decided, perhaps anew
    bool open = false;        // can lead and follow
    bool posted = false;      // is compared with others by itself
    bool all_posted = false;  // then: none of its names is too common to bring anybody together
    bool fresh = false;       // its edges are not known yet
    bool touched = false;     // what hangs together with it is to be linked anew
  };
  struct Place {
    Slot wording = 0;
    CaseKey group = 0;
  };
  // A slot in the upper 24 bits, the weight of the name in the lower 8.
  using Posting = std::uint32_t;
  using Lists = std::unordered_map<std::uint32_t, std::vector<Posting>>;  // by name
  static constexpr Slot most_slots = 1U << (32U - alike_bits);
  static constexpr Slot nobody = ~Slot{0};

  const Place* find(CaseKey key) const;
  Slot wording_of(Matter&& matter);
  void drop(Slot slot);
  void touch(Slot slot);
  void touch(CaseKey key);
  void touch_held_with(CaseKey key);
  std::vector<CaseKey> held_with(CaseKey key) const;
  std::optional<Decision> decision_on(CaseKey a, CaseKey b) const;
  void set_decision(CaseKey a, CaseKey b, std::optional<Decision> decision);
  // crowds.cc
  bool is_open(const Matter& matter) const;
  bool before(Slot a, Slot b) const;
  bool near(Slot a, Slot b);
  bool leads(Slot slot) const { return wordings_[slot].leader == slot; }
  bool speaks_for_others(Slot slot) const;
  void put_to_decide(Slot slot);
  const std::vector<Posting>* leaders_with(std::uint32_t term) const;
  bool decide_leaders(const std::function<bool()>& stop);
  Slot first_leader_near(Slot slot);
  void lead(Slot slot);
  void follow(Slot slot, Slot leader);
  void stop_leading(Slot slot);
  void leave_leader(Slot slot);
  void decide_again_behind(Slot slot);
  void show_and_hide();

  // edges.cc
  bool is_posted(std::uint32_t term) const;
  void post(Slot slot);
  void unpost(Slot slot);
  void take_out(Slot slot, Lists& lists) const;
  void cut_edges(Slot slot);
  void alike_to(Slot here, std::span<const Slot> there, std::vector<std::uint16_t>& alike) const;
  std::uint32_t posted_products(const Matter& a, const Matter& b) const;
  bool connect_fresh(const std::function<bool()>& stop);
  class Search;  // what a thread that looks for edges has for itself
  std::vector<Edge> edges_of(Slot slot, Search& search) const;
  float unposted(const Matter& matter) const;
  void keep_edges(std::vector<std::vector<Edge>>& found);
  std::vector<Slot> hanging_together(Slot from, std::uint32_t part);
  void link_part(const std::vector<Slot>& part);

  Ground ground_;
  unsigned workers_;
  std::vector<Wording> wordings_;
  std::vector<Slot> free_;
  std::unordered_map<std::size_t, std::vector<Slot>> by_hash_;  // of the matter
  std::unordered_map<CaseKey, Place> places_;
  Lists postings_;
  Lists common_names_;  // leaders alone, by names that bring nobody together
  std::unordered_map<CaseKey, std::unordered_map<CaseKey, Decision>> decisions_;
  std::unordered_map<CaseKey, std::vector<CaseKey>> members_;  // of groups of two and more
  std::unordered_map<Slot, std::vector<Slot>> followers_;  // of those that have some; in no order
  // May name slots twice or slots that are free by now: the flags of the wording count.
  std::vector<Slot> undecided_;
  std::vector<Slot> other_followers_;  // leaders whose followers are not those of before
  std::vector<Slot> fresh_;
  std::vector<Slot> touched_;
  std::uint64_t last_order_ = 0;              // nobody that leads comes after it
  std::vector<std::uint32_t> sums_;           // all 0 between uses
  std::vector<std::uint32_t> part_of_;        // from 1, while parts are linked; all 0 between uses
  std::vector<std::uint32_t> place_in_part_;  // while a part is linked
  std::vector<CaseKey> changed_;
  std::uint64_t compared_ = 0;
};

}  // namespace minhu::text
