#include "adapters/storage_postgres/values.h"

#include <libpq-fe.h>

#include <limits>

namespace minhu::storage_postgres {

namespace {

// Numbers of the types in every PostgreSQL (pg_type.dat).
enum Type : unsigned {
  type_of_null = 0,  // left to the server, which sees what it stands beside
  type_bool = 16,
  type_bytea = 17,
  type_name = 19,
  type_int8 = 20,
  type_int2 = 21,
  type_int4 = 23,
  type_text = 25,
  type_numeric = 1700,
};

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
  return value;
}

std::int64_t signed_of(std::string_view bytes) {
  const std::uint64_t value = big_endian(bytes);
  switch (bytes.size()) {
    case 2:
      return static_cast<std::int16_t>(value);
    case 4:
      return static_cast<std::int32_t>(value);
    default:
      return static_cast<std::int64_t>(value);
  }
}

// numeric, which is what sum() of BIGINT gives: groups of four decimal digits. What stands behind
// the point is cut off, as SQLite does with a fraction.
std::int64_t integer_of_numeric(std::string_view bytes) {
  const auto word = [&](std::size_t index) { return signed_of(bytes.substr(2 * index, 2)); };
  const std::int64_t groups = word(0);
  const std::int64_t weight = word(1);
  const bool negative = word(2) == 0x4000;
  std::int64_t value = 0;
  for (std::int64_t place = 0; place <= weight; ++place) {
    const std::int64_t digits = place < groups ? word(4 + static_cast<std::size_t>(place)) : 0;
    std::int64_t times = 0;
    if (__builtin_mul_overflow(value, 10'000, &times) ||
        __builtin_add_overflow(times, digits, &value)) {
      throw StorageFailure("a sum is larger than any number we keep");
    }
  }
  return negative ? -value : value;
}

struct Encode {
  std::vector<unsigned>& types;
  std::vector<const char*>& values;
  std::vector<int>& lengths;
  std::deque<std::array<char, 8>>& numbers;

  void put(unsigned type, const char* data, std::size_t size) {
    if (size > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
      throw StorageFailure("a value is longer than a database takes");
    }
    types.push_back(type);
    values.push_back(data);
    lengths.push_back(static_cast<int>(size));
  }
  void operator()(std::monostate) { put(type_of_null, nullptr, 0); }
  void operator()(std::int64_t value) {
    auto& place = numbers.emplace_back();
    for (std::size_t i = 0; i < 8; ++i) {
      place[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
    }
    put(type_int8, place.data(), place.size());
  }
  void operator()(std::string_view text) {
    put(type_text, text.data() == nullptr ? "" : text.data(), text.size());
  }
  void operator()(BytesView bytes) {
    put(type_bytea, bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
};

[[noreturn]] void of_another_type(const pg_result* answer, int column, const char* wanted) {
  throw StorageFailure("column " + std::to_string(column) + " (" + PQfname(answer, column) +
                       ") is of type " + std::to_string(PQftype(answer, column)) + " and no " +
                       wanted);
}

}  // namespace

void ClearAnswer::operator()(pg_result* answer) const noexcept {
  PQclear(answer);
}

Sent::Sent(std::span<const Parameter> parameters) : formats_(parameters.size(), 1) {
  types_.reserve(parameters.size());
  values_.reserve(parameters.size());
  lengths_.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    std::visit(Encode{types_, values_, lengths_, numbers_}, parameter);
  }
}

std::size_t size_of(std::span<const Parameter> parameters) {
  std::size_t size = 0;
  for (const Parameter& parameter : parameters) {
    if (const auto* text = std::get_if<std::string_view>(&parameter)) size += text->size();
    if (const auto* bytes = std::get_if<BytesView>(&parameter)) size += bytes->size();
  }
  return size;
}

Sent Sent::with_bytes_of_its_own(std::span<const Parameter> parameters) {
  Sent sent(parameters);
  sent.own_.reserve(size_of(parameters));  // all at once: nothing moves afterwards
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const bool is_number = std::holds_alternative<std::int64_t>(parameters[i]);
    if (is_number || sent.lengths_[i] == 0) continue;
    const char* const from = sent.values_[i];
    sent.values_[i] = sent.own_.data() + sent.own_.size();
    sent.own_.insert(sent.own_.end(), from, from + sent.lengths_[i]);
  }
  return sent;
}

std::string_view AnswerRow::raw(int column) const {
  return {PQgetvalue(answer_, row_, column),
          static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
}

bool AnswerRow::is_null(int column) const {
  return PQgetisnull(answer_, row_, column) != 0;
}

std::int64_t AnswerRow::integer(int column) const {
  if (is_null(column)) return 0;
  switch (PQftype(answer_, column)) {
    case type_int8:
    case type_int4:
    case type_int2:
      return signed_of(raw(column));
    case type_bool:
      return raw(column)[0];
    case type_numeric:
      return integer_of_numeric(raw(column));
    default:
      of_another_type(answer_, column, "number");
  }
}

std::string_view AnswerRow::text(int column) const {
  if (is_null(column)) return {};
  const auto type = PQftype(answer_, column);
  if (type != type_text && type != type_name) of_another_type(answer_, column, "text");
  return raw(column);
}

BytesView AnswerRow::bytes(int column) const {
  if (is_null(column)) return {};
  if (PQftype(answer_, column) != type_bytea) of_another_type(answer_, column, "bytes");
  return as_bytes(raw(column));
}

}  // namespace minhu::storage_postgres
