// One message on its way, and the rules of when it is tried.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "features/cases/notices.h"
#include "kernel/civil_time.h"
#include "ports/outbound.h"
#include "ports/storage.h"

namespace minhu::messages {

struct Message {
  cases::NoticeId id;  // goes out with it, the same at every try
  cases::CaseId case_id;
  cases::Occasion occasion = cases::Occasion::news;
  Instant made_at;
  Instant next_try_at;
  std::int64_t tries = 0;
};

// After this many tries without success: 14 hours, over a night that a gateway was down.
inline constexpr std::int64_t most_tries = 10;
// How long to wait after the n-th try failed: 1 minute, growing to 6 hours. Nothing after the last.
std::optional<std::int64_t> wait_after(std::int64_t tries) noexcept;  // milliseconds

// A telephone rings only between 8 and 20 o'clock: `now` if that is then, else the next morning.
// Mail and paper wake nobody.
Instant decent_time(OutboundWay way, Instant now);

// A telephone on a wall is called, a mobile one is written to.
OutboundWay way_to(const Sealed<std::string>& phone);

std::optional<OutboundWay> way_named(std::string_view) noexcept;

enum class GivenUpBecause : std::uint8_t {
  tries,    // no success in most_tries
  address,  // it will never work: the address is none
};
std::string_view name(GivenUpBecause) noexcept;

// How long a round hands over before it leaves the rest to the next. Other work waits for the same
// thread (the codes that let people in, who is kept away from whom), and an evening begins.
inline constexpr std::int64_t longest_round_ms = 20'000;

// The rows.
void insert_message(Transaction& transaction, RegionId region, const Message& message);
void remove_message(Transaction& transaction, RegionId region, const Message& message);
void give_up(Transaction& transaction, RegionId region, const Message& message,
             GivenUpBecause because, Instant now);
// Nothing is put off for longer (a night, or six hours). What stands later was put off while a
// clock was ahead, and would wait for as long as it was: it is due now.
inline constexpr std::int64_t longest_wait_ms = std::int64_t{24} * 3'600'000;
bool any_put_off_too_far(Reading& reading, RegionId region, Instant now);
void bring_back_put_off_too_far(Transaction& transaction, RegionId region, Instant now);
struct DueCursor {
  Instant next_try_at{-1};
  cases::NoticeId id;
};
// Due by `now`, behind the cursor, in the order of their time.
std::vector<Message> due_messages(Reading& reading, RegionId region, Instant now,
                                  const DueCursor& after, std::int64_t most);

}  // namespace minhu::messages
