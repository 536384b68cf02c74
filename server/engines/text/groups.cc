#include "engines/text/groups.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <unordered_set>

#include "engines/text/part_linkage.h"
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

const Groups::Place* Groups::find(CaseKey key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? nullptr : &found->second;
}

void Groups::touch(Slot slot) {
  if (wordings_[slot].touched) return;
  wordings_[slot].touched = true;
  touched_.push_back(slot);
}

void Groups::touch(CaseKey key) {
  if (const Place* place = find(key)) touch(place->wording);
}

// The slot of this wording, which is new when no petition had it.
Groups::Slot Groups::wording_of(Matter&& matter) {
  std::vector<Slot>& alike = by_hash_[matter.hash()];
  for (const Slot slot : alike) {
    if (wordings_[slot].matter == matter) return slot;
  }
  if (free_.empty()) {
    MINHU_ASSERT(wordings_.size() < most_slots);
    free_.push_back(static_cast<Slot>(wordings_.size()));
    wordings_.emplace_back();
  }
  const Slot slot = free_.back();
  free_.pop_back();
  alike.push_back(slot);
  wordings_[slot] = {std::move(matter), {}, {}, true, false};
  fresh_.push_back(slot);
  const Matter& kept = wordings_[slot].matter;
  const auto names = kept.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint32_t term = kept.terms()[i];
    if (names[i] == 0 || ground_.about(term) > common_name) continue;
    postings_[term].push_back(slot << 8U | names[i]);
  }
  return slot;
}

// Of a wording that nobody has any more.
void Groups::drop(Slot slot) {
  Wording& wording = wordings_[slot];
  for (const std::uint32_t term : wording.matter.terms()) {
    const auto list = postings_.find(term);
    if (list == postings_.end()) continue;
    std::erase_if(list->second, [&](Posting posting) { return posting >> 8U == slot; });
    if (list->second.empty()) postings_.erase(list);
  }
  for (const Edge& edge : wording.edges) {
    std::erase_if(wordings_[edge.other].edges,
                  [&](const Edge& back) { return back.other == slot; });
    touch(edge.other);
  }
  const auto alike = by_hash_.find(wording.matter.hash());
  std::erase(alike->second, slot);
  if (alike->second.empty()) by_hash_.erase(alike);
  wording = {};
  free_.push_back(slot);
}

void Groups::add(CaseKey key, const MatterTerms& terms) {
  remove(key);
  const Slot slot = wording_of(Matter(terms, ground_));
  wordings_[slot].cases.push_back(key);
  places_[key] = {slot, key};
  touch(slot);
}

void Groups::remove(CaseKey key) {
  const auto found = places_.find(key);
  if (found == places_.end()) return;
  const Place place = found->second;
  if (decisions_.contains(key)) {  // which alone may have held others to it
    for (const CaseKey member : members(place.group)) touch(member);
  }
  if (const auto group = members_.find(place.group); group != members_.end()) {
    std::erase(group->second, key);
    if (group->second.empty()) members_.erase(group);
  }
  places_.erase(found);
  std::vector<CaseKey>& cases = wordings_[place.wording].cases;
  std::erase(cases, key);
  if (cases.empty()) {
    drop(place.wording);
  } else {
    touch(place.wording);
  }
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
  const Matter& matter = wordings_[slot].matter;
  const auto names = matter.names();
  std::vector<Slot> met;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == 0) continue;
    const auto list = postings_.find(matter.terms()[i]);
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
    if (wordings_[other].fresh && other > slot) continue;
    const std::uint16_t alike = thousandths(odds(matter, wordings_[other].matter));
    if (alike > 0) edges.push_back({other, alike});
  }
  return edges;
}

