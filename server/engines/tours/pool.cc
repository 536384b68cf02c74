#include "engines/tours/pool.h"

#include <algorithm>
#include <bit>

#include "engines/tours/dice.h"

namespace minhu::tours {

namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

// Branch and bound over tours in the order of their value.
class Combination {
 public:
  Combination(const Field& field, const std::vector<PooledTour>& tours, std::int64_t above,
              std::int64_t nodes)
      : field_(field),
        wanted_(field.routes.size()),
        words_((at(field.stops) + 63) / 64),
        best_(above),
        left_(nodes) {
    for (const PooledTour& tour : tours) order_.push_back(&tour);
    std::sort(order_.begin(), order_.end(), [](const PooledTour* a, const PooledTour* b) {
      if (a->value != b->value) return a->value > b->value;
      return a->travel != b->travel ? a->travel < b->travel : a->hash < b->hash;
    });
    sets_.assign(order_.size() * words_, 0);
    for (std::size_t k = 0; k < order_.size(); ++k) {
      for (const int stop : order_[k]->stops) {
        sets_[k * words_ + at(stop) / 64] |= std::uint64_t{1} << (at(stop) % 64);
      }
    }
    covered_.assign((wanted_ + 1) * words_, 0);
  }

  std::vector<std::vector<int>> find() {
    descend(0, 0, 0);
    std::vector<std::vector<int>> found;
    for (const std::size_t k : best_choice_) found.push_back(order_[k]->stops);
    return found;
  }

 private:
  void descend(std::size_t depth, std::size_t from, std::int64_t value) {
    if (value > best_) {
      best_ = value;
      best_choice_ = choice_;
    }
    if (depth == wanted_) return;
    const auto open = static_cast<std::int64_t>(wanted_ - depth);
    const std::uint64_t* covered = covered_.data() + depth * words_;
    std::uint64_t* next = covered_.data() + (depth + 1) * words_;
    for (std::size_t k = from; k < order_.size(); ++k) {
      const PooledTour& tour = *order_[k];
      if (value + open * tour.value <= best_ || left_-- <= 0) return;
      std::int64_t lost = 0;
      const std::uint64_t* set = sets_.data() + k * words_;
      for (std::size_t w = 0; w < words_; ++w) {
        for (std::uint64_t both = covered[w] & set[w]; both != 0; both &= both - 1) {
          const auto stop = w * 64 + static_cast<std::size_t>(std::countr_zero(both));
          lost += field_.kinds[at(tour.kind)].value[stop];
        }
      }
      // What overlaps much is no second tour; and the bound must still hold without what is lost.
      if (lost * 6 > tour.value || value + open * tour.value - lost <= best_) continue;
      for (std::size_t w = 0; w < words_; ++w) next[w] = covered[w] | set[w];
      choice_.push_back(k);
      descend(depth + 1, k + 1, value + tour.value - lost);
      choice_.pop_back();
    }
  }

  const Field& field_;
  std::size_t wanted_;
  std::size_t words_;
  std::int64_t best_;
  std::int64_t left_;
  std::vector<const PooledTour*> order_;
  std::vector<std::uint64_t> sets_;
  std::vector<std::uint64_t> covered_;
  std::vector<std::size_t> choice_;
  std::vector<std::size_t> best_choice_;
};

}  // namespace

Pool::Pool(const Field& field, std::size_t most) : field_(&field), most_(most) {
  Dice dice(0x746f757273);
  for (int stop = 0; stop < field.stops; ++stop) names_.push_back(dice.next());
}

void Pool::add(int kind, const Tour& tour) {
  PooledTour pooled{
      kind, static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15U, tour.value, tour.travel, {}};
  for (std::size_t k = 1; k + 1 < tour.node.size(); ++k) pooled.hash ^= names_[at(tour.node[k])];
  const auto found = index_.find(pooled.hash);
  if (found != index_.end() && tours_[found->second].travel <= tour.travel) return;
  pooled.stops.assign(tour.node.begin() + 1, tour.node.end() - 1);
  add(std::move(pooled));
}

void Pool::add(PooledTour tour) {
  const auto [found, fresh] = index_.emplace(tour.hash, tours_.size());
  if (!fresh) {
    if (tour.travel < tours_[found->second].travel) tours_[found->second] = std::move(tour);
    return;
  }
  tours_.push_back(std::move(tour));
  if (tours_.size() > most_ + most_ / 2) thin_out();
}

void Pool::clear() {
  tours_.clear();
  index_.clear();
}

void Pool::thin_out() {
  std::sort(tours_.begin(), tours_.end(), [](const PooledTour& a, const PooledTour& b) {
    if (a.value != b.value) return a.value > b.value;
    return a.travel != b.travel ? a.travel < b.travel : a.hash < b.hash;
  });
  tours_.resize(most_);
  index_.clear();
  for (std::size_t k = 0; k < tours_.size(); ++k) index_.emplace(tours_[k].hash, k);
}

std::vector<std::vector<int>> Pool::combine(std::int64_t above, std::int64_t nodes) {
  if (field_->routes.size() < 2 || !field_->alike || tours_.empty()) return {};
  return Combination(*field_, tours_, above, nodes).find();
}

}  // namespace minhu::tours
