// A solution while it is being changed: tours with what each position still has room for.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/tours/field.h"

namespace minhu::tours {

struct Tour {
  // From the start of its route to the finish, both included.
  std::vector<int> node;
  std::vector<Time> ready;  // earliest start of service
  std::vector<Time> until;  // latest start with which the rest can still be kept
  std::int64_t value = 0;
  std::int64_t worth = 0;  // without the cost of travel
  std::int64_t travel = 0;

  int visits() const { return static_cast<int>(node.size()) - 2; }
};

class Draft {
 public:
  // Only the visits that are fixed. One that cannot be kept is left out.
  explicit Draft(const Field& field);

  const Field& field() const { return *field_; }
  const std::vector<Tour>& tours() const { return tours_; }
  const Tour& tour(int route) const { return tours_[static_cast<std::size_t>(route)]; }
  int route_of(int stop) const { return where_[static_cast<std::size_t>(stop)]; }  // -1: left out
  bool is_fixed(int stop) const { return fixed_[static_cast<std::size_t>(stop)] != 0; }
  std::int64_t value() const { return value_; }
  std::int64_t travel() const { return travel_; }
  std::int64_t worth() const { return worth_ - field_->travel_cost * travel_; }

  struct Place {
    int position = -1;  // the stop goes behind this one; -1: nowhere
    Time cost = never;  // additional travel
  };
  // The cheapest place of a stop in a tour of which the kind and the party allow it.
  Place cheapest(int stop, int route) const;
  // Whether the stop may be on that tour by kind, party and the number of visits; hours aside.
  bool may_join(int stop, int route) const;
  void insert(int stop, int route, int position);

  // Takes stops out in one go; none is fixed. False when a tour can no longer be kept, which a
  // matrix that breaks the triangle inequality makes possible: the caller then goes back.
  bool remove(const std::vector<int>& stops);

  // What must be known to go back: tours are written down before their first change.
  void remember(int route);
  void forget();   // the changes stay
  void go_back();  // to where `forget` was last called
  const std::vector<int>& changed() const { return changed_; }
  const Tour& before(int changed_index) const {
    return saved_[static_cast<std::size_t>(changed_index)];
  }

  // Puts a whole tour in place of another: stops of `node` must be free or on that route.
  bool replace(int route, const std::vector<int>& stops);

 private:
  bool recompute(int route);
  void count(int route, std::int64_t sign);

  const Field* field_;
  std::vector<Tour> tours_;
  std::vector<int> where_;
  std::vector<char> fixed_;
  std::vector<Time> fixed_at_;
  std::vector<int> party_size_;  // visited stops of each party
  std::vector<int> party_day_;
  std::int64_t value_ = 0;
  std::int64_t worth_ = 0;
  std::int64_t travel_ = 0;

  std::vector<int> changed_;
  std::vector<Tour> saved_;  // the first changed_.size() are in use
  std::vector<char> is_changed_;
};

}  // namespace minhu::tours
