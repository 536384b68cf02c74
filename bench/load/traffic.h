// When what is asked for: drawn before anything is sent, so that a server that answers slowly is
// asked no less (an open loop; a closed one would leave out what it did not dare to ask).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace minhu::bench {

enum class Asked : std::uint8_t { intake, step, receipt, queue, counts, the_case, page };
inline constexpr std::array<std::string_view, 7> names_of_asked{
    "intake", "step", "receipt", "queue", "counts", "case", "page"};
std::optional<Asked> asked_named(std::string_view name) noexcept;
inline constexpr bool is_write(Asked asked) {
  return asked == Asked::intake || asked == Asked::step;
}

// warm_up is not counted; the storm and the time after it are counted apart.
enum class Phase : std::uint8_t { warm_up, steady, storm, after };
inline constexpr std::array<std::string_view, 4> names_of_phases{"warm_up", "steady", "storm",
                                                                 "after"};

struct Traffic {
  double intakes = 20;  // a second
  double steps = 10;
  double reads = 200;
  std::optional<Asked> only;  // all reads are of this kind: what one kind costs
  double warm_up = 2;         // seconds
  double steady = 30;
  double storm = 3;
  double after = 7;
  double times = 20;  // as much in the storm
  std::uint64_t seed = 1;
};

struct Arrival {
  std::int64_t at_us;  // since the beginning
  Asked asked;
  Phase phase;
};

// In order of time.
std::vector<Arrival> draw_arrivals(const Traffic& traffic);

}  // namespace minhu::bench
