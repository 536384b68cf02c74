// Fills a solution after something was taken out.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/tours/dice.h"
#include "engines/tours/draft.h"

namespace minhu::tours {

class Refill {
 public:
  explicit Refill(const Field& field);
  // Puts stops into the cheapest places, one after the other in an order that is drawn. Only what
  // was removed, and what was left out and fits into a gap that has become wider, is looked at.
  // `worth` per stop may differ from the field's own: it decides the order alone.
  void fill(Draft& draft, const std::vector<int>& removed, Dice& dice);
  // The same for everything that is left out and every tour.
  void fill_all(Draft& draft, Dice& dice);
  // Where most stops stay out, they are more often put in by their worth for the time they take.
  void many_left_out() { many_left_out_ = true; }

 private:
  struct Candidate {
    std::int64_t key;
    int stop;
    bool anywhere;
    bool operator<(const Candidate& other) const {
      return key != other.key ? key < other.key : stop < other.stop;
    }
  };

  void mark(const Draft& draft, int changed_index);
  void mark_whole(const Draft& draft, int route, std::uint32_t bit);
  void add_parties(const Draft& draft, const std::vector<int>& removed);
  void give_keys(Dice& dice);
  void place(Draft& draft, Dice& dice);
  void place_one(Draft& draft, Dice& dice, const Candidate& candidate, bool by_worth,
                 bool sieve_again);

  const Field& field_;
  std::vector<std::uint32_t> marks_;
  std::vector<Time> takes_;  // per stop: see sieve
  std::vector<Candidate> candidates_;
  std::vector<char> is_candidate_;
  std::vector<int> routes_;  // which bit of a mark means which route
  bool many_left_out_ = false;
};

}  // namespace minhu::tours
