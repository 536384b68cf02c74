// What a person gets while the proof is not there yet: the log promises, signed, to take their leaf
// in before a time. A promise whose time is over without the leaf is evidence against the log.
//
//     minhu-promise/v1
//     <origin>
//     <base64 of the leaf hash>
//     <seconds since 1970>
//     <seconds since 1970: the deadline>
//
// The text of a signed note; its first line keeps it apart from every checkpoint.
#pragma once

#include "engines/merkle/policy.h"

namespace minhu::merkle {

constexpr std::uint64_t promised_within = 24 * 60 * 60;  // seconds

struct LogPromise {
  std::string origin;
  Hash leaf{};
  std::uint64_t seconds = 0;  // since 1970, as the deadline
  std::uint64_t deadline = 0;
  bool operator==(const LogPromise&) const = default;
};

std::string format_promise(const LogPromise& promise);
// Fault merkle.promise_broken.
Result<LogPromise> parse_promise(std::string_view text);

// Whether a file is meant as one: by its first line, and nothing of it is believed yet.
bool is_promise(std::string_view note);
// Signed by a log that the policy names; witnesses have no part in it. Whether its time is over,
// the caller's clock says. Faults merkle.note_broken, merkle.promise_broken, those of
// check_signed_by_log.
Result<LogPromise> check_promise(const TrustPolicy& policy, std::string_view note);

}  // namespace minhu::merkle
