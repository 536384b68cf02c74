#include "engines/text/groups.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <unordered_set>

#include "engines/text/linkage.h"
#include "kernel/assert.h"

namespace minhu::text {

namespace {

// Two petitions are compared when their names have at least this cosine: of the pairs that people
// call one issue all but one in fifty have.
constexpr double least_names = 0.06;
constexpr std::uint32_t least_names_products = static_cast<std::uint32_t>(least_names * 255 * 255);

// A name in more petitions than this is the name of a town, not of an issue: it counts when two
// petitions are compared, but does not bring them together. Bounds the cost of one petition.
constexpr std::uint64_t common_name = 3000;

// Odds of one to fifty and less are nothing, of fifty to one and more are certain; between them the
// logarithm counts.
constexpr float certain = 4;

std::uint16_t thousandths(float odds) {
  const float share = (odds + certain) / (2 * certain);
  return static_cast<std::uint16_t>(std::lround(1000 * std::clamp(share, 0.0F, 1.0F)));
}

}  // namespace

Groups::Groups(Ground ground, unsigned workers)
    : ground_(std::move(ground)), workers_(std::max(1U, workers)) {}

const Groups::Node* Groups::find(CaseKey key) const {
  const auto found = slots_.find(key);
  return found == slots_.end() ? nullptr : &nodes_[found->second];
}

void Groups::touch(CaseKey key) {
  const auto found = slots_.find(key);
  if (found == slots_.end() || nodes_[found->second].touched) return;
  nodes_[found->second].touched = true;
  touched_.push_back(found->second);
}

void Groups::add(CaseKey key, const MatterTerms& terms) {
  remove(key);
  if (free_.empty()) {
    MINHU_ASSERT(nodes_.size() < most_slots);
    free_.push_back(static_cast<Slot>(nodes_.size()));
    nodes_.emplace_back();
  }
  const Slot slot = free_.back();
  free_.pop_back();
  Node& node = nodes_[slot];
  node = {key, key, Matter(terms, ground_), {}, true, true, false};
  slots_[key] = slot;
  fresh_.push_back(slot);
  touch(key);
  const auto names = node.matter.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint32_t term = node.matter.terms()[i];
    if (names[i] == 0 || ground_.about(term) > common_name) continue;
    postings_[term].push_back(slot << 8U | names[i]);
  }
}

void Groups::remove(CaseKey key) {
  const auto found = slots_.find(key);
  if (found == slots_.end()) return;
  const Slot slot = found->second;
  Node& node = nodes_[slot];
  for (const std::uint32_t term : node.matter.terms()) {
    const auto list = postings_.find(term);
    if (list == postings_.end()) continue;
    std::erase_if(list->second, [&](Posting posting) { return posting >> 8U == slot; });
    if (list->second.empty()) postings_.erase(list);
  }
  for (const Edge& edge : node.edges) {
    std::erase_if(nodes_[edge.other].edges, [&](const Edge& back) { return back.other == slot; });
    touch(nodes_[edge.other].key);
  }
  // A decision alone may have held others to it.
  for (const CaseKey member : members(node.group)) touch(member);
  slots_.erase(found);
  if (const auto group = members_.find(node.group); group != members_.end()) {
    std::erase(group->second, key);
    if (group->second.empty()) members_.erase(group);
  }
  node = {};
  free_.push_back(slot);
}

std::vector<CaseKey> Groups::held_with(CaseKey key) const {
  std::vector<CaseKey> held = {key};
  std::unordered_set<CaseKey> seen = {key};
  for (std::size_t i = 0; i < held.size(); ++i) {
    const auto decided = decisions_.find(held[i]);
    if (decided == decisions_.end()) continue;
    for (const auto& [other, decision] : decided->second) {
      if (decision == Decision::one_issue && seen.insert(other).second) held.push_back(other);
    }
  }
  return held;
}

