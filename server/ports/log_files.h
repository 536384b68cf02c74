// What we ask of the place where the public files of the record lie: tiles, entry bundles, the
// checkpoint, the days of its history. Paths are relative, as they are served ("tile/0/x001/234").
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kernel/bytes.h"
#include "kernel/result.h"

namespace minhu {

// Failure contract, the same as the database's: what was put is durable when put() returns; an I/O
// error ends the process with code 70 before anybody is told anything; a full disk is Fault
// out_of_storage "record.no_space" and what stood there before still stands.
struct NamedBytes {
  std::string path;
  Bytes bytes;
};

class LogFiles {
 public:
  virtual ~LogFiles() = default;

  // All of it or what stood there before: a temporary file, its sync, the rename, the sync of the
  // folder.
  virtual Outcome put(std::string_view path, BytesView bytes) = 0;
  // Each as put() does it, in that order; all are durable when it returns, for the price of few
  // waits. After a Fault some of them may be there.
  virtual Outcome put_all(std::span<const NamedBytes> files) = 0;
  // At the end of a file that may not be there yet; durable, and never half of it.
  virtual Outcome append(std::string_view path, BytesView bytes) = 0;
  // Fault not_found "record.no_file".
  virtual Result<Bytes> get(std::string_view path) const = 0;
  virtual bool has(std::string_view path) const = 0;
  // A file, or a folder with what is in it: the partial tiles that a full one has replaced
  // ("tile/0/x001/234.p"). Nothing happens when there is none.
  virtual void remove(std::string_view path) = 0;
};

}  // namespace minhu
