#include "adapters/http_beast/body_reader.h"

#include <algorithm>

#include "adapters/http_beast/urlencoded.h"
#include "kernel/utf8.h"

namespace minhu::http_beast {

namespace {

// What a peer says it will send is not yet worth more memory than this.
constexpr std::uint64_t reserved_on_trust = 64 * 1024;

}  // namespace

Fault body_too_large(std::uint64_t limit) {
  // In the units people use for files.
  std::string text = std::to_string(limit) + " B";
  if (limit >= 1024) text = std::to_string(limit / 1024) + " KB";
  if (limit >= 1024 * 1024) text = std::to_string(limit / (1024 * 1024)) + " MB";
  return Fault(FaultCode::too_large, "http.body_too_large", {}, {{"limit", text}});
}

BodyReader::BodyReader(BodyPlan plan, const Limits& limits, Spool& spool)
    : plan_(std::move(plan)), limits_(limits) {
  if (plan_.kind == BodyKind::multipart) {
    form_.emplace(plan_, limits, spool);
  } else if (plan_.length) {
    text_.reserve(std::min(*plan_.length, reserved_on_trust));
  }
}

Outcome BodyReader::take(std::string_view bytes) {
  received_ += bytes.size();
  if (received_ > plan_.limit) return tl::unexpected(body_too_large(plan_.limit));
  if (form_) return form_->reader.feed(bytes);
  text_.append(bytes);
  return {};
}

Result<std::vector<SpoolFile>> BodyReader::finish(http::Request& request) {
  std::vector<SpoolFile> files;
  switch (plan_.kind) {
    case BodyKind::none:
      break;
    case BodyKind::text:
      if (!is_valid_utf8(text_)) return fail(FaultCode::invalid_input, "http.not_utf8");
      request.body = std::move(text_);
      break;
    case BodyKind::urlencoded: {
      MINHU_TRY(Fields fields, parse_urlencoded(text_, limits_.parts));
      for (auto& [name, value] : fields) {
        http::Part& part = request.parts.emplace_back();
        part.name = std::move(name);
        part.size = value.size();
        part.value = std::move(value);
      }
      break;
    }
    case BodyKind::multipart:
      MINHU_CHECK_OK(form_->reader.finish());
      request.parts = form_->collector.take_parts();
      files = form_->collector.take_files();
      break;
  }
  return files;
}

std::uint64_t BodyReader::held() const noexcept {
  return form_ ? form_->collector.held() : text_.size();
}

std::uint64_t BodyReader::unwritten() const noexcept {
  return form_ ? form_->collector.unwritten() : 0;
}

Outcome BodyReader::write_out() {
  if (form_) return form_->collector.write_out();
  return {};
}

}  // namespace minhu::http_beast
