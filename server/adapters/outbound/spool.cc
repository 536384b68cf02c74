#include "adapters/outbound/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "adapters/outbound/message_json.h"
#include "kernel/durable_folder.h"

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
  if (make_folders(folder) != 0) return spool_failed();
  const std::filesystem::path file = folder / (message.id + ".json");
  const auto kept = [&]() -> Outcome {
    if (sync_folder(folder) != 0) return spool_failed();
    return {};
  };
  if (is_there(file)) return kept();  // it got its name before, and perhaps no more than that
  // Whoever watches the folder sees a whole file or none: only names that end in .json are done.
  const std::filesystem::path unfinished = folder / ("." + message.id + ".unfinished");
  if (!written(unfinished, to_json(message)) || ::rename(unfinished.c_str(), file.c_str()) != 0) {
    ::unlink(unfinished.c_str());
    return spool_failed();
  }
  return kept();
}

}  // namespace minhu::outbound
