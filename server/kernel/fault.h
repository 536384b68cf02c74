// What went wrong, in terms a caller can act on, without a word about HTTP or SQL.
//
// A Fault is for what a person or a client can cause and repair. Broken infrastructure is an
// exception (StorageFailure and friends, caught once per request and once per worker); a bug is
// MINHU_ASSERT.
#pragma once

#include <map>
#include <string>
#include <utility>

namespace minhu {

// When adding a value: ports/http.cc (status) must learn it; each key has its sentence in
// pages/messages/<language>/faults.json.
enum class FaultCode {
  invalid_input,      // the words, a field or a file are not acceptable            400
  unauthenticated,    // nobody is signed in, or the code does not fit              401
  not_allowed,        // the permission table says no                               403
  not_found,          // there is none, or it is not yours: the same answer         404
  conflict,           // somebody changed it meanwhile, or the step is not open     409
  gone,               // it was here and has been erased                            410
  too_large,          // more than the limit                                        413
  unsupported_media,  // a kind of file we do not take                              415
  too_many,           // too often; try later                                       429
  unavailable,        // something we need does not answer; nothing was accepted    503
  out_of_storage,     // the disk is full; nothing was accepted                     507
};

// `key` names the sentence people read ("cases.words_empty"): it is the stable code of problem+json
// and the message key of both catalogues. `field` is the input at fault, or empty. `details` fill
// the placeholders of the sentence.
struct Fault {
  FaultCode code;
  std::string key;
  std::string field;
  std::map<std::string, std::string> details;

  Fault(FaultCode fault_code, std::string message_key, std::string input_field = {},
        std::map<std::string, std::string> message_details = {})
      : code(fault_code),
        key(std::move(message_key)),
        field(std::move(input_field)),
        details(std::move(message_details)) {}

  bool operator==(const Fault&) const = default;
};

}  // namespace minhu
