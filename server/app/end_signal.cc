#include "app/end_signal.h"

#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace minhu::app {

namespace {

// What a handler may touch: a lock-free flag and sem_post (signal-safety(7)).
std::atomic<bool> end_is_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);
sem_t end_came;

void on_signal(int) {
  const int kept = errno;
  end_is_asked.store(true);
  sem_post(&end_came);
  errno = kept;
}

}  // namespace

EndSignal::EndSignal() {
  sem_init(&end_came, 0, 0);
  struct sigaction action{};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;  // nobody's read or write ends half done because of us
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    struct sigaction before{};
    sigaction(signal, nullptr, &before);
    // Begun with nohup: it goes on when the terminal is closed.
    if (signal == SIGHUP && before.sa_handler == SIG_IGN) continue;
    sigaction(signal, &action, nullptr);
  }
}

bool EndSignal::asked() const {
  return end_is_asked.load();
}

void EndSignal::wait() {
  while (!asked()) sem_wait(&end_came);
}

void EndSignal::ask() {
  end_is_asked.store(true);
  sem_post(&end_came);
}

}  // namespace minhu::app
