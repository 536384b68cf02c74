// For tests: a real server on this machine, with routes that take, keep, throw or dawdle, and what
// a peer can throw at it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <span>
#include <sstream>
#include <thread>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/http_beast/server_for_tests.h"

namespace minhu::http_beast {

using namespace std::chrono_literals;
using http::Body;
using http::Method;
using http::Request;
using http::Response;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool memory_can_be_measured = false;  // a sanitizer keeps what was freed
#else
inline constexpr bool memory_can_be_measured = true;
#endif

inline constexpr std::size_t mebibyte = std::size_t{1} << 20U;

inline std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t pages = 0;
  std::size_t resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// Fails the test when memory grew by more than 32 MiB while it lived.
class MemoryStaysBounded {
 public:
  ~MemoryStaysBounded() {
    const std::size_t after = resident_bytes();
    if (!memory_can_be_measured) return;
    EXPECT_LE(after, before_ + 32 * mebibyte);
  }

 private:
  std::size_t before_ = resident_bytes();
};

inline Response text(std::string body) {
  return Response{200, {{"Content-Type", "text/plain"}}, std::move(body), {}};
}

inline Response show(const Request& request) {
  std::ostringstream out;
  out << request.path;
  for (const auto& capture : request.captures) out << "|" << capture;
  for (const auto& [name, value] : request.query) out << "|?" << name << "=" << value;
  for (const auto& [name, value] : request.cookies) out << "|c " << name << "=" << value;
  out << "|" << request.header("x-twice") << (request.secure ? "|secure" : "");
  return text(out.str());
}

// Reads what it says it got from where it lies, so that a spooled file must still be there.
inline Response show_parts(const Request& request) {
  std::ostringstream out;
  for (const http::Part& part : request.parts) {
    std::uint64_t size = part.value.size();
    if (!part.spooled.empty()) size = std::filesystem::file_size(part.spooled);
    out << part.name << ":" << size << (part.spooled.empty() ? "" : " spooled") << ";";
  }
  return text(out.str());
}

class HostileClient : public ::testing::Test {
 protected:
  std::vector<http::Route> routes() {
    const auto route = [](Method method, std::string_view pattern, Body body, std::uint64_t limit,
                          std::function<Response(const Request&)> handle) {
      return http::Route{method, pattern, "public", body, limit, std::move(handle)};
    };
    return {
        route(Method::get, "/hello", Body::none, 0, [](const Request&) { return text("hello"); }),
        route(Method::get, "/show/{what}", Body::none, 0, show),
        route(Method::get, "/client", Body::none, 0,
              [](const Request& request) { return text(request.client); }),
        route(Method::post, "/json", Body::json, mebibyte,
              [](const Request& request) { return text(std::to_string(request.body.size())); }),
        route(Method::post, "/form", Body::form, 64 * mebibyte, show_parts),
        route(Method::post, "/empty", Body::none, 0, [](const Request&) { return text("empty"); }),
        route(Method::get, "/large", Body::none, 0,
              [](const Request&) { return text(std::string(16 * mebibyte, 'x')); }),
        route(Method::get, "/held", Body::none, 0,
              [this](const Request&) {
                ++in_handler_;
                Response response = text("held");
                response.hold = hold_;
                return response;
              }),
        route(Method::get, "/kept", Body::none, 0,
              [this](const Request&) {
                ++in_handler_;
                let_go_.wait(false);
                return text("kept");
              }),
        route(Method::get, "/slow", Body::none, 0,
              [this](const Request&) {
                ++in_handler_;
                std::this_thread::sleep_for(300ms);
                return text("slow");
              }),
        route(Method::get, "/throws", Body::none, 0,
              [](const Request&) -> Response { throw std::runtime_error("secret words"); }),
        route(Method::get, "/throws-a-number", Body::none, 0,
              [](const Request&) -> Response { throw 7; }),
        route(Method::get, "/storage", Body::none, 0,
              [](const Request&) -> Response { throw StorageFailure("secret words"); }),
        route(Method::get, "/splits", Body::none, 0,
              [](const Request&) { return text("x").with("X", "a\r\nSet-Cookie: b"); }),
    };
  }

  void start(Options options = {}) {
    options.workers = options.workers == Options{}.workers ? 4 : options.workers;
    server_ = std::make_unique<TestServer>(routes(), std::move(options));
  }

  static Options impatient() {
    Options options;
    options.limits.idle_time = 200ms;
    options.limits.header_time = 200ms;
    options.limits.grace = 200ms;
    options.limits.request_time = 2000ms;
    options.limits.linger_time = 200ms;
    return options;
  }

  RawClient connect(int receive_buffer = 0) { return RawClient(server_->port(), receive_buffer); }

  RawAnswer ask(std::string_view request) {
    RawClient client = connect();
    return client.ask(request);
  }

  void expect_honest_requests_work() {
    EXPECT_EQ(ask("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
  }

  // Also what every answer must have, and that the server goes on.
  void expect_refused(std::string_view request, int status, std::string_view key) {
    const RawAnswer answer = ask(request);
    EXPECT_EQ(answer.status, status) << request.substr(0, 200);
    EXPECT_EQ(answer.body, "{\"key\":\"" + std::string(key) + "\"}") << request.substr(0, 200);
    EXPECT_TRUE(answer.has("Content-Security-Policy: default-src 'none'"));
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff"));
    EXPECT_TRUE(answer.has("Cache-Control: no-store"));
    expect_honest_requests_work();
  }

  // Which of them, asked at the same time, is answered first.
  static std::size_t first_with_news(std::span<const RawClient> clients) {
    while (true) {
      for (std::size_t i = 0; i < clients.size(); ++i) {
        if (clients[i].has_news()) return i;
      }
      std::this_thread::sleep_for(1ms);
    }
  }
  void wait_for_handlers(int count) {
    while (in_handler_ < count) std::this_thread::sleep_for(1ms);
  }
  void let_go() {
    let_go_ = true;
    let_go_.notify_all();
  }

  std::chrono::milliseconds hold_ = 300ms;  // of "/held"
  std::atomic<bool> let_go_ = false;        // "/kept" waits for it
  std::atomic<int> in_handler_ = 0;
  std::unique_ptr<TestServer> server_;
};

inline std::string post(std::string_view path, std::string_view type, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string post_chunked(std::string_view path, std::string_view type,
                                std::string_view chunks) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(type) +
         "\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunks);
}

inline std::string chunk(std::string_view data) {
  std::ostringstream size;
  size << std::hex << data.size();
  return size.str() + "\r\n" + std::string(data) + "\r\n";
}

inline std::string field(std::string_view name, std::string_view value) {
  return "--XX\r\nContent-Disposition: form-data; name=" + std::string(name) + "\r\n\r\n" +
         std::string(value) + "\r\n";
}

inline std::string file(std::string_view name, std::string_view value) {
  return field(std::string(name) + "; filename=f", value);
}

inline constexpr std::string_view multipart = "multipart/form-data; boundary=XX";

}  // namespace minhu::http_beast
