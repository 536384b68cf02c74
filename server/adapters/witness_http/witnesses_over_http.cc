#include "adapters/witness_http/witnesses_over_http.h"

#include "engines/merkle/witness.h"

namespace minhu::witness_http {

namespace {

std::vector<WitnessReply> replies_of(std::vector<Told> answers) {
  std::vector<WitnessReply> replies;
  for (Told& told : answers) {
    replies.push_back({told.status, std::move(told.content_type), std::move(told.body)});
  }
  return replies;
}

}  // namespace

std::vector<WitnessReply> WitnessesOverHttp::add_checkpoint(
    std::span<const WitnessRequest> requests) {
  std::vector<Question> questions;
  for (const WitnessRequest& request : requests) {
    questions.push_back({joined(request.address, "add-checkpoint"), request.body});
  }
  return replies_of(requests_.ask(questions));
}

std::vector<WitnessReply> WitnessesOverHttp::latest(std::span<const std::string> addresses,
                                                    const std::string& origin) {
  std::vector<Question> questions;
  for (const std::string& address : addresses) {
    questions.push_back({joined(address, merkle::monitoring_path(origin)), std::nullopt});
  }
  return replies_of(requests_.ask(questions));
}

}  // namespace minhu::witness_http
