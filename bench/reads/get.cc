// reads_get PORT COOKIE CLIENTS SECONDS PATH…: so many clients on kept connections, each asking for
// the paths in turn. Prints one line: answers, p50, p99 and the longest in ms, answers other than
// 200.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../loopback.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Figures {
  std::mutex mutex;
  std::vector<double> milliseconds;
  long refused = 0;
};

// Reads one whole answer; gives its status, 0 when the connection ended.
int read_answer(int socket, std::string& buffer) {
  buffer.clear();
  char piece[65536];
  std::size_t head_end = std::string::npos;
  std::size_t length = 0;
  while (head_end == std::string::npos || buffer.size() < head_end + 4 + length) {
    const ssize_t got = ::recv(socket, piece, sizeof piece, 0);
    if (got <= 0) return 0;
    buffer.append(piece, static_cast<std::size_t>(got));
    if (head_end == std::string::npos) {
      head_end = buffer.find("\r\n\r\n");
      if (head_end == std::string::npos) continue;
      const auto at = buffer.find("Content-Length: ");
      length = at < head_end ? std::strtoul(buffer.c_str() + at + 16, nullptr, 10) : 0;
    }
  }
  return std::atoi(buffer.c_str() + 9);
}

void ask(int port, const std::string& cookie, const std::vector<std::string>& paths,
         std::size_t first, Clock::time_point end, Figures& figures) {
  const int socket = minhu::bench::connect_to(port);
  std::string buffer;
  std::vector<double> mine;
  long refused = 0;
  for (std::size_t i = first; Clock::now() < end; ++i) {
    const std::string request = "GET " + paths[i % paths.size()] +
                                " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\n\r\n";
    const auto sent = Clock::now();
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) <= 0) break;
    const int status = read_answer(socket, buffer);
    mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
    if (status != 200 && refused++ == 0) std::fprintf(stderr, "%.300s\n", buffer.c_str());
    if (status == 0) break;
  }
  ::close(socket);
  const std::lock_guard lock(figures.mutex);
  figures.milliseconds.insert(figures.milliseconds.end(), mine.begin(), mine.end());
  figures.refused += refused;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: reads_get PORT COOKIE CLIENTS SECONDS PATH…\n");
    return 2;
  }
  const std::vector<std::string> paths(argv + 5, argv + argc);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(std::atof(argv[4])));
  Figures figures;
  std::vector<std::thread> clients;
  for (int i = 0; i < std::atoi(argv[3]); ++i) {
    clients.emplace_back([&, i] {
      ask(std::atoi(argv[1]), argv[2], paths, static_cast<std::size_t>(i), end, figures);
    });
  }
  for (std::thread& client : clients) client.join();
  auto& times = figures.milliseconds;
  if (times.empty()) return 1;
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) {
    return times[static_cast<std::size_t>(static_cast<double>(times.size() - 1) * part)];
  };
  std::printf("%zu %.2f %.2f %.2f %ld\n", times.size(), at(0.5), at(0.99), times.back(),
              figures.refused);
  return figures.refused == 0 ? 0 : 1;
}
