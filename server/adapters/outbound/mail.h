// Messages as mail, through a mail server that the county has. Sender, subject and text say nothing
// of the case; the same message has the same Message-ID at every try.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/outbound/networks.h"
#include "ports/clock.h"
#include "ports/outbound.h"

namespace minhu::outbound {

enum class MailSecurity {
  starttls,  // refused when the server does not offer it
  tls,       // from the first byte
  none,      // to this machine alone: a relay that encrypts further on
};

struct MailSettings {
  std::string server;
  std::uint16_t port = 587;
  MailSecurity security = MailSecurity::starttls;
  std::string from;  // the address that stands as sender
  std::string user;  // empty: no sign-in
  Sealed<std::string> password;
  std::vector<Network> networks;  // where the server may be; empty: anywhere (networks.h)
  std::string authorities;        // a file of certificates in place of the system's; may be empty
};

// One address as RFC 5322 writes the plain ones: no names, quotes, comments or second addressee, no
// blank or line end anywhere.
bool is_mail_address(std::string_view text) noexcept;

// The whole message, lines ending in CRLF. `to` and `from` are mail addresses.
std::string mail_text(const OutboundMessage& message, std::string_view from, std::string_view to,
                      Instant now);

class Mail final : public Outbound {
 public:
  // Fault invalid_input outbound.bad_settings (details: reason).
  static Result<Mail> make(MailSettings settings, const Clock& clock);

  // Taken over when the server said so after the text. The server's 5xx to the addressee or the
  // text is for ever: invalid_input outbound.address_refused. Everything else (4xx, a sign-in that
  // fails, no encryption, silence) is unavailable outbound.not_reached. An address that is none:
  // invalid_input outbound.bad_address.
  Outcome send(const OutboundMessage& message) override;

 private:
  Mail(MailSettings settings, AllowedMachines machines, const Clock& clock)
      : settings_(std::move(settings)), machines_(std::move(machines)), clock_(&clock) {}

  MailSettings settings_;
  AllowedMachines machines_;
  const Clock* clock_;
};

}  // namespace minhu::outbound
