#include "town.h"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "adapters/outbound/spool.h"
#include "app/sentences.h"
#include "features/accounts/accounts.h"
#include "features/accounts/administration.h"
#include "features/accounts/delegation.h"
#include "features/accounts/gate.h"
#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/administration/units.h"
#include "features/cases/keeping_away.h"
#include "features/cases/receive.h"
#include "features/cases/retaliation.h"
#include "features/cases/store.h"
#include "features/classes/linking.h"
#include "features/classes/steps.h"
#include "features/classes/store.h"
#include "features/insight/sums.h"
#include "features/messages/messenger.h"
#include "kernel/crypto.h"

namespace minhu::accused {

namespace units = places_and_units;

namespace {

void must(const Outcome& outcome, const std::string& what) {
  if (!outcome) {
    throw std::runtime_error(what + ": " + outcome.error().key + " " + outcome.error().field);
  }
}
template <class T>
T must(Result<T> result, const std::string& what) {
  if (!result) {
    throw std::runtime_error(what + ": " + result.error().key + " " + result.error().field);
  }
  return std::move(*result);
}

}  // namespace

Town::Town(Tree tree) {
  start_crypto();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>()));
  app::FoundationOptions options;
  options.data = folder_.path();
  foundation_ = must(app::Foundation::open(options, app::WhenMissing::create), "foundation");
  profile_.region = RegionId{339901};
  profile_.name = "青溪县";
  profile_.organiser = "县信访局";
  profile_.phone = "0570-1234567";
  profile_.petition_office = "petition";
  profile_.hotline_body = "hotline";
  if (tree == Tree::small) build_small_tree();
  start();
}

void Town::start() {
  must(foundation_->database->write_job([&](Transaction& t) -> Outcome {
    units::put_county_profile(t, profile_);
    return {};
  }),
       "profile");
  // As the composition root reads it, with whatever is derived from events there.
  county_ = must(foundation_->county(), "county");
  installation_ = std::make_unique<cases::Installation>(
      cases::Installation{*foundation_->database, county_, foundation_->keyring,
                          foundation_->entropy, foundation_->clock});
  sessions_ = std::make_unique<accounts::Sessions>(*foundation_->database, profile_.region,
                                                   foundation_->entropy, hasher_, accounts::Keys{});
  turns_ = std::make_unique<app::Turns>(*foundation_, *installation_);
  surfaces_ = std::make_unique<app::Surfaces>(
      *foundation_, *installation_, *turns_, profile_, std::vector<accounts::DemoLogin>(),
      std::make_unique<outbound::Spool>(foundation_->folder.outbox()));
  http_beast::Options options;
  options.port = 0;
  options.spool = spool_.path();
  options.client_key = foundation_->entropy.bytes<32>();
  server_ =
      std::make_unique<http_beast::Server>(std::move(options), surfaces_->routes(),
                                           surfaces_->refusal(), [](const http_beast::Seen&) {});
  thread_ = std::thread([this] { server_->run(); });
}

Town::~Town() {
  client_.reset();
  server_->stop();
  thread_.join();
  server_.reset();
}

void Town::build_small_tree() {
  must(foundation_->database->write_job([&](Transaction& t) -> Outcome {
    units::put_county_profile(t, profile_);
    units::put_place(t, profile_.region, {"339901", "", profile_.name});
    units::put_place(t, profile_.region, {"339901101", "339901", "竹源镇"});
    units::put_category(t, profile_.region, {"minhu", "01", "", "城乡建设"});
    return {};
  }),
       "places");
  county_.region = profile_.region;
  using enum units::UnitKind;
  const UnitId government = plant("government", {});
  plant("discipline", {});  // the level above the two bodies that take words in
  plant("petition", government, petition_office);
  plant("hotline", government, hotline_body);
  plant("inspection", government, inspection);
  const UnitId housing = plant("housing", government);
  const UnitId station = plant("station", housing);
  plant("counter", station);
  plant("water", government);
  plant("forestry", government);
  profile_.upper_body = "discipline";

  official("clerk", Role::clerk, unit("petition"));
  official("dispatcher", Role::dispatcher, unit("petition"));
  official("caller", Role::caller, unit("petition"));
  official("line", Role::dispatcher, unit("hotline"));
  official("line_caller", Role::caller, unit("hotline"));
  official("upper", Role::dispatcher, unit("discipline"));
  official("supervisor", Role::supervisor, unit("inspection"));
  official("inspector", Role::dispatcher, unit("inspection"));
  official("mayor", Role::leader, government);
  official("reviewer", Role::handler, government);
  for (const char* code : {"water", "forestry", "station", "counter"}) {
    official(std::string(code) + "_handler", Role::handler, unit(code));
    official(std::string(code) + "_head", Role::unit_head, unit(code));
  }
  official("water_second", Role::handler, unit("water"));
  // The unit that most scenarios accuse has a desk of every kind.
  for (const Role role :
       {Role::handler, Role::unit_head, Role::dispatcher, Role::clerk, Role::caller,
        Role::supervisor, Role::leader, Role::auditor, Role::system_admin, Role::security_admin}) {
    official("housing_" + std::string(accounts::name(role)), role, housing);
  }
}

