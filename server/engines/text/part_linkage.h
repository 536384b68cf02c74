// The linkage of petitions that hang together, wording by wording: copies of one wording are one
// thing that counts so many times, unless a person decided something about one of them, which is
// then a thing of its own. Inner header of groups.cc.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "engines/text/linkage.h"

namespace minhu::text {

class PartLinkage {
 public:
  // `least`: as in Linkage.
  explicit PartLinkage(std::uint16_t least) { linkage_.least = least; }

  // A wording, and how alike two copies of it are; the cases after it have this wording.
  void begin_wording(std::uint32_t wording, std::uint16_t alike);
  void add(std::uint64_t key, bool decided);

  // So many calls of pair() will come: their memory is taken at once.
  void expect_pairs(std::size_t pairs) { linkage_.pairs.reserve(linkage_.pairs.size() + pairs); }
  // Of two wordings, each pair once, when all cases are there.
  void pair(std::uint32_t a, std::uint32_t b, std::uint16_t alike);
  // Of two decided cases; nothing happens when one of them is not there.
  void together(std::uint64_t key, std::uint64_t other);
  void apart(std::uint64_t key, std::uint64_t other);

  const std::vector<std::uint64_t>& decided() const { return decided_; }
  // Every case and the least key of its group; in no order. Once.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> link();

 private:
  struct Wording {
    std::vector<std::uint32_t> items;
    bool has_copies = false;  // the first item is that of all undecided cases
  };

  std::uint32_t new_item(std::uint64_t key);

  Linkage linkage_;
  std::vector<std::vector<std::uint64_t>> cases_;  // of each item
  std::unordered_map<std::uint32_t, Wording> wordings_;
  Wording* wording_ = nullptr;
  std::uint16_t copies_alike_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> item_of_decided_;
  std::vector<std::uint64_t> decided_;
};

}  // namespace minhu::text
