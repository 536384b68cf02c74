// The rows of one table as bytes, the same from every engine.
//
// First the table: u32 number of columns, each as u32 length, name, u8 kind (0 integer, 1 text,
// 2 bytes). Then the rows: u8 1; for each column u8 0 for NULL, or u8 1 and an integer as 8 bytes,
// or a text as u32 length and its bytes. u8 0 ends them. Little-endian.
#pragma once

#include "adapters/backup_files/archive.h"
#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::backup_files {

class RowWriter {
 public:
  RowWriter(ArchiveWriter& archive, const TableShape& table);  // a member was begun
  void add(const Row& row);
  void end();

 private:
  ArchiveWriter& archive_;
  const TableShape& table_;
  Bytes bytes_;
};

class RowReader {
 public:
  // A member `name` of rows was begun. BackupFailure backup.altered.
  RowReader(ArchiveReader& archive, std::string table);
  ~RowReader();
  const TableShape& table() const { return table_; }
  const Row* next();  // valid until the next call; nullptr at the end

 private:
  class Values;
  std::uint64_t number(std::size_t bytes);
  void fill(std::span<std::uint8_t> into);

  ArchiveReader& archive_;
  TableShape table_;
  std::unique_ptr<Values> values_;
  Bytes buffer_;
  std::size_t taken_ = 0;
};

}  // namespace minhu::backup_files
