#include "engines/text/linkage.h"

#include <algorithm>
#include <array>
#include <span>

#include "engines/text/linker.h"
#include "kernel/assert.h"

namespace minhu::text {

namespace {

using namespace linking;

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
      : linkage_(linkage),
        least_(linkage.least),
        unknown_(linkage.sum_alike && linkage.given_from > 0 ? linkage.given_from - 1U : 0),
        joined_(linkage.items.size()),
        rings_(linkage.items.size()),
        at_(linkage.items.size()) {
    MINHU_ASSERT(linkage.given_from <= linkage.least);
    MINHU_ASSERT(linkage.pairs.empty() || !linkage.pairs_of);
    groups_.reserve(linkage.items.size());
    for (const LinkageItem& item : linkage.items) groups_.push_back({item.key, item.copies});
    for (const LinkagePair& pair : linkage.together) join(pair.a, pair.b);
  }

  std::vector<std::uint32_t> run() {
    std::size_t next_level = 0;
    if (linkage_.pairs_of && levels.front() > least_ && are_many()) {
      link_in_small_pieces(levels[next_level++]);
    }
    if (linkage_.pairs_of) {
      for (std::uint32_t i = 0; i < groups_.size(); ++i) {
        if (joined_.root(i) == i) take_pairs_of_group(i, everywhere, pairs_);
      }
    }
    for (const LinkagePair& pair : linkage_.pairs) pairs_.push_back(pair_of_items(pair));
    for (const LinkagePair& pair : linkage_.apart) {
      pairs_.push_back({pair.a, pair.b, Between::kept_apart()});
    }
    gather_pairs();
    if (pairs_.size() > few_pairs) {
      for (; next_level < levels.size() && levels[next_level] > least_; ++next_level) {
        link_pieces(levels[next_level]);
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
    rings_.join(a, b);
    groups_[a].size += groups_[b].size;
  }

  bool can_join(const Pair& pair, double least) const {
    return !pair.between.apart() &&
           most_alike(pair.between, groups_[pair.a], groups_[pair.b], unknown_) >= least;
  }

  Pair pair_of_items(const LinkagePair& pair) const {
    const LinkageItem& a = linkage_.items[pair.a];
    const LinkageItem& b = linkage_.items[pair.b];
    const std::uint64_t copies = std::uint64_t{a.copies} * b.copies;
    return {pair.a, pair.b, {pair.alike * copies, copies}};
  }

  bool are_many() {
    std::size_t pairs = 0;
    for (std::uint32_t i = 0; i < groups_.size() && pairs <= 2 * few_pairs; ++i) {
      pairs += pairs_of(i).size();
    }
    return pairs > 2 * few_pairs;  // each came twice
  }

  std::span<const LinkagePair> pairs_of(std::uint32_t item) {
    of_item_.clear();
    linkage_.pairs_of(item, of_item_);
    return of_item_;
  }

  static bool everywhere(std::uint32_t) { return true; }

  // Each two groups of which this is the lesser, once, when the other one is `wanted`.
  template <class Wanted>
  void take_pairs_of_group(std::uint32_t group, const Wanted& wanted, std::vector<Pair>& pairs) {
    const std::size_t begin = pairs.size();
    rings_.each(group, [&](std::uint32_t item) {
      for (const LinkagePair& pair : pairs_of(item)) {
        const std::uint32_t other = joined_.root(pair.b);
        if (group < other && wanted(other)) {
          pairs.push_back({group, other, pair_of_items(pair).between});
        }
      }
    });
    const auto first = pairs.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, pairs.end(), [](const Pair& one, const Pair& two) { return one.b < two.b; });
    pairs.resize(begin + add_up({first, pairs.end()}));
  }

  // Of pairs in order, one of each two groups; how many these are.
  static std::size_t add_up(std::span<Pair> pairs) {
    std::size_t kept = 0;
    for (const Pair& pair : pairs) {
      if (kept > 0 && pairs[kept - 1].a == pair.a && pairs[kept - 1].b == pair.b) {
        pairs[kept - 1].between.add(pair.between);
      } else {
        pairs[kept++] = pair;
      }
    }
    return kept;
  }

  // The first level of many pairs: those of one piece are asked for when it is linked, and never
  // are all of them in memory. Most are of groups that are joined here.
  void link_in_small_pieces(double level) {
    Union piece_of(groups_.size());
    Rings pieces(groups_.size());
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      for (const LinkagePair& pair : pairs_of(i)) {
        if (pair.alike < level) continue;
        const std::uint32_t a = piece_of.root(joined_.root(pair.a));
        const std::uint32_t b = piece_of.root(joined_.root(pair.b));
        if (a == b) continue;
        piece_of.put(std::min(a, b), std::max(a, b));
        pieces.join(a, b);
      }
    }
    std::vector<std::pair<std::uint32_t, Pair>> apart;  // by piece
    for (const LinkagePair& pair : linkage_.apart) {
      const std::uint32_t a = joined_.root(pair.a);
      const std::uint32_t b = joined_.root(pair.b);
      const std::uint32_t piece = piece_of.root(a);
      if (piece != piece_of.root(b)) continue;
      apart.emplace_back(piece, Pair{std::min(a, b), std::max(a, b), Between::kept_apart()});
    }
    const auto by_piece = [](const auto& one, const auto& other) {
      return one.first < other.first;
    };
    std::sort(apart.begin(), apart.end(), by_piece);
    std::vector<Pair> pairs;
    std::vector<std::uint32_t> groups;
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      if (piece_of.root(i) != i) continue;
      groups.clear();
      pieces.each(i, [&](std::uint32_t group) { groups.push_back(group); });
      if (groups.size() == 1) continue;
      pairs.clear();
      const auto here = [&](std::uint32_t group) { return piece_of.root(group) == i; };
      for (const std::uint32_t group : groups) take_pairs_of_group(group, here, pairs);
      const auto kept =
          std::equal_range(apart.begin(), apart.end(), std::pair(i, Pair()), by_piece);
      for (auto next = kept.first; next != kept.second; ++next) pairs.push_back(next->second);
      sort_pairs(pairs);
      pairs.resize(add_up(pairs));
      link_piece(pairs, level);
    }
  }

