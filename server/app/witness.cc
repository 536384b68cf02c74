// `minhu witness …`: another institution's eye on the record of a county.
#include <fmt/core.h>

#include <cstdio>
#include <thread>

#include "adapters/http_beast/server.h"
#include "adapters/system/system.h"
#include "adapters/witness_server/witness_server.h"
#include "app/commands.h"
#include "app/end_signal.h"
#include "app/files.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "app/witness_folder.h"
#include "engines/merkle/policy.h"

namespace minhu::app {

namespace {

Result<std::vector<merkle::VerifierKey>> keys_of(const ServeWitnessOptions& options) {
  std::vector<merkle::VerifierKey> keys;
  for (const std::string& text : options.logs) {
    MINHU_TRY(merkle::VerifierKey key, merkle::parse_verifier_key(text));
    if (key.kind != merkle::KeyKind::ed25519) {
      return fail(FaultCode::invalid_input, "witness.not_a_log_key", "log",
                  std::map<std::string, std::string>{{"name", key.name}});
    }
    keys.push_back(std::move(key));
  }
  if (!options.policy.empty()) {
    MINHU_TRY(const std::string text, contents_of(options.policy));
    MINHU_TRY(const merkle::TrustPolicy policy, merkle::parse_policy(text));
    for (const merkle::TrustPolicy::Log& log : policy.logs) keys.push_back(log.key);
  }
  if (keys.empty()) return fail(FaultCode::invalid_input, "witness.no_log", "log");
  return keys;
}

}  // namespace

int init_witness(const InitWitnessOptions& options) {
  const WitnessFolder folder{options.data};
  const auto key = make_witness(folder, options.name);
  if (!key) return refuse(key.error());
  std::fprintf(stderr, "%s\n",
               terminal_language()
                   .say("witness.made", {{"folder", folder.root.string()}, {"name", key->name}})
                   .c_str());
  return finish(fmt::format("witness {} {}", key->name, format_verifier_key(*key)));
}

int serve_witness(const ServeWitnessOptions& options) {
  EndSignal end_signal;
  const auto keys = keys_of(options);
  if (!keys) return refuse(keys.error());
  const WitnessFolder folder{options.data};
  auto opened = open_witness(folder);
  if (!opened) return refuse(opened.error());

  const system::SystemClock clock;
  witness_server::StoredLedger ledger(*opened->database);
  const witness_server::Witness witness{witness_server::logs_of(*keys), ledger, opened->signer,
                                        clock};
  http_beast::Options server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  server_options.workers = 8;  // each waits for one small commit
  server_options.most_connections = 200;
  server_options.spool = folder.root / "spool";
  std::unique_ptr<http_beast::Server> server;
  try {
    server = std::make_unique<http_beast::Server>(std::move(server_options), routes(witness),
                                                  witness_server::refusal,
                                                  [](const http_beast::Seen&) {});
  } catch (const std::exception& error) {
    return refuse(Fault(FaultCode::unavailable, "app.cannot_listen", std::string(),
                        std::map<std::string, std::string>{
                            {"address", options.address + ":" + std::to_string(options.port)},
                            {"reason", error.what()}}));
  }
  finish(fmt::format("serving http://{}:{}", options.address, server->port()));
  std::thread ending([&] {
    end_signal.wait();
    server->stop();
  });
  server->run();
  end_signal.ask();  // for a server that ended by itself
  ending.join();
  server.reset();
  return finish("stopped");
}

}  // namespace minhu::app
