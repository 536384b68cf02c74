#include "features/messages/codes.h"

#include <algorithm>

#include "features/messages/message.h"

namespace minhu::messages {

void CodeSender::run_once() {
  const auto context = installation_.as({accounts::Role::system, {}, {}});
  const auto codes = installation_.database.read(
      [&](Reading& reading) { return cases::codes_to_send(reading, context); });
  // What is not asked for any more is over or was recorded.
  std::erase_if(sent_unrecorded_, [&](const cases::CodeRequestId id) {
    return std::none_of(codes.begin(), codes.end(),
                        [&](const cases::CodeToSend& code) { return code.id == id; });
  });
  std::set<OutboundWay> down;
  for (const cases::CodeToSend& code : codes) {
    if (!sent_unrecorded_.contains(code.id)) {
      if (!sent(code, down)) continue;
      sent_unrecorded_.insert(code.id);
    }
    const Outcome kept = installation_.database.write_job([&](Transaction& transaction) -> Outcome {
      cases::code_was_sent(transaction, installation_.county.region, code.id);
      return {};
    });
    if (kept) {
      sent_unrecorded_.erase(code.id);
    } else if (kept.error().code != FaultCode::out_of_storage) {
      return;  // another server sends the rest
    }
  }
}

// Whether nothing is to be done for it any more: a gateway took it, or it will never be taken.
bool CodeSender::sent(const cases::CodeToSend& code, std::set<OutboundWay>& down) const {
  const OutboundWay way = way_to(code.phone);
  if (down.contains(way)) return false;
  const catalogue::Catalogue& say = sentences_.of(code.language);
  const std::string& digits = code.code.reveal_because("it is sent to the telephone that was left");
  const Outcome taken = outbound_.send({code.id.text(), way, code.phone, say.say("outbound.title"),
                                        say.say("outbound.code", {{"code", digits}})});
  if (taken || taken.error().code == FaultCode::invalid_input) return true;
  down.insert(way);
  return false;
}

}  // namespace minhu::messages
