#include "adapters/images_vips/vips_images.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <optional>
#include <utility>

#include "adapters/images_vips/images_child.h"

namespace minhu::images_vips {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

// A photo passes through files that have no name: nothing is left behind, whoever is killed, and no
// pipe can fill up while both sides wait.
Descriptor nameless_file() {
  return Descriptor(::memfd_create("minhu-photo", MFD_CLOEXEC));
}

bool write_all(int descriptor, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return ::lseek(descriptor, 0, SEEK_SET) == 0;
}

std::optional<Bytes> read_all(int descriptor, std::uint64_t most) {
  struct stat state{};
  if (::fstat(descriptor, &state) != 0 || state.st_size <= 0) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(state.st_size);
  if (size > most) return std::nullopt;
  Bytes bytes(size);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got =
        ::pread(descriptor, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::optional<pid_t> start_child(const Options& options, int in, int out) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  if (::posix_spawn_file_actions_init(&files) != 0) return std::nullopt;
  if (::posix_spawnattr_init(&attributes) != 0) {
    ::posix_spawn_file_actions_destroy(&files);
    return std::nullopt;
  }
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  // The database, the sockets and the log stay here: the child gets the photo, the place for the
  // result, and nothing else.
  const bool prepared =
      ::posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO) == 0 &&
      ::posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) == 0 &&
      ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
      ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) == 0 &&
      ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) ==
          0 &&
      ::posix_spawnattr_setsigmask(&attributes, &none) == 0 &&
      ::posix_spawnattr_setsigdefault(&attributes, &all) == 0;

  std::array<std::string, 5> arguments{
      "minhu", std::string(images_child_verb), std::to_string(options.limits.memory_bytes),
      std::to_string(options.limits.cpu_seconds), std::to_string(options.limits.file_bytes)};
  std::array<char*, arguments.size() + 1> argv{};
  for (std::size_t i = 0; i < arguments.size(); ++i) argv[i] = arguments[i].data();
  // No secret of our environment goes along.
  std::array<char*, 1> environment{};

  pid_t child = -1;
  const bool started = prepared && ::posix_spawn(&child, options.program.c_str(), &files,
                                                 &attributes, argv.data(), environment.data()) == 0;
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return started ? std::optional(child) : std::nullopt;
}

// The exit status, or nothing when it ended by a signal.
std::optional<int> wait_for(pid_t child, std::chrono::milliseconds longest) {
  const auto end = std::chrono::steady_clock::now() + longest;
  const Descriptor watched(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  bool ended = false;
  while (watched.open() && !ended) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    pollfd waiting{watched.get(), POLLIN, 0};
    ended = ::poll(&waiting, 1, static_cast<int>(left.count())) > 0;
  }
  if (!ended) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return std::nullopt;
  }
  // What a photo asks for is bounded by CPU time. Who ran out of time on the wall waited for the
  // machine, and the photo is not to blame; nor is it when no descriptor was left to watch with.
  if (!ended) return static_cast<int>(ChildStatus::no_time);
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

tl::unexpected<Fault> busy() {
  return fail(FaultCode::unavailable, "attachments.busy");
}

tl::unexpected<Fault> too_demanding() {
  return fail(FaultCode::invalid_input, "attachments.image_too_demanding");
}

tl::unexpected<Fault> refusal(std::optional<int> status) {
  if (!status) return too_demanding();
  switch (static_cast<ChildStatus>(*status)) {
    case ChildStatus::broken:
      return fail(FaultCode::invalid_input, "attachments.broken_image");
    case ChildStatus::too_many_pixels:
      return fail(FaultCode::too_large, "attachments.too_many_pixels", std::string(),
                  std::map<std::string, std::string>{
                      {"most_million", std::to_string(Images::most_pixels / 1'000'000)}});
    case ChildStatus::kind_not_taken:
      return fail(FaultCode::unsupported_media, "attachments.kind_not_taken");
    case ChildStatus::cannot_start:
    case ChildStatus::no_time:
      return busy();
    case ChildStatus::done:
    case ChildStatus::out_of_memory:
      break;
  }
  return too_demanding();
}

}  // namespace

// One of the few places in which a child may run.
class VipsImages::Turn {
 public:
  explicit Turn(VipsImages& images) : images_(images) {
    std::unique_lock lock(images.mutex_);
    const auto has_room = [&] { return images.running_ < images.options_.most_children; };
    if (!has_room()) {
      if (images.waiting_ >= images.options_.most_waiting) return;
      ++images.waiting_;
      const bool came = images.free_.wait_for(lock, images.options_.longest_wait, has_room);
      --images.waiting_;
      if (!came) return;
    }
    ++images.running_;
    mine_ = true;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!mine_) return;
    const std::lock_guard lock(images_.mutex_);
    --images_.running_;
    images_.free_.notify_one();
  }
  bool mine() const { return mine_; }

 private:
  VipsImages& images_;
  bool mine_ = false;
};

Result<Bytes> VipsImages::presentable(BytesView photo) {
  const Turn turn(*this);
  if (!turn.mine()) return busy();
  const Descriptor in = nameless_file();
  const Descriptor out = nameless_file();
  if (!in.open() || !out.open() || !write_all(in.get(), photo)) return busy();
  const auto child = start_child(options_, in.get(), out.get());
  if (!child) return busy();
  const auto status = wait_for(*child, options_.longest_run);
  if (status != static_cast<int>(ChildStatus::done)) return refusal(status);
  auto bytes = read_all(out.get(), options_.limits.file_bytes);
  if (!bytes) return too_demanding();
  return std::move(*bytes);
}

}  // namespace minhu::images_vips
