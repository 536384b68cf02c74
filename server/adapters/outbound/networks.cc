#include "adapters/outbound/networks.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <string>

namespace minhu::outbound {

namespace {

constexpr int ipv4_prefix = 96;
using Address = std::array<std::uint8_t, 16>;

Address mapped(const in_addr& four) {
  Address address{};
  address[10] = address[11] = 0xFF;
  std::memcpy(address.data() + 12, &four, 4);
  return address;
}

std::optional<Address> address_of(const sockaddr& from) {
  if (from.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &from, sizeof four);
    return mapped(four.sin_addr);
  }
  if (from.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &from, sizeof six);
    Address address{};
    std::memcpy(address.data(), &six.sin6_addr, address.size());
    return address;
  }
  return std::nullopt;
}

bool matches(const Network& network, const Address& address) {
  for (int bit = 0; bit < network.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
    if (((network.address[byte] ^ address[byte]) & mask) != 0) return false;
  }
  return true;
}

Network known(std::string_view text) {
  return *parse_network(text);
}

}  // namespace

Result<Network> parse_network(std::string_view text) {
  const auto bad =
      fail(FaultCode::invalid_input, "outbound.bad_settings", std::string(),
           std::map<std::string, std::string>{{"reason", "no network: " + std::string(text)}});
  const auto slash = std::min(text.find('/'), text.size());
  const std::string host(text.substr(0, slash));
  Network network;
  in_addr four{};
  const bool is_four = ::inet_pton(AF_INET, host.c_str(), &four) == 1;
  if (is_four) {
    network.address = mapped(four);
  } else if (::inet_pton(AF_INET6, host.c_str(), network.address.data()) != 1) {
    return bad;
  }
  if (slash == text.size()) return network;
  const std::string_view bits = text.substr(slash + 1);
  const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), network.bits);
  const int most = is_four ? 32 : 128;
  if (error != std::errc() || end != bits.data() + bits.size() || network.bits < 0 ||
      network.bits > most) {
    return bad;
  }
  if (is_four) network.bits += ipv4_prefix;
  return network;
}

bool is_in(const Network& network, const sockaddr& address) noexcept {
  const auto bytes = address_of(address);
  return bytes && matches(network, *bytes);
}

AllowedMachines AllowedMachines::loopback() {
  return among({known("127.0.0.0/8"), known("::1")});
}

AllowedMachines AllowedMachines::among(std::vector<Network> networks) {
  AllowedMachines machines;
  machines.networks_ = std::move(networks);
  return machines;
}

bool AllowedMachines::allows(const sockaddr& address) const noexcept {
  const auto is_in_any = [&](const auto& networks) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& network) { return is_in(network, address); });
  };
  if (!networks_.empty()) return is_in_any(networks_);
  static const std::array link_local{known("169.254.0.0/16"), known("fe80::/10")};
  return address_of(address).has_value() && !is_in_any(link_local);
}

}  // namespace minhu::outbound
