#include "adapters/witness_server/witness_server.h"

#include <fmt/format.h>

#include <algorithm>

namespace minhu::witness_server {

namespace {

http::Response text(int status, std::string content_type, std::string body) {
  return http::Response{status, {{"Content-Type", std::move(content_type)}}, std::move(body), {}}
      .with("Cache-Control", "no-store");
}

http::Response plain(int status, std::string body) {
  return text(status, "text/plain; charset=utf-8", std::move(body));
}

std::uint64_t seconds_of(const Clock& clock) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(clock.now().unix_ms, 0) / 1000);
}

http::Response add_checkpoint(const Witness& witness, const http::Request& request) {
  merkle::WitnessAnswer answer = merkle::add_checkpoint(
      witness.logs, witness.ledger, witness.signer, seconds_of(witness.clock), request.body);
  return text(static_cast<int>(answer.status), std::move(answer.content_type),
              std::move(answer.body));
}

http::Response latest(const Witness& witness, const http::Request& request) {
  const std::string asked = request.captures.at(0) + "/checkpoint";
  for (const merkle::WatchedLog& log : witness.logs) {
    if (merkle::monitoring_path(log.origin) != asked) continue;
    auto note = witness.ledger.latest_note(log.origin);
    if (note) return plain(200, std::move(*note));
  }
  return plain(404, "nothing cosigned of such a log\n");
}

http::Response health(const Witness& witness) {
  // A database that cannot be read throws, and the server answers 503.
  for (const merkle::WatchedLog& log : witness.logs) (void)witness.ledger.latest(log.origin);
  return plain(200, "ok\n");
}

}  // namespace

std::vector<merkle::WatchedLog> logs_of(std::span<const merkle::VerifierKey> keys) {
  std::vector<merkle::WatchedLog> logs;
  for (const merkle::VerifierKey& key : keys) {
    auto log = std::find_if(logs.begin(), logs.end(), [&](const merkle::WatchedLog& known) {
      return known.origin == key.name;
    });
    if (log == logs.end()) log = logs.insert(logs.end(), {key.name, {}});
    log->keys.push_back(key);
  }
  return logs;
}

std::vector<http::Route> routes(const Witness& witness) {
  return {
      {http::Method::post, "/add-checkpoint", "public", http::Body::text,
       merkle::longest_witness_request,
       [&witness](const http::Request& request) { return add_checkpoint(witness, request); }},
      {http::Method::get, "/{log}/checkpoint", "public", http::Body::none, 0,
       [&witness](const http::Request& request) { return latest(witness, request); }},
      {http::Method::get, "/healthz", "public", http::Body::none, 0,
       [&witness](const http::Request&) { return health(witness); }},
  };
}

http::Response refusal(const http::Request&, int status, const Fault& fault) {
  return plain(status, fmt::format("{}\n", fault.key));
}

}  // namespace minhu::witness_server
