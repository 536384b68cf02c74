#include "engines/text/similar_search.h"

#include <algorithm>

namespace minhu::text {

namespace {

// Cases whose sums are in hand at once: 128 KiB, which is half the second cache of a small machine.
constexpr std::size_t piece = 1U << 15U;
// Looked at in one go: most hold nobody who comes in front.
constexpr std::size_t stride = 16;
static_assert(piece % stride == 0);

class Best {
 public:
  Best(std::size_t most, const std::function<std::uint64_t(TermLists::Slot)>& key_of,
       const std::function<bool(TermLists::Slot)>& may)
      : most_(most), key_of_(key_of), may_(may) {}

  // Who has this or less need not be offered.
  std::int32_t bar() const { return bar_; }

  void offer(const Summed& summed) {
    const Kept one{summed, key_of_(summed.slot)};
    if (kept_.size() == most_ && !before(one, kept_.front())) return;
    if (!may_(summed.slot)) return;
    if (kept_.size() == most_) {
      std::pop_heap(kept_.begin(), kept_.end(), before);
      kept_.pop_back();
    }
    kept_.push_back(one);
    std::push_heap(kept_.begin(), kept_.end(), before);
    // With as much as the last the lesser key would still come in front of it.
    if (kept_.size() == most_) bar_ = kept_.front().summed.sum - 1;
  }

  std::vector<Summed> take() {
    std::sort_heap(kept_.begin(), kept_.end(), before);
    std::vector<Summed> all;
    for (const Kept& one : kept_) all.push_back(one.summed);
    return all;
  }

 private:
  struct Kept {
    Summed summed;
    std::uint64_t key = 0;
  };
  static bool before(const Kept& a, const Kept& b) {
    return a.summed.sum != b.summed.sum ? a.summed.sum > b.summed.sum : a.key < b.key;
  }

  std::size_t most_;
  const std::function<std::uint64_t(TermLists::Slot)>& key_of_;
  const std::function<bool(TermLists::Slot)>& may_;
  std::vector<Kept> kept_;  // a heap, the last of them in front
  std::int32_t bar_ = 0;
};

// Adds the entries below `end` to the sums of the piece that begins at `begin`, and takes them off
// the list.
void add_up(Counted& list, std::size_t begin, std::size_t end, std::int32_t* sums) {
  const TermLists::Entry* at = list.entries.data();
  const TermLists::Entry* const last = at + list.entries.size();
  const std::int32_t times = list.times;
  for (; at != last && TermLists::slot_of(*at) < end; ++at) {
    sums[TermLists::slot_of(*at) - begin] +=
        times * static_cast<std::int32_t>(TermLists::weight_of(*at));
  }
  list.entries = {at, last};
}

}  // namespace

std::vector<Summed> greatest_sums(std::vector<Counted> lists, std::size_t slots, std::size_t most,
                                  const std::function<std::uint64_t(TermLists::Slot)>& key_of,
                                  const std::function<bool(TermLists::Slot)>& may) {
  Best best(most, key_of, may);
  if (most == 0) return {};
  std::vector<std::int32_t> sums(std::min(piece, (slots + stride - 1) / stride * stride));
  for (std::size_t begin = 0; begin < slots; begin += piece) {
    for (Counted& list : lists) add_up(list, begin, begin + piece, sums.data());
    for (std::size_t i = 0; i < sums.size(); i += stride) {
      const std::int32_t bar = best.bar();
      std::int32_t above = 0;
      for (std::size_t j = i; j < i + stride; ++j) above |= sums[j] > bar ? 1 : 0;
      if (above == 0) continue;
      for (std::size_t j = i; j < i + stride; ++j) {
        if (sums[j] > best.bar()) {
          best.offer({sums[j], static_cast<TermLists::Slot>(begin + j)});
        }
      }
    }
    std::fill(sums.begin(), sums.end(), 0);
  }
  return best.take();
}

}  // namespace minhu::text
