#include "engines/text/part_linkage.h"

#include <algorithm>

namespace minhu::text {

PartLinkage::PartLinkage(std::size_t count, std::uint16_t least, std::uint16_t given_from, Ask ask)
    : ask_(std::move(ask)), wordings_(count) {
  linkage_.least = least;
  linkage_.given_from = given_from;
  linkage_.pairs_of = [this](std::uint32_t item, auto& pairs) { pairs_of(item, pairs); };
  linkage_.sum_alike = [this](auto here, auto there) { return sum_alike(here, there); };
}

void PartLinkage::pairs_of(std::uint32_t item, std::vector<LinkagePair>& pairs) {
  const auto take = [&](const Wording& wording, std::uint16_t alike) {
    for (std::uint32_t i = 0; i < wording.items; ++i) {
      const std::uint32_t other = wording.first + i;
      if (other != item) pairs.push_back({item, other, alike});
    }
  };
  const Wording& own = wordings_[wording_of_[item]];
  if (own.alike > 0) take(own, own.alike);
  of_wording_.clear();
  ask_.pairs(wording_of_[item], of_wording_);
  for (const auto& [wording, alike] : of_wording_) take(wordings_[wording], alike);
}

std::uint64_t PartLinkage::sum_alike(std::span<const std::uint32_t> here,
                                     std::span<const std::uint32_t> there) const {
  std::vector<std::uint32_t> wordings;
  for (const std::uint32_t item : there) wordings.push_back(wording_of_[item]);
  std::vector<std::uint16_t> alike;
  std::uint64_t sum = 0;
  for (const std::uint32_t item : here) {
    ask_.alike(wording_of_[item], wordings, alike);
    std::uint64_t of_item = 0;
    for (std::size_t i = 0; i < there.size(); ++i) {
      const bool copies = wordings[i] == wording_of_[item];
      const std::uint16_t both = copies ? wordings_[wordings[i]].alike : alike[i];
      of_item += std::uint64_t{both} * linkage_.items[there[i]].copies;
    }
    sum += of_item * linkage_.items[item].copies;
  }
  return sum;
}

std::uint32_t PartLinkage::new_item() {
  const auto item = static_cast<std::uint32_t>(linkage_.items.size());
  linkage_.items.push_back({0, 1});
  wording_of_.push_back(wording_);
  ++wordings_[wording_].items;
  return item;
}

void PartLinkage::begin_wording(std::uint32_t wording, std::uint16_t alike) {
  wording_ = wording;
  wordings_[wording].first = static_cast<std::uint32_t>(linkage_.items.size());
  // Two copies of words that say too little to be one issue, not even with themselves, are no pair:
  // ten thousand of them would be fifty million.
  if (alike >= linkage_.least) wordings_[wording].alike = alike;
}

void PartLinkage::add(std::uint64_t key, bool decided) {
  Wording& wording = wordings_[wording_];
  if (!decided && wording.has_copies) {
    LinkageItem& item = linkage_.items[wording.copies];
    item.key = std::min(item.key, key);
    ++item.copies;
    cases_.push_back({key, wording.copies});
    return;
  }
  const std::uint32_t item = new_item();
  linkage_.items[item].key = key;
  cases_.push_back({key, item});
  if (decided) {
    item_of_decided_.emplace(key, item);
    decided_.push_back(key);
  } else if (wording.alike > 0) {
    wording.copies = item;
    wording.has_copies = true;
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
  const std::vector<std::uint32_t> first = text::link(linkage_);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> linked;
  linked.reserve(cases_.size());
  for (const Case& one : cases_) linked.emplace_back(one.key, linkage_.items[first[one.item]].key);
  return linked;
}

}  // namespace minhu::text
