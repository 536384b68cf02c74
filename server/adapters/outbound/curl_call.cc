#include "adapters/outbound/curl_call.h"

#include <sys/socket.h>

#include "kernel/assert.h"

namespace minhu::outbound {

namespace {

constexpr long longest_ms = 30'000;
constexpr std::size_t most_received = std::size_t{64} * 1024;

curl_socket_t open_if_allowed(void* machines, curlsocktype, curl_sockaddr* address) {
  if (!static_cast<const AllowedMachines*>(machines)->allows(address->addr)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

CURL* new_handle() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  MINHU_ASSERT(started == CURLE_OK);
  CURL* curl = curl_easy_init();
  MINHU_ASSERT(curl != nullptr);
  return curl;
}

}  // namespace

CurlCall::CurlCall(const std::string& url, const char* protocols, const AllowedMachines& machines)
    : curl_(new_handle()) {
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, protocols);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, longest_ms);
  set(CURLOPT_CONNECTTIMEOUT_MS, longest_ms);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_OPENSOCKETFUNCTION, &open_if_allowed);
  set(CURLOPT_OPENSOCKETDATA, const_cast<AllowedMachines*>(&machines));
  set(CURLOPT_WRITEFUNCTION, &CurlCall::receive);
  set(CURLOPT_WRITEDATA, this);
}

CurlCall::~CurlCall() {
  curl_easy_cleanup(curl_);
  curl_slist_free_all(headers_);
  curl_slist_free_all(recipients_);
}

void CurlCall::add_header(const std::string& line) {
  headers_ = curl_slist_append(headers_, line.c_str());
}

void CurlCall::add_recipient(const std::string& line) {
  recipients_ = curl_slist_append(recipients_, line.c_str());
}

CURLcode CurlCall::perform() {
  if (headers_ != nullptr) set(CURLOPT_HTTPHEADER, headers_);
  if (recipients_ != nullptr) set(CURLOPT_MAIL_RCPT, recipients_);
  return ok_ ? curl_easy_perform(curl_) : CURLE_FAILED_INIT;
}

long CurlCall::status() const {
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::size_t CurlCall::receive(char*, std::size_t size, std::size_t count, void* self) {
  auto& call = *static_cast<CurlCall*>(self);
  call.received_ += size * count;
  return call.received_ <= most_received ? size * count : 0;
}

}  // namespace minhu::outbound
