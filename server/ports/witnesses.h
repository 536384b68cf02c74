// What we ask of the witnesses of the record: other institutions' servers, reached over HTTP (C2SP
// tlog-witness). They may be slow, away, or wrong; nothing of ours ever waits for them but the
// publication of a checkpoint.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace minhu {

struct WitnessRequest {
  std::string address;  // as in the policy: "https://witness.example/"
  std::string body;     // merkle::format_add_checkpoint
};

struct WitnessReply {
  int status = 0;  // of HTTP; 0: nobody answered in time, or not what a witness answers
  std::string content_type;
  std::string body;
};

class Witnesses {
 public:
  virtual ~Witnesses() = default;

  // All at once, each given at most two seconds; the replies in the order of the requests.
  virtual std::vector<WitnessReply> add_checkpoint(std::span<const WitnessRequest> requests) = 0;
  // The latest checkpoint of that log that each address has cosigned
  // (GET <address>/<hex of SHA-256(origin)>/checkpoint), in the order of the addresses.
  virtual std::vector<WitnessReply> latest(std::span<const std::string> addresses,
                                           const std::string& origin) = 0;
};

}  // namespace minhu
