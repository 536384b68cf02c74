// A county for the suite "never to the accused": the real program behind a real server, a tree of
// units, and officials of every role with sessions of their own. Everything is made by the use
// cases and read back over HTTP, as whoever sits at that desk would.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/http_beast/server_for_tests.h"
#include "app/foundation.h"
#include "app/surfaces.h"
#include "app/turns.h"
#include "features/accounts/sessions.h"
#include "features/cases/steps.h"
#include "features/classes/class_file.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::accused {

using accounts::AccountId;
using accounts::Role;
using cases::CaseId;
using cases::EventKind;
using Fields = std::map<std::string, std::string, std::less<>>;

struct Answer {
  int status = 0;
  std::string body;
  bool operator==(const Answer&) const = default;
};

struct Matter {
  CaseId id;
  std::string number;  // as it is stored
};

class Town {
 public:
  // With the small tree of units below, or with none: then `plant` them.
  enum class Tree { small, none };
  explicit Town(Tree tree = Tree::small);
  ~Town();

  // ---- units and officials
  UnitId unit(std::string_view code) const { return units_.at(std::string(code)); }
  UnitId plant(std::string_view code, UnitId parent,
               places_and_units::UnitKind kind = places_and_units::UnitKind::department);
  void move(UnitId unit, UnitId parent);  // by the use case of the system administrator
  // Somebody who can sign in under that login; `display` is what colleagues call them.
  AccountId official(std::string_view login, Role role, UnitId unit, std::string_view display = "");
  AccountId who(std::string_view login) const { return accounts_.at(std::string(login)).id; }
  const accounts::Account& account(AccountId id) const;
  // Everybody who sits in the unit or below it, whatever their role.
  std::vector<AccountId> all_in(UnitId unit) const;
  void change_post(AccountId id, Role role, UnitId unit);
  void lead(AccountId id, UnitId unit);         // from now on, by the register
  void tie(AccountId id, UnitId unit);          // declared to be close to it
  void tie(AccountId id, AccountId person);     // …
  void delegate(AccountId from, AccountId to);  // today and tomorrow

  // ---- cases
  // Words that carry the canary of this town, from the web.
  Matter received(cases::Track track = cases::Track::petition, std::string_view text = "");
  // Its speaker says that they are made to pay for it.
  Matter retaliation(const Matter& about);
  void step(AccountId by, const Matter& matter, EventKind kind, Fields fields = {});
  void speaker_step(const Matter& matter, EventKind kind, Fields fields = {});
  // The key of the fault, or "done".
  std::string try_step(AccountId by, const Matter& matter, EventKind kind, Fields fields = {});
  // Names at sorting, sends, signs in, accepts, answers: by the usual officials of the small tree.
  void name(const Matter& matter, UnitId unit);
  void name(const Matter& matter, AccountId person);
  void send(const Matter& matter, UnitId unit);
  void answer(const Matter& matter, UnitId by);
  // A class of that category that this unit treats, with these cases in it.
  classes::ClassId a_class(std::string_view category, UnitId treats, std::vector<CaseId> cases);
  bool is_in_a_class(const Matter& matter) const;
  void fold_figures();
  // Everything that has been sent out to anybody so far, as the gateway gets it.
  std::vector<std::string> messages();
  // What the jobs of the program do within the minute.
  void run_jobs();
  cases::CaseFile file(const Matter& matter) const;

  // ---- over HTTP
  Answer get(AccountId by, const std::string& target);
  Answer send(AccountId by, const std::string& method, const std::string& target,
              const std::string& body, const std::string& content_type = "application/json");
  Answer get_as_anybody(const std::string& target);
  std::uint16_t port() const { return server_->port(); }
  std::string cookie_of(AccountId id);
  app::Foundation& foundation() { return *foundation_; }
  const cases::Installation& installation() const { return *installation_; }
  cases::County& county() { return county_; }

 private:
  cases::Context as(accounts::Principal actor) const;
  accounts::Principal principal(AccountId id) const { return account(id).principal; }
  Answer exchange(const std::string& request);
  void build_small_tree();
  void start();

  http_beast::TemporaryFolder folder_;
  http_beast::TemporaryFolder spool_;
  std::unique_ptr<app::Foundation> foundation_;
  cases::County county_;
  places_and_units::CountyProfile profile_;
  std::unique_ptr<cases::Installation> installation_;
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  std::unique_ptr<accounts::Sessions> sessions_;
  std::map<std::string, UnitId> units_;
  std::map<std::string, accounts::Account> accounts_;  // by login
  std::map<AccountId, std::string> logins_;
  std::map<AccountId, std::string> cookies_;
  std::unique_ptr<app::Turns> turns_;
  std::unique_ptr<app::Surfaces> surfaces_;
  std::unique_ptr<http_beast::Server> server_;
  std::thread thread_;
  std::unique_ptr<http_beast::RawClient> client_;
  std::uint8_t tokens_ = 0;
};

// The word that stands in everything that was said to this town.
inline constexpr std::string_view canary = "zq-canary-7731";

}  // namespace minhu::accused
