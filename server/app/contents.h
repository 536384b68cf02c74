// How many rows a table has and what is in them, whatever their order: to say that one copy is the
// other.
#pragma once

#include <array>
#include <string>

#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::app {

class Contents {
 public:
  void add(const TableShape& table, const Row& row);
  std::int64_t rows() const { return rows_; }
  // The sum of the SHA-256 of each row, in hex.
  std::string digest() const;
  bool operator==(const Contents& other) const {
    return rows_ == other.rows_ && sum_ == other.sum_;
  }

 private:
  void put(std::uint64_t value);

  std::int64_t rows_ = 0;
  std::array<std::uint64_t, 4> sum_{};
  Bytes bytes_;
};

}  // namespace minhu::app
