#include "features/messages/codes.h"

#include "features/cases/lost_receipt.h"
#include "features/messages/message.h"

namespace minhu::messages {

void send_codes(const cases::Installation& installation, const catalogue::Catalogues& sentences,
                Outbound& outbound) {
  const auto context = installation.as({accounts::Role::system, {}, {}});
  const auto codes = installation.database.read(
      [&](Reading& reading) { return cases::codes_to_send(reading, context); });
  for (const cases::CodeToSend& one : codes) {
    const catalogue::Catalogue& say = sentences.of(one.language);
    const std::string& code = one.code.reveal_because("it is sent to the telephone that was left");
    const Outcome sent =
        outbound.send({one.id.text(), way_to(one.phone), one.phone, say.say("outbound.title"),
                       say.say("outbound.code", {{"code", code}})});
    if (!sent && sent.error().code != FaultCode::invalid_input) return;
    const Outcome kept = installation.database.write_job([&](Transaction& transaction) -> Outcome {
      cases::code_was_sent(transaction, installation.county.region, one.id);
      return {};
    });
    if (!kept) return;
  }
}

}  // namespace minhu::messages
