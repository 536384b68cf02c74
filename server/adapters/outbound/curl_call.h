// One exchange by libcurl under the rules of the house: 30 seconds, no redirects, no proxy of the
// environment, no machine but the allowed ones, certificates checked.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "adapters/outbound/networks.h"

namespace minhu::outbound {

class CurlCall {
 public:
  // `protocols` as libcurl writes them: "https", "smtp,smtps". Both references outlive the call.
  CurlCall(const std::string& url, const char* protocols, const AllowedMachines& machines);
  CurlCall(const CurlCall&) = delete;
  CurlCall& operator=(const CurlCall&) = delete;
  ~CurlCall();

  template <class Value>
  void set(CURLoption option, Value value) {
    ok_ = curl_easy_setopt(curl_, option, value) == CURLE_OK && ok_;
  }
  void add_header(const std::string& line);
  void add_recipient(const std::string& line);

  // CURLE_FAILED_INIT when an option was not understood. What comes back is read and thrown away.
  CURLcode perform();
  long status() const;  // of the last answer, HTTP or SMTP; 0 when there was none

 private:
  CURL* curl_;
  curl_slist* headers_ = nullptr;
  curl_slist* recipients_ = nullptr;
  std::size_t received_ = 0;
  bool ok_ = true;

  static std::size_t receive(char* data, std::size_t size, std::size_t count, void* self);
};

}  // namespace minhu::outbound
