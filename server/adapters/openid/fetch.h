// One exchange with the provider by libcurl: a few seconds, a bounded answer, no redirects, no
// proxy of the environment, certificates checked. Inner header.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "kernel/result.h"
#include "kernel/sealed.h"

namespace minhu::openid {

inline constexpr std::size_t most_received = std::size_t{256} * 1024;

struct Question {
  std::string url;
  std::optional<Sealed<std::string>> form;           // urlencoded; absent: GET
  std::optional<Sealed<std::string>> authorization;  // value of the header
  std::string authorities;                           // a file; empty: the system's
  std::chrono::milliseconds patience{5'000};
};

// The body of an answer 200. Fault unavailable openid.unreachable (details: reason, a short word
// for the log) for everything else.
Result<std::string> fetch(const Question& question);

}  // namespace minhu::openid
