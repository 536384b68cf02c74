// Which machines a gateway may be on. Checked at the address that is really connected to, after
// names have been looked up: a name that changes its mind leads nowhere else.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace minhu::outbound {

struct Network {
  std::array<std::uint8_t, 16> address{};  // IPv4 as ::ffff:a.b.c.d
  int bits = 128;
};

// "10.2.0.0/16", "10.2.3.4", "fd00::/8". Fault invalid_input outbound.bad_settings.
Result<Network> parse_network(std::string_view text);
bool is_in(const Network& network, const sockaddr& address) noexcept;

class AllowedMachines {
 public:
  // This machine alone: for everything that is not encrypted.
  static AllowedMachines loopback();
  // The networks given; without any, every machine but those that a cloud keeps its secrets on
  // (link-local addresses).
  static AllowedMachines among(std::vector<Network> networks);

  bool allows(const sockaddr& address) const noexcept;

 private:
  std::vector<Network> networks_;  // empty: everything but link-local
};

}  // namespace minhu::outbound
