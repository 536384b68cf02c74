// One connection to one SQLite file, with its prepared statements. Not thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ports/storage.h"

struct sqlite3;
struct sqlite3_stmt;

namespace minhu::storage_sqlite {

enum class Access { read_only, read_write };

// The disk or the quota is full: the transaction has been rolled back, the data is whole.
class DiskFull : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The operating system could not read or write: nothing that this process believes about the file
// can be trusted now.
class InputOutputFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Connection {
 public:
  // For whoever holds a lock that is needed.
  static constexpr std::chrono::milliseconds usual_wait{5000};

  Connection(const std::filesystem::path& file, Access access, std::int64_t cache_kib);

  void run(const char* sql);  // statements without parameters or rows, not cached
  void run_script(const std::string& sql);
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each);
  Result<std::int64_t> execute(std::string_view sql, const Parameters& parameters);

  struct Checkpoint {
    int frames_in_log = 0;
    int frames_moved = 0;
  };
  Checkpoint checkpoint(int mode, std::chrono::milliseconds wait = usual_wait);
  // Everything as it is now into a file that does not exist yet; nobody waits for it.
  void copy_to(const std::filesystem::path& file) const;
  // From now on SQLite tells after each commit how many pages the log holds; it takes the place of
  // the automatic checkpoint. The connection must stay where it is.
  void count_log_frames();
  int frames_in_log() const { return frames_in_log_; }

 private:
  struct CloseDatabase {
    void operator()(sqlite3* handle) const noexcept;
  };
  struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  class Use;

  sqlite3_stmt* prepared(std::string_view sql);
  [[noreturn]] void fail_with(int code, std::string_view sql) const;

  int frames_in_log_ = 0;
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  // By address: the contract says that SQL texts are literals, so the same address is the same
  // text.
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, CloseStatement>> statements_;
};

}  // namespace minhu::storage_sqlite
