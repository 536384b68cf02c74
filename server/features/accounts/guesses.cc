#include "features/accounts/guesses.h"

#include <algorithm>

namespace minhu::accounts {

std::chrono::milliseconds Guesses::wrong(std::string_view client, Instant now) {
  const std::lock_guard lock(mutex_);
  if (counts_.size() >= most_clients && !counts_.contains(client)) {
    std::erase_if(counts_, [&](const auto& entry) {
      return now.unix_ms - entry.second.last.unix_ms > forgotten_after_ms;
    });
    if (counts_.size() >= most_clients) {
      counts_.erase(std::min_element(
          counts_.begin(), counts_.end(),
          [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    }
  }
  Count& count = counts_[std::string(client)];
  if (now.unix_ms - count.last.unix_ms > forgotten_after_ms) count.wrong = 0;
  count.last = now;
  ++count.wrong;
  const auto steps = std::min(count.wrong - 1, 6);
  return std::min(first_delay * (1 << steps), longest_delay);
}

void Guesses::right(std::string_view client) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(client);
  if (found != counts_.end()) counts_.erase(found);
}

std::optional<Guesses::Comparison> Guesses::compare(std::string_view client) {
  const std::lock_guard lock(mutex_);
  int& running = at_once_[std::string(client)];
  if (running >= most_at_once) return std::nullopt;
  ++running;
  return Comparison(*this, std::string(client));
}

Guesses::Comparison::~Comparison() {
  if (guesses_ == nullptr) return;
  const std::lock_guard lock(guesses_->mutex_);
  const auto found = guesses_->at_once_.find(client_);
  if (--found->second == 0) guesses_->at_once_.erase(found);
}

}  // namespace minhu::accounts
