// multipart/form-data (RFC 7578), read as it arrives: nothing but the headers of one part and the
// length of a delimiter is held back here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace minhu::http_beast {

struct PartHead {
  std::string name;
  std::optional<std::string> file_name;  // a field has none; a file chooser left empty has ""
  std::string content_type;              // as claimed
};

// Receives the parts in their order; a Fault given back ends the reading.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual Outcome begin(PartHead head) = 0;
  virtual Outcome data(std::string_view bytes) = 0;
  virtual Outcome end() = 0;
};

// The boundary parameter of a Content-Type, when it is one that RFC 2046 allows.
std::optional<std::string> boundary_of(std::string_view content_type);

class MultipartReader {
 public:
  // `sink` outlives the reader.
  MultipartReader(std::string_view boundary, std::size_t part_header_limit, PartSink& sink);

  // Any split of the body gives the same parts. Faults http.bad_form, http.not_utf8, too_large
  // http.part_headers_too_large, and those of the sink. After a fault the reader is not used again.
  Outcome feed(std::string_view bytes);
  // After the last byte. Fault http.bad_form when the closing delimiter is missing.
  Outcome finish() const;

 private:
  enum class State { before_first, after_delimiter, headers, data, after_last };

  Result<bool> step();  // false when more bytes are needed
  Result<bool> take_data();
  Result<bool> take_delimiter_end();
  Result<bool> take_headers();

  std::string delimiter_;  // CRLF -- boundary
  std::size_t part_header_limit_;
  PartSink& sink_;
  State state_ = State::before_first;
  std::string pending_;
  std::size_t position_ = 0;  // in pending_: what stands before it is done
  std::size_t line_end_ = 0;  // bytes after the headers of a part that are not its data
};

}  // namespace minhu::http_beast
