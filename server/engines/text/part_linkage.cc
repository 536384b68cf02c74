#include "engines/text/part_linkage.h"

#include <algorithm>

namespace minhu::text {

std::uint32_t PartLinkage::new_item(std::uint64_t key) {
  const auto item = static_cast<std::uint32_t>(linkage_.items.size());
  linkage_.items.push_back({key, 1});
  cases_.push_back({key});
  // Two copies of words that say too little to be one issue, not even with themselves, are no pair:
  // ten thousand of them would be fifty million.
  if (copies_alike_ >= linkage_.least) {
    for (const std::uint32_t other : wording_->items) {
      linkage_.pairs.push_back({item, other, copies_alike_});
    }
  }
  return item;
}

void PartLinkage::begin_wording(std::uint32_t wording, std::uint16_t alike) {
  wording_ = &wordings_[wording];
  copies_alike_ = alike;
}

void PartLinkage::add(std::uint64_t key, bool decided) {
  if (!decided && wording_->has_copies) {
    const std::uint32_t copies = wording_->items.front();
    LinkageItem& item = linkage_.items[copies];
    item.key = std::min(item.key, key);
    ++item.copies;
    cases_[copies].push_back(key);
    return;
  }
  const std::uint32_t item = new_item(key);
  wording_->items.push_back(item);
  if (decided) {
    item_of_decided_.emplace(key, item);
    decided_.push_back(key);
  } else if (copies_alike_ >= linkage_.least) {
    std::swap(wording_->items.front(), wording_->items.back());
    wording_->has_copies = true;
  }
}

void PartLinkage::pair(std::uint32_t a, std::uint32_t b, std::uint16_t alike) {
  for (const std::uint32_t first : wordings_.at(a).items) {
    for (const std::uint32_t second : wordings_.at(b).items) {
      linkage_.pairs.push_back({first, second, alike});
    }
  }
}

void PartLinkage::together(std::uint64_t key, std::uint64_t other) {
  const auto first = item_of_decided_.find(key);
  const auto second = item_of_decided_.find(other);
  if (key == other || first == item_of_decided_.end() || second == item_of_decided_.end()) return;
  linkage_.together.push_back({first->second, second->second, 0});
}

void PartLinkage::apart(std::uint64_t key, std::uint64_t other) {
  const auto first = item_of_decided_.find(key);
  const auto second = item_of_decided_.find(other);
  if (first == item_of_decided_.end() || second == item_of_decided_.end()) return;
  linkage_.apart.push_back({first->second, second->second, 0});
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> PartLinkage::link() {
  const std::vector<std::uint32_t> first = text::link(std::move(linkage_));
  std::vector<std::pair<std::uint64_t, std::uint64_t>> linked;
  for (std::size_t item = 0; item < cases_.size(); ++item) {
    for (const std::uint64_t key : cases_[item]) {
      linked.emplace_back(key, linkage_.items[first[item]].key);
    }
  }
  return linked;
}

}  // namespace minhu::text
