#include "lines.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "../answer.h"
#include "../loopback.h"

namespace minhu::bench {

namespace {

constexpr std::int64_t patience_us = 30'000'000;  // silence for so long is an error
constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t slow_us = 1'000'000;
constexpr std::size_t most_kept_of_an_answer = 2000;

bool says_too_much(int status) {
  return status == 429 || status == 503 || status == 507;
}

}  // namespace

Lines::Lines(std::vector<int> ports, std::size_t most, People& people, Results& results)
    : ports_(std::move(ports)),
      most_(most),
      people_(people),
      results_(results),
      poll_(::epoll_create1(EPOLL_CLOEXEC)) {
  lines_.reserve(most);
}

Lines::~Lines() {
  for (Line& line : lines_) {
    if (line.socket >= 0) ::close(line.socket);
  }
  ::close(poll_);
}

void Lines::open(std::size_t line) {
  lines_[line].socket = connect_to(ports_[next_port_++ % ports_.size()]);
  ::fcntl(lines_[line].socket, F_SETFL, O_NONBLOCK);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = line;
  ::epoll_ctl(poll_, EPOLL_CTL_ADD, lines_[line].socket, &event);
}

void Lines::close(std::size_t line) {
  ::close(lines_[line].socket);
  lines_[line].socket = -1;
}

// False when every line is busy.
bool Lines::send_now(const Arrival& arrival) {
  std::size_t line = lines_.size();
  if (!idle_.empty()) {
    line = idle_.back();
    idle_.pop_back();
  } else if (lines_.size() < most_) {
    lines_.emplace_back();
  } else {
    return false;
  }
  Line& mine = lines_[line];
  Request request = people_.next(arrival.asked);
  if (mine.socket < 0) open(line);
  mine.busy = true;
  mine.arrival = arrival;
  mine.expected = request.expected;
  mine.rest = std::move(request.text);
  mine.answer.clear();
  mine.sent_us = now_us();
  results_.most_connections = std::max(results_.most_connections, ++busy_);
  push(line);
  return true;
}

void Lines::push(std::size_t line) {
  Line& mine = lines_[line];
  while (!mine.rest.empty()) {
    const ssize_t wrote =
        ::send(mine.socket, mine.rest.data(), mine.rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (wrote < 0) return;  // later, or its end is heard
    mine.rest.erase(0, static_cast<std::size_t>(wrote));
  }
}

void Lines::hear(std::size_t line) {
  Line& mine = lines_[line];
  static thread_local std::vector<char> buffer(256 * 1024);
  for (;;) {
    const ssize_t got = ::recv(mine.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      close(line);
      if (mine.busy) done(line, 0);
      return;
    }
    mine.answer.append(buffer.data(), static_cast<std::size_t>(got));
    if (!mine.busy) continue;
    const int status = status_of(mine.answer);
    if (status == 0) continue;
    if (closes(mine.answer)) close(line);
    done(line, status);
    if (mine.socket < 0) return;
  }
}

void Lines::done(std::size_t line, int status) {
  Line& mine = lines_[line];
  const std::int64_t now = now_us();
  const Arrival& arrival = mine.arrival;
  Tally& tally =
      results_.of[static_cast<std::size_t>(arrival.phase)][static_cast<std::size_t>(arrival.asked)];
  const std::int64_t took = now - arrival.at_us;
  if (status == mine.expected) {
    tally.times.add(took);
    if (arrival.phase == Phase::steady) {
      const auto minute = static_cast<std::size_t>(arrival.at_us / minute_us);
      if (results_.by_minute.size() <= minute) results_.by_minute.resize(minute + 1);
      results_.by_minute[minute][is_write(arrival.asked) ? 1 : 0].add(took);
    }
    people_.learn(arrival.asked, mine.answer);
  } else if (says_too_much(status)) {
    ++tally.refused;
  } else {
    ++tally.wrong;
    if (results_.first_wrong.empty()) {
      results_.first_wrong =
          std::string(names_of_asked[static_cast<std::size_t>(arrival.asked)]) + ": " +
          (mine.answer.empty() ? "no answer" : mine.answer.substr(0, most_kept_of_an_answer));
    }
  }
  if (took > slow_us) results_.last_slow_us = now;
  mine.busy = false;
  --busy_;
  idle_.push_back(line);
}

void Lines::give_up_on_silent() {
  const std::int64_t now = now_us();
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    if (!lines_[line].busy || now - lines_[line].sent_us < patience_us) continue;
    close(line);
    done(line, 0);
  }
}

void Lines::run(const std::vector<Arrival>& arrivals) {
  begin_ = Clock::now();
  std::size_t next = 0;
  std::int64_t looked_for_silent = 0;
  epoll_event events[256];
  while (next < arrivals.size() || !waiting_.empty() || busy_ > 0) {
    while (!waiting_.empty() && send_now(waiting_.front())) waiting_.pop_front();
    const std::int64_t now = now_us();
    for (; next < arrivals.size() && arrivals[next].at_us <= now; ++next) {
      if (!waiting_.empty() || !send_now(arrivals[next])) {
        waiting_.push_back(arrivals[next]);
      } else {
        results_.own_lateness.add(now_us() - arrivals[next].at_us);
      }
    }
    if (now - looked_for_silent > slow_us) {
      give_up_on_silent();
      looked_for_silent = now;
    }
    std::int64_t pause = slow_us;
    if (next < arrivals.size()) pause = std::max<std::int64_t>(arrivals[next].at_us - now_us(), 0);
    pause = std::min(pause, slow_us);
    const timespec wait{0, std::min<long>(pause * 1000, 999'999'999)};
    const int ready = ::epoll_pwait2(poll_, events, 256, &wait, nullptr);
    for (int i = 0; i < ready; ++i) {
      const auto line = static_cast<std::size_t>(events[i].data.u64);
      if (lines_[line].socket < 0) continue;
      if ((events[i].events & EPOLLOUT) != 0U) push(line);
      if ((events[i].events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0U) hear(line);
    }
  }
}

}  // namespace minhu::bench
