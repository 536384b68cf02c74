// A real server on a free port of this machine, with a thread of its own, for tests.
#pragma once

#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/http_beast/server.h"
#include "ports/storage.h"

namespace minhu::http_beast {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "minhu-http-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

class TestServer {
 public:
  explicit TestServer(std::vector<http::Route> routes, Options options = {}) {
    options.port = 0;
    options.spool = spool_.path();
    server_ = std::make_unique<Server>(
        std::move(options), std::move(routes),
        [](const http::Request&, int status, const Fault& fault) {
          return http::json("{\"key\":\"" + fault.key + "\"}", status);
        },
        [this](const Seen& seen) {
          const std::lock_guard lock(mutex_);
          ++seen_[{std::string(seen.pattern), seen.status}];
        });
    thread_ = std::thread([this] {
      server_->run();
      has_run_ = true;
    });
  }
  ~TestServer() { stop(); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::uint16_t port() const { return server_->port(); }
  const TemporaryFolder& spool() const { return spool_; }
  Server& server() { return *server_; }
  bool has_run() const { return has_run_; }

  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
    server_.reset();
  }

  int times_seen(const std::string& pattern, int status) {
    const std::lock_guard lock(mutex_);
    return seen_[{pattern, status}];
  }

 private:
  TemporaryFolder spool_;
  std::mutex mutex_;
  std::map<std::pair<std::string, int>, int> seen_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  std::atomic<bool> has_run_ = false;
};

}  // namespace minhu::http_beast
