// For tests: a server on this machine that speaks a little HTTP or SMTP over a plain socket, says
// what the test told it to, and keeps what it heard.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace minhu::outbound::test {

// A certificate for 127.0.0.1 that signs itself, and the server's side of TLS under it.
class TestCertificate {
 public:
  TestCertificate()
      : key_(EVP_EC_gen("P-256"), EVP_PKEY_free),
        certificate_(X509_new(), X509_free),
        context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    X509* x = certificate_.get();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key_.get());
    X509_NAME* name = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("minhu test"), -1, -1, 0);
    X509_set_issuer_name(x, name);
    for (const auto& [kind, value] : {std::pair(NID_subject_alt_name, "IP:127.0.0.1"),
                                      std::pair(NID_basic_constraints, "critical,CA:TRUE")}) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
      X509_add_ext(x, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(x, key_.get(), EVP_sha256());
    EXPECT_EQ(SSL_CTX_use_certificate(context_.get(), x), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context_.get(), key_.get()), 1);
  }
  SSL_CTX* context() const { return context_.get(); }
  // For whoever is to trust it.
  std::string pem() const {
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, certificate_.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(out);
    return text;
  }

 private:
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
  std::unique_ptr<X509, void (*)(X509*)> certificate_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
};

class Conversation {
 public:
  explicit Conversation(int socket) : socket_(socket) {}
  ~Conversation() {
    if (tls_) SSL_shutdown(tls_.get());
    tls_.reset();
    ::close(socket_);
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  // From here on encrypted; false when the other side does not like the certificate.
  bool start_tls(const TestCertificate& certificate) {
    tls_.reset(SSL_new(certificate.context()));
    SSL_set_fd(tls_.get(), socket_);
    if (SSL_accept(tls_.get()) == 1) return true;
    tls_.reset();
    return false;
  }
  bool read_some() {
    char buffer[4096];
    const auto got = tls_ ? ssize_t{SSL_read(tls_.get(), buffer, sizeof buffer)}
                          : ::recv(socket_, buffer, sizeof buffer, 0);
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
  void say(const std::string& text) {
    if (tls_) {
      SSL_write(tls_.get(), text.data(), static_cast<int>(text.size()));
    } else {
      ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    }
  }

 private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  int socket_;
  std::unique_ptr<SSL, Free> tls_;
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
  explicit HttpServer(std::string answer, const TestCertificate* certificate = nullptr)
      : answer_(std::move(answer)), certificate_(certificate) {}
  std::string url() const {
    return std::string(certificate_ == nullptr ? "http" : "https") +
           "://127.0.0.1:" + std::to_string(server_.port()) + "/hook";
  }
  std::uint16_t port() const { return server_.port(); }
  int visits() const { return server_.visits(); }
  std::vector<Request> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void talk(Conversation& conversation) {
    if (certificate_ != nullptr && !conversation.start_tls(*certificate_)) return;
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
  const TestCertificate* certificate_;
  std::mutex mutex_;
  std::vector<Request> requests_;
  Server server_{[this](Conversation& conversation) { talk(conversation); }};
};

// Says yes to everything, except to the commands named.
class SmtpServer {
 public:
  // By the first word of a command, "." for the end of the text and "connect" for the greeting.
  // With a certificate it offers STARTTLS.
  explicit SmtpServer(std::map<std::string, std::string> answers = {},
                      const TestCertificate* certificate = nullptr)
      : answers_(std::move(answers)), certificate_(certificate) {}
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
        conversation.say(answer("EHLO", certificate_ == nullptr ? "250-here\r\n250 8BITMIME"
                                                                : "250-here\r\n250 STARTTLS"));
      } else if (word == "STARTTLS" && certificate_ != nullptr) {
        conversation.say("220 go on\r\n");
        if (!conversation.start_tls(*certificate_)) return;
      } else if (word == "QUIT") {
        conversation.say("221 bye\r\n");
        return;
      } else {
        conversation.say(answer(word, "250 ok"));
      }
    }
  }

  std::map<std::string, std::string> answers_;
  const TestCertificate* certificate_;
  std::mutex mutex_;
  std::vector<std::string> commands_;
  std::string text_;
  Server server_{[this](Conversation& conversation) { talk(conversation); }};
};

}  // namespace minhu::outbound::test