bool Groups::connect_fresh(const std::function<bool()>& stop) {
  std::erase_if(fresh_, [&](Slot slot) { return !wordings_[slot].fresh; });
  std::sort(fresh_.begin(), fresh_.end());
  fresh_.erase(std::unique(fresh_.begin(), fresh_.end()), fresh_.end());
  std::vector<std::vector<Edge>> found(fresh_.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stopped = false;
  const auto work = [&] {
    constexpr std::size_t step = 16;
    std::vector<std::uint32_t> sums(wordings_.size());
    for (std::size_t begin = next.fetch_add(step); begin < fresh_.size() && !stopped;
         begin = next.fetch_add(step)) {
      const std::size_t end = std::min(begin + step, fresh_.size());
      for (std::size_t i = begin; i < end; ++i) found[i] = edges_of(fresh_[i], sums);
      if (stop && stop()) stopped = true;
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < workers_ && fresh_.size() > few_fresh; ++i) others.emplace_back(work);
    work();
  }
  if (stopped) return false;
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    Wording& wording = wordings_[fresh_[i]];
    for (const Edge& edge : found[i]) {
      wording.edges.push_back(edge);
      wordings_[edge.other].edges.push_back({fresh_[i], edge.alike});
    }
    std::vector<Edge>().swap(found[i]);
    wording.fresh = false;
  }
  fresh_.clear();
  return true;
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
    for (const Edge& edge : wordings_[part[i]].edges) reach(edge.other);
    // Held together by people, also by way of a petition that is not here.
    for (const CaseKey key : wordings_[part[i]].cases) {
      if (!decisions_.contains(key)) continue;
      for (const CaseKey held : held_with(key)) {
        if (const Place* there = find(held)) reach(there->wording);
      }
    }
  }
  return part;
}

void Groups::link_part(const std::vector<Slot>& part) {
  if (const auto& cases = wordings_[part.front()].cases; part.size() == 1 && cases.size() == 1) {
    places_.at(cases.front()).group = cases.front();
    return;
  }
  PartLinkage linked(least_alike);
  for (const Slot slot : part) {
    const Wording& wording = wordings_[slot];
    linked.begin_wording(slot, thousandths(odds(wording.matter, wording.matter)));
    for (const CaseKey key : wording.cases) linked.add(key, decisions_.contains(key));
  }
  for (const Slot slot : part) {
    for (const Edge& edge : wordings_[slot].edges) {
      if (edge.other < slot) linked.pair(slot, edge.other, edge.alike);
    }
  }
  for (const CaseKey key : linked.decided()) {
    for (const CaseKey held : held_with(key)) linked.together(key, held);
    for (const auto& [other, decision] : decisions_.at(key)) {
      if (decision == Decision::different) linked.apart(key, other);
    }
  }
  for (const auto& [key, group] : linked.link()) {
    places_.at(key).group = group;
    members_[group].push_back(key);
  }
  for (const Slot slot : part) {
    for (const CaseKey key : wordings_[slot].cases) {
      const auto group = members_.find(places_.at(key).group);
      if (group == members_.end() || group->first != key) continue;
      // A group is named after one of its members: each comes here once.
      if (group->second.size() == 1) {
        members_.erase(group);
      } else {
        std::sort(group->second.begin(), group->second.end());
      }
    }
  }
}

bool Groups::settle(const std::function<bool()>& stop) {
  if (!connect_fresh(stop)) return false;
  std::vector<bool> seen(wordings_.size());
  std::vector<std::vector<Slot>> parts;
  for (const Slot slot : touched_) {
    if (!wordings_[slot].touched) continue;
    wordings_[slot].touched = false;
    if (!seen[slot]) parts.push_back(hanging_together(slot, seen));
  }
  touched_.clear();
  // All old groups go before the first new one comes: both may bear the same name.
  for (const std::vector<Slot>& part : parts) {
    for (const Slot slot : part) {
      for (const CaseKey key : wordings_[slot].cases) members_.erase(places_.at(key).group);
    }
  }
  for (const std::vector<Slot>& part : parts) link_part(part);
  return true;
}

std::optional<CaseKey> Groups::group_of(CaseKey key) const {
  const Place* place = find(key);
  return place == nullptr ? std::nullopt : std::optional(place->group);
}

std::vector<CaseKey> Groups::members(CaseKey group) const {
  if (const auto found = members_.find(group); found != members_.end()) return found->second;
  const Place* place = find(group);
  return place != nullptr && place->group == group ? std::vector{group} : std::vector<CaseKey>();
}

std::vector<std::pair<CaseKey, CaseKey>> Groups::all() const {
  std::vector<std::pair<CaseKey, CaseKey>> all;
  all.reserve(places_.size());
  for (const auto& [key, place] : places_) all.emplace_back(key, place.group);
  std::sort(all.begin(), all.end());
  return all;
}

const Matter* Groups::matter(CaseKey key) const {
  const Place* place = find(key);
  return place == nullptr ? nullptr : &wordings_[place->wording].matter;
}

}  // namespace minhu::text
