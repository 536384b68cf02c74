// What goes wrong at the databases of a simulated server, by dice: what a database behind a network
// does to a program that is not told when, and the moments at which the program itself is killed.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "kernel/test_dice.h"

namespace minhu::simulation {

// The program was killed. No std::exception: nothing on its way out may take it for a failure that
// it knows.
struct Killed {};

enum class Trouble : std::uint8_t {
  none,
  refused,        // the server does not answer; nothing was done
  undone,         // it went away in the middle, and is known to have undone everything
  kept_untold,    // the commit stands, and nobody could find that out
  undone_untold,  // it does not stand, and nobody could find that out
  twice,          // undone once by the server, and run again
  full,           // no room
  killed_before,  // the program, with the commit still to come
  killed_after,   // …, with the commit made and nobody told
};
inline constexpr std::size_t troubles = 9;
std::string_view name(Trouble trouble);

class Weather {
 public:
  explicit Weather(std::uint64_t seed) : dice_(seed) {}

  // One write in `one_in` goes wrong, and one read in forty times as many; 0: none does.
  void rough(std::int64_t one_in) { one_in_ = one_in; }
  void calm() { one_in_ = 0; }
  bool is_calm() const noexcept { return one_in_ == 0; }

  // Calm as long as it lives.
  class Pause {
   public:
    explicit Pause(Weather& weather) : weather_(weather), before_(weather.one_in_) {
      weather.calm();
    }
    ~Pause() { weather_.rough(before_); }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Weather& weather_;
    std::int64_t before_;
  };

  Trouble of_a_write();
  Trouble of_a_read();  // none, refused or killed_before

  // From the first Killed until the program is started again every call throws Killed.
  [[noreturn]] void kill();
  void check() const;
  void start_again() { killed_ = false; }
  bool killed() const noexcept { return killed_; }

  // How often each came.
  const std::array<std::int64_t, troubles>& seen() const noexcept { return seen_; }

 private:
  Trouble note(Trouble trouble);

  Dice dice_;
  std::int64_t one_in_ = 0;
  bool killed_ = false;
  std::array<std::int64_t, troubles> seen_{};
};

}  // namespace minhu::simulation
