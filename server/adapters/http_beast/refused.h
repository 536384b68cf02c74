// Why a request is not given to a handler: the fault, and the status where HTTP has one that no
// FaultCode has (405, 408, 414, 431, 500).
#pragma once

#include <string>
#include <utility>

#include "kernel/result.h"
#include "ports/http.h"

namespace minhu::http_beast {

struct Refused {
  int status;
  Fault fault;
  std::string allow;  // the methods that a 405 names

  Refused(int http_status, Fault why) : status(http_status), fault(std::move(why)) {}
  Refused(Fault why) : status(http::status_of(why.code)), fault(std::move(why)) {}
};

template <class T>
using OrRefused = tl::expected<T, Refused>;

// A message that is not well-formed HTTP. People never see it; programs get the key.
inline tl::unexpected<Refused> malformed(const char* key) {
  return tl::unexpected(Refused(Fault(FaultCode::invalid_input, key)));
}

inline tl::unexpected<Refused> refuse(Fault fault) {
  return tl::unexpected(Refused(std::move(fault)));
}

}  // namespace minhu::http_beast
