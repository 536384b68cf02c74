#include "adapters/backup_files/row_stream.h"

#include <algorithm>
#include <cstring>

#include "adapters/backup_files/backup_failure.h"

namespace minhu::backup_files {

namespace {

constexpr std::uint8_t a_row = 1;
constexpr std::uint8_t no_more_rows = 0;
constexpr std::uint8_t is_null_mark = 0;
constexpr std::uint8_t a_value = 1;
constexpr std::size_t most_columns = 1000;
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_value = 1'000'000'000;  // no engine takes a longer one

void put(Bytes& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) {
    out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  }
}

void put(Bytes& out, BytesView value) {
  put(out, value.size(), 4);
  out.insert(out.end(), value.begin(), value.end());
}

[[noreturn]] void broken(const std::string& table) {
  throw BackupFailure(
      Fault(FaultCode::invalid_input, "backup.altered", "", {{"file", table}, {"place", "?"}}));
}

}  // namespace

RowWriter::RowWriter(ArchiveWriter& archive, const TableShape& table)
    : archive_(archive), table_(table) {
  put(bytes_, table.columns.size(), 4);
  for (const Column& column : table.columns) {
    put(bytes_, as_bytes(column.name));
    put(bytes_, static_cast<std::uint64_t>(column.kind), 1);
  }
}

void RowWriter::add(const Row& row) {
  bytes_.push_back(a_row);
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (row.is_null(column)) {
      bytes_.push_back(is_null_mark);
      continue;
    }
    bytes_.push_back(a_value);
    switch (table_.columns[i].kind) {
      case ColumnKind::integer:
        put(bytes_, static_cast<std::uint64_t>(row.integer(column)), 8);
        break;
      case ColumnKind::text:
        put(bytes_, as_bytes(row.text(column)));
        break;
      case ColumnKind::bytes:
        put(bytes_, row.bytes(column));
        break;
    }
  }
  archive_.put(bytes_);
  bytes_.clear();
}

void RowWriter::end() {
  bytes_.push_back(no_more_rows);
  archive_.put(bytes_);
  bytes_.clear();
}

class RowReader::Values final : public Row {
 public:
  struct Value {
    bool is_null = true;
    std::int64_t integer = 0;
    Bytes bytes;
  };
  std::vector<Value> values;

  bool is_null(int column) const override { return at(column).is_null; }
  std::int64_t integer(int column) const override { return at(column).integer; }
  std::string_view text(int column) const override {
    const Bytes& bytes = at(column).bytes;
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  BytesView bytes(int column) const override { return at(column).bytes; }

 private:
  const Value& at(int column) const { return values.at(static_cast<std::size_t>(column)); }
};

RowReader::RowReader(ArchiveReader& archive, std::string table)
    : archive_(archive), table_{std::move(table), {}}, values_(std::make_unique<Values>()) {
  const std::uint64_t columns = number(4);
  if (columns == 0 || columns > most_columns) broken(table_.name);
  for (std::uint64_t i = 0; i < columns; ++i) {
    const std::uint64_t length = number(4);
    if (length == 0 || length > longest_name) broken(table_.name);
    Bytes name(length);
    fill(name);
    const std::uint64_t kind = number(1);
    if (kind > static_cast<std::uint64_t>(ColumnKind::bytes)) broken(table_.name);
    table_.columns.push_back({to_text(name), static_cast<ColumnKind>(kind)});
  }
  values_->values.resize(table_.columns.size());
}

RowReader::~RowReader() = default;

void RowReader::fill(std::span<std::uint8_t> into) {
  constexpr std::size_t read_at_once = 64 * 1024;
  while (!into.empty()) {
    if (taken_ == buffer_.size()) {
      buffer_.resize(read_at_once);
      buffer_.resize(archive_.read(buffer_));
      taken_ = 0;
      if (buffer_.empty()) broken(table_.name);
    }
    const std::size_t part = std::min(into.size(), buffer_.size() - taken_);
    std::memcpy(into.data(), buffer_.data() + taken_, part);
    taken_ += part;
    into = into.subspan(part);
  }
}

std::uint64_t RowReader::number(std::size_t bytes) {
  std::array<std::uint8_t, 8> raw{};
  fill(std::span(raw).first(bytes));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) number |= std::uint64_t{raw[i]} << (8 * i);
  return number;
}

const Row* RowReader::next() {
  const std::uint64_t mark = number(1);
  if (mark == no_more_rows) return nullptr;
  if (mark != a_row) broken(table_.name);
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    Values::Value& value = values_->values[i];
    value.is_null = number(1) == is_null_mark;
    if (value.is_null) continue;
    if (table_.columns[i].kind == ColumnKind::integer) {
      value.integer = static_cast<std::int64_t>(number(8));
      continue;
    }
    const std::uint64_t length = number(4);
    if (length > longest_value) broken(table_.name);
    value.bytes.resize(length);
    fill(value.bytes);
  }
  return values_.get();
}

}  // namespace minhu::backup_files
