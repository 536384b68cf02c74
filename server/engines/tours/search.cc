#include "engines/tours/search.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>

#include "engines/tours/last_stops.h"
#include "engines/tours/rescue.h"

namespace minhu::tours {

namespace {

constexpr int rounds = 40;
constexpr int walks_by_iterations = 2;
constexpr int steps_a_look = 64;  // at the clock and at who wants us to stop
// Work of a rescue (see Squeeze) that takes about as long as a step of a walk.
constexpr std::int64_t work_a_step = 500;
// Where tours are not put together anew, a walk goes on from the best of all every so many rounds.
// With few tours it is better that walks remain different.
constexpr int rounds_apart = 5;
constexpr std::size_t few_tours = 4;
constexpr int first_rescue = 4;  // round: before, a walk finds most of it more cheaply
// With `iterations`: how much is done for what is missing when the rounds are over, in slices.
constexpr int last_slices = 12;
constexpr std::int64_t least_slice = 300'000;
constexpr std::int64_t most_slice = 20'000'000;
constexpr std::int64_t slice_a_choice = 250;  // for each demanded stop on each route

std::int64_t most_possible(const Field& field) {
  std::int64_t sum = 0;
  for (int stop = 0; stop < field.stops; ++stop) {
    std::int64_t most = 0;
    for (const Kind& kind : field.kinds) {
      if (kind.allows(stop)) most = std::max(most, kind.value[static_cast<std::size_t>(stop)]);
    }
    sum += most;
  }
  return sum;
}

class Search {
 public:
  Search(const Field& field, const Work& work)
      : field_(field),
        work_(work),
        most_(most_possible(field)),
        possible_(kept(most_)),
        shared_(field) {
    const int walks = work.iterations > 0 ? walks_by_iterations : std::max(1, work.threads);
    walks_.resize(static_cast<std::size_t>(walks));
    rescues_.resize(static_cast<std::size_t>(walks));
  }

  Solution run() {
    for (int round = 0; round < rounds; ++round) {
      prepare_rescue(round);
      each_walk([&](std::size_t index) { walk(index, round); });
      exchange();
      if (work_.tell) work_.tell({(round + 1.0) / rounds, best_.value, visits()});
      if (is_over() || is_content()) break;
    }
    for (int slice = 0; work_.iterations > 0 && slice < last_slices && misses() && !is_over();
         ++slice) {
      each_walk([&](std::size_t index) { last_rescue(index, slice == 0); });
      exchange();
    }
    return best_;
  }

 private:
  template <class Job>
  void each_walk(Job job) {
    if (work_.threads < 2) {
      for (std::size_t index = 0; index < walks_.size(); ++index) job(index);
      return;
    }
    std::vector<std::thread> threads;
    for (std::size_t index = 1; index < walks_.size(); ++index) threads.emplace_back(job, index);
    job(0);
    for (std::thread& thread : threads) thread.join();
  }

  bool is_over() const { return work_.stop && work_.stop(); }
  bool is_content() const { return work_.content_with_all && best_.value >= most_; }

  // Whether a stop that could be visited and has to be is left out.
  bool misses() const { return kept(best_.value) < possible_; }
  std::int64_t kept(std::int64_t value) const {
    return std::max<std::int64_t>(0, value) / field_.must;
  }

  // By one thread, before the walks go on: who looks for room where something is missing.
  void prepare_rescue(int round) {
    if (round < first_rescue || !misses() || rescues_.front()) return;
    for (std::size_t index = 0; index < walks_.size(); ++index) {
      rescues_[index] =
          std::make_unique<Rescue>(field_, (work_.seed + 1) * 0xD1B54A32D192ED03U + index);
    }
    possible_ = rescues_.front()->possible();
  }

  // Looks for room for what is missing; from other tours than where it was, if there are any.
  bool rescue(std::size_t index, const Solution* from, std::int64_t work,
              const std::function<bool()>& enough) {
    const std::unique_ptr<Rescue>& rescue = rescues_[index];
    if (from != nullptr) rescue->begin(from->tours);
    rescue->run(work, enough);
    if (rescue->kept() <= kept(best_.value)) return false;
    Solution found;
    found.tours = rescue->tours();
    walks_[index]->jump_to(found);
    return true;
  }

  // Before a walk goes on: where the best solution lacks something, it is looked for; where it does
  // not and the walk does, the walk goes on from there.
  void rescue_before(std::size_t index, int round) {
    if (!rescues_[index]) return;
    const double until = (round + 0.25) / rounds;
    const std::int64_t work = work_.iterations > 0 ? work_.iterations / rounds * work_a_step
                                                   : std::numeric_limits<std::int64_t>::max() / 4;
    if (misses()) {
      rescue(index, index == 0 ? &best_ : &walks_[index]->best(), work,
             [&] { return is_over() || (work_.iterations == 0 && work_.spent() >= until); });
    } else if (kept(walks_[index]->current_value()) < kept(best_.value)) {
      walks_[index]->jump_to(best_);
    }
  }

