#include "adapters/http_beast/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace minhu::http_beast {

namespace {

constexpr std::string_view prefix = "upload-";

tl::unexpected<Fault> disk_error(const char* doing) {
  if (errno == ENOSPC || errno == EDQUOT) {
    return fail(FaultCode::out_of_storage, "http.disk_full");
  }
  throw std::system_error(errno, std::generic_category(), doing);
}

}  // namespace

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : spool_(std::exchange(other.spool_, nullptr)),
      path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)) {}

SpoolFile& SpoolFile::operator=(SpoolFile&& other) noexcept {
  std::swap(spool_, other.spool_);
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

SpoolFile::~SpoolFile() {
  if (spool_ == nullptr) return;
  close();
  ::unlink(path_.c_str());
  spool_->held_ -= size_;
}

Outcome SpoolFile::write(std::string_view bytes) {
  if (spool_->held_.fetch_add(bytes.size()) + bytes.size() > spool_->limit_) {
    spool_->held_ -= bytes.size();
    return fail(FaultCode::unavailable, "http.spool_busy");
  }
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return disk_error("write an upload");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

void SpoolFile::close() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Spool::Spool(std::filesystem::path folder, std::uint64_t limit)
    : folder_(std::move(folder)), limit_(limit) {
  namespace fs = std::filesystem;
  if (fs::create_directories(folder_)) fs::permissions(folder_, fs::perms::owner_all);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    if (entry.path().filename().string().starts_with(prefix)) fs::remove(entry.path());
  }
}

Result<SpoolFile> Spool::make() {
  std::filesystem::path path =
      folder_ / (std::string(prefix) + std::to_string(::getpid()) + "-" + std::to_string(++made_));
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return disk_error("make a file for an upload");
  return SpoolFile(*this, std::move(path), descriptor);
}

}  // namespace minhu::http_beast
