// Letters that differ in a few words only: one speaks for all.
//
// All wordings have an order that is theirs: a mix of the matter, not the arrival. In this order
// each follows the first leader that it is near to, or leads itself. Who leads and who follows is
// therefore a fact about the set (of the graph of what is near, the lexicographically first maximal
// independent set). A wording that comes or goes is decided, and behind it in the order whoever it
// touches; since the order is as good as drawn, that is one other on average, however many there
// are.
//
// A leader with `crowd` followers and more speaks for them: they have no postings and no edges, and
// are linked as copies of it. With fewer followers each wording is compared by itself, so that
// ordinary petitions are grouped as if there were no leaders.
//
// A wording looks for its leader in as few and as short lists of names as suffice: what is near has
// so much in common that it must stand in one of them.
#include <algorithm>
#include <queue>

#include "engines/text/alike.h"
#include "engines/text/groups.h"

namespace minhu::text {

namespace {

constexpr double full = 255.0 * 255.0;  // the square of the length of the names

// Near: the same names but for little, and more alike than groups that join need to be on average.
constexpr float near_names = 0.8F;
constexpr std::uint16_t near_alike = 600;

// Leaders are also found by names of so many petitions: a letter of thousands makes its own names
// common. Lists of these hold leaders alone.
constexpr std::uint64_t too_common = 12'000;

// Names without any list (of towns) may be so much of an open wording, as a share of the square.
// Then two that are near to a third have at least 0.78 × 0.78 × cos(2 arccos 0.78) of the names
// with lists in common, 0.13, of which rounding may take 0.04: they meet in a list.
constexpr double without_lists = 0.02;
constexpr std::uint32_t met_by_a_third = static_cast<std::uint32_t>(0.08 * full);

// Without this share of the square of its names in common with another, a wording cannot be near to
// it: what is left has too little length. 0.8², less what rounding may add to a length.
constexpr double too_little = 0.62;

std::uint32_t square(std::uint8_t weight) {
  return std::uint32_t{weight} * weight;
}

}  // namespace

bool Groups::is_open(const Matter& matter) const {
  std::uint32_t all = 0;
  std::uint32_t without_list = 0;
  for (std::size_t i = 0; i < matter.names().size(); ++i) {
    const std::uint8_t weight = matter.names()[i];
    if (weight == 0) continue;
    all += square(weight);
    if (ground_.about(matter.terms()[i]) > too_common) without_list += square(weight);
  }
  return all > 0 && without_list <= without_lists * full;
}

bool Groups::before(Slot a, Slot b) const {
  const Wording& first = wordings_[a];
  const Wording& second = wordings_[b];
  return first.order != second.order ? first.order < second.order : first.matter < second.matter;
}

bool Groups::near(Slot a, Slot b) {
  if (!wordings_[a].open || !wordings_[b].open) return false;
  ++compared_;
  const Likeness alike = likeness(wordings_[a].matter, wordings_[b].matter);
  return alike.names >= near_names && thousandths(odds(alike)) >= near_alike;
}

bool Groups::speaks_for_others(Slot slot) const {
  const auto found = followers_.find(slot);
  return found != followers_.end() && found->second.size() >= crowd;
}

void Groups::put_to_decide(Slot slot) {
  if (wordings_[slot].undecided) return;
  wordings_[slot].undecided = true;
  undecided_.push_back(slot);
}

// Where all leaders with this name are, and maybe others; nothing: none, or the name is too common.
const std::vector<Groups::Posting>* Groups::leaders_with(std::uint32_t term) const {
  if (const auto found = postings_.find(term); found != postings_.end()) return &found->second;
  const auto common = common_names_.find(term);
  return common == common_names_.end() ? nullptr : &common->second;
}

// Each is decided when all before it are.
bool Groups::decide_leaders(const std::function<bool()>& stop) {
  constexpr std::size_t between_questions = 64;
  const auto later = [&](Slot a, Slot b) { return before(b, a); };
  std::priority_queue<Slot, std::vector<Slot>, decltype(later)> waiting(later);
  const auto take_new = [&] {
    for (const Slot slot : undecided_) {
      if (wordings_[slot].undecided) waiting.push(slot);
    }
    undecided_.clear();
  };
  take_new();
  sums_.resize(wordings_.size());
  for (std::size_t done = 0; !waiting.empty(); ++done) {
    if (stop && done % between_questions == 0 && stop()) {
      for (; !waiting.empty(); waiting.pop()) undecided_.push_back(waiting.top());
      return false;
    }
    const Slot slot = waiting.top();
    waiting.pop();
    if (!wordings_[slot].undecided) continue;  // named twice
    wordings_[slot].undecided = false;
    const Slot leader = first_leader_near(slot);
    if (leader == nobody) {
      lead(slot);
    } else {
      follow(slot, leader);
    }
    take_new();
  }
  return true;
}

Groups::Slot Groups::first_leader_near(Slot slot) {
  const Wording& wording = wordings_[slot];
  if (!wording.open) return nobody;
  struct List {
    const std::vector<Posting>* postings = nullptr;  // nothing: nobody has this name
    std::uint32_t square = 0;
    std::size_t length() const { return postings == nullptr ? 0 : postings->size(); }
  };
  std::vector<List> lists;
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < wording.matter.names().size(); ++i) {
    const std::uint8_t weight = wording.matter.names()[i];
    if (weight == 0) continue;
    rest += square(weight);
    const std::uint32_t term = wording.matter.terms()[i];
    if (ground_.about(term) > too_common) continue;
    lists.push_back({leaders_with(term), square(weight)});
  }
  std::sort(lists.begin(), lists.end(),
            [](const List& a, const List& b) { return a.length() < b.length(); });
  Slot first = nobody;
  std::vector<Slot> seen;
  for (const List& list : lists) {
    if (rest < too_little * full) break;
    rest -= list.square;
    if (list.postings == nullptr) continue;
    for (const Posting posting : *list.postings) {
      const Slot other = posting >> 8U;
      if (!leads(other) || sums_[other] != 0 || !before(other, slot)) continue;
      sums_[other] = 1;
      seen.push_back(other);
      if (first != nobody && before(first, other)) continue;
      if (near(slot, other)) first = other;
    }
  }
  for (const Slot other : seen) sums_[other] = 0;
  return first;
}

