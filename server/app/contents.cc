#include "app/contents.h"

#include "kernel/crypto.h"

namespace minhu::app {

void Contents::put(std::uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void Contents::add(const TableShape& table, const Row& row) {
  bytes_.clear();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    const bool null = row.is_null(column);
    put(null ? 0 : 1 + static_cast<std::uint64_t>(table.columns[i].kind));
    if (null) continue;
    if (table.columns[i].kind == ColumnKind::integer) {
      put(static_cast<std::uint64_t>(row.integer(column)));
      continue;
    }
    const BytesView value =
        table.columns[i].kind == ColumnKind::text ? as_bytes(row.text(column)) : row.bytes(column);
    put(value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
  }
  ++rows_;
  const Digest digest = sha256(bytes_);
  for (std::size_t i = 0; i < digest.size(); ++i) {
    sum_[i / 8] += std::uint64_t{digest[i]} << (8 * (i % 8));
  }
}

std::string Contents::digest() const {
  Bytes bytes;
  for (const std::uint64_t part : sum_) {
    for (unsigned i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(part >> (8 * i)));
  }
  return to_hex(bytes);
}

}  // namespace minhu::app
