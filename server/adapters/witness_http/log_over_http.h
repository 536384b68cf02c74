// The public files of a log under one address, as an outsider sees them.
#pragma once

#include <string>
#include <string_view>

#include "adapters/witness_http/requests.h"
#include "kernel/bytes.h"

namespace minhu::witness_http {

class LogOverHttp {
 public:
  explicit LogOverHttp(std::string address);

  // `path` as in C2SP tlog-tiles. Faults: not_found merkle.file_missing (404 and 410: there is
  // none); unavailable record.unreachable, with the reason: nothing is known about the file.
  Result<Bytes> get(std::string_view path);

 private:
  std::string address_;
  Requests requests_;
};

}  // namespace minhu::witness_http
