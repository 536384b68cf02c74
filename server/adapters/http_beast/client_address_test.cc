#include "adapters/http_beast/client_address.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace minhu::http_beast {
namespace {

Address address(std::string_view text) {
  return Address::parse(text).value();
}

TEST(ClientAddress, IsOneForAHouseholdAndDifferentForOthers) {
  start_crypto();
  const Key key{1};
  const std::string four = client_of(key, address("192.0.2.7"));
  EXPECT_EQ(four.size(), 64U);
  EXPECT_EQ(four, client_of(key, address("::ffff:192.0.2.7")));
  EXPECT_NE(four, client_of(key, address("192.0.2.8")));
  EXPECT_NE(four, client_of(Key{2}, address("192.0.2.7")));
  EXPECT_EQ(client_of(key, address("2001:db8:1:2::1")),
            client_of(key, address("2001:db8:1:2:3::9")));
  EXPECT_NE(client_of(key, address("2001:db8:1:2::1")), client_of(key, address("2001:db8:1:3::1")));
}

TEST(ClientAddress, NeverShowsTheAddress) {
  start_crypto();
  EXPECT_EQ(client_of(Key{}, address("192.0.2.7")).find("c0000207"), std::string::npos);
}

TEST(Proxies, AreBelievedOnlyWhenTheyAreTrusted) {
  const Proxies proxies({"127.0.0.1", "10.0.0.0/8", "2001:db8::/33"});
  EXPECT_TRUE(proxies.trusts(address("127.0.0.1")));
  EXPECT_TRUE(proxies.trusts(address("10.200.1.2")));
  EXPECT_TRUE(proxies.trusts(address("2001:db8:7fff::1")));
  EXPECT_FALSE(proxies.trusts(address("2001:db8:8000::1")));
  EXPECT_FALSE(proxies.trusts(address("11.0.0.1")));
  EXPECT_FALSE(Proxies({}).trusts(address("127.0.0.1")));

  const auto origin = [&](std::string_view peer, std::string_view forwarded) {
    return proxies.origin(address(peer), forwarded);
  };
  EXPECT_EQ(origin("127.0.0.1", "192.0.2.1").bytes, address("192.0.2.1").bytes);
  EXPECT_EQ(origin("127.0.0.1", "6.6.6.6, 192.0.2.1 , 10.0.0.3").bytes, address("192.0.2.1").bytes);
  EXPECT_EQ(origin("192.0.2.9", "6.6.6.6").bytes, address("192.0.2.9").bytes);
  EXPECT_EQ(origin("127.0.0.1", "6.6.6.6, unknown").bytes, address("127.0.0.1").bytes);
  EXPECT_EQ(origin("127.0.0.1", "").bytes, address("127.0.0.1").bytes);
  EXPECT_EQ(origin("127.0.0.1", "10.0.0.1").bytes, address("10.0.0.1").bytes);
}

TEST(Proxies, RefuseWhatIsNoAddress) {
  for (const char* bad : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/a", "::1/129"}) {
    EXPECT_THROW(Proxies({bad}), std::invalid_argument) << bad;
  }
}

TEST(ClientOf, ThisMachineIsKnownByBothItsAddresses) {
  const Key key{7};
  const auto here = clients_here(key);
  EXPECT_TRUE(here.contains(client_of(key, address("127.0.0.1"))));
  EXPECT_TRUE(here.contains(client_of(key, address("::ffff:127.0.0.1"))));
  EXPECT_TRUE(here.contains(client_of(key, address("::1"))));
  EXPECT_FALSE(here.contains(client_of(key, address("192.0.2.7"))));
}

}  // namespace
}  // namespace minhu::http_beast
