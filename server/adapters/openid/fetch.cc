#include "adapters/openid/fetch.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <map>
#include <memory>

#include "adapters/openid/settings.h"
#include "kernel/assert.h"

namespace minhu::openid {

namespace {

struct Received {
  std::string body;
  bool too_much = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* into) {
  auto& received = *static_cast<Received*>(into);
  if (received.body.size() + size * count > most_received) {
    received.too_much = true;
    return 0;
  }
  received.body.append(data, size * count);
  return size * count;
}

// Plain http goes to this machine and nowhere else, whatever the name was looked up to.
curl_socket_t open_on_this_machine(void*, curlsocktype, curl_sockaddr* address) {
  const auto* plain = &address->addr;
  const bool here =
      plain->sa_family == AF_INET
          ? (ntohl(reinterpret_cast<const sockaddr_in*>(plain)->sin_addr.s_addr) >> 24U) == 127U
          : plain->sa_family == AF_INET6 &&
                IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6*>(plain)->sin6_addr);
  if (!here) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

tl::unexpected<Fault> unreachable(std::string reason) {
  return fail(FaultCode::unavailable, "openid.unreachable", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

class Call {
 public:
  Call() : curl_(new_handle(), curl_easy_cleanup), headers_(nullptr, curl_slist_free_all) {}
  template <class Value>
  void set(CURLoption option, Value value) {
    ok_ = curl_easy_setopt(curl_.get(), option, value) == CURLE_OK && ok_;
  }
  void add_header(const std::string& line) {
    headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
  }
  CURLcode perform() {
    set(CURLOPT_HTTPHEADER, headers_.get());
    return ok_ ? curl_easy_perform(curl_.get()) : CURLE_FAILED_INIT;
  }
  long status() const {
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

 private:
  static CURL* new_handle() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    MINHU_ASSERT(started == CURLE_OK);
    CURL* curl = curl_easy_init();
    MINHU_ASSERT(curl != nullptr);
    return curl;
  }
  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_;
  bool ok_ = true;
};

}  // namespace

Result<std::string> fetch(const Question& question) {
  Received received;
  Call call;
  const bool here = is_on_this_machine(question.url);
  call.set(CURLOPT_URL, question.url.c_str());
  call.set(CURLOPT_PROTOCOLS_STR, here ? "http" : "https");
  call.set(CURLOPT_FOLLOWLOCATION, 0L);
  call.set(CURLOPT_PROXY, "");
  call.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  call.set(CURLOPT_NOSIGNAL, 1L);
  call.set(CURLOPT_TIMEOUT_MS, static_cast<long>(question.patience.count()));
  call.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(question.patience.count()));
  call.set(CURLOPT_SSL_VERIFYPEER, 1L);
  call.set(CURLOPT_SSL_VERIFYHOST, 2L);
  call.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!question.authorities.empty()) call.set(CURLOPT_CAINFO, question.authorities.c_str());
  if (here) call.set(CURLOPT_OPENSOCKETFUNCTION, &open_on_this_machine);
  call.set(CURLOPT_WRITEFUNCTION, &receive);
  call.set(CURLOPT_WRITEDATA, &received);
  call.add_header("Accept: application/json");
  if (question.authorization) {
    call.add_header("Authorization: " +
                    question.authorization->reveal_because("who we are, to the provider"));
  }
  if (question.form) {
    const std::string& form = question.form->reveal_because("a code, to the provider that gave it");
    call.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
    call.set(CURLOPT_COPYPOSTFIELDS, form.c_str());
  }
  const CURLcode done = call.perform();
  if (received.too_much) return unreachable("answer too long");
  if (done != CURLE_OK) return unreachable(curl_easy_strerror(done));
  if (call.status() != 200) return unreachable("status " + std::to_string(call.status()));
  return std::move(received.body);
}

}  // namespace minhu::openid