  static void sort_pairs(std::span<Pair> pairs) {
    std::sort(pairs.begin(), pairs.end(), [](const Pair& one, const Pair& other) {
      return one.a != other.a ? one.a < other.a : one.b < other.b;
    });
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
      if (a != b) pairs_[kept++] = {std::min(a, b), std::max(a, b), pair.between};
    }
    pairs_.resize(kept);
    sort_pairs(pairs_);
    pairs_.resize(add_up(pairs_));
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

  // In place of its pairs come those that are left of it, which are never more.
  void link_piece(std::span<Pair> of_groups, double level) {
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
      pairs.push_back({number(pair.a), number(pair.b), pair.between});
    }
    const auto items = [&](std::span<const std::uint32_t> of_piece) {
      std::vector<std::uint32_t> list;
      for (const std::uint32_t member : of_piece) {
        rings_.each(group_of[member], [&](std::uint32_t item) { list.push_back(item); });
      }
      return list;
    };
    const Linker::SumOf sum_of = [&](auto here, auto there) {
      return linkage_.sum_alike(items(here), items(there));
    };
    Linker linker(std::move(members), pairs, level, unknown_, sum_of);
    std::vector<Pair>().swap(pairs);
    linker.run();
    for (std::uint32_t i = 0; i < group_of.size(); ++i) {
      join(group_of[i], group_of[linker.root(i)]);
      at_[group_of[i]] = 0;
    }
    std::size_t kept = 0;
    linker.each_pair([&](const Pair& pair) {
      of_groups[kept++] = {group_of[pair.a], group_of[pair.b], pair.between};
    });
    for (Pair& gone : of_groups.subspan(kept)) gone.b = gone.a;
  }

  const Linkage& linkage_;
  double least_;
  std::uint64_t unknown_;       // so alike can pairs be that are not known
  std::vector<Member> groups_;  // by the item that stands for it; of others what they were
  std::vector<Pair> pairs_;
  Union joined_;
  Rings rings_;  // the items of each group
  std::vector<LinkagePair> of_item_;
  std::vector<std::uint32_t> at_;  // in the piece that is being linked, from 1; 0: in none
};

}  // namespace

std::vector<std::uint32_t> link(const Linkage& linkage) {
  return Pieces(linkage).run();
}

}  // namespace minhu::text
