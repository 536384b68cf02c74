// The witnesses of the record, each at the address that the policy gives (port ports/witnesses.h).
#pragma once

#include "adapters/witness_http/requests.h"
#include "ports/witnesses.h"

namespace minhu::witness_http {

class WitnessesOverHttp final : public Witnesses {
 public:
  WitnessesOverHttp() : requests_(Patience{}) {}

  std::vector<WitnessReply> add_checkpoint(std::span<const WitnessRequest> requests) override;
  std::vector<WitnessReply> latest(std::span<const std::string> addresses,
                                   const std::string& origin) override;

 private:
  Requests requests_;
};

}  // namespace minhu::witness_http