UnitId Town::plant(std::string_view code, UnitId parent, units::UnitKind kind) {
  units::Unit made;
  made.id = foundation_->entropy.id<UnitId>(foundation_->clock.now());
  made.code = code;
  made.name = "单位" + std::string(code);
  made.kind = kind;
  made.parent = parent;
  must(foundation_->database->write_job([&](Transaction& t) -> Outcome {
    units::put_unit(t, profile_.region, made);
    return {};
  }),
       "unit");
  units_.emplace(code, made.id);
  return made.id;
}

void Town::move(UnitId unit, UnitId parent) {
  must(foundation_->database->write_job([&](Transaction& t) -> Outcome {
    const auto found = *units::find_unit(t, profile_.region, unit);
    administration::UnitEntry entry;
    entry.code = found.code;
    entry.name = found.name;
    entry.kind = found.kind;
    entry.level = found.level;
    entry.parent = parent;
    entry.reason = "机构改革";
    entry.revision = administration::standing_of(t, as({Role::system, {}, {}}), unit)->revision;
    const auto changed =
        administration::change_unit(t, as({Role::system_admin, {}, {}}), unit, entry);
    return changed ? Outcome() : Outcome(tl::unexpected<Fault>(changed.error()));
  }),
       "reorganisation");
}

AccountId Town::official(std::string_view login, Role role, UnitId unit, std::string_view display) {
  accounts::Account made;
  made.id = foundation_->entropy.id<AccountId>(foundation_->clock.now());
  made.login = login;
  made.display_name = display.empty() ? "官" + std::string(login) : std::string(display);
  made.principal = {role, unit, made.id};
  must(foundation_->database->write([&](Transaction& t) {
    return accounts::create_account(t, profile_.region, made, {}, foundation_->clock.now());
  }),
       "account");
  accounts_.emplace(login, made);
  logins_.emplace(made.id, login);
  return made.id;
}

const accounts::Account& Town::account(AccountId id) const {
  return accounts_.at(logins_.at(id));
}

std::vector<AccountId> Town::all_in(UnitId unit) const {
  std::vector<AccountId> all;
  foundation_->database->read_job([&](Reading& reading) {
    for (const auto& [login, account] : accounts_) {
      for (UnitId at = account.principal.unit; !at.empty();
           at = units::parent_of(reading, profile_.region, at)) {
        if (at == unit) all.push_back(account.id);
      }
    }
  });
  return all;
}

void Town::change_post(AccountId id, Role role, UnitId unit) {
  must(accounts::change_post(sessions_->ground(), {}, id, {role, unit}, "工作调动",
                             foundation_->clock.now()),
       "post");
  accounts_.at(logins_.at(id)).principal = {role, unit, id};
  cookies_.erase(id);
}

void Town::lead(AccountId id, UnitId unit) {
  must(foundation_->database->write([&](Transaction& t) {
    return accounts::appoint_leader(t, sessions_->ground(), {}, id, unit, "分工调整",
                                    foundation_->clock.now());
  }),
       "leader");
}

void Town::tie(AccountId id, UnitId unit) {
  accounts::Interest one;
  one.account = id;
  one.unit = unit;
  one.declared_by = id;
  must(foundation_->database->write([&](Transaction& t) {
    return accounts::declare_interest(t, sessions_->ground(), one, foundation_->clock.now());
  }),
       "tie");
}

