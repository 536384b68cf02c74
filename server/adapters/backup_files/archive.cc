#include "adapters/backup_files/archive.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "adapters/backup_files/backup_failure.h"
#include "kernel/assert.h"

namespace minhu::backup_files {

namespace {

constexpr std::size_t piece_size = 256 * 1024;
constexpr std::size_t longest_name = 512;

}  // namespace

struct RunningDigest::State {
  crypto_hash_sha256_state hash;
};

RunningDigest::RunningDigest() : state_(std::make_unique<State>()) {
  crypto_hash_sha256_init(&state_->hash);
}
RunningDigest::~RunningDigest() = default;

void RunningDigest::add(BytesView bytes) {
  crypto_hash_sha256_update(&state_->hash, bytes.data(), bytes.size());
}

Digest RunningDigest::end() {
  Digest digest;
  crypto_hash_sha256_final(&state_->hash, digest.data());
  crypto_hash_sha256_init(&state_->hash);
  return digest;
}

ArchiveWriter::ArchiveWriter(const std::filesystem::path& file, const Key& public_key)
    : file_(file), sealed_([this](BytesView bytes) { file_.put(bytes); }, public_key) {
  piece_.reserve(piece_size);
}

void ArchiveWriter::put_number(std::size_t number) {
  std::array<std::uint8_t, 4> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  sealed_.put(bytes);
}

void ArchiveWriter::begin(std::string name) {
  MINHU_ASSERT(!name.empty() && name.size() <= longest_name);
  put_number(name.size());
  sealed_.put(as_bytes(name));
  now_ = {std::move(name), 0, {}};
}

void ArchiveWriter::put(BytesView bytes) {
  while (!bytes.empty()) {
    const std::size_t part = std::min(bytes.size(), piece_size - piece_.size());
    piece_.insert(piece_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part));
    bytes = bytes.subspan(part);
    if (piece_.size() == piece_size) send_piece();
  }
}

void ArchiveWriter::send_piece() {
  if (piece_.empty()) return;
  digest_.add(piece_);
  now_.bytes += piece_.size();
  put_number(piece_.size());
  sealed_.put(piece_);
  piece_.clear();
}

void ArchiveWriter::end() {
  send_piece();
  put_number(0);
  now_.sha256 = digest_.end();
  members_.push_back(std::move(now_));
}

void ArchiveWriter::put_whole(std::string name, BytesView bytes) {
  begin(std::move(name));
  put(bytes);
  end();
}

void ArchiveWriter::keep() {
  put_number(0);
  sealed_.end();
  file_.keep();
}

ArchiveReader::ArchiveReader(const std::filesystem::path& file, const KeyPair& keys)
    : path_(file), sealed_(file, keys) {}

void ArchiveReader::broken() const {
  throw BackupFailure(Fault(FaultCode::invalid_input, "backup.altered", "",
                            {{"file", path_.string()}, {"place", "?"}}));
}

void ArchiveReader::fill(std::span<std::uint8_t> into) {
  if (sealed_.read(into) != into.size()) broken();
}

std::size_t ArchiveReader::number() {
  std::array<std::uint8_t, 4> bytes;
  fill(bytes);
  std::size_t number = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) number |= std::size_t{bytes[i]} << (8 * i);
  return number;
}

std::optional<std::string> ArchiveReader::next() {
  std::array<std::uint8_t, 4096> passed_over;
  while (now_) read(passed_over);
  const std::size_t length = number();
  if (length == 0) {
    if (sealed_.read(passed_over) != 0) broken();
    return std::nullopt;
  }
  if (length > longest_name) broken();
  Bytes name(length);
  fill(name);
  now_ = Member{to_text(name), 0, {}};
  piece_left_ = number();
  return now_->name;
}

std::size_t ArchiveReader::read(std::span<std::uint8_t> into) {
  if (!now_) return 0;
  std::size_t filled = 0;
  while (filled < into.size() && piece_left_ > 0) {
    const auto part = into.subspan(filled, std::min(into.size() - filled, piece_left_));
    fill(part);
    digest_.add(part);
    now_->bytes += part.size();
    filled += part.size();
    piece_left_ -= part.size();
    if (piece_left_ == 0) piece_left_ = number();
  }
  if (piece_left_ == 0) {
    now_->sha256 = digest_.end();
    members_.push_back(std::move(*now_));
    now_.reset();
  }
  return filled;
}

Bytes ArchiveReader::rest(std::size_t most) {
  Bytes bytes;
  std::array<std::uint8_t, 4096> part;
  while (const std::size_t got = read(part)) {
    if (bytes.size() + got > most) broken();
    bytes.insert(bytes.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(got));
  }
  return bytes;
}

}  // namespace minhu::backup_files
