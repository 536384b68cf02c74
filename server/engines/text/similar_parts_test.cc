// The parts of the index by themselves: the memory, the table, the lists, the search.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engines/text/similar_lists.h"
#include "engines/text/similar_matters.h"
#include "engines/text/similar_pool.h"
#include "engines/text/similar_search.h"
#include "engines/text/similar_table.h"
#include "kernel/test_dice.h"

namespace minhu::text {
namespace {

// A matter of any weights, as no petition gives them, from its bytes.
Matter drawn_matter(Dice& dice, std::uint32_t most_terms, std::uint32_t most_term) {
  std::set<std::uint32_t> terms;
  const auto wanted = static_cast<std::size_t>(dice.between(0, most_terms));
  while (terms.size() < wanted) terms.insert(static_cast<std::uint32_t>(dice.next() % most_term));
  Bytes bytes = {static_cast<std::uint8_t>(terms.size()), 2};
  for (const std::uint32_t term : terms) {
    for (std::uint32_t i = 0; i < 4; ++i) {
      bytes.push_back(static_cast<std::uint8_t>(term >> 8 * i & 0xFFU));
    }
  }
  for (std::size_t i = 0; i < 3 * terms.size() + 4; ++i) {
    bytes.push_back(dice.coin() ? std::uint8_t{0} : static_cast<std::uint8_t>(dice.next() & 0xFFU));
  }
  BytesView rest(bytes);
  return *Matter::from_bytes(rest);
}

TEST(Pool, a_piece_is_zeros_and_keeps_what_is_written_until_it_is_given_back) {
  Dice dice(41);
  Pool pool;
  struct Taken {
    Pool::Piece piece;
    std::size_t words;
    std::uint32_t written;
  };
  std::vector<Taken> taken;
  for (std::uint32_t round = 1; round < 20'000; ++round) {
    if (taken.size() > 300 || (!taken.empty() && dice.next() % 3 == 0)) {
      std::swap(taken[dice.next() % taken.size()], taken.back());
      const auto [piece, words, written] = taken.back();
      taken.pop_back();
      const auto* begin = pool.at(piece);
      ASSERT_TRUE(std::all_of(begin, begin + words, [&](auto word) { return word == written; }));
      pool.give_back(piece, words * 4);
      continue;
    }
    const auto words = static_cast<std::size_t>(dice.between(1, dice.coin() ? 20 : 700));
    const Pool::Piece piece = pool.take(words * 4);
    auto* begin = pool.at(piece);
    ASSERT_TRUE(std::all_of(begin, begin + words, [](auto word) { return word == 0; }));
    std::fill_n(begin, words, round);
    taken.push_back({piece, words, round});
  }
}

TEST(Pool, what_was_given_back_cannot_be_read_there_any_more) {
  Pool pool;
  const Pool::Piece piece = pool.take(100);
  std::fill_n(pool.at(piece), 25, 0xABCDEF01U);
  pool.give_back(piece, 100);
  // The piece stays in the memory of the pool: only who is the next free one stands in it.
  EXPECT_EQ(std::count(pool.at(piece), pool.at(piece) + 25, 0xABCDEF01U), 0);
}

TEST(Pool, memory_that_was_given_back_is_taken_again) {
  Pool pool;
  std::vector<Pool::Piece> pieces;
  for (int i = 0; i < 10'000; ++i) pieces.push_back(pool.take(444));
  const std::size_t before = pool.bytes();
  for (int round = 0; round < 5; ++round) {
    for (const Pool::Piece piece : pieces) pool.give_back(piece, 444);
    for (Pool::Piece& piece : pieces) piece = pool.take(444);
  }
  EXPECT_EQ(pool.bytes(), before);
}

struct Numbered {
  std::uint32_t number = 0;
  std::uint32_t content = 0;
  std::uint64_t key() const { return number; }
  bool taken() const { return number > 0; }
};

TEST(Table, holds_what_an_ordered_map_holds) {
  Dice dice(42);
  Table<Numbered> table;
  std::map<std::uint32_t, std::uint32_t> map;
  for (std::uint32_t round = 0; round < 60'000; ++round) {
    const auto number = static_cast<std::uint32_t>(dice.between(1, 5'000));
    Numbered* found = table.find(number);
    ASSERT_EQ(found != nullptr, map.contains(number));
    if (found == nullptr) {
      table.put({number, round});
      map[number] = round;
      continue;
    }
    ASSERT_EQ(found->content, map[number]);
    if (dice.coin()) {
      table.erase(number);
      map.erase(number);
    }
  }
  EXPECT_EQ(table.size(), map.size());
  std::map<std::uint32_t, std::uint32_t> seen;
  table.each([&](const Numbered& one) { seen[one.number] = one.content; });
  EXPECT_EQ(seen, map);
}

TEST(PackedMatters, gives_back_the_matter_and_the_bytes_of_the_matter) {
  Dice dice(43);
  PackedMatters packed;
  std::vector<std::pair<PackedMatters::Piece, Matter>> kept;
  for (int round = 0; round < 2'000; ++round) {
    const Matter matter = drawn_matter(dice, 120, 0xFFFFFFFFU);
    kept.emplace_back(packed.keep(matter), matter);
    if (dice.coin()) {
      std::swap(kept[dice.next() % kept.size()], kept.back());
      packed.forget(kept.back().first);
      kept.pop_back();
    }
  }
  for (const auto& [piece, matter] : kept) {
    EXPECT_EQ(packed.matter(piece), matter);
    Bytes bytes;
    Bytes expected;
    packed.append_to(bytes, piece);
    matter.append_to(expected);
    EXPECT_EQ(bytes, expected);
  }
}

TEST(TermLists, a_list_has_whoever_was_put_in_and_not_taken_out_by_slot) {
  Dice dice(44);
  TermLists lists;
  constexpr std::uint32_t terms = 60;
  std::map<TermLists::Slot, Matter> there;
  for (int round = 0; round < 4'000; ++round) {
    const auto slot = static_cast<TermLists::Slot>(dice.next() % 900);
    if (const auto found = there.find(slot); found != there.end()) {
      lists.remove(slot, found->second);
      there.erase(found);
    } else {
      there[slot] = drawn_matter(dice, 40, terms);
      lists.add(slot, there[slot]);
    }
  }
  for (std::uint32_t term = 0; term < terms; ++term) {
    for (const auto kind : {TermLists::Kind::name, TermLists::Kind::trouble}) {
      std::vector<TermLists::Entry> expected;
      for (const auto& [slot, matter] : there) {
        const auto at = std::ranges::lower_bound(matter.terms(), term);
        if (at == matter.terms().end() || *at != term) continue;
        const auto i = static_cast<std::size_t>(at - matter.terms().begin());
        const auto weight =
            kind == TermLists::Kind::name ? matter.names()[i] : matter.troubles()[i];
        if (weight > 0) expected.push_back(slot << 8U | weight);
      }
      EXPECT_TRUE(std::ranges::equal(lists.find(kind, term), expected));
    }
  }
  for (const auto& [slot, matter] : there) lists.remove(slot, matter);
  for (std::uint32_t term = 0; term < terms; ++term) {
    EXPECT_TRUE(lists.find(TermLists::Kind::name, term).empty());
    EXPECT_TRUE(lists.find(TermLists::Kind::trouble, term).empty());
  }
}

// More cases than are summed up at once, so few weights that many have the same sum, and keys that
// run against the slots.
TEST(greatest_sums, are_those_of_adding_up_every_case_whoever_may_be_shown) {
  Dice dice(45);
  for (int round = 0; round < 12; ++round) {
    const auto slots = static_cast<std::size_t>(dice.between(1, round < 6 ? 100 : 100'000));
    std::vector<std::vector<TermLists::Entry>> entries(
        static_cast<std::size_t>(dice.between(0, 9)));
    std::vector<Counted> lists;
    std::vector<std::int32_t> sums(slots);
    for (auto& list : entries) {
      const auto times = static_cast<std::int32_t>(dice.between(1, 4));
      const auto one_in = static_cast<std::uint64_t>(dice.between(1, 50));
      for (TermLists::Slot slot = 0; slot < slots; ++slot) {
        if (dice.next() % one_in != 0) continue;
        const auto weight = static_cast<std::uint32_t>(dice.between(1, 3));
        list.push_back(slot << 8U | weight);
        sums[slot] += times * static_cast<std::int32_t>(weight);
      }
      lists.push_back({list, times});
    }
    const auto key_of = [](TermLists::Slot slot) { return std::uint64_t{1} << 40U ^ slot * 7919U; };
    const auto may = [](TermLists::Slot slot) { return slot % 11 != 3; };
    std::vector<TermLists::Slot> order;
    for (TermLists::Slot slot = 0; slot < slots; ++slot) {
      if (sums[slot] > 0 && may(slot)) order.push_back(slot);
    }
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      return sums[a] != sums[b] ? sums[a] > sums[b] : key_of(a) < key_of(b);
    });
    for (const std::size_t most : {0U, 1U, 10U, 500U}) {
      std::vector<TermLists::Slot> found;
      for (const Summed& one : greatest_sums(lists, slots, most, key_of, may)) {
        EXPECT_EQ(one.sum, sums[one.slot]);
        found.push_back(one.slot);
      }
      EXPECT_TRUE(std::ranges::equal(found, std::span(order).first(std::min(most, order.size()))));
    }
  }
}

}  // namespace
}  // namespace minhu::text
