// Telling people that something waits for them: by SMS, mail, a call or paper, as they chose. What
// leaves the house is content-free ("you have an answer"): no words, no matter, no number of the
// case, no name of a unit.
#pragma once

#include <string>
#include <string_view>

#include "kernel/result.h"
#include "kernel/sealed.h"

namespace minhu {

enum class OutboundWay { sms, mail, voice, paper };

struct OutboundMessage {
  std::string id;  // stable over retries: a receiver can drop the second copy
  OutboundWay way = OutboundWay::sms;
  Sealed<std::string> address;  // phone, mail address or postal address
  std::string title;            // a few words for ways that have a line for them (a mail's subject)
  std::string text;             // the content-free sentence, in the person's language
};

// The key of the fault of a way that did not answer before and is not asked again yet: no try was
// made, so none is counted.
inline constexpr std::string_view way_left_alone = "outbound.way_left_alone";

class Outbound {
 public:
  virtual ~Outbound() = default;
  // Taken over for delivery (at least once). Fault unavailable: try again later. Fault
  // invalid_input: will never work (the address is not one); a person must look. Thread-safe; gives
  // up after 30 s.
  virtual Outcome send(const OutboundMessage& message) = 0;
};

}  // namespace minhu
