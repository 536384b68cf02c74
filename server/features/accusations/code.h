// The reporter's code: 24 digits in six groups of four, the last a check digit; about 76 bits. It
// is the only way back to a report, and stored nowhere. Argon2id makes three things of it: where
// the report lies, and the key pair to which the report is sealed for its own reporter. There is no
// quicker way to try a code than to pay for Argon2id each time.
#pragma once

#include <array>
#include <cstdint>

#include "features/accusations/accusations.h"
#include "features/accusations/boxes.h"
#include "features/cases/receipt_number.h"

namespace minhu::accusations {

// The same token makes the same code, so that a form sent twice is answered with one receipt. The
// token lies in the form alone; who has the key file and the database makes no code of them.
Sealed<std::string> make_code(const cases::Keyring& keyring, const cases::ClientToken& token);

struct ReporterKeys {
  std::array<std::uint8_t, 16> index{};
  KeyPair pair;
};
// About 0.2 s. Fault unavailable accounts.busy.
Result<ReporterKeys> keys_of_code(const Ground& ground, const Sealed<std::string>& code);

}  // namespace minhu::accusations
