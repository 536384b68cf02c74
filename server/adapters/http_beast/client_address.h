// Who is asking: the address of the peer, or the one that a trusted proxy names, as a keyed hash.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/crypto.h"

namespace minhu::http_beast {

// IPv4 addresses are held as IPv6 ones (::ffff:a.b.c.d).
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  static std::optional<Address> parse(std::string_view text);
  bool is_ipv4() const noexcept;
};

class Proxies {
 public:
  // Addresses and networks in CIDR form; std::invalid_argument when one is neither.
  explicit Proxies(const std::vector<std::string>& trusted);

  bool trusts(const Address& address) const noexcept;
  // Walks X-Forwarded-For from its end to the first address that is not a trusted proxy. What an
  // untrusted peer writes there is not looked at.
  Address origin(const Address& peer, std::string_view forwarded_for) const;

 private:
  struct Network {
    Address address;
    unsigned bits;
  };
  std::vector<Network> networks_;
};

// Hex of the keyed hash of the address (IPv4) or its first 64 bits (IPv6, where one line of a
// household has them all).
std::string client_of(const Key& key, const Address& address);
// Those of this machine itself: 127.0.0.1 and ::1.
std::set<std::string, std::less<>> clients_here(const Key& key);

}  // namespace minhu::http_beast