Outcome Groups::decide(CaseKey a, CaseKey b, Decision decision) {
  const auto contradict = [] { return fail(FaultCode::conflict, "text.decisions_contradict"); };
  if (a == b) {
    if (decision == Decision::different) return contradict();
    return {};
  }
  const std::optional<Decision> before = decision_on(a, b);
  set_decision(a, b, decision);
  // Whatever is held together, by whatever way, must have nobody in it that is apart from another.
  const std::vector<CaseKey> held = held_with(a);
  const std::unordered_set<CaseKey> one(held.begin(), held.end());
  bool holds = decision == Decision::one_issue || !one.contains(b);
  for (const CaseKey key : held) {
    const auto about = decisions_.find(key);
    if (about == decisions_.end()) continue;
    for (const auto& [other, decided] : about->second) {
      holds = holds && (decided == Decision::one_issue || !one.contains(other));
    }
  }
  if (!holds) {
    set_decision(a, b, before);
    return contradict();
  }
  touch(a);
  touch(b);
  return {};
}

Outcome Groups::keep_apart(CaseKey key, std::span<const CaseKey> others) {
  std::vector<std::optional<Decision>> before;
  for (const CaseKey other : others) {
    before.push_back(decision_on(key, other));
    if (auto kept = decide(key, other, Decision::different); !kept) {
      for (std::size_t i = 0; i < before.size(); ++i) set_decision(key, others[i], before[i]);
      return kept;
    }
  }
  return {};
}

std::optional<Decision> Groups::decision_on(CaseKey a, CaseKey b) const {
  const auto about = decisions_.find(a);
  if (about == decisions_.end()) return std::nullopt;
  const auto decided = about->second.find(b);
  return decided == about->second.end() ? std::nullopt : std::optional(decided->second);
}

void Groups::set_decision(CaseKey a, CaseKey b, std::optional<Decision> decision) {
  for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
    if (decision) {
      decisions_[from][to] = *decision;
      continue;
    }
    const auto about = decisions_.find(from);
    if (about == decisions_.end()) continue;
    about->second.erase(to);
    if (about->second.empty()) decisions_.erase(about);
  }
}

void Groups::forget(CaseKey a, CaseKey b) {
  set_decision(a, b, std::nullopt);
  touch(a);
  touch(b);
}

void Groups::forget(CaseKey key) {
  const auto decided = decisions_.find(key);
  if (decided == decisions_.end()) return;
  std::vector<CaseKey> others;
  for (const auto& [other, decision] : decided->second) others.push_back(other);
  for (const CaseKey other : others) forget(key, other);
}

std::vector<Groups::Edge> Groups::edges_of(Slot slot, std::vector<std::uint32_t>& sums) const {
  const Node& node = nodes_[slot];
  const auto names = node.matter.names();
  std::vector<Slot> met;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == 0) continue;
    const auto list = postings_.find(node.matter.terms()[i]);
    if (list == postings_.end()) continue;
    for (const Posting posting : list->second) {
      std::uint32_t& sum = sums[posting >> 8U];
      if (sum == 0) met.push_back(posting >> 8U);
      sum += names[i] * (posting & 0xFFU);
    }
  }
  std::vector<Edge> edges;
  for (const Slot other : met) {
    const std::uint32_t products = sums[other];
    sums[other] = 0;
    // Of two fresh ones, the later finds the earlier.
    if (products < least_names_products || other == slot) continue;
    if (nodes_[other].fresh && other > slot) continue;
    const std::uint16_t alike = thousandths(odds(node.matter, nodes_[other].matter));
    if (alike > 0) edges.push_back({other, alike});
  }
  return edges;
}

void Groups::connect_fresh() {
  std::erase_if(fresh_, [&](Slot slot) { return !nodes_[slot].fresh; });
  std::sort(fresh_.begin(), fresh_.end());
  fresh_.erase(std::unique(fresh_.begin(), fresh_.end()), fresh_.end());
  std::vector<std::vector<Edge>> found(fresh_.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    constexpr std::size_t step = 16;
    std::vector<std::uint32_t> sums(nodes_.size());
    for (std::size_t begin = next.fetch_add(step); begin < fresh_.size();
         begin = next.fetch_add(step)) {
      const std::size_t end = std::min(begin + step, fresh_.size());
      for (std::size_t i = begin; i < end; ++i) found[i] = edges_of(fresh_[i], sums);
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < workers_ && fresh_.size() > few_fresh; ++i) others.emplace_back(work);
    work();
  }
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    Node& node = nodes_[fresh_[i]];
    for (const Edge& edge : found[i]) {
      node.edges.push_back(edge);
      nodes_[edge.other].edges.push_back({fresh_[i], edge.alike});
    }
    std::vector<Edge>().swap(found[i]);
    node.fresh = false;
  }
  fresh_.clear();
}

