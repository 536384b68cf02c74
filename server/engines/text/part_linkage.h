// The linkage of petitions that hang together, wording by wording: copies of one wording are one
// thing that counts so many times, unless a person decided something about one of them, which is
// then a thing of its own. Inner header of groups.cc.
#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engines/text/linkage.h"

namespace minhu::text {

class PartLinkage {
 public:
  // What is asked about wordings, which are numbers below `count`.
  struct Ask {
    // The kept pairs of one wording, appended: the other one and how alike.
    std::function<void(std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint16_t>>&)> pairs;
    // How alike one is to each of others, kept or not: in place of what stood there.
    std::function<void(std::uint32_t, std::span<const std::uint32_t>, std::vector<std::uint16_t>&)>
        alike;
  };

  // `least`, `given_from`: as in Linkage. This must stay where it is until link() returns.
  PartLinkage(std::size_t count, std::uint16_t least, std::uint16_t given_from, Ask ask);

  // A wording, and how alike two copies of it are; the cases after it have this wording.
  void begin_wording(std::uint32_t wording, std::uint16_t alike);
  void add(std::uint64_t key, bool decided);

  // Of two decided cases; nothing happens when one of them is not there.
  void together(std::uint64_t key, std::uint64_t other);
  void apart(std::uint64_t key, std::uint64_t other);

  const std::vector<std::uint64_t>& decided() const { return decided_; }
  // Every case and the least key of its group; in no order. Once.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> link();

 private:
  struct Wording {
    std::uint32_t first = 0;  // of its items, which follow one another
    std::uint32_t items = 0;
    std::uint32_t copies = 0;  // with `has_copies`: the item of all undecided cases
    std::uint16_t alike = 0;   // two copies of it; 0: too little to be one issue
    bool has_copies = false;
  };
  struct Case {
    std::uint64_t key = 0;
    std::uint32_t item = 0;
  };

  std::uint32_t new_item();
  void pairs_of(std::uint32_t item, std::vector<LinkagePair>& pairs);
  std::uint64_t sum_alike(std::span<const std::uint32_t> here,
                          std::span<const std::uint32_t> there) const;

  Linkage linkage_;
  Ask ask_;
  std::vector<Case> cases_;
  std::vector<std::uint32_t> wording_of_;  // of each item
  std::vector<Wording> wordings_;
  std::uint32_t wording_ = 0;  // the last one
  std::vector<std::pair<std::uint32_t, std::uint16_t>> of_wording_;
  std::unordered_map<std::uint64_t, std::uint32_t> item_of_decided_;
  std::vector<std::uint64_t> decided_;
};

}  // namespace minhu::text
