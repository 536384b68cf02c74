#include "people.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "../answer.h"
#include "../loopback.h"
#include "../words.h"

namespace minhu::bench {

namespace {

constexpr std::size_t most_receipts = 50'000;
constexpr std::size_t cases_of_a_desk = 400;
// Of the demo county: a unit that is sent cases, and a category that it handles.
constexpr std::string_view unit_code = "housing";
constexpr std::string_view category = "minhu:10.03";

constexpr std::array<std::string_view, 6> pages{
    "/", "/help", "/done", "/figures", "/figures/offices", "/promises"};

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "load_run: %s\n", why.c_str());
  std::exit(1);
}

std::string get(std::string_view path, const std::string& headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

std::string post(std::string_view path, const std::string& headers, const std::string& body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// One question before the measuring, on a connection of its own.
std::string ask(int port, const std::string& request, int expected) {
  const int socket = connect_to(port);
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    give_up("the server takes no request");
  }
  std::string answer;
  char piece[65536];
  while (status_of(answer) == 0) {
    const ssize_t got = ::recv(socket, piece, sizeof piece, 0);
    if (got <= 0) give_up("the server closed the connection");
    answer.append(piece, static_cast<std::size_t>(got));
  }
  ::close(socket);
  if (status_of(answer) != expected) {
    give_up("unexpected answer to " + request.substr(0, request.find('\r')) + ":\n" + answer);
  }
  return answer;
}

}  // namespace

People::People(int port, const std::string& logins, std::size_t steps, std::size_t receipts,
               std::uint64_t seed)
    : random_(seed) {
  std::ifstream file(logins);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, role, login, password;
    words >> kind >> role >> login >> password;
    if (kind == "login" && (role == "dispatcher" || role == "caller" || role == "handler")) {
      sign_in(port, role, login, password);
    }
  }
  // Every case gives two steps: sorted, then sent to a unit. Their receipts are the first that
  // residents look after.
  const std::size_t to_be_sent_on = steps / 2 + 1;
  while (receipts_.size() < std::max(receipts, to_be_sent_on)) {
    learn(Asked::intake, ask(port, intake().text, 201));
  }
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    read_queue(port, i, std::max(cases_of_a_desk, desks_[i].dispatches ? to_be_sent_on : 0));
    if (!desks_[i].cases.empty()) with_cases_.push_back(i);
  }
  if (with_cases_.empty()) give_up("no queue holds a case");
  std::vector<Step> second;
  std::set<std::string_view> taken;  // two who dispatch may have the same case
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    if (!desks_[i].dispatches) continue;
    for (const std::string& id : desks_[i].cases) {
      if (!taken.insert(id).second) continue;
      steps_.push_back({i, id, true});
      second.push_back({i, id, false});
    }
  }
  if (steps_.size() + second.size() < steps) {
    give_up("no dispatcher of " + logins + " has enough cases to send on");
  }
  steps_.insert(steps_.end(), second.begin(), second.end());

  const std::string units =
      ask(port, get("/api/v1/units", "Cookie: " + desks_[0].cookie + "\r\n"), 200);
  std::string_view left(units);
  for (std::size_t at = 0; unit_.empty();) {
    const std::string id(next_text(left, "id", at));
    if (id.empty()) give_up("the county has no unit " + std::string(unit_code));
    if (next_text(left, "code", at) == unit_code) unit_ = id;
  }
}

void People::sign_in(int port, std::string_view role, std::string_view login,
                     std::string_view password) {
  const std::string answer = ask(port,
                                 post("/api/v1/session", "X-Minhu-Desk: 1\r\n",
                                      "{\"login\":\"" + std::string(login) + "\",\"password\":\"" +
                                          std::string(password) + "\"}"),
                                 200);
  const auto begin = answer.find("__Host-minhu=");
  if (begin == std::string::npos) give_up("no session for " + std::string(login));
  Desk desk;
  desk.cookie = answer.substr(begin, answer.find_first_of(";\r", begin) - begin);
  desk.dispatches = role == "dispatcher";
  desk.hotline = login.starts_with("rexian");
  desk.part = role == "dispatcher" ? "dispatch" : role == "caller" ? "call_back" : "lead";
  desks_.push_back(std::move(desk));
}

