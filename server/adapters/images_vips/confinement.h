// Shutting a process in before it touches bytes that a stranger sent.
//
// What holds afterwards, for the whole process and for good:
//   * address space, CPU seconds and the size of a file it writes are limited; no core dump
//   * it dies with its parent; no program it could start would gain rights
//   * on x86-64 and arm64, of the kernel's calls only those are left that work on memory, threads
//     and files that are already open. Opening files, sockets, starting programs, looking at other
//     processes, changing its own limits, making memory executable: each answers EPERM.
// What does not hold: it runs as the same user as the server, in the same namespaces, and its
// limits are per process, not a share of the machine. On another processor the last point is
// missing.
#pragma once

#include <cstdint>

namespace minhu::images_vips {

struct Limits {
  std::uint64_t memory_bytes = std::uint64_t{512}
                               << 20U;  // address space; ignored under sanitizers
  std::uint64_t cpu_seconds = 5;
  std::uint64_t file_bytes = std::uint64_t{64} << 20U;
};

// First thing in the child: what a library does while it starts already falls under it.
[[nodiscard]] bool limit_resources(const Limits& limits) noexcept;
// When everything has been opened that will be needed. False when the kernel refuses.
[[nodiscard]] bool forbid_system_calls() noexcept;

}  // namespace minhu::images_vips
