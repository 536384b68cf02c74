// A witness over HTTP (C2SP tlog-witness v1.0.0): what another institution runs so that a log
// cannot show two histories. It sees sizes and hashes, never a word of anybody.
//
//     POST /add-checkpoint                            every status of merkle::add_checkpoint
//     GET  /<hex of SHA-256(origin)>/checkpoint       the latest it cosigned of that log; else 404
//     GET  /healthz                                   200 while its ledger can be read
#pragma once

#include <vector>

#include "adapters/witness_server/stored_ledger.h"
#include "ports/clock.h"
#include "ports/http.h"

namespace minhu::witness_server {

struct Witness {
  std::vector<merkle::WatchedLog> logs;
  StoredLedger& ledger;
  const merkle::Signer& signer;  // KeyKind::cosignature_v1
  const Clock& clock;
};

// The keys by the logs that they sign for: several keys of one name are one log.
std::vector<merkle::WatchedLog> logs_of(std::span<const merkle::VerifierKey> keys);

// `witness` must outlive the server that has the routes.
std::vector<http::Route> routes(const Witness& witness);

// What the HTTP server refuses by itself, in one plain line.
http::Response refusal(const http::Request& request, int status, const Fault& fault);

}  // namespace minhu::witness_server
