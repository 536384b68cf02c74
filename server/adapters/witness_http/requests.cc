#include "adapters/witness_http/requests.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

#include "kernel/assert.h"

namespace minhu::witness_http {

namespace {

// 169.254.0.0/16, fe80::/10, and the former written as the latter writes it. Checked at the address
// that is really connected to: a name that changes its mind leads nowhere else.
bool is_link_local(const sockaddr& address) {
  constexpr std::uint32_t four_mask = 0xFFFF0000U;
  constexpr std::uint32_t four_link_local = 0xA9FE0000U;
  const auto is_four = [&](std::uint32_t four) { return (four & four_mask) == four_link_local; };
  if (address.sa_family == AF_INET) {
    return is_four(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  const in6_addr& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  if (IN6_IS_ADDR_LINKLOCAL(&six)) return true;
  const std::uint8_t* last = &six.s6_addr[12];
  return IN6_IS_ADDR_V4MAPPED(&six) &&
         is_four(std::uint32_t{last[0]} << 24U | std::uint32_t{last[1]} << 16U |
                 std::uint32_t{last[2]} << 8U | last[3]);
}

curl_socket_t open_if_allowed(void*, curlsocktype, curl_sockaddr* address) {
  if (is_link_local(address->addr)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  MINHU_ASSERT(started == CURLE_OK);
}

class Call {
 public:
  Call(const Question& question, const Patience& patience)
      : curl_(curl_easy_init(), curl_easy_cleanup),
        headers_(nullptr, curl_slist_free_all),
        most_bytes_(patience.most_bytes) {
    MINHU_ASSERT(curl_ != nullptr);
    set(CURLOPT_URL, question.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.time.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.time.count()));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_OPENSOCKETFUNCTION, &open_if_allowed);
    set(CURLOPT_WRITEFUNCTION, &Call::receive);
    set(CURLOPT_WRITEDATA, this);
    if (question.body) {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.body->size()));
      set(CURLOPT_POSTFIELDS, question.body->c_str());
      add_header("Content-Type: text/plain; charset=utf-8");
      add_header("Expect:");  // one way there and back is all the time there is
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  CURL* handle() const { return ok_ ? curl_.get() : nullptr; }

  void finish(CURLcode code) {
    told_.why = curl_easy_strerror(code);
    if (code != CURLE_OK) return;
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl_.get(), CURLINFO_CONTENT_TYPE, &type);
    told_.status = static_cast<int>(status);
    told_.content_type = type == nullptr ? "" : type;
  }
  Told told() && {
    if (told_.status == 0) told_.body.clear();
    return std::move(told_);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    ok_ = curl_easy_setopt(curl_.get(), option, value) == CURLE_OK && ok_;
  }
  void add_header(const char* line) { headers_.reset(curl_slist_append(headers_.release(), line)); }
  static std::size_t receive(char* data, std::size_t size, std::size_t count, void* self) {
    auto& call = *static_cast<Call*>(self);
    if (call.told_.body.size() + size * count > call.most_bytes_) return 0;
    call.told_.body.append(data, size * count);
    return size * count;
  }

  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_;
  std::size_t most_bytes_;
  bool ok_ = true;
  Told told_{0, {}, {}, "not asked"};
};

}  // namespace

class Requests::Connections {
 public:
  Connections() : multi_((start_curl(), curl_multi_init()), curl_multi_cleanup) {
    MINHU_ASSERT(multi_ != nullptr);
  }

  void run(std::span<const std::unique_ptr<Call>> calls) {
    for (const auto& call : calls) {
      if (call->handle() != nullptr) curl_multi_add_handle(multi_.get(), call->handle());
    }
    int running = 0;
    do {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      // libcurl shortens the wait to the time limits of the calls.
      if (running > 0) curl_multi_poll(multi_.get(), nullptr, 0, 1'000, nullptr);
    } while (running > 0);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      for (const auto& call : calls) {
        if (call->handle() == message->easy_handle) call->finish(message->data.result);
      }
    }
    for (const auto& call : calls) {
      if (call->handle() != nullptr) curl_multi_remove_handle(multi_.get(), call->handle());
    }
  }

 private:
  std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi_;
};

Requests::Requests(Patience patience)
    : patience_(patience), connections_(std::make_unique<Connections>()) {}

Requests::~Requests() = default;

std::vector<Told> Requests::ask(std::span<const Question> questions,
                                std::chrono::milliseconds at_most) {
  const Patience patience{std::min(patience_.time, at_most), patience_.most_bytes};
  std::vector<std::unique_ptr<Call>> calls;
  for (const Question& question : questions) {
    calls.push_back(std::make_unique<Call>(question, patience));
  }
  {
    const std::lock_guard lock(one_call_);
    connections_->run(calls);
  }
  std::vector<Told> answers;
  for (const auto& call : calls) answers.push_back(std::move(*call).told());
  return answers;
}

std::string joined(const std::string& address, std::string_view path) {
  std::string url = address;
  while (url.ends_with('/')) url.pop_back();
  return (url + "/").append(path);
}

}  // namespace minhu::witness_http
