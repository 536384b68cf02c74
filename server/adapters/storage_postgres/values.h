// Parameters and results as they travel: binary both ways, because text would double every byte
// string.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <vector>

#include "ports/storage.h"

struct pg_result;

namespace minhu::storage_postgres {

struct ClearAnswer {
  void operator()(pg_result* answer) const noexcept;
};
using Answer = std::unique_ptr<pg_result, ClearAnswer>;

// What PQsendQueryParams wants. Points into the parameters, which must outlive it.
class Sent {
 public:
  explicit Sent(std::span<const Parameter> parameters);
  // One that needs them no longer: it holds their bytes itself.
  static Sent with_bytes_of_its_own(std::span<const Parameter> parameters);
  Sent(Sent&&) = default;  // what it points at stays where it is
  Sent& operator=(Sent&&) = default;
  Sent(const Sent&) = delete;
  Sent& operator=(const Sent&) = delete;

  int count() const { return static_cast<int>(values_.size()); }
  const unsigned* types() const { return types_.data(); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<unsigned> types_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::array<char, 8>> numbers_;  // where numbers stand while they are sent
  std::vector<char> own_;                    // texts and bytes, where they are its own
};

// Bytes of the texts and byte strings among them.
std::size_t size_of(std::span<const Parameter> parameters);

// A row of an answer. A column of another type than is asked for is StorageFailure: SQLite would
// convert it, and so hide that the two databases do not agree.
class AnswerRow final : public Row {
 public:
  AnswerRow(const pg_result* answer, int row) : answer_(answer), row_(row) {}
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  BytesView bytes(int column) const override;

 private:
  std::string_view raw(int column) const;

  const pg_result* answer_;
  int row_;
};

}  // namespace minhu::storage_postgres
