// Which wordings are compared with which: those that have names in common.
#include <algorithm>
#include <atomic>
#include <thread>

#include "engines/text/alike.h"
#include "engines/text/groups.h"

namespace minhu::text {

namespace {

// Two petitions are compared when their names have at least this cosine: of the pairs that people
// call one issue all but one in fifty have.
constexpr double least_names = 0.06;
constexpr std::uint32_t least_names_products = static_cast<std::uint32_t>(least_names * 255 * 255);

// A name in more petitions than this is the name of a town, not of an issue: it counts when two
// petitions are compared, but does not bring them together. Bounds the cost of one petition.
constexpr std::uint64_t common_name = 3000;

}  // namespace

bool Groups::is_posted(std::uint32_t term) const {
  return ground_.about(term) <= common_name;
}

void Groups::post(Slot slot) {
  Wording& wording = wordings_[slot];
  if (wording.posted) return;
  wording.posted = true;
  wording.fresh = true;
  fresh_.push_back(slot);
  touch(slot);
  const auto names = wording.matter.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint32_t term = wording.matter.terms()[i];
    if (names[i] == 0 || !is_posted(term)) continue;
    postings_[term].push_back(slot << 8U | names[i]);
  }
}

void Groups::unpost(Slot slot) {
  Wording& wording = wordings_[slot];
  if (!wording.posted) return;
  wording.posted = false;
  wording.fresh = false;
  take_out(slot, postings_);
}

void Groups::take_out(Slot slot, Lists& lists) const {
  const Matter& matter = wordings_[slot].matter;
  for (std::size_t i = 0; i < matter.names().size(); ++i) {
    if (matter.names()[i] == 0) continue;
    const auto list = lists.find(matter.terms()[i]);
    if (list == lists.end()) continue;
    std::erase_if(list->second, [&](Posting posting) { return posting >> 8U == slot; });
    if (list->second.empty()) lists.erase(list);
  }
}

void Groups::cut_edges(Slot slot) {
  for (const Edge edge : wordings_[slot].edges) {
    std::erase_if(wordings_[edge.other()].edges, [&](Edge back) { return back.other() == slot; });
    if (edge.can_join()) touch(edge.other());
  }
  std::vector<Edge>().swap(wordings_[slot].edges);
}

std::vector<Groups::Edge> Groups::edges_of(Slot slot, std::vector<std::uint32_t>& sums,
                                           std::uint64_t& compared) const {
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
  const OneAgainstMany against(matter);
  for (const Slot other : met) {
    const std::uint32_t products = sums[other];
    sums[other] = 0;
    // Of two fresh ones, the later finds the earlier.
    if (products < least_names_products || other == slot) continue;
    if (wordings_[other].fresh && other > slot) continue;
    ++compared;
    const std::uint16_t alike = thousandths(odds(against.likeness(wordings_[other].matter)));
    if (alike > 0) edges.emplace_back(other, alike);
  }
  edges.shrink_to_fit();
  return edges;
}

// At both ends, and not a byte more than they need where many come at once.
void Groups::keep_edges(std::vector<std::vector<Edge>>& found) {
  if (fresh_.size() > few_fresh) {
    std::vector<std::uint32_t> more(wordings_.size());
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
      more[fresh_[i]] += static_cast<std::uint32_t>(found[i].size());
      for (const Edge edge : found[i]) ++more[edge.other()];
    }
    for (Slot slot = 0; slot < more.size(); ++slot) {
      std::vector<Edge>& edges = wordings_[slot].edges;
      if (more[slot] > 0) edges.reserve(edges.size() + more[slot]);
    }
  }
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    Wording& wording = wordings_[fresh_[i]];
    for (const Edge edge : found[i]) {
      wording.edges.push_back(edge);
      wordings_[edge.other()].edges.emplace_back(fresh_[i], edge.alike());
    }
    std::vector<Edge>().swap(found[i]);
    wording.fresh = false;
  }
}

bool Groups::connect_fresh(const std::function<bool()>& stop) {
  std::erase_if(fresh_, [&](Slot slot) { return !wordings_[slot].fresh; });
  std::sort(fresh_.begin(), fresh_.end());
  fresh_.erase(std::unique(fresh_.begin(), fresh_.end()), fresh_.end());
  std::vector<std::vector<Edge>> found(fresh_.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stopped = false;
  std::atomic<std::uint64_t> compared = 0;
  const auto work = [&] {
    constexpr std::size_t step = 16;
    std::vector<std::uint32_t> sums(wordings_.size());
    std::uint64_t own = 0;
    for (std::size_t begin = next.fetch_add(step); begin < fresh_.size() && !stopped;
         begin = next.fetch_add(step)) {
      const std::size_t end = std::min(begin + step, fresh_.size());
      for (std::size_t i = begin; i < end; ++i) found[i] = edges_of(fresh_[i], sums, own);
      if (stop && stop()) stopped = true;
    }
    compared += own;
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < workers_ && fresh_.size() > few_fresh; ++i) others.emplace_back(work);
    work();
  }
  compared_ += compared;
  if (stopped) return false;
  keep_edges(found);
  fresh_.clear();
  return true;
}

}  // namespace minhu::text
