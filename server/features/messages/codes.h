// Codes that work once, for whoever lost the code of their receipt (cases/lost_receipt.h).
#pragma once

#include "engines/catalogue/catalogue.h"
#include "features/cases/installation.h"
#include "ports/outbound.h"

namespace minhu::messages {

// One round; a gateway that does not answer is asked again in the next, as long as a code lives.
// At least once: a code that was sent when the power went is sent again, the same.
void send_codes(const cases::Installation& installation, const catalogue::Catalogues& sentences,
                Outbound& outbound);

}  // namespace minhu::messages
