#include "program.h"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <stdexcept>

#include "adapters/outbound/spool.h"
#include "app/record_setup.h"
#include "app/schema.h"
#include "features/accounts/gate.h"
#include "features/cases/housekeeping.h"
#include "features/cases/key_tending.h"
#include "features/demo/demo.h"
#include "features/insight/sums.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/crypto.h"
#include "shaken_database.h"

namespace minhu::simulation {

namespace {

void must(const Outcome& outcome, const char* what) {
  if (!outcome) throw std::runtime_error(std::string(what) + ": " + outcome.error().key);
}
template <class T>
T must(Result<T> result, const char* what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().key);
  return std::move(*result);
}

}  // namespace

Program::Program(std::uint64_t seed, Instant start_at)
    : weather_(seed), clock_(start_at), entropy_(seed) {
  start_crypto();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>()));
  build();
  start();
}

Program::~Program() {
  weather_.calm();
  weather_.start_again();
  end();
}

app::FoundationOptions Program::options() {
  app::FoundationOptions options;
  options.data = folder_.path();
  options.clock = &clock_;
  options.entropy = &entropy_;
  options.around = [this](std::unique_ptr<Database> inner,
                          app::Kept what) -> std::unique_ptr<Database> {
    if (on_a_server_ && what == app::Kept::data) {
      inner = test_storage::TestDatabase::open(on_a_server_->place());
    }
    return std::make_unique<ShakenDatabase>(std::move(inner), weather_);
  };
  return options;
}

void Program::build() {
  if (test_storage::chosen_engine() == test_storage::Engine::postgresql) {
    on_a_server_.emplace(std::initializer_list<std::span<const Migration>>{app::schema()});
    on_a_server_->close();
  }
  const auto made = must(app::Foundation::open(options(), app::WhenMissing::create), "create");
  must(demo::build_county(*made->database), "county");
  must(demo::put_officials(*made->database, clock_.now()), "officials");
  const auto county = must(made->county(), "county");
  const auto setup = app::open_record(made->folder, *made->database, county.region, entropy_,
                                      "sim.example/record");
  if (setup.why) throw std::runtime_error("record: " + setup.why->key);
  for (accounts::DemoLogin& login : demo::demo_logins(entropy_)) {
    officials_.push_back(std::move(login.account));
  }
  made->database->read_job([&](Reading& reading) {
    reading.query("SELECT code FROM place WHERE region_id = ?1 ORDER BY code",
                  {param(county.region)},
                  [&](const Row& row) { places_.emplace_back(row.text(0)); });
  });
}

void Program::start() {
  ++starts_;
  foundation_ = must(app::Foundation::open(options(), app::WhenMissing::refuse), "start");
  profile_ = must(foundation_->profile(), "profile");
  county_ = must(foundation_->county(), "county");
  installation_ = std::make_unique<cases::Installation>(
      cases::Installation{*foundation_->database, county_, foundation_->keyring,
                          foundation_->entropy, foundation_->clock});
  turns_ = std::make_unique<app::Turns>(*foundation_, *installation_);
  surfaces_ = std::make_unique<app::Surfaces>(
      *foundation_, *installation_, *turns_, profile_, std::vector<accounts::DemoLogin>(),
      std::make_unique<outbound::Spool>(foundation_->folder.outbox()));
  router_ = std::make_unique<http_beast::Router>(surfaces_->routes({"here"}));
  jobs_ = std::make_unique<app::Jobs>();
  jobs_->every({}, "housekeeping", [this] { (void)cases::keep_house(*installation_); });
  jobs_->every({}, "keys",
               [this] { (void)cases::tend_keys(*installation_, [] { return false; }); });
  jobs_->every({}, "figures",
               [this] { (void)insight::fold(*foundation_->database, county_.region); });
  surfaces_->add_jobs(*jobs_, *jobs_);
  surfaces_->add_record_job(*jobs_);
}

void Program::end() {
  jobs_.reset();
  router_.reset();
  surfaces_.reset();
  turns_.reset();
  installation_.reset();
  foundation_.reset();
}

void Program::start_again() {
  // Whatever ends with the program ends quietly; then the files are opened as after a kill.
  weather_.start_again();
  end();
  for (;;) {
    try {
      start();
      return;
    } catch (const Killed&) {
      weather_.start_again();
    } catch (const StorageUnreachable&) {
    } catch (const std::runtime_error&) {
      // A start that the weather refused; systemd tries again. In calm weather it is a failure.
      if (weather_.is_calm()) throw;
    }
    end();
  }
}

template <class F>
bool Program::survives(F&& work) {
  try {
    work();
  } catch (const Killed&) {
  }
  if (!weather_.killed()) return true;
  start_again();
  return false;
}

Answer Program::ask(http::Method method, const std::string& path, const std::string& body,
                    std::map<std::string, std::string, std::less<>> headers,
                    std::vector<std::pair<std::string, std::string>> query) {
  http::Request request;
  request.method = method;
  request.path = path;
  request.query = std::move(query);
  request.body = body;
  request.headers = std::move(headers);
  request.client = "here";
  request.secure = true;
  request.headers.emplace("x-minhu-desk", "1");
  request.headers.emplace("sec-fetch-site", "same-origin");
  if (!body.empty()) request.headers.emplace("content-type", "application/json");
  if (const auto cookie = request.headers.find("cookie"); cookie != request.headers.end()) {
    request.cookies.emplace(accounts::session_cookie, cookie->second);
  }
  const auto match = router_->find(method, path);
  if (match.route == nullptr) throw std::runtime_error("no route for " + path);
  request.captures = match.captures;
  Answer answer;
  const bool survived = survives([&] {
    try {
      http::Response response = match.route->handle(request);
      answer = {response.status, std::move(response.body)};
    } catch (const StorageUnreachable&) {
      answer = {503, {}};
    }
  });
  return survived ? answer : Answer{};
}

void Program::run_jobs() {
  (void)survives([&] {
    try {
      jobs_->run_once();
    } catch (const StorageUnreachable&) {
    }
  });
}

std::string Program::cookie_of(std::size_t official) {
  Cookie& cookie = cookies_[official];
  const Instant now = clock_.now();
  if (cookie.value.empty() || now.unix_ms > cookie.until.unix_ms) {
    // Signing in is not what is shaken here.
    const Weather::Pause calm(weather_);
    accounts::PasswordHasher hasher;
    accounts::Sessions sessions(*foundation_->database, county_.region, entropy_, hasher, {});
    const auto token = sessions.open_for(officials_[official], accounts::SecondFactor::given, now);
    cookie = {must(token, "session"), {now.unix_ms + accounts::Sessions::idle_ms / 2}};
  }
  return cookie.value;
}

}  // namespace minhu::simulation
