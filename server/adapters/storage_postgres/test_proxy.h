// For tests: stands between us and the server, and fails as a network does.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace minhu::storage_postgres {

enum class Mishap {
  none,
  commit_does_not_arrive,  // the connection breaks before the server has heard of the COMMIT
  answer_does_not_arrive,  // it breaks when the server has carried the COMMIT out
  frozen                   // nothing passes in either direction, and nothing is closed
};

class Proxy {
 public:
  // Between a socket in `folder` and the one of the server in `server_folder`.
  Proxy(const std::filesystem::path& folder, const std::string& server_folder)
      : server_(server_folder + "/.s.PGSQL.5432"), listening_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    const sockaddr_un here = address(folder / ".s.PGSQL.5432");
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
        ::listen(listening_, 16) != 0) {
      std::abort();
    }
    accepting_ = std::thread([this] { accept_all(); });
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    stopping_ = true;
    accepting_.join();
    for (auto& one : passing_) one.join();
    ::close(listening_);
  }

  void next(Mishap mishap) { mishap_ = mishap; }
  int mishaps() const { return mishaps_; }

 private:
  static sockaddr_un address(const std::filesystem::path& path) {
    sockaddr_un there{};
    there.sun_family = AF_UNIX;
    path.string().copy(static_cast<char*>(there.sun_path), sizeof there.sun_path - 1);
    return there;
  }

  void accept_all() {
    while (!stopping_) {
      pollfd waiting{listening_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int client = ::accept(listening_, nullptr, nullptr);
      const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
      const sockaddr_un there = address(server_);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
        std::abort();
      }
      passing_.emplace_back([this, client, server] { pass(client, server); });
    }
  }

  // Until one side closes or a mishap ends it.
  void pass(int client, int server) {
    bool answer_is_lost = false;
    std::array<char, 65536> buffer{};
    while (!stopping_) {
      if (mishap_ == Mishap::frozen) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        continue;
      }
      std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
      if (::poll(both.data(), 2, 20) <= 0) continue;
      if (both[0].revents != 0) {
        const ssize_t size = ::read(client, buffer.data(), buffer.size());
        if (size <= 0) break;
        const std::string_view said(buffer.data(), static_cast<std::size_t>(size));
        // As a whole statement, which ends in a zero byte; every BEGIN says READ COMMITTED.
        if (said.find(std::string_view("COMMIT\0", 7)) != std::string_view::npos) {
          if (takes(Mishap::commit_does_not_arrive)) break;
          answer_is_lost = takes(Mishap::answer_does_not_arrive);
        }
        if (::send(server, buffer.data(), said.size(), MSG_NOSIGNAL) != size) break;
      }
      if (both[1].revents != 0) {
        const ssize_t size = ::read(server, buffer.data(), buffer.size());
        if (size <= 0 || answer_is_lost) break;
        if (::send(client, buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) != size) {
          break;
        }
      }
    }
    ::close(client);
    ::close(server);
  }

  // Each mishap happens once.
  bool takes(Mishap wanted) {
    if (!mishap_.compare_exchange_strong(wanted, Mishap::none)) return false;
    ++mishaps_;
    return true;
  }

  std::string server_;
  int listening_;
  std::atomic<bool> stopping_ = false;
  std::atomic<Mishap> mishap_ = Mishap::none;
  std::atomic<int> mishaps_ = 0;
  std::vector<std::thread> passing_;
  std::thread accepting_;
};

}  // namespace minhu::storage_postgres
