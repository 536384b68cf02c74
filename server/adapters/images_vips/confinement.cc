#include "adapters/images_vips/confinement.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>

namespace minhu::images_vips {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;  // shadow memory alone is larger than any honest limit
#else
constexpr bool sanitized = false;
#endif

bool limit(__rlimit_resource_t what, std::uint64_t most) noexcept {
  const rlimit value{most, most};
  return setrlimit(what, &value) == 0;
}

#if defined(__x86_64__)
#define MINHU_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MINHU_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef MINHU_AUDIT_ARCH

constexpr std::uint32_t answer(int error) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
}

constexpr sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

constexpr sock_filter give(std::uint32_t verdict) {
  return BPF_STMT(BPF_RET | BPF_K, verdict);
}

constexpr sock_filter skip_unless_equal(std::uint32_t value, std::uint8_t steps) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, steps);
}

// Work on memory, on threads of this process and on descriptors that are already there.
constexpr auto harmless = std::to_array<std::uint32_t>({__NR_read,
                                                        __NR_write,
                                                        __NR_readv,
                                                        __NR_writev,
                                                        __NR_pread64,
                                                        __NR_lseek,
                                                        __NR_fstat,
                                                        __NR_close,
                                                        __NR_dup,
                                                        __NR_munmap,
                                                        __NR_mremap,
                                                        __NR_madvise,
                                                        __NR_brk,
                                                        __NR_futex,
                                                        __NR_set_robust_list,
                                                        __NR_get_robust_list,
                                                        __NR_rseq,
                                                        __NR_gettid,
                                                        __NR_set_tid_address,
                                                        __NR_sched_yield,
                                                        __NR_sched_getaffinity,
                                                        __NR_getpid,
                                                        __NR_tgkill,
                                                        __NR_rt_sigaction,
                                                        __NR_rt_sigprocmask,
                                                        __NR_rt_sigreturn,
                                                        __NR_sigaltstack,
                                                        __NR_clock_gettime,
                                                        __NR_clock_nanosleep,
                                                        __NR_getrandom,
                                                        __NR_restart_syscall,
                                                        __NR_exit,
                                                        __NR_exit_group});

constexpr std::size_t program_size = 4 + 2 + 5 + 2 * 5 + harmless.size() * 2 + 1;

constexpr std::array<sock_filter, program_size> make_program() {
  std::array<sock_filter, program_size> program{};
  std::size_t at = 0;
  const auto add = [&](sock_filter step) { program[at++] = step; };
  // The low half of an argument; both processors are little-endian.
  const auto load_argument = [&](std::size_t index) {
    add(load(offsetof(seccomp_data, args) + index * sizeof(std::uint64_t)));
  };
  add(load(offsetof(seccomp_data, arch)));
  add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MINHU_AUDIT_ARCH, 1, 0));
  add(give(SECCOMP_RET_KILL_PROCESS));
  add(load(offsetof(seccomp_data, nr)));
  // clone3 hides its flags behind a pointer: told that there is none, libc falls back to clone.
  add(skip_unless_equal(__NR_clone3, 1));
  add(give(answer(ENOSYS)));
  // clone makes threads, never processes.
  add(skip_unless_equal(__NR_clone, 4));
  load_argument(0);
  add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
  add(give(SECCOMP_RET_ALLOW));
  add(give(answer(EPERM)));
  // Memory, but none that could be run: nothing that a photo smuggled in becomes code.
  for (const std::uint32_t call : std::array<std::uint32_t, 2>{__NR_mmap, __NR_mprotect}) {
    add(skip_unless_equal(call, 4));
    load_argument(2);
    add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0));
    add(give(SECCOMP_RET_ALLOW));
    add(give(answer(EPERM)));
  }
  for (const std::uint32_t call : harmless) {
    add(skip_unless_equal(call, 1));
    add(give(SECCOMP_RET_ALLOW));
  }
  add(give(answer(EPERM)));
  return program;
}

#endif

}  // namespace

bool limit_resources(const Limits& limits) noexcept {
  return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 &&
         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_CPU, limits.cpu_seconds) && limit(RLIMIT_FSIZE, limits.file_bytes) &&
         (sanitized || limit(RLIMIT_AS, limits.memory_bytes)) &&
         // People who wait for a page go first.
         setpriority(PRIO_PROCESS, 0, 5) == 0;
}

bool forbid_system_calls() noexcept {
#ifdef MINHU_AUDIT_ARCH
  static constexpr auto program = make_program();
  const sock_fprog filter{static_cast<unsigned short>(program.size()),
                          const_cast<sock_filter*>(program.data())};
  // For every thread that libraries have started, not only this one.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
#else
  return true;
#endif
}

}  // namespace minhu::images_vips
