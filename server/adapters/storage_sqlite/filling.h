// ports/filling.h for a file that nobody else has opened and that is thrown away when the filling
// does not end: without a journal, and with its indexes made at the end.
#pragma once

#include <deque>

#include "adapters/storage_sqlite/connection.h"
#include "ports/filling.h"

namespace minhu::storage_sqlite {

class Filling final : public minhu::Filling {
 public:
  explicit Filling(const std::filesystem::path& file);

  void begin(const TableShape& table) override;
  void add(const Row& row) override;
  std::int64_t end() override;
  void commit() override;  // DiskFull, InputOutputFailure, StorageFailure

 private:
  std::filesystem::path file_;
  Connection connection_;
  std::vector<std::string> indexes_;  // how they are made
  // Statements are kept by their address for as long as the connection lives.
  std::deque<std::string> statements_;
  TableShape table_;
  std::int64_t rows_ = 0;
};

}  // namespace minhu::storage_sqlite