  // The rounds are over and something is still missing.
  void last_rescue(std::size_t index, bool first) {
    const std::int64_t choices = possible_ * static_cast<std::int64_t>(field_.routes.size());
    const std::int64_t slice =
        std::min(std::clamp(choices * slice_a_choice, least_slice, most_slice),
                 work_.iterations * work_a_step);
    const bool anew = first || rescues_[index]->kept() < kept(best_.value);
    if (!rescue(index, anew ? &best_ : nullptr, slice, [&] { return is_over(); })) return;
    for (std::int64_t at = 0; at < work_.iterations / last_slices && !is_over();
         at += steps_a_look) {
      walks_[index]->steps(steps_a_look, 1);
    }
  }

  // In every second round the last walk looks for a place for the last stops, where they are few.
  bool is_for_the_last(std::size_t index, int round) const {
    constexpr int few = 20;  // one in so many
    if (!work_.content_with_all || round % 2 == 0 || index + 1 < walks_.size()) return false;
    return LastStops::suits(field_) && (field_.stops - visits()) * few <= field_.stops;
  }

  // Not a walk: a search for room alone, which goes on from round to round.
  void find_the_last(std::size_t index, int round) {
    if (!last_stops_) {
      last_stops_ = std::make_unique<LastStops>(field_, (work_.seed + 1) * 0xA0761D6478BD642FU);
      last_stops_->begin(best_.tours);
    }
    const double until = (round + 1.0) / rounds;
    const std::int64_t work = work_.iterations > 0 ? work_.iterations / rounds * work_a_step
                                                   : std::numeric_limits<std::int64_t>::max() / 4;
    last_stops_->run(
        work, [&] { return is_over() || (work_.iterations == 0 && work_.spent() >= until); });
    if (most_ - last_stops_->value_left_out() <= best_.value) return;
    Solution found;
    found.tours = last_stops_->tours();
    walks_[index]->jump_to(found);
  }

  void walk(std::size_t index, int round) {
    std::unique_ptr<Walk>& walk = walks_[index];
    const bool last_ones = is_for_the_last(index, round);
    if (!walk) {
      walk = std::make_unique<Walk>(field_, work_.seed * 0x9E3779B97F4A7C15U + index);
      if (!work_.from.tours.empty()) walk->jump_to(work_.from);
    }
    if (!last_ones) rescue_before(index, round);
    if (round > 0 && static_cast<std::size_t>(round) % walks_.size() == index) {
      walk->recombine(shared_);
    }
    if (!field_.alike && field_.routes.size() > few_tours && (round + 1) % rounds_apart == 0 &&
        best_.better_than(walk->best())) {
      walk->jump_to(best_);
    }
    if (last_ones) {
      find_the_last(index, round);
      return;
    }
    const auto enough = [&] {
      return is_over() || (work_.content_with_all && walk->best().value >= most_);
    };
    if (work_.iterations > 0) {
      const auto until = [&](int part) { return work_.iterations * part / rounds; };
      for (std::int64_t at = until(round); at < until(round + 1) && !enough();) {
        const auto count = std::min<std::int64_t>(steps_a_look, until(round + 1) - at);
        walk->steps(static_cast<int>(count),
                    static_cast<double>(at) / static_cast<double>(work_.iterations));
        at += count;
      }
      return;
    }
    const double until = (round + 1.0) / rounds;
    for (double spent = work_.spent(); spent < until && !enough(); spent = work_.spent()) {
      walk->steps(steps_a_look, spent);
    }
  }

  void exchange() {
    for (const auto& walk : walks_) {
      if (walk->best().better_than(best_)) best_ = walk->best();
      for (const PooledTour& tour : walk->pool().tours()) shared_.add(tour);
      walk->pool().clear();
    }
  }

  int visits() const {
    std::size_t count = 0;
    for (const auto& tour : best_.tours) count += tour.size();
    return static_cast<int>(count);
  }

  const Field& field_;
  const Work& work_;
  std::int64_t most_;
  std::int64_t possible_;  // demanded visits that could be kept, as far as is known
  std::vector<std::unique_ptr<Walk>> walks_;
  std::vector<std::unique_ptr<Rescue>> rescues_;  // made when something is missing
  std::unique_ptr<LastStops> last_stops_;
  Pool shared_;
  Solution best_;
};

}  // namespace

Solution search(const Field& field, const Work& work) {
  return Search(field, work).run();
}

}  // namespace minhu::tours