void Town::tie(AccountId id, AccountId person) {
  accounts::Interest one;
  one.account = id;
  one.person = person;
  one.tie = accounts::Tie::kin;
  one.declared_by = who("supervisor");
  one.reason = "干部登记";
  must(foundation_->database->write([&](Transaction& t) {
    return accounts::declare_interest(t, sessions_->ground(), one, foundation_->clock.now());
  }),
       "tie");
}

void Town::delegate(AccountId from, AccountId to) {
  const Instant now = foundation_->clock.now();
  const Date today = to_date(now);
  must(accounts::delegate_post(sessions_->ground(), account(from), to, today,
                               today + std::chrono::days(1), now),
       "delegation");
}

cases::Context Town::as(accounts::Principal actor) const {
  return {county_, foundation_->keyring, foundation_->entropy, foundation_->clock.now(), actor};
}

Matter Town::received(cases::Track track, std::string_view text) {
  cases::Words words;
  words.token = foundation_->entropy.bytes<16>();
  words.track = track;
  words.text = "村口的污水管破了。" + std::string(text) + std::string(canary);
  words.place = "339901101";
  cases::Contact contact;
  contact.phone = "13800000000";
  contact.way = "sms";
  words.contact = Sealed<cases::Contact>(contact);
  words.may_be_called = true;
  auto prepared = must(cases::prepare(as({}), std::move(words)), "words");
  const auto receipt = must(foundation_->database->write([&](Transaction& t) {
    return cases::receive(t, as({}), *prepared);
  }),
                            "receipt");
  return {receipt.case_id, receipt.number};
}

Matter Town::retaliation(const Matter& about) {
  cases::Words words;
  words.token = foundation_->entropy.bytes<16>();
  words.text = "反映以后，他们停了我的工。" + std::string(canary);
  const cases::Context speaker = as({Role::speaker, {}, {}});
  auto prepared = must(cases::prepare(speaker, std::move(words)), "words");
  const auto receipt = must(foundation_->database->write([&](Transaction& t) {
    return cases::report_retaliation(t, speaker, about.id, *prepared);
  }),
                            "retaliation");
  return {receipt.case_id, receipt.number};
}

std::string Town::try_step(AccountId by, const Matter& matter, EventKind kind, Fields fields) {
  cases::Step taken;
  taken.kind = kind;
  taken.fields = std::move(fields);
  const auto event = foundation_->database->write([&](Transaction& t) {
    return cases::take_step(
        t, as(by.empty() ? accounts::Principal{Role::speaker, {}, {}} : principal(by)), matter.id,
        taken);
  });
  return event ? "done" : event.error().key;
}

void Town::step(AccountId by, const Matter& matter, EventKind kind, Fields fields) {
  const std::string said = try_step(by, matter, kind, std::move(fields));
  if (said != "done") throw std::runtime_error(std::string(cases::name(kind)) + ": " + said);
}

void Town::speaker_step(const Matter& matter, EventKind kind, Fields fields) {
  step({}, matter, kind, std::move(fields));
}

void Town::name(const Matter& matter, UnitId unit) {
  step(who("dispatcher"), matter, EventKind::triaged,
       {{"category", "minhu:01"}, {"complained_of", unit.text()}});
}

