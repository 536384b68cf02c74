#include "weather.h"

namespace minhu::simulation {

namespace {

constexpr std::int64_t reads_for_a_write = 40;

}  // namespace

std::string_view name(Trouble trouble) {
  constexpr std::string_view names[troubles] = {"none",        "refused",       "undone",
                                                "kept_untold", "undone_untold", "twice",
                                                "full",        "killed_before", "killed_after"};
  return names[static_cast<std::size_t>(trouble)];
}

Trouble Weather::note(Trouble trouble) {
  ++seen_[static_cast<std::size_t>(trouble)];
  return trouble;
}

Trouble Weather::of_a_write() {
  check();
  if (one_in_ == 0 || dice_.between(1, one_in_) > 1) return note(Trouble::none);
  return note(static_cast<Trouble>(dice_.between(1, troubles - 1)));
}

Trouble Weather::of_a_read() {
  check();
  if (one_in_ == 0 || dice_.between(1, one_in_ * reads_for_a_write) > 1) return note(Trouble::none);
  return note(dice_.between(1, 4) > 1 ? Trouble::refused : Trouble::killed_before);
}

void Weather::kill() {
  killed_ = true;
  throw Killed();
}

void Weather::check() const {
  if (killed_) throw Killed();
}

}  // namespace minhu::simulation
