// For tests: which engine they run on, and a schema of its own on the PostgreSQL server.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ports/storage.h"

struct pg_conn;

namespace minhu::test_storage {

enum class Engine { sqlite, postgresql };

// PostgreSQL when MINHU_TEST_STORAGE says "postgresql".
Engine chosen_engine();
// MINHU_TEST_SERVER: also there for tests that ask both engines.
std::optional<std::string> address_of_server();

// A schema with these steps that nobody else uses for as long as this lives. Schemas are kept on
// the server and emptied for the next test: making some hundred tables takes longer than most
// tests.
class Schema {
 public:
  explicit Schema(const std::vector<Migration>& steps);

  // Of the server, with the schema as the place of its tables and the name of its connections. More
  // options may be added at the end.
  std::string address() const;
  void keep_copy();
  void go_back();
  std::vector<std::string> tables();

 private:
  struct Close {
    void operator()(pg_conn* connection) const noexcept;
  };

  std::string ask(const std::string& sql);  // the first column of the first row
  void for_each_table(const std::string& work);
  void empty();

  std::unique_ptr<pg_conn, Close> connection_;  // holds the lease
  std::string name_;
};

}  // namespace minhu::test_storage
