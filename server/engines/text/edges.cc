// Which wordings are compared with which: those that have names in common.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <thread>

#include "engines/text/alike.h"
#include "engines/text/groups.h"
#include "engines/text/sketches.h"

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
  wording.all_posted = true;
  touch(slot);
  const auto names = wording.matter.names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint32_t term = wording.matter.terms()[i];
    if (names[i] == 0) continue;
    if (is_posted(term)) {
      postings_[term].push_back(slot << 8U | names[i]);
    } else {
      wording.all_posted = false;
    }
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

class Groups::Search {
 public:
  Search(std::size_t slots, const Sketches* of) : sums(slots), sketches(of) {}
  std::vector<std::uint32_t> sums;  // of products of names, all 0 between uses
  struct Met {
    Slot slot = 0;
    std::uint32_t products = 0;
  };
  std::vector<Met> met;
  std::vector<Slot> touched;
  const Sketches* sketches;  // nothing: compare whole at once
  Sketches::One one;
  std::uint64_t compared = 0;
};

// How long those of its names are that bring nobody together, as a share of all.
float Groups::unposted(const Matter& matter) const {
  double squares = 0;
  for (std::size_t i = 0; i < matter.names().size(); ++i) {
    const double name = matter.names()[i];
    if (name > 0 && !is_posted(matter.terms()[i])) squares += name * name;
  }
  return static_cast<float>(std::sqrt(squares) / 255);
}

// With those that were posted before it: of two fresh ones, the later finds the earlier.
std::vector<Groups::Edge> Groups::edges_of(Slot slot, Search& search) const {
  const Wording& wording = wordings_[slot];
  const auto names = wording.matter.names();
  search.met.clear();
  search.touched.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == 0) continue;
    const auto list = postings_.find(wording.matter.terms()[i]);
    if (list == postings_.end()) continue;
    for (const Posting posting : list->second) {
      const Slot other = posting >> 8U;
      if (other == slot) break;
      std::uint32_t& sum = search.sums[other];
      if (sum == 0) search.touched.push_back(other);
      sum += names[i] * (posting & 0xFFU);
    }
  }
  for (const Slot other : search.touched) {
    const std::uint32_t products = search.sums[other];
    search.sums[other] = 0;
    if (products >= least_names_products) search.met.push_back({other, products});
  }
  if (search.sketches != nullptr) {
    constexpr std::size_t ahead = 6;
    search.one.become(wording.matter, wording.all_posted ? 0 : unposted(wording.matter));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < search.met.size(); ++i) {
      if (i + ahead < search.met.size()) search.sketches->fetch(search.met[i + ahead].slot);
      const Search::Met met = search.met[i];
      const float most = search.one.most_odds(*search.sketches, met.slot, met.products);
      if (thousandths(most) >= least_kept) search.met[kept++] = met;
    }
    search.met.resize(kept);
  }
  std::vector<Edge> edges;
  const OneAgainstMany against(wording.matter);
  for (const Search::Met& met : search.met) {
    const std::uint16_t alike = thousandths(odds(against.likeness(wordings_[met.slot].matter)));
    if (alike >= least_kept) edges.emplace_back(met.slot, alike);
  }
  search.compared += search.met.size();
  edges.shrink_to_fit();
  return edges;
}

// The products of the names that bring two together.
std::uint32_t Groups::posted_products(const Matter& a, const Matter& b) const {
  std::uint32_t products = 0;
  for (std::size_t i = 0, j = 0; i < a.terms().size() && j < b.terms().size();) {
    const std::uint32_t first = a.terms()[i];
    const std::uint32_t second = b.terms()[j];
    const std::uint32_t product = std::uint32_t{a.names()[i]} * b.names()[j];
    if (first == second && product > 0 && is_posted(first)) products += product;
    if (first <= second) ++i;
    if (second <= first) ++j;
  }
  return products;
}

// What edges_of() would find without a least.
void Groups::alike_to(Slot here, std::span<const Slot> there,
                      std::vector<std::uint16_t>& alike) const {
  const Wording& wording = wordings_[here];
  const OneAgainstMany against(wording.matter);
  alike.clear();
  for (const Slot slot : there) {
    const Wording& other = wordings_[slot];
    const Likeness both = against.likeness(other.matter);
    bool meet = both.names >= static_cast<float>(least_names_products / (255.0 * 255.0));
    if (meet && !(wording.all_posted || other.all_posted)) {
      meet = posted_products(wording.matter, other.matter) >= least_names_products;
    }
    alike.push_back(meet ? thousandths(odds(both)) : std::uint16_t{0});
  }
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
  // Worth their making when many are compared with many.
  constexpr std::size_t few_of = 16;
  std::optional<Sketches> sketches;
  if (fresh_.size() > few_fresh && fresh_.size() > wordings_.size() / few_of) {
    sketches.emplace(wordings_.size());
    std::size_t words = 0;
    for (const Wording& wording : wordings_) {
      if (wording.posted) words += 1 + wording.matter.terms().size();
    }
    sketches->reserve(words);
    for (Slot slot = 0; slot < wordings_.size(); ++slot) {
      const Wording& wording = wordings_[slot];
      if (!wording.posted) continue;
      sketches->add(slot, wording.matter, wording.all_posted ? 0 : unposted(wording.matter));
    }
  }
  std::vector<std::vector<Edge>> found(fresh_.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stopped = false;
  std::atomic<std::uint64_t> compared = 0;
  const auto work = [&] {
    constexpr std::size_t step = 16;
    Search search(wordings_.size(), sketches ? &*sketches : nullptr);
    for (std::size_t begin = next.fetch_add(step); begin < fresh_.size() && !stopped;
         begin = next.fetch_add(step)) {
      const std::size_t end = std::min(begin + step, fresh_.size());
      for (std::size_t i = begin; i < end; ++i) found[i] = edges_of(fresh_[i], search);
      if (stop && stop()) stopped = true;
    }
    compared += search.compared;
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < workers_ && fresh_.size() > few_fresh; ++i) others.emplace_back(work);
    work();
  }
  compared_ += compared;
  if (stopped) return false;
  sketches.reset();
  keep_edges(found);
  fresh_.clear();
  return true;
}

}  // namespace minhu::text
