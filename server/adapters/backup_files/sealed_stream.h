// A file that only the holder of one secret key can read, and in which no byte can be changed, left
// out, added or moved without being noticed (libsodium crypto_secretstream, XChaCha20-Poly1305).
//
// The machine that writes has the public key alone: whoever takes it over cannot read the backups
// that it made.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <span>

#include "kernel/crypto.h"

namespace minhu::backup_files {

struct KeyPair {
  Key secret;
  Key public_part;
};
KeyPair key_pair_of(const Key& secret);

using Sink = std::function<void(BytesView)>;

class SealedWriter {
 public:
  SealedWriter(Sink sink, const Key& public_key);
  SealedWriter(const SealedWriter&) = delete;
  ~SealedWriter();
  void put(BytesView bytes);
  void end();  // without it whoever reads says that the file was cut off

 private:
  struct State;
  void send(bool is_last);

  Sink sink_;
  std::unique_ptr<State> state_;
  Bytes head_;  // bound to the first chunk
  Bytes chunk_;
};

class SealedReader {
 public:
  // BackupFailure: not_found backup.no_file, invalid_input backup.not_a_backup,
  // backup.another_key (details: file).
  SealedReader(const std::filesystem::path& file, const KeyPair& keys);
  SealedReader(const SealedReader&) = delete;
  ~SealedReader();
  // Fills as much as there is; less than asked for only at the whole end. BackupFailure
  // invalid_input backup.altered (details: file, place), backup.cut_off.
  std::size_t read(std::span<std::uint8_t> into);

 private:
  struct State;
  void next_chunk();
  [[noreturn]] void failed(const char* key) const;

  std::filesystem::path path_;
  std::ifstream in_;
  std::unique_ptr<State> state_;
  Bytes head_;
  Bytes chunk_;  // opened
  std::size_t taken_ = 0;
  std::uint64_t chunks_ = 0;
  bool is_over_ = false;
};

}  // namespace minhu::backup_files
