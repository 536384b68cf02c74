#include "adapters/http_beast/network.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

namespace minhu::http_beast {

namespace {

// The kernel reports a slow reader's progress in steps of about this size, so it decides how slow a
// reader may be: 16 KiB within Limits::grace.
constexpr int unsent_bytes = 16 * 1024;
constexpr int seconds_between_probes = 5;

// What a kernel does not know it leaves alone; nothing here is needed for a correct answer.
void set(Socket& socket, int level, int name, int value) {
  static_cast<void>(::setsockopt(socket.native_handle(), level, name, &value, sizeof value));
}

}  // namespace

void prepare(Socket& socket, const Limits& limits) {
  NetworkError ignored;
  socket.non_blocking(true, ignored);
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent_bytes);
  // Linux waits two hours before its first probe. The user timeout also ends an answer that nobody
  // acknowledges.
  const int milliseconds = static_cast<int>(limits.half_open_time.count());
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, std::max(milliseconds / 2000, 1));
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, seconds_between_probes);
  set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, milliseconds);
}

}  // namespace minhu::http_beast
