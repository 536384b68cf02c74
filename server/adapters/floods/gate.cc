#include "adapters/floods/gate.h"

#include <algorithm>
#include <cmath>

namespace minhu::floods {

namespace {

constexpr double hour_ms = 3'600'000;

}  // namespace

void Gate::refill(Store& store, const Allowance& allowance, Instant now) {
  // A clock that was set back gives nothing; from then on it counts again.
  const auto passed =
      static_cast<double>(std::max<std::int64_t>(0, now.unix_ms - store.last.unix_ms));
  store.used = std::max(0.0, store.used - passed / hour_ms * allowance.an_hour);
  store.last = now;
}

Gate::Store& Gate::store_of(std::string_view client, Instant now) {
  if (const auto found = each_.find(client); found != each_.end()) {
    refill(found->second, limits_.each, now);
    return found->second;
  }
  if (each_.size() >= limits_.most_clients) {
    // Whoever has sent nothing for long enough is as one never seen. Where all are busy the one who
    // used the least goes: forgetting it gives nearly nothing away.
    for (auto& [name, store] : each_) refill(store, limits_.each, now);
    std::erase_if(each_, [](const auto& entry) { return entry.second.used == 0; });
    if (each_.size() >= limits_.most_clients) {
      each_.erase(std::min_element(each_.begin(), each_.end(), [](const auto& a, const auto& b) {
        return a.second.used < b.second.used;
      }));
    }
  }
  return each_.emplace(std::string(client), Store{0, now}).first->second;
}

std::chrono::seconds Gate::pass(std::string_view client, std::uint64_t bytes, Instant now) {
  if (local_.contains(client)) return {};
  const double cost =
      1 + std::floor(static_cast<double>(bytes) / static_cast<double>(limits_.bytes_a_permit));
  const std::lock_guard lock(mutex_);
  refill(together_, limits_.together, now);
  Store& own = store_of(client, now);
  const bool calm = together_.used + cost <= limits_.together.burst;
  // The largest form that there can be passes where nothing was sent before.
  const double asked = std::min(cost, limits_.each.burst);
  if (!calm && own.used + asked > limits_.each.burst) {
    ++held_back_;
    const double lacking = own.used + asked - limits_.each.burst;
    return std::chrono::seconds(
        static_cast<std::int64_t>(std::ceil(lacking / limits_.each.an_hour * 3600)));
  }
  own.used = std::min(limits_.each.burst, own.used + cost);
  together_.used = std::min(limits_.together.burst, together_.used + cost);
  return {};
}

std::uint64_t Gate::held_back() const {
  const std::lock_guard lock(mutex_);
  return held_back_;
}

}  // namespace minhu::floods
