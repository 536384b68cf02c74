#include "engines/text/groups.h"

#include <algorithm>
#include <unordered_set>

#include "engines/text/alike.h"
#include "engines/text/part_linkage.h"
#include "kernel/assert.h"

namespace minhu::text {

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

// A decision that goes may have held many together, also by way of a petition that is not here.
void Groups::touch_held_with(CaseKey key) {
  for (const CaseKey held : held_with(key)) touch(held);
}

// The slot of this wording, which is new when no petition had it.
Groups::Slot Groups::wording_of(Matter&& matter) {
  const std::uint64_t hash = matter.hash();
  std::vector<Slot>& alike = by_hash_[hash];
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
  Wording& wording = wordings_[slot];
  wording = {};
  wording.order = hash;
  wording.open = is_open(matter);
  wording.matter = std::move(matter);
  put_to_decide(slot);
  return slot;
}

// Of a wording that nobody has any more.
void Groups::drop(Slot slot) {
  if (leads(slot)) {
    stop_leading(slot);
  } else {
    leave_leader(slot);
  }
  unpost(slot);
  cut_edges(slot);
  const auto alike = by_hash_.find(wordings_[slot].matter.hash());
  std::erase(alike->second, slot);
  if (alike->second.empty()) by_hash_.erase(alike);
  wordings_[slot] = {};
  free_.push_back(slot);
}

void Groups::add(CaseKey key, const MatterTerms& terms) {
  Matter matter(terms, ground_);
  if (const Place* place = find(key); place && wordings_[place->wording].matter == matter) return;
  remove(key);
  const Slot slot = wording_of(std::move(matter));
  wordings_[slot].cases.push_back(key);
  places_[key] = {slot, key};
  changed_.push_back(key);
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
  changed_.push_back(key);
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
  if (before == Decision::one_issue && decision != *before) touch_held_with(a);
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
  touch_held_with(a);
  touch_held_with(b);
  set_decision(a, b, std::nullopt);
}

void Groups::forget(CaseKey key) {
  const auto decided = decisions_.find(key);
  if (decided == decisions_.end()) return;
  std::vector<CaseKey> others;
  for (const auto& [other, decision] : decided->second) others.push_back(other);
  for (const CaseKey other : others) forget(key, other);
}

std::vector<Groups::Slot> Groups::hanging_together(Slot from, std::uint32_t part) {
  std::vector<Slot> slots = {from};
  part_of_[from] = part;
  const auto reach = [&](Slot slot) {
    if (part_of_[slot] != 0) return;
    part_of_[slot] = part;
    slots.push_back(slot);
  };
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const Slot slot = slots[i];
    for (const Edge edge : wordings_[slot].edges) {
      if (edge.can_join()) reach(edge.other());
    }
    if (!wordings_[slot].posted) reach(wordings_[slot].leader);
    if (speaks_for_others(slot)) {
      for (const Slot follower : followers_.at(slot)) reach(follower);
    }
    // Held together by people, also by way of a petition that is not here.
    for (const CaseKey key : wordings_[slot].cases) {
      if (!decisions_.contains(key)) continue;
      for (const CaseKey held : held_with(key)) {
        if (const Place* there = find(held)) reach(there->wording);
      }
    }
  }
  return slots;
}

void Groups::link_part(const std::vector<Slot>& part) {
  const auto put = [&](CaseKey key, CaseKey group) {
    CaseKey& now = places_.at(key).group;
    if (now != group) changed_.push_back(key);
    now = group;
  };
  if (const auto& cases = wordings_[part.front()].cases; part.size() == 1 && cases.size() == 1) {
    put(cases.front(), cases.front());
    return;
  }
  for (std::uint32_t i = 0; i < part.size(); ++i) place_in_part_[part[i]] = i;
  PartLinkage::Ask ask;
  ask.pairs = [&](std::uint32_t wording, auto& pairs) {
    for (const Edge edge : wordings_[part[wording]].edges) {
      if (part_of_[edge.other()] != part_of_[part[wording]]) continue;
      pairs.emplace_back(place_in_part_[edge.other()], edge.alike());
    }
  };
  ask.alike = [&](std::uint32_t here, std::span<const std::uint32_t> there, auto& alike) {
    std::vector<Slot> slots;
    for (const std::uint32_t wording : there) slots.push_back(part[wording]);
    alike_to(part[here], slots, alike);
  };
  PartLinkage linked(part.size(), least_alike, least_kept, std::move(ask));
  for (std::uint32_t i = 0; i < part.size(); ++i) {
    const Slot slot = part[i];
    const Wording& wording = wordings_[slot];
    if (!wording.posted) continue;  // another one speaks for it
    linked.begin_wording(i, thousandths(odds(wording.matter, wording.matter)));
    const auto add = [&](const Wording& of) {
      for (const CaseKey key : of.cases) linked.add(key, decisions_.contains(key));
    };
    add(wording);
    if (!speaks_for_others(slot)) continue;
    for (const Slot follower : followers_.at(slot)) add(wordings_[follower]);
  }
  for (const CaseKey key : linked.decided()) {
    for (const CaseKey held : held_with(key)) linked.together(key, held);
    for (const auto& [other, decision] : decisions_.at(key)) {
      if (decision == Decision::different) linked.apart(key, other);
    }
  }
  for (const auto& [key, group] : linked.link()) {
    put(key, group);
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
  if (!decide_leaders(stop)) return false;
  show_and_hide();
  if (!connect_fresh(stop)) return false;
  part_of_.resize(wordings_.size());
  place_in_part_.resize(wordings_.size());
  std::vector<std::vector<Slot>> parts;
  for (const Slot slot : touched_) {
    if (!wordings_[slot].touched) continue;
    wordings_[slot].touched = false;
    if (part_of_[slot] != 0) continue;
    parts.push_back(hanging_together(slot, static_cast<std::uint32_t>(parts.size() + 1)));
  }
  touched_.clear();
  // All old groups go before the first new one comes: both may bear the same name.
  for (const std::vector<Slot>& part : parts) {
    for (const Slot slot : part) {
      for (const CaseKey key : wordings_[slot].cases) members_.erase(places_.at(key).group);
    }
  }
  for (const std::vector<Slot>& part : parts) link_part(part);
  for (const std::vector<Slot>& part : parts) {
    for (const Slot slot : part) part_of_[slot] = 0;
  }
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

std::vector<CaseKey> Groups::take_changed() {
  std::vector<CaseKey> changed = std::move(changed_);
  changed_.clear();
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

const Matter* Groups::matter(CaseKey key) const {
  const Place* place = find(key);
  return place == nullptr ? nullptr : &wordings_[place->wording].matter;
}

}  // namespace minhu::text
