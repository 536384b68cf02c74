#include "adapters/http_beast/multipart.h"

#include <algorithm>

#include "adapters/http_beast/header_value.h"
#include "adapters/http_beast/urlencoded.h"
#include "kernel/utf8.h"

namespace minhu::http_beast {

namespace {

constexpr std::size_t longest_boundary = 70;

tl::unexpected<Fault> bad_form() {
  return fail(FaultCode::invalid_input, "http.bad_form");
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
}

// RFC 5987, which some libraries write instead of a plain file name.
std::optional<std::string> extended_file_name(std::string_view value) {
  constexpr std::string_view utf8 = "utf-8'";
  if (!equal_ignoring_case(value.substr(0, utf8.size()), utf8)) return std::nullopt;
  const std::size_t quote = value.find('\'', utf8.size());
  if (quote == std::string_view::npos) return std::nullopt;
  auto decoded = decode_percent(value.substr(quote + 1), false);
  if (!decoded) return std::nullopt;
  return std::move(*decoded);
}

Outcome read_disposition(std::string_view text, PartHead& head) {
  const auto disposition = parse_header_value(text);
  if (!disposition || disposition->value != "form-data") return bad_form();
  const std::string* name = disposition->parameter("name");
  if (name == nullptr || name->empty()) return bad_form();
  head.name = *name;
  if (const std::string* file_name = disposition->parameter("filename")) {
    head.file_name = *file_name;
  } else if (const std::string* extended = disposition->parameter("filename*")) {
    head.file_name = extended_file_name(*extended);
    if (!head.file_name) return bad_form();
  }
  return {};
}

Result<PartHead> parse_part_head(std::string_view block) {
  if (!is_valid_utf8(block)) return fail(FaultCode::invalid_input, "http.not_utf8");
  PartHead head;
  bool named = false;
  while (!block.empty()) {
    const std::size_t end = std::min(block.find("\r\n"), block.size());
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(std::min(end + 2, block.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || has_control(line)) return bad_form();
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (equal_ignoring_case(name, "content-disposition")) {
      if (named) return bad_form();
      named = true;
      MINHU_CHECK_OK(read_disposition(value, head));
    } else if (equal_ignoring_case(name, "content-type")) {
      head.content_type = value;
    } else if (equal_ignoring_case(name, "content-transfer-encoding")) {
      // RFC 7578 §4.7 wants none; what would change the bytes is refused rather than stored wrong.
      if (!list_has("7bit, 8bit, binary", value)) return bad_form();
    }
  }
  if (!named) return bad_form();
  return head;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
  constexpr std::string_view allowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
  const auto parsed = parse_header_value(content_type);
  if (!parsed || parsed->value != "multipart/form-data") return std::nullopt;
  const std::string* boundary = parsed->parameter("boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > longest_boundary ||
      boundary->ends_with(' ') || boundary->find_first_not_of(allowed) != std::string::npos) {
    return std::nullopt;
  }
  return *boundary;
}

MultipartReader::MultipartReader(std::string_view boundary, std::size_t part_header_limit,
                                 PartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)),
      part_header_limit_(part_header_limit),
      sink_(sink),
      pending_("\r\n") {}  // the first delimiter may stand at the very start

Outcome MultipartReader::feed(std::string_view bytes) {
  if (state_ == State::after_last) return {};
  pending_.append(bytes);
  for (bool more = true; more;) {
    MINHU_TRY(more, step());
  }
  pending_.erase(0, position_);
  position_ = 0;
  return {};
}

Outcome MultipartReader::finish() const {
  if (state_ != State::after_last) return bad_form();
  return {};
}

Result<bool> MultipartReader::step() {
  switch (state_) {
    case State::before_first:
    case State::data:
      return take_data();
    case State::after_delimiter:
      return take_delimiter_end();
    case State::headers:
      return take_headers();
    case State::after_last:
      position_ = pending_.size();
      return false;
  }
  return false;
}

Result<bool> MultipartReader::take_data() {
  const std::size_t found = pending_.find(delimiter_, position_);
  const bool complete = found != std::string::npos;
  // Without a delimiter, its beginning may still be the end of what we have.
  const std::size_t kept = std::min(delimiter_.size() - 1, pending_.size() - position_);
  const std::size_t end = complete ? found : pending_.size() - kept;
  const std::size_t skipped = std::min(line_end_, end - position_);
  line_end_ -= skipped;
  position_ += skipped;
  if (state_ == State::data && end > position_) {
    MINHU_CHECK_OK(sink_.data(std::string_view(pending_).substr(position_, end - position_)));
  }
  position_ = end;
  if (!complete) return false;
  if (state_ == State::data) MINHU_CHECK_OK(sink_.end());
  position_ += delimiter_.size();
  state_ = State::after_delimiter;
  return true;
}

Result<bool> MultipartReader::take_delimiter_end() {
  while (position_ < pending_.size() &&
         (pending_[position_] == ' ' || pending_[position_] == '\t')) {
    ++position_;  // transport padding (RFC 2046 §5.1.1)
  }
  const std::string_view rest = std::string_view(pending_).substr(position_);
  if (rest.size() < 2) return false;
  if (rest.starts_with("--")) {
    state_ = State::after_last;
  } else if (rest.starts_with("\r\n")) {
    state_ = State::headers;
  } else {
    return bad_form();
  }
  position_ += 2;
  return true;
}

Result<bool> MultipartReader::take_headers() {
  constexpr std::string_view end_mark = "\r\n\r\n";
  const std::size_t found = pending_.find(end_mark, position_);
  // An end mark that is not complete may have begun among the last bytes.
  const std::size_t length = found != std::string::npos
                                 ? found - position_
                                 : pending_.size() - std::min(pending_.size(), position_ + 3);
  if (length > part_header_limit_) {
    return fail(FaultCode::too_large, "http.part_headers_too_large");
  }
  if (found == std::string::npos) return false;
  MINHU_TRY(PartHead head, parse_part_head(std::string_view(pending_).substr(position_, length)));
  MINHU_CHECK_OK(sink_.begin(std::move(head)));
  // The line end before the body stays: when the body is empty, a delimiter may begin with it.
  position_ = found + 2;
  line_end_ = 2;
  state_ = State::data;
  return true;
}

}  // namespace minhu::http_beast
