// Members one after the other in one sealed file. Their lengths are not known before they are
// written, so that rows go from the database into the file without lying anywhere in between.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/backup_files/sealed_stream.h"
#include "adapters/backup_files/whole_file.h"

namespace minhu::backup_files {

struct Member {
  std::string name;
  std::uint64_t bytes = 0;
  Digest sha256{};
  bool operator==(const Member&) const = default;
};

// SHA-256 of what comes in pieces.
class RunningDigest {
 public:
  RunningDigest();
  ~RunningDigest();
  void add(BytesView bytes);
  Digest end();  // and from the beginning

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class ArchiveWriter {
 public:
  // BackupFailure of WholeFile, here and in all below.
  ArchiveWriter(const std::filesystem::path& file, const Key& public_key);

  void begin(std::string name);
  void put(BytesView bytes);
  void end();
  void put_whole(std::string name, BytesView bytes);
  const std::vector<Member>& members() const { return members_; }  // those that have ended
  void keep();  // the file is there, whole and durable

 private:
  void put_number(std::size_t number);
  void send_piece();

  WholeFile file_;
  SealedWriter sealed_;
  RunningDigest digest_;
  std::vector<Member> members_;
  Member now_;
  Bytes piece_;
};

class ArchiveReader {
 public:
  // BackupFailure of SealedReader, here and in all below; invalid_input backup.altered where the
  // frame itself is wrong.
  ArchiveReader(const std::filesystem::path& file, const KeyPair& keys);

  // The name of the next member, after the rest of the one before was read over; nothing at the
  // whole end.
  std::optional<std::string> next();
  // Less than asked for only at the end of the member.
  std::size_t read(std::span<std::uint8_t> into);
  // The rest of a member that is no larger than `most`.
  Bytes rest(std::size_t most);
  const std::vector<Member>& members() const { return members_; }  // those read to their end

 private:
  std::size_t number();
  void fill(std::span<std::uint8_t> into);
  [[noreturn]] void broken() const;

  std::filesystem::path path_;
  SealedReader sealed_;
  RunningDigest digest_;
  std::vector<Member> members_;
  std::optional<Member> now_;
  std::size_t piece_left_ = 0;
};

}  // namespace minhu::backup_files
