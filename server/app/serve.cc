// `minhu serve`: the composition root of the running server.
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <fstream>
#include <thread>

#include "adapters/http_beast/client_address.h"
#include "adapters/http_beast/server.h"
#include "adapters/openid/settings.h"
#include "adapters/outbound/settings.h"
#include "adapters/outbound/spool.h"
#include "app/commands.h"
#include "app/end_signal.h"
#include "app/first_link.h"
#include "app/jobs.h"
#include "app/key_copies.h"
#include "app/surfaces.h"
#include "app/terminal.h"
#include "app/turns.h"
#include "features/cases/housekeeping.h"
#include "features/cases/key_tending.h"
#include "features/demo/demo.h"
#include "features/insight/sums.h"
#include "features/leases/lease.h"
#include "features/record/taking_over.h"

namespace minhu::app {

namespace {

void write_batches(const std::filesystem::path& file, const Database& database) {
  std::ofstream out(file);
  for (const std::uint32_t size : database.figures().batches) out << size << '\n';
}

Result<std::string> text_of(const std::filesystem::path& file, const char* option) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(FaultCode::not_found, "app.cannot_read_file", option,
                std::map<std::string, std::string>{{"file", file.string()}});
  }
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

Result<std::unique_ptr<Outbound>> outbound_of(const std::filesystem::path& settings,
                                              const Foundation& foundation) {
  if (settings.empty()) return std::make_unique<outbound::Spool>(foundation.folder.outbox());
  MINHU_TRY(const std::string text, text_of(settings, "outbound"));
  return outbound::from_settings(text, foundation.clock);
}

Result<std::optional<openid::Settings>> provider_of(const std::filesystem::path& settings) {
  if (settings.empty()) return std::nullopt;
  MINHU_TRY(const std::string text, text_of(settings, "openid"));
  MINHU_TRY(openid::Settings read, openid::read_settings(text));
  return std::optional(std::move(read));
}

// For benchmarks: events without leaves, which the next start with the record takes over.
Outcome leave_out_of_record(Foundation& foundation, cases::County& county) {
  std::erase(county.derivations, &foundation.leaves);
  return foundation.database->write_job([&](Transaction& transaction) -> Outcome {
    record::take_over_again(transaction, county.region);
    return {};
  });
}

// What another server then waits for by the clock is no reason for an end that is not clean.
void give_up(Turns& turns) {
  try {
    turns.give_up();
  } catch (const std::exception& error) {
    spdlog::warn("the turn was not given up: {}", error.what());
  }
}

void tell_logins(const std::vector<accounts::DemoLogin>& logins) {
  for (const accounts::DemoLogin& login : logins) {
    finish(fmt::format("login {} {} {}", accounts::name(login.account.principal.role),
                       login.account.login, login.password));
  }
}

}  // namespace

