// The list of rows that were not taken: line, reason, and the row as it was. It appears under its
// name only when it is whole.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace minhu::imports {

class Rejects {
 public:
  // Nothing is created before the first row. `columns` are those of the file it is about.
  Rejects(std::filesystem::path file, std::vector<std::string> columns)
      : file_(std::move(file)), columns_(std::move(columns)) {}

  // Fault unavailable imports.cannot_write_rejects, with the name of the file.
  Outcome add(std::size_t line, std::string_view reason, const std::vector<std::string>& fields);
  // Puts the list in place. An earlier list of that name that says something else stays beside it
  // with the ending .before: somebody may have been correcting it. The same Fault.
  Outcome finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };

  std::filesystem::path part() const { return file_.string() + ".part"; }
  Outcome open();
  Outcome write_row(const std::vector<std::string>& fields);
  tl::unexpected<Fault> cannot_write() const;

  std::filesystem::path file_;
  std::vector<std::string> columns_;
  std::unique_ptr<std::FILE, Close> out_;
  bool any_ = false;
};

}  // namespace minhu::imports
