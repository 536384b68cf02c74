// Turns the bytes of a body into what a handler finds in its request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http_beast/form_collector.h"
#include "adapters/http_beast/limits.h"
#include "adapters/http_beast/multipart.h"
#include "adapters/http_beast/refused.h"
#include "adapters/http_beast/spool.h"
#include "ports/http.h"

namespace minhu::http_beast {

enum class BodyKind { none, text, urlencoded, multipart };

struct BodyPlan {
  BodyKind kind = BodyKind::none;
  std::uint64_t limit = 0;
  std::optional<std::uint64_t> length;  // when the peer has told it; not above the limit
  std::string boundary;                 // of multipart
  bool may_spool = true;                // large files may lie on the disk while they come
};

Fault body_too_large(std::uint64_t limit);

class BodyReader {
 public:
  BodyReader(BodyPlan plan, const Limits& limits, Spool& spool);

  // Refuses with 413 http.body_too_large and what MultipartReader and FormCollector refuse.
  Outcome take(std::string_view bytes);
  // Fills body or parts of the request, and gives the files that those parts name. Faults
  // http.not_utf8, http.bad_escape, http.bad_form, http.too_many_fields. After the last
  // write_out().
  Result<std::vector<SpoolFile>> finish(http::Request& request);

  std::uint64_t received() const noexcept { return received_; }
  std::uint64_t held() const noexcept;       // bytes in memory
  std::uint64_t unwritten() const noexcept;  // of them, bytes that belong into the spool
  Outcome write_out();                       // blocks; FormCollector::write_out

 private:
  struct Form {
    Form(const BodyPlan& plan, const Limits& limits, Spool& spool)
        : collector(limits, spool, plan.may_spool),
          reader(plan.boundary, limits.part_header_bytes, collector) {}
    FormCollector collector;
    MultipartReader reader;
  };

  BodyPlan plan_;
  const Limits& limits_;
  std::uint64_t received_ = 0;
  std::string text_;
  std::optional<Form> form_;
};

}  // namespace minhu::http_beast
