#include "engines/merkle/published_times.h"

#include <algorithm>
#include <iterator>

namespace minhu::merkle {

PublishedTimes::PublishedTimes(std::vector<Published> published, std::uint64_t size)
    : published_(std::move(published)) {
  const auto first = std::find_if(published_.begin(), published_.end(),
                                  [&](const Published& one) { return one.head.size >= size; });
  next_root_ = static_cast<std::size_t>(first - published_.begin());
  std::copy_if(published_.begin(), published_.end(), std::back_inserter(timed_),
               [](const Published& one) { return one.seconds.has_value(); });
}

bool PublishedTimes::root_is_published_otherwise(const CompactRange& range) {
  bool otherwise = false;
  for (; next_root_ < published_.size() && published_[next_root_].head.size <= range.size();
       ++next_root_) {
    otherwise = otherwise || published_[next_root_].head != range.head();
  }
  return otherwise;
}

Outcome PublishedTimes::check(std::uint64_t index, const Leaf& leaf) {
  while (next_larger_ < timed_.size() && timed_[next_larger_].head.size <= index) ++next_larger_;
  if (next_larger_ == timed_.size()) return {};
  const std::uint64_t after = *timed_[next_larger_].seconds;
  const auto before = next_larger_ == 0 ? std::nullopt : timed_[next_larger_ - 1].seconds;
  if (check_leaf_time(leaf, before, after)) return {};
  return fail(FaultCode::conflict, "merkle.leaf_time_outside", "entry",
              std::map<std::string, std::string>{{"index", std::to_string(index)},
                                                 {"time", std::to_string(leaf.seconds)},
                                                 {"after", before ? std::to_string(*before) : "-"},
                                                 {"before", std::to_string(after)}});
}

}  // namespace minhu::merkle
