#include "engines/text/linkage.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <queue>
#include <span>
#include <unordered_map>

namespace minhu::text {

namespace {

// Two groups: the sum of thousandths over all pairs of copies, and whether they are kept apart.
struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint64_t packed = 0;  // the sum above, one bit below

  static Pair of(std::uint32_t a, std::uint32_t b, std::uint64_t sum, bool apart) {
    return {std::min(a, b), std::max(a, b), sum << 1U | (apart ? 1U : 0U)};
  }
  std::uint64_t sum() const { return packed >> 1U; }
  bool apart() const { return (packed & 1U) != 0; }
};

struct Member {
  std::uint64_t key = 0;  // the least in it
  std::uint64_t size = 0;
};

double alike_of(std::uint64_t sum, std::uint64_t size, std::uint64_t other_size) {
  return static_cast<double>(sum) / static_cast<double>(size * other_size);
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

struct Between {
  std::uint64_t sum = 0;
  bool apart = false;
};

struct Group {
  std::uint64_t key = 0;
  std::uint64_t size = 0;
  std::unordered_map<std::uint32_t, Between> beside;
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
class Linker {
 public:
  Linker(std::vector<Member>&& members, std::span<const Pair> pairs, double least)
      : least_(least), groups_(members.size()), joined_(members.size()) {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      groups_[i].key = members[i].key;
      groups_[i].size = members[i].size;
    }
    for (const Pair& pair : pairs) {
      const Between between = {pair.sum(), pair.apart()};
      groups_[pair.a].beside[pair.b] = between;
      groups_[pair.b].beside[pair.a] = between;
      offer(pair.a, pair.b, between);
    }
  }

  // For each member the one that stands for its group.
  Union run() {
    while (!offers_.empty()) {
      const Offer best = offers_.top();
      offers_.pop();
      // An offer was made when its groups were smaller: it may promise too much, never too little.
      if (joined_.root(best.a) != best.a || joined_.root(best.b) != best.b) continue;
      const auto between = groups_[best.a].beside.find(best.b);
      if (between == groups_[best.a].beside.end() || between->second.apart) continue;
      const Offer now = offer_of(best.a, best.b, between->second);
      if (now.alike < best.alike || now.key != best.key || now.other_key != best.other_key) {
        if (now.alike >= least_) offers_.push(now);
        continue;
      }
      merge(best.a, best.b);
    }
    return std::move(joined_);
  }

 private:
  Offer offer_of(std::uint32_t a, std::uint32_t b, const Between& between) const {
    return {alike_of(between.sum, groups_[a].size, groups_[b].size),
            std::min(groups_[a].key, groups_[b].key), std::max(groups_[a].key, groups_[b].key), a,
            b};
  }

  void offer(std::uint32_t a, std::uint32_t b, const Between& between) {
    if (between.apart) return;
    const Offer made = offer_of(a, b, between);
    if (made.alike >= least_) offers_.push(made);
  }

  // The group with fewer neighbours goes into the other, so that each neighbour moves seldom.
  void merge(std::uint32_t a, std::uint32_t b) {
    const auto rank = [&](std::uint32_t g) {
      return std::pair(groups_[g].beside.size(), groups_[g].key);
    };
    if (rank(a) < rank(b)) std::swap(a, b);
    joined_.put(a, b);
    Group& into = groups_[a];
    std::unordered_map<std::uint32_t, Between> moved = std::move(groups_[b].beside);
    groups_[b].beside.clear();
    into.key = std::min(into.key, groups_[b].key);
    into.size += groups_[b].size;
    into.beside.erase(b);
    moved.erase(a);
    for (const auto& [c, between] : moved) {
      groups_[c].beside.erase(b);
      Between& here = into.beside[c];
      here.sum += between.sum;
      here.apart = here.apart || between.apart;
      groups_[c].beside[a] = here;
      offer(a, c, here);
    }
  }

  double least_;
  std::vector<Group> groups_;
  Union joined_;
  std::priority_queue<Offer> offers_;
};

// What is as alike as this is linked before what is less, piece by piece.
//
// Two groups that join have, on average, hence somewhere, a pair as alike as they are; and a joined
// group is to a third no more alike than the more alike of its two parts was. So what joins by 0.9
// and more joins within pieces that hang together by pairs of 0.9 and more, and each piece can be
// linked by itself. Its pairs to others become those of fewer groups then, and what hung together
// by one likeness of many falls apart: neither the whole of many pieces nor the pairs of a group's
// members are ever in memory as a graph.
constexpr std::array<double, 6> levels = {950, 850, 750, 650, 570, 500};
// So few pairs are linked at once.
constexpr std::size_t few_pairs = 2000;

class Pieces {
 public:
  explicit Pieces(const Linkage& linkage)
      : least_(linkage.least), joined_(linkage.items.size()), at_(linkage.items.size()) {
    groups_.reserve(linkage.items.size());
    for (const LinkageItem& item : linkage.items) groups_.push_back({item.key, item.copies});
    pairs_.reserve(linkage.pairs.size() + linkage.apart.size());
    for (const LinkagePair& pair : linkage.pairs) {
      const std::uint64_t sum = pair.alike * groups_[pair.a].size * groups_[pair.b].size;
      pairs_.push_back(Pair::of(pair.a, pair.b, sum, false));
    }
    for (const LinkagePair& pair : linkage.apart) {
      pairs_.push_back(Pair::of(pair.a, pair.b, 0, true));
    }
    for (const LinkagePair& pair : linkage.together) join(pair.a, pair.b);
  }

  std::vector<std::uint32_t> run() {
    gather_pairs();
    if (pairs_.size() > few_pairs) {
      for (const double level : levels) {
        if (level <= least_) break;
        link_pieces(level);
        gather_pairs();
      }
    }
    link_pieces(least_);
    std::vector<std::uint32_t> first(groups_.size());
    for (std::uint32_t i = 0; i < groups_.size(); ++i) first[i] = joined_.root(i);
    return first;
  }

 private:
  // The item with the least key stands for its group.
  void join(std::uint32_t a, std::uint32_t b) {
    a = joined_.root(a);
    b = joined_.root(b);
    if (a == b) return;
    if (groups_[b].key < groups_[a].key) std::swap(a, b);
    joined_.put(a, b);
    groups_[a].size += groups_[b].size;
  }

  bool can_join(const Pair& pair, double least) const {
    return !pair.apart() &&
           alike_of(pair.sum(), groups_[pair.a].size, groups_[pair.b].size) >= least;
  }

  Union pieces(double level) const {
    Union pieces(groups_.size());
    for (const Pair& pair : pairs_) {
      if (!can_join(pair, level)) continue;
      const std::uint32_t a = pieces.root(pair.a);
      const std::uint32_t b = pieces.root(pair.b);
      if (a != b) pieces.put(std::min(a, b), std::max(a, b));
    }
    return pieces;
  }

  // Of the groups as they are by now, each two once; those that can never join are gone.
  void gather_pairs() {
    std::size_t kept = 0;
    for (const Pair& pair : pairs_) {
      const std::uint32_t a = joined_.root(pair.a);
      const std::uint32_t b = joined_.root(pair.b);
      if (a != b) pairs_[kept++] = {std::min(a, b), std::max(a, b), pair.packed};
    }
    pairs_.resize(kept);
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& one, const Pair& other) {
      return one.a != other.a ? one.a < other.a : one.b < other.b;
    });
    kept = 0;
    for (const Pair& pair : pairs_) {
      if (kept > 0 && pairs_[kept - 1].a == pair.a && pairs_[kept - 1].b == pair.b) {
        Pair& last = pairs_[kept - 1];
        last = Pair::of(pair.a, pair.b, last.sum() + pair.sum(), last.apart() || pair.apart());
      } else {
        pairs_[kept++] = pair;
      }
    }
    pairs_.resize(kept);
    Union within = pieces(least_);
    std::erase_if(pairs_,
                  [&](const Pair& pair) { return within.root(pair.a) != within.root(pair.b); });
  }

