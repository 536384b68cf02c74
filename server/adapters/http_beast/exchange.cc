#include "adapters/http_beast/exchange.h"

#include <spdlog/spdlog.h>

#include "adapters/http_beast/exception_class.h"
#include "ports/storage.h"

namespace minhu::http_beast {

void Exchange::work() noexcept {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  http::Response response = handle();
  hold_ = response.hold;
  try {
    answer_ = make_answer(request_, std::move(response), after_, now);
  } catch (...) {
    answer_ = make_answer(request_, failed(500, "http.internal"), after_, now);
  }
  files_.clear();  // here, because removing a large file takes a disk its time
}

http::Response Exchange::handle() {
  try {
    return route_.handle(request_);
  } catch (const StorageFailure&) {
    return failed(503, "http.storage_down");
  } catch (const StorageUnreachable&) {
    return failed(503, "http.storage_down");
  } catch (...) {
    return failed(500, "http.internal");
  }
}

http::Response Exchange::failed(int status, const char* key) {
  spdlog::error("http: {} of {} answered {}", class_of_current_exception(), route_.pattern, status);
  return tell(service_.refusal, request_, Refused(status, Fault(FaultCode::unavailable, key)));
}

}  // namespace minhu::http_beast
