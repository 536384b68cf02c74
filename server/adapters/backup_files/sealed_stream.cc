#include "adapters/backup_files/sealed_stream.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "adapters/backup_files/backup_failure.h"
#include "kernel/assert.h"

namespace minhu::backup_files {

namespace {

constexpr std::string_view magic = "minhu-backup/1\n";
constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t sealed_key_size =
    crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES;
constexpr std::size_t head_size =
    magic.size() + sealed_key_size + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t overhead = crypto_secretstream_xchacha20poly1305_ABYTES;

static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == std::tuple_size_v<Key>);

}  // namespace

struct SealedWriter::State {
  crypto_secretstream_xchacha20poly1305_state stream;
};
struct SealedReader::State {
  crypto_secretstream_xchacha20poly1305_state stream;
};

KeyPair key_pair_of(const Key& secret) {
  KeyPair keys{secret, {}};
  const int made = crypto_scalarmult_base(keys.public_part.data(), keys.secret.data());
  MINHU_ASSERT(made == 0);
  return keys;
}

SealedWriter::SealedWriter(Sink sink, const Key& public_key)
    : sink_(std::move(sink)), state_(std::make_unique<State>()) {
  Key key;
  crypto_secretstream_xchacha20poly1305_keygen(key.data());
  head_.resize(head_size);
  std::uint8_t* place = head_.data();
  std::memcpy(place, magic.data(), magic.size());
  place += magic.size();
  const int sealed = crypto_box_seal(place, key.data(), key.size(), public_key.data());
  place += sealed_key_size;
  const int begun =
      crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, place, key.data());
  wipe(key);
  MINHU_ASSERT(sealed == 0 && begun == 0);
  sink_(head_);
  chunk_.reserve(chunk_size);
}

SealedWriter::~SealedWriter() {
  sodium_memzero(state_.get(), sizeof *state_);
}

void SealedWriter::put(BytesView bytes) {
  while (!bytes.empty()) {
    if (chunk_.size() == chunk_size) send(false);
    const std::size_t part = std::min(bytes.size(), chunk_size - chunk_.size());
    chunk_.insert(chunk_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part));
    bytes = bytes.subspan(part);
  }
}

void SealedWriter::end() {
  send(true);
}

void SealedWriter::send(bool is_last) {
  Bytes sealed(chunk_.size() + overhead);
  const int done = crypto_secretstream_xchacha20poly1305_push(
      &state_->stream, sealed.data(), nullptr, chunk_.data(), chunk_.size(), head_.data(),
      head_.size(), is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  MINHU_ASSERT(done == 0);
  sink_(sealed);
  head_.clear();
  chunk_.clear();
}

SealedReader::SealedReader(const std::filesystem::path& file, const KeyPair& keys)
    : path_(file), in_(file, std::ios::binary), state_(std::make_unique<State>()) {
  if (!in_.is_open()) {
    throw BackupFailure(
        Fault(FaultCode::not_found, "backup.no_file", "", {{"file", path_.string()}}));
  }
  head_.resize(head_size);
  in_.read(reinterpret_cast<char*>(head_.data()), static_cast<std::streamsize>(head_.size()));
  if (static_cast<std::size_t>(in_.gcount()) != head_size ||
      std::memcmp(head_.data(), magic.data(), magic.size()) != 0) {
    failed("backup.not_a_backup");
  }
  const std::uint8_t* place = head_.data() + magic.size();
  Key key;
  if (crypto_box_seal_open(key.data(), place, sealed_key_size, keys.public_part.data(),
                           keys.secret.data()) != 0) {
    failed("backup.another_key");
  }
  place += sealed_key_size;
  const int begun =
      crypto_secretstream_xchacha20poly1305_init_pull(&state_->stream, place, key.data());
  wipe(key);
  if (begun != 0) failed("backup.altered");
}

SealedReader::~SealedReader() {
  sodium_memzero(state_.get(), sizeof *state_);
}

std::size_t SealedReader::read(std::span<std::uint8_t> into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    if (taken_ == chunk_.size()) {
      if (is_over_) break;
      next_chunk();
      continue;
    }
    const std::size_t part = std::min(into.size() - filled, chunk_.size() - taken_);
    std::memcpy(into.data() + filled, chunk_.data() + taken_, part);
    filled += part;
    taken_ += part;
  }
  return filled;
}

void SealedReader::next_chunk() {
  Bytes sealed(chunk_size + overhead);
  in_.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size()));
  sealed.resize(static_cast<std::size_t>(in_.gcount()));
  if (sealed.size() < overhead) failed("backup.cut_off");
  chunk_.resize(sealed.size() - overhead);
  taken_ = 0;
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, chunk_.data(), nullptr, &tag,
                                                 sealed.data(), sealed.size(), head_.data(),
                                                 head_.size()) != 0) {
    chunk_.clear();
    failed("backup.altered");
  }
  head_.clear();
  ++chunks_;
  is_over_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  const bool something_follows = in_.peek() != std::ifstream::traits_type::eof();
  if (is_over_ && something_follows) failed("backup.altered");
  if (!is_over_ && !something_follows) failed("backup.cut_off");
}

void SealedReader::failed(const char* key) const {
  throw BackupFailure(
      Fault(FaultCode::invalid_input, key, "",
            {{"file", path_.string()},
             {"place", std::to_string(head_size + chunks_ * (chunk_size + overhead))}}));
}

}  // namespace minhu::backup_files
