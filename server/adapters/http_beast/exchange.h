// One request at its handler, and the answer that comes back.
#pragma once

#include <vector>

#include "adapters/http_beast/answer.h"
#include "adapters/http_beast/errand.h"
#include "adapters/http_beast/service.h"

namespace minhu::http_beast {

class Exchange final : public Errand {
 public:
  Exchange(Service& service, const http::Route& route, http::Request request,
           std::vector<SpoolFile> files, AfterAnswer after)
      : Errand(service.returns),
        service_(service),
        route_(route),
        request_(std::move(request)),
        files_(std::move(files)),
        after_(after) {}

  // After done_by().
  Answer& answer() noexcept { return answer_; }
  std::chrono::milliseconds hold() const noexcept { return hold_; }
  // When the workers did not take it.
  http::Request take_request() { return std::move(request_); }

 private:
  void work() noexcept override;
  http::Response handle();
  http::Response failed(int status, const char* key);

  Service& service_;
  const http::Route& route_;
  http::Request request_;
  std::vector<SpoolFile> files_;
  AfterAnswer after_;
  Answer answer_;
  std::chrono::milliseconds hold_{};
};

}  // namespace minhu::http_beast
