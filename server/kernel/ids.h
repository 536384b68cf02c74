// Identities made by the application: UUIDv7 (RFC 9562 §5.7), so that rows of one day lie together
// and no database hands out numbers. Each kind of thing has its own type; a CaseId never passes for
// a UnitId.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "kernel/bytes.h"
#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu {

using Uuid = std::array<std::uint8_t, 16>;

std::string format_uuid(const Uuid& uuid);       // 8-4-4-4-12, lower case
Result<Uuid> parse_uuid(std::string_view text);  // Fault kernel.not_an_id
Uuid make_uuid_v7(Instant now, const std::array<std::uint8_t, 10>& random) noexcept;

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(const Uuid& uuid) : uuid_(uuid) {}

  static Result<Id> parse(std::string_view text) {
    MINHU_TRY(const Uuid uuid, parse_uuid(text));
    return Id(uuid);
  }
  // From 16 stored bytes; anything else is a bug of ours or a damaged database, and gives the empty
  // id.
  static Id from_bytes(BytesView bytes) {
    Id id;
    if (bytes.size() == id.uuid_.size()) std::memcpy(id.uuid_.data(), bytes.data(), bytes.size());
    return id;
  }

  const Uuid& uuid() const noexcept { return uuid_; }
  BytesView bytes() const noexcept { return uuid_; }
  std::string text() const { return format_uuid(uuid_); }
  bool empty() const noexcept { return uuid_ == Uuid{}; }
  auto operator<=>(const Id&) const = default;

 private:
  Uuid uuid_{};
};

// The county (or city, or province) that a row belongs to: first column of every key
// (docs/adr/0003).
struct RegionId {
  std::int64_t value = 0;
  auto operator<=>(const RegionId&) const = default;
};

}  // namespace minhu

template <class Tag>
struct std::hash<minhu::Id<Tag>> {
  std::size_t operator()(const minhu::Id<Tag>& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.uuid().data() + 8, sizeof value);  // the random half
    return value;
  }
};
