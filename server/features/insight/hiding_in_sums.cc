#include "features/insight/hiding_in_sums.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>

#include "features/insight/hiding.h"

namespace minhu::insight {

namespace {

constexpr std::int64_t without_end = std::numeric_limits<std::int64_t>::max() / 4;
// Five values are four steps.
constexpr std::int64_t steps_wanted = smallest_shown - 1;

bool is_small(std::int64_t number) {
  return number > 0 && number < smallest_shown;
}

class Pipes {
 public:
  Pipes(const std::vector<PublishedCell>& cells, const std::vector<Sum>& sums)
      : ends_(sums.size() + 1) {
    for (const PublishedCell& cell : cells) {
      pipes_.push_back({cell.number, cell.printed, cell.printed && is_small(cell.number)});
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
      for (const std::size_t cell : sums[i].whole) pipes_[cell].to = i + 1;
      for (const std::size_t cell : sums[i].parts) pipes_[cell].from = i + 1;
    }
    for (std::size_t i = 0; i < pipes_.size(); ++i) {
      ends_[pipes_[i].from].push_back(i);
      ends_[pipes_[i].to].push_back(i);
    }
  }

  // To hide more gives every other hidden number more room and never less, so each is looked at
  // once, and those hidden for its sake after it.
  std::vector<bool> made_safe() {
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < pipes_.size(); ++i) {
      if (pipes_[i].hidden || is_small(pipes_[i].number)) waiting.push_back(i);
    }
    for (std::size_t next = 0; next < waiting.size(); ++next) {
      const std::size_t cell = waiting[next];
      const std::int64_t smaller = push(cell, Way::smaller, steps_wanted, nullptr);
      const std::int64_t larger =
          std::max(smallest_shown - pipes_[cell].number, steps_wanted - smaller);
      if (larger > 0) push(cell, Way::larger, larger, &waiting);
    }
    std::vector<bool> hidden;
    for (const Pipe& pipe : pipes_) hidden.push_back(pipe.hidden);
    return hidden;
  }

 private:
  struct Pipe {
    std::int64_t number;
    bool printed;
    bool hidden;
    std::size_t from = 0;  // a joint; 0 is what lies outside all sums
    std::size_t to = 0;
    std::int64_t moved = 0;  // in the reckoning that is going on
    bool is_known() const { return printed && !hidden; }
    std::int64_t least() const { return printed ? 1 : 0; }
  };
  struct Step {
    std::size_t cell;
    bool forward;
  };
  enum class Way { smaller, larger };

  std::int64_t room(const Pipe& pipe, bool forward) const {
    // A printed 0 is known to everybody and stays.
    if (pipe.printed && pipe.number <= 0) return 0;
    return forward ? without_end : pipe.number + pipe.moved - pipe.least();
  }

  // How much smaller or larger, up to `wanted`, the number can be while all sums hold. Where
  // `waiting` is given, what stands in the way is hidden, and added there.
  std::int64_t push(std::size_t cell, Way way, std::int64_t wanted,
                    std::vector<std::size_t>* waiting) {
    const Pipe& of = pipes_[cell];
    if (way == Way::smaller) wanted = std::min(wanted, of.number - of.least());
    for (Pipe& pipe : pipes_) pipe.moved = 0;
    std::int64_t pushed = 0;
    while (pushed < wanted) {
      const auto steps = way == Way::larger ? cheapest(of.to, of.from, cell, waiting != nullptr)
                                            : cheapest(of.from, of.to, cell, waiting != nullptr);
      if (!steps) break;
      std::int64_t fits = wanted - pushed;
      for (const Step& step : *steps) fits = std::min(fits, room(pipes_[step.cell], step.forward));
      for (const Step& step : *steps) {
        Pipe& pipe = pipes_[step.cell];
        pipe.moved += step.forward ? fits : -fits;
        if (!pipe.is_known()) continue;
        pipe.hidden = true;
        waiting->push_back(step.cell);
      }
      pushed += fits;
    }
    return pushed;
  }

  // The way from joint to joint on which the fewest matters would have to be hidden; through what
  // is hidden already it costs nothing.
  std::optional<std::vector<Step>> cheapest(std::size_t from, std::size_t to, std::size_t without,
                                            bool may_hide) const {
    std::vector<std::int64_t> cost(ends_.size(), without_end);
    std::vector<Step> came_by(ends_.size());
    using At = std::pair<std::int64_t, std::size_t>;
    std::priority_queue<At, std::vector<At>, std::greater<>> reached;
    cost[from] = 0;
    reached.push({0, from});
    while (!reached.empty()) {
      const auto [so_far, joint] = reached.top();
      reached.pop();
      if (so_far > cost[joint]) continue;
      if (joint == to) break;
      for (const std::size_t cell : ends_[joint]) {
        const Pipe& pipe = pipes_[cell];
        if (cell == without || (pipe.is_known() && !may_hide)) continue;
        for (const bool forward : {true, false}) {
          if ((forward ? pipe.from : pipe.to) != joint || room(pipe, forward) <= 0) continue;
          const std::size_t other = forward ? pipe.to : pipe.from;
          const std::int64_t with = so_far + (pipe.is_known() ? pipe.number : 0);
          if (with >= cost[other]) continue;
          cost[other] = with;
          came_by[other] = {cell, forward};
          reached.push({with, other});
        }
      }
    }
    if (cost[to] == without_end) return std::nullopt;
    std::vector<Step> steps;
    for (std::size_t joint = to; joint != from;) {
      steps.push_back(came_by[joint]);
      const Pipe& pipe = pipes_[steps.back().cell];
      joint = steps.back().forward ? pipe.from : pipe.to;
    }
    return steps;
  }

  std::vector<Pipe> pipes_;
  std::vector<std::vector<std::size_t>> ends_;  // the pipes at each joint
};

}  // namespace

std::vector<bool> hidden_in(const std::vector<PublishedCell>& cells, const std::vector<Sum>& sums) {
  return Pipes(cells, sums).made_safe();
}

}  // namespace minhu::insight
