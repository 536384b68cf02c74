#include "engines/text/linkage.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <unordered_map>

namespace minhu::text {

namespace {

struct Between {
  std::uint64_t sum = 0;  // of thousandths over all pairs of copies
  bool apart = false;
};

struct Group {
  std::uint64_t key = 0;  // the least of its members
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

class Linker {
 public:
  explicit Linker(const Linkage& linkage)
      : least_(linkage.least), groups_(linkage.items.size()), root_(linkage.items.size()) {
    for (const LinkageItem& item : linkage.items) own_key_.push_back(item.key);
    std::iota(root_.begin(), root_.end(), 0U);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      groups_[i].key = linkage.items[i].key;
      groups_[i].size = linkage.items[i].copies;
    }
    for (const LinkagePair& pair : linkage.pairs) {
      const std::uint64_t sum = pair.alike * groups_[pair.a].size * groups_[pair.b].size;
      groups_[pair.a].beside[pair.b].sum += sum;
      groups_[pair.b].beside[pair.a].sum += sum;
    }
    for (const LinkagePair& pair : linkage.apart) {
      groups_[pair.a].beside[pair.b].apart = true;
      groups_[pair.b].beside[pair.a].apart = true;
    }
    for (const LinkagePair& pair : linkage.together) {
      const std::uint32_t a = root(pair.a);
      const std::uint32_t b = root(pair.b);
      if (a != b) merge(a, b);
    }
    for (std::uint32_t a = 0; a < groups_.size(); ++a) {
      if (root_[a] != a) continue;
      for (const auto& [b, between] : groups_[a].beside) {
        if (a < b) offer(a, b, between);
      }
    }
  }

  std::vector<std::uint32_t> run() {
    while (!offers_.empty()) {
      const Offer best = offers_.top();
      offers_.pop();
      // An offer was made when its groups were smaller: it may promise too much, never too little.
      if (root_[best.a] != best.a || root_[best.b] != best.b) continue;
      const auto between = groups_[best.a].beside.find(best.b);
      if (between == groups_[best.a].beside.end() || between->second.apart) continue;
      const Offer now = offer_of(best.a, best.b, between->second);
      if (now.alike < best.alike || now.key != best.key || now.other_key != best.other_key) {
        if (now.alike >= least_) offers_.push(now);
        continue;
      }
      merge(best.a, best.b);
    }
    std::vector<std::uint32_t> first(root_.size());
    std::unordered_map<std::uint64_t, std::uint32_t> by_key;
    for (std::uint32_t i = 0; i < root_.size(); ++i) by_key.emplace(own_key_[i], i);
    for (std::uint32_t i = 0; i < root_.size(); ++i) first[i] = by_key.at(groups_[root(i)].key);
    return first;
  }

 private:
  std::uint32_t root(std::uint32_t item) {
    while (root_[item] != item) item = root_[item] = root_[root_[item]];
    return item;
  }

  Offer offer_of(std::uint32_t a, std::uint32_t b, const Between& between) const {
    const double pairs = static_cast<double>(groups_[a].size * groups_[b].size);
    return {static_cast<double>(between.sum) / pairs, std::min(groups_[a].key, groups_[b].key),
            std::max(groups_[a].key, groups_[b].key), a, b};
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
    root_[b] = a;
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
  std::vector<std::uint32_t> root_;
  std::vector<std::uint64_t> own_key_;
  std::priority_queue<Offer> offers_;
};

}  // namespace

std::vector<std::uint32_t> link(const Linkage& linkage) {
  return Linker(linkage).run();
}

}  // namespace minhu::text
