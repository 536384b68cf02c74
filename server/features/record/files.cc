#include "features/record/files.h"

#include <algorithm>

#include "kernel/civil_time.h"

namespace minhu::record {

namespace {

// Of the whole tile, what the partial one held.
Result<Bytes> cut(const merkle::TileId& id, const Bytes& whole) {
  if (id.kind == merkle::TileKind::hashes) {
    const std::size_t size = id.width * sizeof(merkle::Hash);
    if (whole.size() < size) return fail(FaultCode::conflict, "merkle.tile_length", "tile");
    return Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
  }
  MINHU_TRY(std::vector<Bytes> entries, merkle::parse_bundle(whole, merkle::tile_width));
  entries.resize(id.width);
  return merkle::encode_bundle(entries);
}

}  // namespace

merkle::Fetch fetch_from(const LogFiles& files) {
  return [&files](const merkle::TileId& id) -> Result<Bytes> {
    auto found = files.get(merkle::path_of(id));
    if (found || found.error().code != FaultCode::not_found || id.width == merkle::tile_width) {
      return found;
    }
    merkle::TileId whole = id;
    whole.width = merkle::tile_width;
    MINHU_TRY(const Bytes bytes, files.get(merkle::path_of(whole)));
    return cut(id, bytes);
  };
}

std::string history_path(Instant at) {
  std::string day = format_date(to_date(at, FixedZone{std::chrono::minutes(0)}));
  std::replace(day.begin(), day.end(), '-', '/');
  return "history/" + day;
}

History parse_history(std::string_view text) {
  constexpr std::string_view signature = "— ";
  History history;
  std::size_t begin = 0;
  bool in_signatures = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) break;
    const bool is_signature = text.substr(at).starts_with(signature);
    if (in_signatures && !is_signature) {
      history.notes.emplace_back(text.substr(begin, at - begin));
      begin = at;
    }
    in_signatures = is_signature;
    at = end + 1;
    // The last signature of the file may be followed by the next line of another note, or by
    // nothing: either way the note is whole as far as it goes.
    if (in_signatures) history.whole = at;
  }
  if (history.whole > begin) {
    history.notes.emplace_back(text.substr(begin, history.whole - begin));
  }
  return history;
}

}  // namespace minhu::record