std::vector<Groups::Slot> Groups::hanging_together(Slot from, std::vector<bool>& seen) const {
  std::vector<Slot> part = {from};
  seen[from] = true;
  const auto reach = [&](Slot slot) {
    if (seen[slot]) return;
    seen[slot] = true;
    part.push_back(slot);
  };
  for (std::size_t i = 0; i < part.size(); ++i) {
    for (const Edge& edge : nodes_[part[i]].edges) reach(edge.other);
    // Held together by people, also by way of a petition that is not here.
    if (!decisions_.contains(nodes_[part[i]].key)) continue;
    for (const CaseKey held : held_with(nodes_[part[i]].key)) {
      if (const auto there = slots_.find(held); there != slots_.end()) reach(there->second);
    }
  }
  return part;
}

void Groups::link_part(const std::vector<Slot>& part) {
  if (part.size() == 1) {
    nodes_[part.front()].group = nodes_[part.front()].key;
    return;
  }
  std::unordered_map<Slot, std::uint32_t> item_of;
  Linkage linkage;
  linkage.least = least_alike;
  for (const Slot slot : part) {
    item_of.emplace(slot, static_cast<std::uint32_t>(linkage.items.size()));
    linkage.items.push_back({nodes_[slot].key, 1});
  }
  for (const Slot slot : part) {
    const std::uint32_t item = item_of.at(slot);
    for (const Edge& edge : nodes_[slot].edges) {
      const std::uint32_t other = item_of.at(edge.other);
      if (other < item) linkage.pairs.push_back({item, other, edge.alike});
    }
    const CaseKey key = nodes_[slot].key;
    const auto decided = decisions_.find(key);
    if (decided == decisions_.end()) continue;
    for (const CaseKey held : held_with(key)) {
      const auto there = slots_.find(held);
      if (there == slots_.end() || held == key) continue;
      linkage.together.push_back({item, item_of.at(there->second), 0});
    }
    for (const auto& [other, decision] : decided->second) {
      const auto there = slots_.find(other);
      if (decision != Decision::different || there == slots_.end()) continue;
      if (const auto beside = item_of.find(there->second); beside != item_of.end()) {
        linkage.apart.push_back({item, beside->second, 0});
      }
    }
  }
  const std::vector<std::uint32_t> first = link(linkage);
  for (std::size_t i = 0; i < part.size(); ++i) {
    Node& node = nodes_[part[i]];
    node.group = linkage.items[first[i]].key;
    members_[node.group].push_back(node.key);
  }
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto group = members_.find(nodes_[part[i]].group);
    if (group == members_.end()) continue;
    if (group->second.size() == 1) {
      members_.erase(group);
    } else {
      std::sort(group->second.begin(), group->second.end());
    }
  }
}

void Groups::settle() {
  connect_fresh();
  std::vector<bool> seen(nodes_.size());
  std::vector<std::vector<Slot>> parts;
  for (const Slot slot : touched_) {
    if (!nodes_[slot].touched) continue;
    nodes_[slot].touched = false;
    if (!seen[slot]) parts.push_back(hanging_together(slot, seen));
  }
  touched_.clear();
  // All old groups go before the first new one comes: both may bear the same name.
  for (const std::vector<Slot>& part : parts) {
    for (const Slot slot : part) members_.erase(nodes_[slot].group);
  }
  for (const std::vector<Slot>& part : parts) link_part(part);
}

std::optional<CaseKey> Groups::group_of(CaseKey key) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : std::optional(node->group);
}

std::vector<CaseKey> Groups::members(CaseKey group) const {
  if (const auto found = members_.find(group); found != members_.end()) return found->second;
  const Node* node = find(group);
  return node != nullptr && node->group == group ? std::vector{group} : std::vector<CaseKey>();
}

std::vector<std::pair<CaseKey, CaseKey>> Groups::all() const {
  std::vector<std::pair<CaseKey, CaseKey>> all;
  for (const Node& node : nodes_) {
    if (node.there) all.emplace_back(node.key, node.group);
  }
  std::sort(all.begin(), all.end());
  return all;
}

const Matter* Groups::matter(CaseKey key) const {
  const Node* node = find(key);
  return node == nullptr ? nullptr : &node->matter;
}

}  // namespace minhu::text
