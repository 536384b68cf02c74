// A client that sends exactly what it is told, for tests.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace minhu::http_beast {

struct RawAnswer {
  int status = 0;  // 0: the connection ended without an answer
  std::string head;
  std::string body;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) throw std::runtime_error("no socket");
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    const timeval patience{120, 0};  // on a machine that has other work, too
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() { close(); }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  // False when the peer has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next answer; `to_head` when it answers a HEAD.
  RawAnswer answer(bool to_head = false) {
    RawAnswer answer;
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return answer;
    }
    answer.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.substr(9, 3).c_str());
    const std::size_t length_at = answer.head.find("Content-Length: ");
    const std::size_t length =
        length_at == std::string::npos || to_head
            ? 0
            : std::strtoul(answer.head.c_str() + length_at + 16, nullptr, 10);
    while (buffer_.size() < length) {
      if (!fill()) break;
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
  }

  RawAnswer ask(std::string_view request) {
    send(request);
    return answer();
  }

  // True when the server ends the connection (not when it merely says nothing).
  bool is_closed_by_server() {
    while (fill()) {
    }
    return !timed_out_;
  }

  // Whether something has come that nobody has looked at; does not wait.
  bool has_news() const {
    char piece = 0;
    return !buffer_.empty() || ::recv(socket_, &piece, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
  }

  // At most this many bytes, then control returns.
  std::size_t read_some(std::size_t most) {
    std::string piece(most, '\0');
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  }

 private:
  bool fill() {
    char piece[16 * 1024];
    const ssize_t count = ::recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) {
      timed_out_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
      return false;
    }
    buffer_.append(piece, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string buffer_;
  bool timed_out_ = false;
};

}  // namespace minhu::http_beast
