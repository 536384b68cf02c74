// The whole program on a folder of its own, without threads and without a network: routes are
// called where a request would arrive, and its jobs run when the simulation says so. The clock, the
// dice and both databases are the simulation's; everything else is what `minhu serve` is made of.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http_beast/router.h"
#include "adapters/http_beast/server_for_tests.h"
#include "adapters/system/system.h"
#include "adapters/test_storage/test_database.h"
#include "app/foundation.h"
#include "app/jobs.h"
#include "app/surfaces.h"
#include "app/turns.h"
#include "features/accounts/sessions.h"
#include "weather.h"

namespace minhu::simulation {

struct Answer {
  int status = 0;  // 0: none came, the program was killed
  std::string body;
  bool says_so() const noexcept { return status >= 200 && status < 300; }
  // Nobody knows: to be sent again under the same key.
  bool is_open() const noexcept { return status == 0 || status == 503 || status == 507; }
};

class Program {
 public:
  Program(std::uint64_t seed, Instant start);
  ~Program();

  Weather& weather() noexcept { return weather_; }
  Instant now() const { return clock_.now(); }
  void pass(std::int64_t ms) { clock_.set({clock_.now().unix_ms + ms}); }

  // A request of somebody; `headers` in lower case. Starts the program again when it was killed.
  Answer ask(http::Method method, const std::string& path, const std::string& body,
             std::map<std::string, std::string, std::less<>> headers = {},
             std::vector<std::pair<std::string, std::string>> query = {});
  // The jobs that a running server does by itself, each once.
  void run_jobs();
  // Ended and started again: what was in memory is gone.
  void start_again();
  int starts() const noexcept { return starts_; }

  // The officials of the county, and a cookie of each that is good now.
  const std::vector<accounts::Account>& officials() const noexcept { return officials_; }
  std::string cookie_of(std::size_t official);

  app::Foundation& foundation() { return *foundation_; }
  const cases::County& county() const { return county_; }
  const std::vector<std::string>& places() const noexcept { return places_; }

 private:
  app::FoundationOptions options();
  void build();
  void start();
  void end();
  template <class F>
  bool survives(F&& work);  // false: it was killed in the middle, and has been started again

  Weather weather_;
  system::ManualClock clock_;
  system::SeededEntropy entropy_;
  http_beast::TemporaryFolder folder_;
  std::optional<test_storage::TestDatabase> on_a_server_;
  int starts_ = 0;
  std::vector<accounts::Account> officials_;
  std::vector<std::string> places_;
  struct Cookie {
    std::string value;
    Instant until;
  };
  std::map<std::size_t, Cookie> cookies_;

  // Of one start.
  std::unique_ptr<app::Foundation> foundation_;
  places_and_units::CountyProfile profile_;
  cases::County county_;
  std::unique_ptr<cases::Installation> installation_;
  std::unique_ptr<app::Turns> turns_;
  std::unique_ptr<app::Surfaces> surfaces_;
  std::unique_ptr<http_beast::Router> router_;
  std::unique_ptr<app::Jobs> jobs_;
};

}  // namespace minhu::simulation
