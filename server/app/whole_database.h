// Every row of a database at one moment, from either engine, while its server goes on.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/cursor_rows.h"
#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::app {

struct WholeDatabase {
  Reading& reading;
  std::string engine;  // "sqlite", "postgresql"
  // Without schema_step, which each database has of its own.
  std::vector<TableShape> tables;
  std::function<void(const TableShape&, const EachRow&)> read_rows;
};

// StorageFailure, StorageUnreachable, storage_sqlite::InputOutputFailure.
void read_whole_file(const std::filesystem::path& file,
                     const std::function<void(const WholeDatabase&)>& use);
void read_whole_server(const std::string& address,
                       const std::function<void(const WholeDatabase&)>& use);

}  // namespace minhu::app
