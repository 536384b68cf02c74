#include "adapters/web_api/watch_cursor.h"

#include "kernel/bytes.h"

namespace minhu::web_api {

namespace {

constexpr std::size_t id_size = 16;
constexpr std::size_t whole = sizeof(std::int64_t) + 2 * id_size;

}  // namespace

std::string write_watch_cursor(const cases::WatchCursor& cursor) {
  Bytes bytes;
  const auto at = static_cast<std::uint64_t>(cursor.at);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>(at >> shift));
  }
  for (const Uuid& id : {cursor.case_id.uuid(), cursor.unit.uuid()}) {
    bytes.insert(bytes.end(), id.begin(), id.end());
  }
  return to_base64url(bytes);
}

Result<std::optional<cases::WatchCursor>> read_watch_cursor(const http::Request& request) {
  const std::string_view text = request.query_value("cursor");
  if (text.empty()) return std::optional<cases::WatchCursor>();
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != whole) {
    return fail(FaultCode::invalid_input, "api.bad_cursor", "cursor");
  }
  const BytesView all(*bytes);
  std::uint64_t at = 0;
  for (const auto byte : all.first(sizeof(std::int64_t))) at = at << 8 | byte;
  cases::WatchCursor cursor;
  cursor.at = static_cast<std::int64_t>(at);
  cursor.case_id = cases::CaseId::from_bytes(all.subspan(sizeof(std::int64_t), id_size));
  cursor.unit = UnitId::from_bytes(all.subspan(sizeof(std::int64_t) + id_size, id_size));
  return std::optional(cursor);
}

}  // namespace minhu::web_api
