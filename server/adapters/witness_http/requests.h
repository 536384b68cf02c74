// Several HTTP requests at once by libcurl, under the rules of the house: no redirects, no proxy of
// the environment, http and https alone, certificates checked, and never a machine that a cloud
// keeps its secrets on (link-local addresses).
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace minhu::witness_http {

struct Question {
  std::string url;
  std::optional<std::string> body;  // POST when there is one
};

struct Told {
  int status = 0;  // 0: no answer in time, a broken one, or one that was too long
  std::string content_type;
  std::string body;
  std::string why;  // in libcurl's words when the status is 0
};

struct Patience {
  std::chrono::milliseconds time{2'000};  // each answer, from the look-up of the name to its end
  std::size_t most_bytes = std::size_t{1} << 20U;
};

// Keeps connections open between calls. Safe to call from several threads; one call goes at a time.
class Requests {
 public:
  explicit Requests(Patience patience);
  ~Requests();
  Requests(const Requests&) = delete;
  Requests& operator=(const Requests&) = delete;

  // The answers in the order of the questions. Each has `at_most` so long, where that is less than
  // the patience there is.
  std::vector<Told> ask(std::span<const Question> questions,
                        std::chrono::milliseconds at_most = std::chrono::milliseconds::max());

 private:
  class Connections;

  Patience patience_;
  std::mutex one_call_;
  std::unique_ptr<Connections> connections_;
};

// "https://a.example/log" and "https://a.example/log/" followed by "checkpoint".
std::string joined(const std::string& address, std::string_view path);

}  // namespace minhu::witness_http
