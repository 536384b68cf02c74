// Numbers in files of this unit: little-endian, whatever the machine.
#pragma once

#include <cstdint>
#include <type_traits>

#include "kernel/bytes.h"

namespace minhu::text {

template <class Number>
void append_number(Bytes& out, Number number) {
  static_assert(std::is_unsigned_v<Number>);
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    out.push_back(static_cast<std::uint8_t>(std::uint64_t{number} >> (8 * i)));
  }
}

// Moves `bytes` behind the number; false when there are too few.
template <class Number>
bool take_number(BytesView& bytes, Number& number) {
  static_assert(std::is_unsigned_v<Number>);
  if (bytes.size() < sizeof(Number)) return false;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  number = static_cast<Number>(value);
  bytes = bytes.subspan(sizeof(Number));
  return true;
}

}  // namespace minhu::text
