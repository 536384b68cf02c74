#include "adapters/outbound/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "adapters/outbound/message_json.h"

namespace minhu::outbound {

namespace {

tl::unexpected<Fault> spool_failed() {
  return fail(FaultCode::unavailable, "outbound.spool_failed");
}

// An id becomes the name of a file.
bool is_name(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_there(const std::filesystem::path& file) {
  struct stat state{};
  return ::lstat(file.c_str(), &state) == 0;
}

bool make_private_folder(const std::filesystem::path& folder) {
  return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST;
}

bool synced(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return done;
}

bool written(const std::filesystem::path& file, std::string_view text) {
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  bool done = true;
  while (done && !text.empty()) {
    const ssize_t size = ::write(descriptor, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    done = size > 0;
    if (done) text.remove_prefix(static_cast<std::size_t>(size));
  }
  done = done && ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && done;
}

}  // namespace

Outcome Spool::send(const OutboundMessage& message) {
  if (!is_name(message.id)) return fail(FaultCode::invalid_input, "outbound.bad_id");
  const std::filesystem::path folder = folder_ / name(message.way);
  if (!make_private_folder(folder_) || !make_private_folder(folder)) return spool_failed();
  const std::filesystem::path file = folder / (message.id + ".json");
  if (is_there(file)) return {};
  // Whoever watches the folder sees a whole file or none: only names that end in .json are done.
  const std::filesystem::path unfinished = folder / ("." + message.id + ".unfinished");
  if (!written(unfinished, to_json(message)) || ::rename(unfinished.c_str(), file.c_str()) != 0 ||
      !synced(folder)) {
    ::unlink(unfinished.c_str());
    return spool_failed();
  }
  return {};
}

}  // namespace minhu::outbound
