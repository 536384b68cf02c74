// Everything that faces a person or a program: pages, the API, health, metrics, and what they
// share. Built once at start; references to foundation and installation outlive it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/http_beast/server.h"
#include "adapters/openid/settings.h"
#include "app/foundation.h"
#include "app/jobs.h"
#include "app/turns.h"
#include "features/accounts/accounts.h"
#include "ports/http.h"
#include "ports/outbound.h"

namespace minhu::app {

class Surfaces {
 public:
  Surfaces(Foundation& foundation, const cases::Installation& installation, Turns& turns,
           const places_and_units::CountyProfile& profile,
           std::vector<accounts::DemoLogin> demo_logins, std::unique_ptr<Outbound> outbound,
           std::optional<openid::Settings> provider = {});
  ~Surfaces();

  // `local` clients (http::Request::client) are this machine itself: they are never asked to wait.
  std::vector<http::Route> routes(std::set<std::string, std::less<>> local = {});
  http::Refusal refusal();
  void seen(const http_beast::Seen& seen);
  // `each`: of every server; `once`: of one of those that share the data.
  void add_jobs(Jobs& each, Jobs& once);
  // Whether this server could go on with the record, had it the turn.
  bool can_sign() const;
  // The record goes on beside everything else, on a thread of its own.
  void add_record_job(Jobs& own_thread);
  // Looks for rows that somebody changed behind the program; on a thread of its own, for it reads
  // much.
  void add_watch_job(Jobs& own_thread);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace minhu::app
