// For tests: a witness as it runs, on a free port of this machine, with its ledger in a folder of
// its own.
#pragma once

#include <memory>
#include <utility>

#include "adapters/http_beast/server_for_tests.h"
#include "adapters/storage_sqlite/test_database.h"
#include "adapters/system/system.h"
#include "adapters/witness_server/witness_server.h"

namespace minhu::witness_server {

class TestWitness {
 public:
  // `signer` outlives it.
  TestWitness(const merkle::Signer& signer, const std::vector<merkle::VerifierKey>& logs,
              Instant now = {1'764'060'000'000})
      : signer_(&signer), keys_(logs), database_({ledger_steps()}), clock_(now) {
    start();
  }

  std::uint16_t port() const { return server_->port(); }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port()); }
  StoredLedger& ledger() { return *ledger_; }
  system::ManualClock& clock() { return clock_; }

  void stop() { server_->stop(); }
  // Another port, the same ledger.
  void restart() {
    server_.reset();
    database_.reopen();
    start();
  }

 private:
  void start() {
    ledger_ = std::make_unique<StoredLedger>(*database_);
    witness_ = std::make_unique<Witness>(Witness{logs_of(keys_), *ledger_, *signer_, clock_});
    http_beast::Options options;
    options.workers = 8;
    server_ = std::make_unique<http_beast::TestServer>(routes(*witness_), options);
  }

  const merkle::Signer* signer_;
  std::vector<merkle::VerifierKey> keys_;
  storage_sqlite::TestDatabase database_;
  system::ManualClock clock_;
  std::unique_ptr<StoredLedger> ledger_;
  std::unique_ptr<Witness> witness_;
  std::unique_ptr<http_beast::TestServer> server_;
};

}  // namespace minhu::witness_server
