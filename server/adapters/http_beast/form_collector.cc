#include "adapters/http_beast/form_collector.h"

#include <utility>

#include "kernel/utf8.h"

namespace minhu::http_beast {

Outcome FormCollector::begin(PartHead head) {
  if (parts_.size() == limits_.parts) return fail(FaultCode::too_large, "http.too_many_fields");
  is_file_ = head.file_name.has_value();
  is_spooled_ = false;
  http::Part& part = parts_.emplace_back();
  part.name = std::move(head.name);
  part.file_name = std::move(head.file_name).value_or(std::string());
  part.content_type = std::move(head.content_type);
  return {};
}

Outcome FormCollector::data(std::string_view bytes) {
  http::Part& part = parts_.back();
  part.size += bytes.size();
  if (!is_spooled_ && part.size > limits_.part_in_memory) {
    // A handler reads a field from memory: a field in a file would look empty to it, and what the
    // person wrote would be lost without a word.
    if (!is_file_) return fail(FaultCode::too_large, "http.field_too_long");
    if (may_spool_) {
      is_spooled_ = true;
      in_parts_ -= part.value.size();
      unwritten_ += part.value.size();
      spooled_.push_back({parts_.size() - 1, SpoolFile(), std::exchange(part.value, {}), false});
    }
  }
  if (is_spooled_) {
    spooled_.back().unwritten.append(bytes);
    unwritten_ += bytes.size();
  } else {
    part.value.append(bytes);
    in_parts_ += bytes.size();
  }
  return {};
}

Outcome FormCollector::end() {
  if (is_spooled_) {
    spooled_.back().complete = true;
  } else if (!is_file_) {
    const std::string& text = parts_.back().value;
    if (!is_valid_utf8(text)) return fail(FaultCode::invalid_input, "http.not_utf8");
    // The other kind of form has none either, and PostgreSQL does not even look for such a text.
    if (text.find('\0') != std::string::npos) {
      return fail(FaultCode::invalid_input, "kernel.control_character");
    }
  }
  return {};
}

Outcome FormCollector::write_out() {
  for (Spooled& spooled : spooled_) {
    if (!spooled.unwritten.empty()) {
      if (spooled.file.path().empty()) {
        MINHU_TRY(spooled.file, spool_.make());
      }
      MINHU_CHECK_OK(spooled.file.write(spooled.unwritten));
      unwritten_ -= spooled.unwritten.size();
      spooled.unwritten.clear();
    }
    if (spooled.complete) {
      spooled.file.close();
      spooled.unwritten.shrink_to_fit();
    }
  }
  return {};
}

std::vector<http::Part> FormCollector::take_parts() {
  for (const Spooled& spooled : spooled_) parts_[spooled.part].spooled = spooled.file.path();
  return std::move(parts_);
}

std::vector<SpoolFile> FormCollector::take_files() {
  std::vector<SpoolFile> files;
  for (Spooled& spooled : spooled_) files.push_back(std::move(spooled.file));
  return files;
}

}  // namespace minhu::http_beast
