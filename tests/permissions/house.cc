#include "house.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/json.hpp>
#include <stdexcept>

#include "adapters/outbound/spool.h"
#include "kernel/crypto.h"

namespace minhu::permission_matrix {

std::string_view name_of(http::Method method) {
  constexpr std::string_view names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
  return names[static_cast<std::size_t>(method)];
}

std::string Told::header(std::string_view name) const {
  const auto lower = [](std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
  };
  std::istringstream lines(head);
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos || lower(line.substr(0, colon)) != lower(std::string(name)))
      continue;
    if (!all.empty()) all += "\n";
    all += line.substr(colon + 2, line.find('\r') - colon - 2);
  }
  return all;
}

std::string Told::code() const {
  boost::system::error_code error;
  const auto value = boost::json::parse(body, error);
  if (error || !value.is_object()) return {};
  const auto* code = value.as_object().if_contains("code");
  return code == nullptr || !code->is_string() ? std::string() : std::string(code->as_string());
}

// Connections are kept for the next request; each is used by one thread at a time.
class House::Connections {
 public:
  explicit Connections(std::uint16_t port) : port_(port) {}

  Told ask(const std::string& request) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      auto client = take(attempt > 0);
      if (client->send(request)) {
        auto answer = client->answer(request.starts_with("HEAD "));
        if (answer.status != 0) {
          if (!answer.has("Connection: close")) give_back(std::move(client));
          return {answer.status, std::move(answer.head), std::move(answer.body)};
        }
      }
    }
    return {};
  }

 private:
  using Client = std::unique_ptr<http_beast::RawClient>;
  Client take(bool fresh) {
    const std::lock_guard lock(mutex_);
    if (fresh || idle_.empty()) return std::make_unique<http_beast::RawClient>(port_);
    Client client = std::move(idle_.back());
    idle_.pop_back();
    return client;
  }
  void give_back(Client client) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(client));
  }

  std::uint16_t port_;
  std::mutex mutex_;
  std::vector<Client> idle_;
};

struct House::Side {
  Side(app::Foundation& foundation, County& county, std::vector<accounts::DemoLogin> logins)
      : turns(foundation, county.installation()),
        surfaces(foundation, county.installation(), turns, county.profile(), std::move(logins),
                 std::make_unique<outbound::Spool>(foundation.folder.outbox())) {
    http_beast::Options options;
    options.port = 0;
    options.spool = spool.path();
    options.trusted_proxies = {"127.0.0.1"};
    options.client_key = foundation.entropy.bytes<32>();
    server = std::make_unique<http_beast::Server>(
        std::move(options), surfaces.routes(), surfaces.refusal(),
        [this](const http_beast::Seen& seen) { surfaces.seen(seen); });
    connections = std::make_unique<Connections>(server->port());
    thread = std::thread([this] { server->run(); });
  }
  ~Side() {
    connections.reset();
    server->stop();
    thread.join();
    server.reset();
  }

  http_beast::TemporaryFolder spool;
  app::Turns turns;
  app::Surfaces surfaces;
  std::unique_ptr<http_beast::Server> server;
  std::unique_ptr<Connections> connections;
  std::thread thread;
};

House& House::get() {
  static House house;
  return house;
}

House::House() {
  start_crypto();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
  app::FoundationOptions options;
  options.data = folder_.path();
  auto opened = app::Foundation::open(options, app::WhenMissing::create);
  if (!opened) throw std::runtime_error(opened.error().key);
  foundation_ = std::move(*opened);
  here_ = std::make_unique<County>(*foundation_, 339901, "青溪县");
  there_ = std::make_unique<County>(*foundation_, 339902, "白石县");
  here_->have_every_case();
  there_->have_one_case();
  side_here_ = std::make_unique<Side>(*foundation_, *here_, here_->logins(Holds::session));
  side_there_ =
      std::make_unique<Side>(*foundation_, *there_, there_->logins(Holds::foreign_session));
  routes_ = side_here_->surfaces.routes();
  for (const Person& person : people()) {
    if (person.holds == Holds::session) {
      sessions_.emplace(person.name, sign_in(*side_here_, person.name));
    } else if (person.holds == Holds::foreign_session) {
      sessions_.emplace(person.name, sign_in(*side_there_, person.name));
    }
  }
}

House::~House() = default;

std::string House::host() const {
  return "127.0.0.1:" + std::to_string(side_here_->server->port());
}

std::string House::text_of(const Side& side, const Asked& asked, std::string_view client) {
  std::string text = std::string(name_of(asked.method)) + " " + asked.target +
                     " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(side.server->port()) + "\r\n";
  if (!client.empty()) text += "X-Forwarded-For: " + std::string(client) + "\r\n";
  for (const auto& [name, value] : asked.headers) text += name + ": " + value + "\r\n";
  if (!asked.content_type.empty()) text += "Content-Type: " + asked.content_type + "\r\n";
  if (is_unsafe(asked.method))
    text += "Content-Length: " + std::to_string(asked.body.size()) + "\r\n";
  return text + "\r\n" + asked.body;
}

Told House::exchange(Side& side, const std::string& request) {
  Told told = side.connections->ask(request);
  if (told.status == 0)
    throw std::runtime_error("no answer to " + request.substr(0, request.find('\r')));
  return told;
}

std::string House::sign_in(Side& side, std::string_view login) {
  const std::string body =
      "{\"login\":\"" + std::string(login) + "\",\"password\":\"" + std::string(password) + "\"}";
  const Told told = exchange(side, text_of(side,
                                           {http::Method::post,
                                            "/api/v1/session",
                                            body,
                                            "application/json",
                                            {{"Sec-Fetch-Site", "same-origin"}}},
                                           ""));
  const std::string cookie = told.header("set-cookie");
  if (told.status != 200 || cookie.empty()) {
    throw std::runtime_error(std::string(login) + " cannot sign in: " + told.body);
  }
  return cookie.substr(0, cookie.find(';'));
}

Told House::ask(const Person& person, Asked asked) {
  // Each person comes from an address of their own, so that nobody waits for another's guesses.
  static std::atomic<unsigned> next = 0;
  const unsigned at = ++next;
  const std::string client = "10." + std::to_string(at >> 16U & 255U) + "." +
                             std::to_string(at >> 8U & 255U) + "." + std::to_string(at & 255U);
  if (is_unsafe(asked.method)) asked.headers.emplace_back("Sec-Fetch-Site", "same-origin");
  if (is_unsafe(asked.method) && asked.target.starts_with("/api/")) {
    asked.headers.emplace_back("X-Minhu-Desk", "1");
  }
  if (const auto session = sessions_.find(std::string(person.name)); session != sessions_.end()) {
    asked.headers.emplace_back("Cookie", session->second);
  }
  Side& side = person.holds == Holds::foreign_session ? *side_there_ : *side_here_;
  return exchange(side, text_of(side, asked, client));
}

Told House::ask_raw(const Asked& asked, std::string_view client) {
  return exchange(*side_here_, text_of(*side_here_, asked, client));
}

std::string House::pass_of(const Matter& matter) {
  const std::lock_guard lock(passes_lock_);
  if (const auto known = passes_.find(matter.name); known != passes_.end()) return known->second;
  const Told told = ask_raw({http::Method::post,
                             "/t",
                             "number=" + matter.number + "&code=" + matter.code,
                             "application/x-www-form-urlencoded",
                             {{"Sec-Fetch-Site", "same-origin"}}});
  const std::string cookie = told.header("set-cookie");
  const std::string pass = cookie.substr(0, cookie.find(';'));
  passes_.emplace(matter.name, pass);
  return pass;
}

}  // namespace minhu::permission_matrix
