// intake_load PORT CLIENTS SECONDS: so many clients on kept connections to this machine, each
// posting one case after the other to /api/v1/cases (300 characters, a new idempotency key each
// time). Prints one line: cases, seconds, p50 and p99 in ms, answers other than 201, CPU seconds of
// this program.
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "../answer.h"
#include "../loopback.h"
#include "../words.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr double warm_up_seconds = 1.0;

struct Client {
  int socket = -1;
  std::string request;
  std::string answer;
  Clock::time_point sent;
};

struct Figures {
  std::int64_t cases = 0;
  std::int64_t refused = 0;
  std::vector<float> milliseconds;
};

void prepare(Client& client, std::mt19937_64& random) {
  const std::string body = "{\"text\":\"" + minhu::bench::new_words(random) + "\"}";
  char head[256];
  std::snprintf(
      head, sizeof head,
      "POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
      "Idempotency-Key: %016llx%016llx\r\nContent-Length: %zu\r\n\r\n",
      static_cast<unsigned long long>(random()), static_cast<unsigned long long>(random()),
      body.size());
  client.request = head + body;
  client.answer.clear();
}

void send_all(Client& client) {
  client.sent = Clock::now();
  std::size_t at = 0;
  while (at < client.request.size()) {
    const ssize_t wrote =
        ::send(client.socket, client.request.data() + at, client.request.size() - at, MSG_NOSIGNAL);
    if (wrote <= 0) {
      std::perror("send");
      std::exit(1);
    }
    at += static_cast<std::size_t>(wrote);
  }
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double percentile(std::vector<float>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: intake_load PORT CLIENTS SECONDS\n");
    return 2;
  }
  const int port = std::atoi(argv[1]);
  const int clients = std::atoi(argv[2]);
  const double seconds = std::atof(argv[3]);

  std::mt19937_64 random(20260101);
  // Keys must be new to a server that other runs have filled.
  random.discard(static_cast<unsigned long long>(::getpid()) * 1000ULL);
  std::vector<Client> all(static_cast<std::size_t>(clients));
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].socket = minhu::bench::connect_to(port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &event);
    prepare(all[i], random);
  }
  const auto begin = Clock::now();
  const auto counted_from = begin + std::chrono::duration<double>(warm_up_seconds);
  const auto end = counted_from + std::chrono::duration<double>(seconds);
  for (Client& client : all) send_all(client);

  Figures figures;
  std::vector<char> buffer(64 * 1024);
  epoll_event events[64];
  std::size_t open = all.size();
  while (open > 0) {
    const int ready = ::epoll_wait(poll, events, 64, 10'000);
    if (ready <= 0) {
      std::fprintf(stderr, "no answer for ten seconds\n");
      return 1;
    }
    for (int i = 0; i < ready; ++i) {
      Client& client = all[events[i].data.u64];
      const ssize_t got = ::recv(client.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) {
        std::fprintf(stderr, "the server closed a connection\n");
        return 1;
      }
      client.answer.append(buffer.data(), static_cast<std::size_t>(got));
      const int status = minhu::bench::status_of(client.answer);
      if (status == 0) continue;
      const auto now = Clock::now();
      if (now >= counted_from && now < end) {
        if (status == 201) {
          ++figures.cases;
        } else {
          if (figures.refused++ == 0) std::fprintf(stderr, "%s\n", client.answer.c_str());
        }
        figures.milliseconds.push_back(
            std::chrono::duration<float, std::milli>(now - client.sent).count());
      }
      if (now >= end) {
        ::close(client.socket);
        --open;
        continue;
      }
      prepare(client, random);
      send_all(client);
    }
  }
  std::sort(figures.milliseconds.begin(), figures.milliseconds.end());
  std::printf("%lld %.3f %.2f %.2f %lld %.2f\n", static_cast<long long>(figures.cases), seconds,
              percentile(figures.milliseconds, 0.5), percentile(figures.milliseconds, 0.99),
              static_cast<long long>(figures.refused), cpu_seconds());
  return figures.refused == 0 ? 0 : 1;
}
