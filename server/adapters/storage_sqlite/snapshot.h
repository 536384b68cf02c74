// One moment of a file that another process may be writing to: the server goes on, nobody waits.
//
// It never writes and never moves the log, so that the rule of one writing connection holds; the
// log of the server grows for as long as this looks.
#pragma once

#include "adapters/storage_sqlite/connection.h"

namespace minhu::storage_sqlite {

class Snapshot final : public Reading {
 public:
  // StorageFailure, InputOutputFailure when the file cannot be read.
  explicit Snapshot(const std::filesystem::path& file);

  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override;

 private:
  Connection connection_;
};

}  // namespace minhu::storage_sqlite
