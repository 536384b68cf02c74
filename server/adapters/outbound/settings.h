// How an operator says which way goes where, and the Outbound that follows from it:
//
//   spool = "/var/lib/minhu/outbound"     # every way that is not named below
//
//   [sms]
//   by       = "webhook"
//   url      = "https://sms.example.gov.cn/send"
//   key_file = "/etc/minhu/sms.key"
//   networks = ["10.2.0.0/16"]
//
//   [mail]
//   by            = "smtp"
//   server        = "mail.example.gov.cn"
//   port          = 587
//   security      = "starttls"            # or "tls", or "none" to this machine alone
//   from          = "notice@example.gov.cn"
//   user          = "notice"
//   password_file = "/etc/minhu/mail.password"
//
// [voice] and [paper] likewise. `authorities` names a file of certificates in place of the
// system's. What stands in a secret's file is the secret, without the line end.
#pragma once

#include <memory>
#include <string_view>

#include "ports/clock.h"
#include "ports/outbound.h"

namespace minhu::outbound {

// Fault invalid_input outbound.bad_settings (details: reason), also for a key that nobody knows: a
// misspelt "networks" must not mean "anywhere". The clock outlives the result.
Result<std::unique_ptr<Outbound>> from_settings(std::string_view toml, const Clock& clock);

}  // namespace minhu::outbound
