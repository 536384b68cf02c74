#include "adapters/office_pages/queue_address.h"

namespace minhu::office_pages {

namespace {
constexpr std::size_t due_size = 8;
constexpr std::size_t id_size = 16;
}  // namespace

std::optional<cases::Part> part_named(std::string_view text) {
  using cases::Part;
  for (const Part part :
       {Part::dispatch, Part::lead, Part::co, Part::call_back, Part::close, Part::asked,
        Part::review, Part::transcribe, Part::ask_again, Part::reopen}) {
    if (cases::name(part) == text) return part;
  }
  return std::nullopt;
}

std::string write_cursor(const cases::QueueCursor& cursor) {
  Bytes bytes;
  for (std::size_t i = due_size; i-- > 0;) {
    bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(cursor.due) >> (8 * i)));
  }
  bytes.insert(bytes.end(), cursor.case_id.bytes().begin(), cursor.case_id.bytes().end());
  return to_base64url(bytes);
}

std::optional<cases::QueueCursor> read_cursor(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != due_size + id_size) return std::nullopt;
  std::uint64_t due = 0;
  for (std::size_t i = 0; i < due_size; ++i) due = due << 8 | (*bytes)[i];
  return cases::QueueCursor{static_cast<std::int64_t>(due),
                            cases::CaseId::from_bytes(BytesView(*bytes).subspan(due_size))};
}

}  // namespace minhu::office_pages
