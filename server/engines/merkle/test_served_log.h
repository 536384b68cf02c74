// For tests: a county's log as its web server holds it.
#pragma once

#include "engines/merkle/history.h"
#include "engines/merkle/leaf.h"
#include "engines/merkle/test_county.h"

namespace minhu::merkle {

inline constexpr std::uint64_t morning = 1'764'030'000;  // 2025-11-25 00:20 in UTC
inline constexpr std::uint64_t minute = 60;              // seconds

inline Leaf numbered_leaf(std::uint64_t i, std::uint64_t seconds) {
  return leaf_of(sha256(as_bytes("case " + std::to_string(i / 3))),
                 static_cast<std::uint32_t>(i % 3), seconds, as_bytes("facts"));
}
inline Bytes bytes_of(const Leaf& leaf) {
  const LeafBytes bytes = encode_leaf(leaf);
  return {bytes.begin(), bytes.end()};
}

// A county's log as its web server holds it: a batch a minute, each published when two witnesses
// have seen it.
struct ServedLog {
  TestCounty county;
  LogFiles tiles;
  TreeBuilder builder;
  std::map<std::string, std::string> texts;  // checkpoint and history
  std::uint64_t now = morning;
  std::uint64_t leaves = 0;

  void grow(std::uint64_t count) {
    now += minute;
    std::vector<Bytes> batch;
    for (std::uint64_t i = 0; i < count; ++i)
      batch.push_back(bytes_of(numbered_leaf(leaves++, now - 20)));
    grow(batch);
  }
  void grow(const std::vector<Bytes>& batch) {
    tiles.keep(builder.append(batch).value());
    publish();
  }
  void publish() {
    const std::string note = format_note(county.note(builder.head(), 2, now));
    texts["checkpoint"] = note;
    texts[history_path(day_of(now))] += note;
  }

  Result<Bytes> read(const std::string& path) const {
    if (const auto text = texts.find(path); text != texts.end()) return to_bytes(text->second);
    if (const auto file = tiles.files.find(path); file != tiles.files.end()) return file->second;
    return fail(FaultCode::not_found, "test.no_file");
  }
};

}  // namespace minhu::merkle
