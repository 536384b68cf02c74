#include "engines/text/linker.h"

namespace minhu::text::linking {

Linker::Linker(std::vector<Member>&& members, std::span<const Pair> pairs, double least,
               std::uint64_t unknown, const SumOf& sum_of)
    : least_(least),
      unknown_(unknown),
      sum_of_(sum_of),
      groups_(members.size()),
      joined_(members.size()),
      rings_(members.size()) {
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    static_cast<Member&>(groups_[i]) = members[i];
  }
  for (const Pair& pair : pairs) {
    groups_[pair.a].beside[pair.b] = pair.between;
    groups_[pair.b].beside[pair.a] = pair.between;
    offer(pair.a, pair.b, pair.between);
  }
}

void Linker::run() {
  while (!offers_.empty()) {
    const Offer best = offers_.top();
    offers_.pop();
    if (joined_.root(best.a) != best.a || joined_.root(best.b) != best.b) continue;
    const auto between = groups_[best.a].beside.find(best.b);
    if (between == groups_[best.a].beside.end() || between->second.apart()) continue;
    const Offer now = offer_of(best.a, best.b, between->second);
    if (now.alike < best.alike || now.key != best.key || now.other_key != best.other_key) {
      if (now.alike >= least_) offers_.push(now);
    } else if (unknown_ > 0 && between->second.known() < pairs_of(best.a, best.b)) {
      look_closely(best.a, best.b);
    } else {
      merge(best.a, best.b);
    }
  }
}

Offer Linker::offer_of(std::uint32_t a, std::uint32_t b, const Between& between) const {
  return {most_alike(between, groups_[a], groups_[b], unknown_),
          std::min(groups_[a].key, groups_[b].key), std::max(groups_[a].key, groups_[b].key), a, b};
}

void Linker::offer(std::uint32_t a, std::uint32_t b, const Between& between) {
  if (between.apart()) return;
  const Offer made = offer_of(a, b, between);
  if (made.alike >= least_) offers_.push(made);
}

void Linker::look_closely(std::uint32_t a, std::uint32_t b) {
  const auto members = [&](std::uint32_t group) {
    std::vector<std::uint32_t> list;
    rings_.each(group, [&](std::uint32_t member) { list.push_back(member); });
    return list;
  };
  const Between known(sum_of_(members(a), members(b)), pairs_of(a, b));
  groups_[a].beside[b] = known;
  groups_[b].beside[a] = known;
  offer(a, b, known);
}

// The group with fewer neighbours goes into the other, so that each neighbour moves seldom.
void Linker::merge(std::uint32_t a, std::uint32_t b) {
  const auto rank = [&](std::uint32_t g) {
    return std::pair(groups_[g].beside.size(), groups_[g].key);
  };
  if (rank(a) < rank(b)) std::swap(a, b);
  joined_.put(a, b);
  rings_.join(a, b);
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
    here.add(between);
    groups_[c].beside[a] = here;
    offer(a, c, here);
  }
}

}  // namespace minhu::text::linking