void Groups::lead(Slot slot) {
  if (leads(slot)) return;
  leave_leader(slot);
  wordings_[slot].leader = slot;
  post(slot);
  const Matter& matter = wordings_[slot].matter;
  for (std::size_t i = 0; i < matter.names().size(); ++i) {
    const std::uint32_t term = matter.terms()[i];
    if (matter.names()[i] == 0 || is_posted(term) || ground_.about(term) > too_common) continue;
    common_names_[term].push_back(slot << 8U | matter.names()[i]);
  }
  touch(slot);
  if (wordings_[slot].order <= last_order_) decide_again_behind(slot);
  last_order_ = std::max(last_order_, wordings_[slot].order);
}

void Groups::follow(Slot slot, Slot leader) {
  if (wordings_[slot].leader == leader) return;
  if (leads(slot)) {
    stop_leading(slot);
  } else {
    leave_leader(slot);
  }
  wordings_[slot].leader = leader;
  followers_[leader].push_back(slot);
  other_followers_.push_back(leader);
  touch(slot);
  touch(leader);
}

void Groups::stop_leading(Slot slot) {
  wordings_[slot].leader = nobody;
  take_out(slot, common_names_);
  const auto found = followers_.find(slot);
  if (found == followers_.end()) return;
  const std::vector<Slot> followers = std::move(found->second);
  followers_.erase(found);
  for (const Slot follower : followers) {
    wordings_[follower].leader = nobody;
    touch(follower);
    put_to_decide(follower);
  }
}

void Groups::leave_leader(Slot slot) {
  const Slot leader = wordings_[slot].leader;
  if (leader == nobody) return;
  wordings_[slot].leader = nobody;
  const auto found = followers_.find(leader);
  std::erase(found->second, slot);
  if (found->second.empty()) followers_.erase(found);
  other_followers_.push_back(leader);
  touch(leader);
}

// Whoever comes after a new leader and is near to it may have to follow it.
void Groups::decide_again_behind(Slot slot) {
  const Matter& matter = wordings_[slot].matter;
  if (!wordings_[slot].open) return;
  std::vector<Slot> met;
  for (std::size_t i = 0; i < matter.names().size(); ++i) {
    const std::uint32_t name = matter.names()[i];
    if (name == 0) continue;
    const std::vector<Posting>* list = leaders_with(matter.terms()[i]);
    if (list == nullptr) continue;
    for (const Posting posting : *list) {
      const Slot other = posting >> 8U;
      if (!leads(other) || !before(slot, other)) continue;
      if (sums_[other] == 0) met.push_back(other);
      sums_[other] += name * (posting & 0xFFU);
    }
  }
  for (const Slot other : met) {
    const std::uint32_t products = sums_[other];
    sums_[other] = 0;
    if (products < met_by_a_third) continue;
    if (near(slot, other)) put_to_decide(other);
    const auto found = followers_.find(other);
    if (found == followers_.end()) continue;
    for (const Slot follower : found->second) {
      if (near(slot, follower)) put_to_decide(follower);
    }
  }
}

void Groups::show_and_hide() {
  for (const Slot leader : other_followers_) {
    const auto found = followers_.find(leader);
    if (found == followers_.end()) continue;
    const bool hide = speaks_for_others(leader);
    for (const Slot follower : found->second) {
      if (!hide) {
        post(follower);
      } else if (wordings_[follower].posted) {
        unpost(follower);
        cut_edges(follower);
        touch(follower);
      }
    }
  }
  other_followers_.clear();
}

}  // namespace minhu::text