void Town::name(const Matter& matter, AccountId person) {
  step(who("dispatcher"), matter, EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", person.text()}});
}

void Town::send(const Matter& matter, UnitId unit) {
  step(who("dispatcher"), matter, EventKind::transferred,
       {{"unit", unit.text()}, {"reason", "属于你单位职责"}});
}

void Town::answer(const Matter& matter, UnitId by) {
  AccountId handler;
  for (const auto& [login, account] : accounts_) {
    if (account.principal.unit == by && account.principal.role == Role::handler) {
      handler = account.id;
      break;
    }
  }
  step(handler, matter, EventKind::signed_in);
  step(handler, matter, EventKind::accepted);
  step(handler, matter, EventKind::answered,
       {{"public_answer", "已经修好" + std::string(canary)},
        {"outcome", "supported"},
        {"request", "修好"},
        {"facts", "老化"},
        {"opinion", "更换"},
        {"basis", "条例"}});
}

classes::ClassId Town::a_class(std::string_view category, UnitId treats,
                               std::vector<CaseId> cases) {
  classes::NewClass made;
  made.title = "污水管老是破";
  made.statement = "几处的管子同一年铺的，都到了年头。";
  made.definition.category = category;
  made.cases = std::move(cases);
  const auto token = foundation_->entropy.bytes<16>();
  const auto made_class = must(foundation_->database->write([&](Transaction& t) {
    return classes::propose(t, as(principal(who("dispatcher"))), made, token);
  }),
                               "class");
  const auto take = [&](AccountId by, classes::EventKind kind, Fields fields) {
    classes::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    must(foundation_->database->write([&](Transaction& t) {
      return classes::take_step(t, as(principal(by)), classes::by_category_and_place(),
                                made_class.id, step);
    }),
         "class step");
  };
  Fields tests;
  for (const std::string_view test : classes::test_names) {
    tests[std::string(test)] = "3";
    tests[std::string(test) + "_evidence"] = "三个镇都有人反映。";
  }
  take(who("dispatcher"), classes::EventKind::screened, tests);
  take(who("mayor"), classes::EventKind::selected,
       {{"lead_unit", treats.text()},
        {"sponsor", "分管副县长"},
        {"theme", "2026-12"},
        {"baseline", "去年有人说没有解决。"}});
  return made_class.id;
}

bool Town::is_in_a_class(const Matter& matter) const {
  return foundation_->database->read([&](Reading& reading) {
    return classes::membership_of(reading, profile_.region, matter.id).has_value();
  });
}

void Town::fold_figures() {
  must(insight::fold(*foundation_->database, profile_.region), "figures");
}

std::vector<std::string> Town::messages() {
  outbound::Spool spool(foundation_->folder.outbox());
  messages::Messenger messenger(*installation_, app::sentences(), spool);
  // Tomorrow at noon in the county: nobody is called at night.
  constexpr std::int64_t hour = 3'600'000;
  const std::int64_t today = foundation_->clock.now().unix_ms / (24 * hour);
  messenger.run_once(Instant{(today + 1) * 24 * hour + 4 * hour});
  std::vector<std::string> all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(foundation_->folder.outbox())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << entry.path().filename().string() << '\n' << file.rdbuf();
    all.push_back(text.str());
  }
  return all;
}

void Town::run_jobs() {
  (void)cases::keep_all_away(*installation_);
  (void)classes::keep_all_away(*installation_);
}

cases::CaseFile Town::file(const Matter& matter) const {
  return foundation_->database->read(
      [&](Reading& reading) { return *cases::load_file(reading, profile_.region, matter.id); });
}

std::string Town::cookie_of(AccountId id) {
  auto known = cookies_.find(id);
  if (known == cookies_.end()) {
    const std::string token = must(
        sessions_->open_for(account(id), accounts::SecondFactor::given, foundation_->clock.now()),
        "session");
    known = cookies_.emplace(id, std::string(accounts::session_cookie) + "=" + token).first;
  }
  return known->second;
}

Answer Town::exchange(const std::string& request) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (!client_) client_ = std::make_unique<http_beast::RawClient>(server_->port());
    if (client_->send(request)) {
      auto told = client_->answer();
      if (told.has("Connection: close")) client_.reset();
      if (told.status != 0) return {told.status, std::move(told.body)};
    }
    client_.reset();
  }
  throw std::runtime_error("no answer to " + request.substr(0, request.find('\r')));
}

Answer Town::get(AccountId by, const std::string& target) {
  return exchange("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie_of(by) +
                  "\r\n\r\n");
}

Answer Town::get_as_anybody(const std::string& target) {
  return exchange("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}

Answer Town::send(AccountId by, const std::string& method, const std::string& target,
                  const std::string& body, const std::string& content_type) {
  const auto key = foundation_->entropy.bytes<16>();
  return exchange(method + " " + target +
                  " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie_of(by) +
                  "\r\nSec-Fetch-Site: same-origin\r\nX-Minhu-Desk: 1\r\nIdempotency-Key: " +
                  to_hex(BytesView(key)) + "\r\nContent-Type: " + content_type +
                  "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

}  // namespace minhu::accused