void People::read_queue(int port, std::size_t desk, std::size_t enough) {
  Desk& mine = desks_[desk];
  std::string cursor;
  while (mine.cases.size() < enough) {
    const std::string answer = ask(port,
                                   get("/api/v1/queue?part=" + mine.part + "&limit=200" +
                                           // What came back to be sent again takes other steps.
                                           (mine.dispatches ? "&state=registered" : "") +
                                           (cursor.empty() ? "" : "&cursor=" + cursor),
                                       "Cookie: " + mine.cookie + "\r\n"),
                                   200);
    const std::string_view body(answer);
    std::size_t at = 0;
    // An id of a case is followed by its number and its track; other ids are of units and classes,
    // and a class has a number, too.
    for (auto id = next_text(body, "id", at); !id.empty(); id = next_text(body, "id", at)) {
      const std::string_view then = body.substr(at, body.find(',', at + 2) + 10 - at);
      if (then.starts_with("\",\"number\"") && then.ends_with("\"track\":\"")) {
        mine.cases.emplace_back(id);
      }
    }
    at = 0;
    cursor = next_text(body, "next_cursor", at);
    if (cursor.empty()) return;
    if (mine.next_page.empty()) mine.next_page = cursor;
  }
}

std::string People::token() {
  char text[40];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(random_()),
                static_cast<unsigned long long>(random_()));
  return text;
}

Request People::intake() {
  return {post("/api/v1/cases", "Idempotency-Key: " + token() + "\r\n",
               "{\"text\":\"" + new_words(random_) + "\"}"),
          201};
}

Request People::step() {
  if (steps_.empty()) give_up("no case is left to take a step in");
  const Step taken = std::move(steps_.front());
  steps_.pop_front();
  Desk& desk = desks_[taken.desk];
  // What is sent on is another unit's, and perhaps out of sight.
  if (!taken.sort_first && desk.cases.size() > 1) std::erase(desk.cases, taken.case_id);
  const std::string kind = taken.sort_first ? "triaged"
                           : desk.hotline   ? "dispatched"
                                            : "transferred";
  const std::string body =
      taken.sort_first
          ? "{\"fields\":{\"category\":\"" + std::string(category) + "\"}}"
          : "{\"fields\":{\"unit\":\"" + unit_ + "\",\"reason\":\"按分工由你单位办理\"}}";
  return {
      post("/api/v1/cases/" + taken.case_id + "/steps/" + kind,
           "Cookie: " + desk.cookie + "\r\nX-Minhu-Desk: 1\r\nIdempotency-Key: " + token() + "\r\n",
           body)};
}

Request People::next(Asked asked) {
  if (asked == Asked::intake) return intake();
  if (asked == Asked::step) return step();
  if (asked == Asked::page) return {get(pages[random_() % pages.size()], "")};
  if (asked == Asked::receipt) {
    const Receipt& receipt = any(receipts_);
    return {get("/api/v1/receipts/" + receipt.number, "X-Query-Code: " + receipt.code + "\r\n")};
  }
  const Desk& desk = desks_[any(with_cases_)];
  const std::string cookie = "Cookie: " + desk.cookie + "\r\n";
  if (asked == Asked::counts) return {get("/api/v1/queues", cookie)};
  if (asked == Asked::the_case) return {get("/api/v1/cases/" + any(desk.cases), cookie)};
  // Most look at the first page, some turn it.
  const bool turns = !desk.next_page.empty() && random_() % 4 == 0;
  return {get(
      "/api/v1/queue?part=" + desk.part + "&limit=50" + (turns ? "&cursor=" + desk.next_page : ""),
      cookie)};
}

void People::learn(Asked asked, const std::string& answer) {
  if (asked != Asked::intake) return;
  std::size_t at = 0;
  Receipt receipt;
  receipt.number = next_text(answer, "number", at);
  receipt.code = next_text(answer, "query_code", at);
  if (receipt.code.empty()) return;
  if (receipts_.size() < most_receipts) {
    receipts_.push_back(std::move(receipt));
  } else {
    receipts_[random_() % receipts_.size()] = std::move(receipt);
  }
}

}  // namespace minhu::bench
