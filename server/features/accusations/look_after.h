// The reporter comes back with the code: what became of it, what the handlers ask, and more to say.
// No session: the code comes along with every request.
#pragma once

#include <string>
#include <vector>

#include "features/accusations/letter.h"
#include "features/cases/receipt_number.h"

namespace minhu::accusations {

struct Conversation {
  State state = State::received;
  Instant received_at;  // to the hour
  Letter letter;
  std::vector<Message> messages;  // oldest first
};

// Every code costs the same, whether or not there is a report. Faults: unauthenticated
// accusations.wrong_code; unavailable accounts.busy.
Result<Conversation> look_after(const Ground& ground, const Sealed<std::string>& code);

// More from the reporter; the same token adds nothing.
// Faults as above; invalid_input
// accusations.words_empty, cases.words_too_long; conflict accusations.closed.
struct More {
  cases::ClientToken token{};
  std::string words;
};
Result<Conversation> say_more(const Ground& ground, const Sealed<std::string>& code, More more);

}  // namespace minhu::accusations