  void link_pieces(double level) {
    Union piece_of = pieces(level);
    const auto end = std::partition(pairs_.begin(), pairs_.end(), [&](const Pair& pair) {
      return piece_of.root(pair.a) == piece_of.root(pair.b);
    });
    std::sort(pairs_.begin(), end, [&](const Pair& one, const Pair& other) {
      return piece_of.root(one.a) < piece_of.root(other.a);
    });
    for (auto begin = pairs_.begin(); begin != end;) {
      const std::uint32_t piece = piece_of.root(begin->a);
      const auto behind = std::find_if(
          begin, end, [&](const Pair& pair) { return piece_of.root(pair.a) != piece; });
      link_piece({begin, behind}, level);
      begin = behind;
    }
  }

  void link_piece(std::span<const Pair> of_groups, double level) {
    std::vector<std::uint32_t> group_of;
    std::vector<Member> members;
    const auto number = [&](std::uint32_t group) {
      if (at_[group] == 0) {
        group_of.push_back(group);
        members.push_back(groups_[group]);
        at_[group] = static_cast<std::uint32_t>(members.size());
      }
      return at_[group] - 1;
    };
    std::vector<Pair> pairs;
    pairs.reserve(of_groups.size());
    for (const Pair& pair : of_groups) {
      pairs.push_back({number(pair.a), number(pair.b), pair.packed});
    }
    Union linked = Linker(std::move(members), pairs, level).run();
    for (std::uint32_t i = 0; i < group_of.size(); ++i) {
      join(group_of[i], group_of[linked.root(i)]);
      at_[group_of[i]] = 0;
    }
  }

  double least_;
  std::vector<Member> groups_;  // by the item that stands for it; of others what they were
  std::vector<Pair> pairs_;
  Union joined_;
  std::vector<std::uint32_t> at_;  // in the piece that is being linked, from 1; 0: in none
};

}  // namespace

std::vector<std::uint32_t> link(const Linkage& linkage) {
  return Pieces(linkage).run();
}

std::vector<std::uint32_t> link(Linkage&& linkage) {
  Pieces pieces(linkage);
  std::vector<LinkagePair>().swap(linkage.pairs);
  return pieces.run();
}

}  // namespace minhu::text
