#include "adapters/http_beast/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "adapters/http_beast/header_value.h"

namespace minhu::http_beast {

namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool same_prefix(const Address& a, const Address& b, unsigned bits) noexcept {
  const unsigned whole = bits / 8;
  if (!std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())) return false;
  if (bits % 8 == 0) return true;
  const unsigned differing = static_cast<unsigned>(a.bytes[whole] ^ b.bytes[whole]);
  return (differing >> (8 - bits % 8)) == 0;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  const std::string terminated(text);
  Address address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  std::copy(ipv4_prefix.begin(), ipv4_prefix.end(), address.bytes.begin());
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + ipv4_prefix.size()) == 1) {
    return address;
  }
  return std::nullopt;
}

bool Address::is_ipv4() const noexcept {
  return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), bytes.begin());
}

Proxies::Proxies(const std::vector<std::string>& trusted) {
  for (const std::string& text : trusted) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto address = Address::parse(std::string_view(text).substr(0, slash));
    if (!address) throw std::invalid_argument("not an address or network: " + text);
    const unsigned widest = address->is_ipv4() ? 32 : 128;
    unsigned bits = widest;
    if (slash < text.size()) {
      const char* const end = text.data() + text.size();
      const auto [stopped, error] = std::from_chars(text.data() + slash + 1, end, bits);
      if (error != std::errc() || stopped != end || bits > widest) {
        throw std::invalid_argument("not an address or network: " + text);
      }
    }
    networks_.push_back({*address, bits + (128 - widest)});
  }
}

bool Proxies::trusts(const Address& address) const noexcept {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return same_prefix(network.address, address, network.bits);
  });
}

Address Proxies::origin(const Address& peer, std::string_view forwarded_for) const {
  Address nearest = peer;
  while (trusts(nearest) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const std::size_t start = comma == std::string_view::npos ? 0 : comma + 1;
    const auto next = Address::parse(trim(forwarded_for.substr(start)));
    if (!next) break;
    nearest = *next;
    forwarded_for = forwarded_for.substr(0, start == 0 ? 0 : start - 1);
  }
  return nearest;
}

std::string client_of(const Key& key, const Address& address) {
  const BytesView bytes(address.bytes);
  return to_hex(keyed_hash(key, {address.is_ipv4() ? bytes : bytes.first(8)}));
}

std::set<std::string, std::less<>> clients_here(const Key& key) {
  std::set<std::string, std::less<>> all;
  for (const char* name : {"127.0.0.1", "::1"}) {
    if (const auto address = Address::parse(name)) all.insert(client_of(key, *address));
  }
  return all;
}

}  // namespace minhu::http_beast
