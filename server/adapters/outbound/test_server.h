// For tests: a server on this machine that speaks a little HTTP or SMTP over a plain socket, says
// what the test told it to, and keeps what it heard.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace minhu::outbound::test {

class Conversation {
 public:
  explicit Conversation(int socket) : socket_(socket) {}
  ~Conversation() { ::close(socket_); }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  bool read_some() {
    char buffer[4096];
    const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    heard_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }
  // Up to and with the next `end`; false when the other side has gone.
  bool read_until(std::string_view end, std::string& text) {
    std::size_t found = std::string::npos;
    while ((found = heard_.find(end)) == std::string::npos) {
      if (!read_some()) return false;
    }
    text = heard_.substr(0, found + end.size());
    heard_.erase(0, found + end.size());
    return true;
  }
  bool read_bytes(std::size_t size, std::string& text) {
    while (heard_.size() < size) {
      if (!read_some()) return false;
    }
    text = heard_.substr(0, size);
    heard_.erase(0, size);
    return true;
  }
  void say(const std::string& text) { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }

 private:
  int socket_;
  std::string heard_;
};

class Server {
 public:
  explicit Server(std::function<void(Conversation&)> talk) : talk_(std::move(talk)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, plain, sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(::getsockname(listener_, plain, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }
  int visits() const { return visits_; }

 private:
  void serve() {
    for (int socket = ::accept(listener_, nullptr, nullptr); socket >= 0;
         socket = ::accept(listener_, nullptr, nullptr)) {
      ++visits_;
      Conversation conversation(socket);
      talk_(conversation);
    }
  }

  std::function<void(Conversation&)> talk_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> visits_{0};
  std::thread thread_;
};

// Answers every request with one status line and remembers them.
class HttpServer {
 public:
  struct Request {
    std::string head;
    std::string body;
    std::string header(const std::string& name) const {
      const auto start = head.find("\r\n" + name + ": ");
      if (start == std::string::npos) return {};
      const auto value = start + name.size() + 4;
      return head.substr(value, head.find("\r\n", value) - value);
    }
  };
  explicit HttpServer(std::string answer) : answer_(std::move(answer)) {}
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hook"; }
  std::uint16_t port() const { return server_.port(); }
  int visits() const { return server_.visits(); }
  std::vector<Request> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void talk(Conversation& conversation) {
    Request request;
    if (!conversation.read_until("\r\n\r\n", request.head)) return;
    const std::string length = request.header("Content-Length");
    if (!length.empty()) conversation.read_bytes(std::stoul(length), request.body);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    conversation.say(answer_);
  }

  std::string answer_;
  std::mutex mutex_;
  std::vector<Request> requests_;
  Server server_{[this](Conversation& conversation) { talk(conversation); }};
};

// Says yes to everything, except to the commands named.
class SmtpServer {
 public:
  // By the first word of a command, "." for the end of the text and "connect" for the greeting.
  explicit SmtpServer(std::map<std::string, std::string> answers = {})
      : answers_(std::move(answers)) {}
  std::uint16_t port() const { return server_.port(); }
  std::vector<std::string> commands() {
    const std::lock_guard lock(mutex_);
    return commands_;
  }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  std::string answer(const std::string& word, const std::string& otherwise) {
    const auto found = answers_.find(word);
    return (found == answers_.end() ? otherwise : found->second) + "\r\n";
  }
  void talk(Conversation& conversation) {
    conversation.say(answer("connect", "220 here"));
    std::string line;
    while (conversation.read_until("\r\n", line)) {
      line.resize(line.size() - 2);
      {
        const std::lock_guard lock(mutex_);
        commands_.push_back(line);
      }
      const std::string word = line.substr(0, line.find(' '));
      if (word == "DATA") {
        const std::string go = answer("DATA", "354 go on");
        conversation.say(go);
        if (!go.starts_with("354")) continue;
        std::string text;
        if (!conversation.read_until("\r\n.\r\n", text)) return;
        {
          const std::lock_guard lock(mutex_);
          text_ = text.substr(0, text.size() - 3);
        }
        conversation.say(answer(".", "250 taken"));
      } else if (word == "EHLO") {
        conversation.say(answer("EHLO", "250-here\r\n250 8BITMIME"));
      } else if (word == "QUIT") {
        conversation.say("221 bye\r\n");
        return;
      } else {
        conversation.say(answer(word, "250 ok"));
      }
    }
  }

  std::map<std::string, std::string> answers_;
  std::mutex mutex_;
  std::vector<std::string> commands_;
  std::string text_;
  Server server_{[this](Conversation& conversation) { talk(conversation); }};
};

}  // namespace minhu::outbound::test