int serve(const FoundationOptions& foundation_options, const ServeOptions& options) {
  EndSignal end_signal;
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());
  auto county = foundation.county();
  if (!county) return refuse(county.error());

  const bool is_demo = profile->profile == places_and_units::Profile::demo;
  const auto logins =
      is_demo ? demo::demo_logins(foundation.entropy) : std::vector<accounts::DemoLogin>();
  if (options.without_record) {
    const Outcome left = leave_out_of_record(foundation, *county);
    if (!left) return refuse(left.error());
  }
  const cases::Installation installation{*foundation.database, *county, foundation.keyring,
                                         foundation.entropy, foundation.clock};
  auto outbound = outbound_of(options.outbound, foundation);
  if (!outbound) return refuse(outbound.error());
  auto provider = provider_of(options.openid);
  if (!provider) return refuse(provider.error());
  Turns turns(foundation, installation);
  Surfaces surfaces(foundation, installation, turns, *profile, logins, std::move(*outbound),
                    std::move(*provider));

  // A server without the key of the record would hold it up: it takes in what people bring, and
  // leaves the rest to the others.
  Jobs beats;
  if (turns.are_shared() && (surfaces.can_sign() || options.without_record)) {
    beats.every(leases::beat_every, "turns", [&] { turns.tend(); });
  }
  Jobs jobs;
  Jobs jobs_once([&] { return turns.is_ours(); }, [&] { turns.begin_jobs(); });
  jobs_once.every(std::chrono::minutes(10), "housekeeping",
                  [&] { (void)cases::keep_house(turns.once()); });
  // On its own, so that it begins when both turns are here, and not with the round after that.
  Jobs key_jobs([&] { return turns.keys_are_ours(); }, [&] { turns.begin_keys(); });
  key_jobs.every(std::chrono::minutes(5), "keys", [&] {
    const auto tended = cases::tend_keys(turns.keys_once(), [&] { return key_jobs.stopping(); });
    if (!tended) spdlog::warn("the keys of cases wait: {}", tended.error().key);
  });
  jobs.every(std::chrono::minutes(5), "keys that others destroyed",
             [&] { foundation.key_store->forget_destroyed(county->region); });
  jobs.every(std::chrono::hours(1), "copies of keys",
             [&] { copy_keys(foundation.folder, foundation.key_file(), foundation.clock.now()); });
  jobs_once.every(std::chrono::seconds(5), "figures",
                  [&] { (void)insight::fold(turns.once().database, county->region); });
  surfaces.add_jobs(jobs, jobs_once);
  Jobs record_jobs;
  Jobs watch_jobs;
  if (!options.without_record) {
    surfaces.add_record_job(record_jobs);
    surfaces.add_watch_job(watch_jobs);
  }

  http_beast::Options server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  if (options.workers > 0) server_options.workers = options.workers;
  server_options.trusted_proxies = options.trusted_proxies;
  server_options.spool = foundation.folder.spool();
  server_options.client_key = foundation.entropy.bytes<32>();
  auto here = http_beast::clients_here(server_options.client_key);
  std::unique_ptr<http_beast::Server> server;
  try {
    server = std::make_unique<http_beast::Server>(
        std::move(server_options), surfaces.routes(std::move(here)), surfaces.refusal(),
        [&](const http_beast::Seen& seen) { surfaces.seen(seen); });
  } catch (const std::exception& error) {
    return refuse(Fault(FaultCode::unavailable, "app.cannot_listen", std::string(),
                        std::map<std::string, std::string>{
                            {"address", options.address + ":" + std::to_string(options.port)},
                            {"reason", error.what()}}));
  }
  if (is_demo) {
    tell_logins(logins);
  } else {
    const auto link = first_link(foundation, profile->region);
    if (!link) return refuse(link.error());
    if (*link)
      tell_first_link(fmt::format("http://{}:{}{}", options.address, server->port(), **link));
  }
  finish(fmt::format("serving http://{}:{}", options.address, server->port()));
  // Nobody waits for what reads the cases along (what they are like, whether a row was changed) or
  // tends their keys: a case is like others a little later, a key is wrapped anew within the month.
  // They write by the thread that writes, leave readers free, and of the locks of a request they
  // take those of Index (matters), in full turn, and of KeyStore, for a look into a small map; what
  // visitors would wait for is put together in full turn, too (Kept).
  // Not so the others: by the beats other servers know that this one lives; residents wait for
  // the place of their case in the record, and, on the thread of what is done once, for the codes
  // that let them in.
  for (Jobs* unhurried : {&jobs, &key_jobs, &watch_jobs}) unhurried->give_way();
  beats.start();
  jobs.start();
  jobs_once.start();
  key_jobs.start();
  record_jobs.start();
  watch_jobs.start();
  std::thread ending([&] {
    end_signal.wait();
    server->stop();
  });
  server->run();
  end_signal.ask();  // for a server that ended by itself
  ending.join();
  jobs.stop();
  jobs_once.stop();
  key_jobs.stop();
  record_jobs.stop();
  watch_jobs.stop();
  beats.stop();
  give_up(turns);
  server.reset();
  if (!options.record_batches.empty()) write_batches(options.record_batches, *foundation.database);
  return finish("stopped");
}

}  // namespace minhu::app
