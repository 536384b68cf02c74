// Average linkage of things all of whose pairs are in memory at once, of which some may not be
// known yet; and what is said about two groups. Inner header of linkage.cc.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace minhu::text::linking {

// What is known about two groups.
class Between {
 public:
  Between() = default;
  // `sum`: of thousandths over those pairs of copies that are known; `known`: how many these are.
  Between(std::uint64_t sum, std::uint64_t known) : packed_(sum << 1U), known_(known) {}
  static Between kept_apart() {
    Between apart;
    apart.packed_ = 1;
    return apart;
  }
  std::uint64_t sum() const { return packed_ >> 1U; }
  std::uint64_t known() const { return known_; }
  bool apart() const { return (packed_ & 1U) != 0; }  // a person said so
  void add(const Between& more) {
    const bool either = apart() || more.apart();
    packed_ = (sum() + more.sum()) << 1U | (either ? 1U : 0U);
    known_ += more.known_;
  }

 private:
  std::uint64_t packed_ = 0;  // the sum, and one bit below: apart
  std::uint64_t known_ = 0;
};

struct Pair {
  std::uint32_t a = 0;  // of groups; the lesser
  std::uint32_t b = 0;
  Between between;
};

struct Member {
  std::uint64_t key = 0;  // the least in it
  std::uint64_t size = 0;

  // So many pairs of copies with another.
  std::uint64_t pairs_with(const Member& other) const { return size * other.size; }
};

// How alike two groups can be at most: pairs that are not known are at most `unknown` alike.
inline double most_alike(const Between& between, const Member& a, const Member& b,
                         std::uint64_t unknown) {
  const std::uint64_t all = a.pairs_with(b);
  return static_cast<double>(between.sum() + (all - between.known()) * unknown) /
         static_cast<double>(all);
}

// Who is one with whom.
class Union {
 public:
  explicit Union(std::size_t count) : up_(count) { std::iota(up_.begin(), up_.end(), 0U); }
  std::uint32_t root(std::uint32_t item) {
    while (up_[item] != item) item = up_[item] = up_[up_[item]];
    return item;
  }
  void put(std::uint32_t root, std::uint32_t below) { up_[below] = root; }

 private:
  std::vector<std::uint32_t> up_;
};

// Things in rings: each knows the next one of its group, so that two groups are joined in one step.
class Rings {
 public:
  explicit Rings(std::size_t count) : next_(count) { std::iota(next_.begin(), next_.end(), 0U); }
  void join(std::uint32_t one, std::uint32_t of_another) {
    std::swap(next_[one], next_[of_another]);
  }
  template <class Take>
  void each(std::uint32_t one, const Take& take) const {
    std::uint32_t at = one;
    do {
      take(at);
      at = next_[at];
    } while (at != one);
  }

 private:
  std::vector<std::uint32_t> next_;
};

struct Offer {
  double alike = 0;
  std::uint64_t key = 0;        // of the two groups, the lesser …
  std::uint64_t other_key = 0;  // … and the greater
  std::uint32_t a = 0;
  std::uint32_t b = 0;

  // The best offer is on top of the heap: the most alike, then the least keys.
  bool operator<(const Offer& other) const {
    if (alike != other.alike) return alike < other.alike;
    if (key != other.key) return key > other.key;
    return other_key > other.other_key;
  }
};

// Joins groups, the most alike first, while they are alike by `least`.
//
// An offer may promise too much, never too little: it was made when its groups were smaller, or it
// counts what is not known as the most that it can be. Only when it is the best of all is it looked
// at closely, so that most of what is not known never needs to be.
class Linker {
 public:
  // `sum_of`: the exact sum between two members of `members`; nothing when all is known.
  using SumOf = std::function<std::uint64_t(std::span<const std::uint32_t> here,
                                            std::span<const std::uint32_t> there)>;

  Linker(std::vector<Member>&& members, std::span<const Pair> pairs, double least,
         std::uint64_t unknown, const SumOf& sum_of);

  void run();

  // The one that stands for the group of a member.
  std::uint32_t root(std::uint32_t member) { return joined_.root(member); }
  // What is known now of groups that were not joined, each two once.
  template <class Take>
  void each_pair(const Take& take) const {
    for (std::uint32_t a = 0; a < groups_.size(); ++a) {
      for (const auto& [b, between] : groups_[a].beside) {
        if (a < b) take(Pair{a, b, between});
      }
    }
  }

 private:
  struct Group : Member {
    std::unordered_map<std::uint32_t, Between> beside;
  };

  std::uint64_t pairs_of(std::uint32_t a, std::uint32_t b) const {
    return groups_[a].pairs_with(groups_[b]);
  }

  Offer offer_of(std::uint32_t a, std::uint32_t b, const Between& between) const;
  void offer(std::uint32_t a, std::uint32_t b, const Between& between);
  void look_closely(std::uint32_t a, std::uint32_t b);
  void merge(std::uint32_t a, std::uint32_t b);

  double least_;
  std::uint64_t unknown_;
  const SumOf& sum_of_;
  std::vector<Group> groups_;
  Union joined_;
  Rings rings_;
  std::priority_queue<Offer> offers_;
};

}  // namespace minhu::text::linking
