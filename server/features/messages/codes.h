// Codes that work once, for whoever lost the code of their receipt (cases/lost_receipt.h).
#pragma once

#include <set>

#include "engines/catalogue/catalogue.h"
#include "features/cases/installation.h"
#include "features/cases/lost_receipt.h"
#include "ports/outbound.h"

namespace minhu::messages {

class CodeSender {
 public:
  CodeSender(const cases::Installation& installation, const catalogue::Catalogues& sentences,
             Outbound& outbound)
      : installation_(installation), sentences_(sentences), outbound_(outbound) {}

  // One round, from one thread: everything that waits is tried once. A way whose gateway does not
  // answer is asked again in the next round, as long as a code lives, and stops no other way.
  // At least once: a code that was sent when the power went is sent again, the same. Throws what
  // the storage throws; calling it again goes on where it stopped.
  void run_once();

 private:
  bool sent(const cases::CodeToSend& code, std::set<OutboundWay>& down) const;

  const cases::Installation& installation_;
  const catalogue::Catalogues& sentences_;
  Outbound& outbound_;
  // Sent, but the disk was full when that was to be recorded: recorded later, not sent again. With
  // a round every two seconds a telephone would ring until the code is over.
  std::set<cases::CodeRequestId> sent_unrecorded_;
};

}  // namespace minhu::messages
