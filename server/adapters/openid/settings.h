// How an operator names the county's provider:
//
//   issuer             = "https://id.example.gov.cn"
//   client_id          = "minhu"
//   client_secret_file = "/etc/minhu/openid.secret"
//   public_url         = "https://minhu.example.gov.cn"   # ours, as the provider knows it
//   scopes             = ["openid"]
//   authorities        = "/etc/minhu/ca.pem"              # in place of the system's; may be absent
//
//   [display_name]
//   zh = "政务统一身份认证"
//   en = "the county's sign-in"
//
//   [second_factor]      # what counts as one; absent: ours is asked for at each sign-in
//   acr = ["urn:example:two"]
//   amr = ["otp", "hwk"]
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/openid_link.h"
#include "kernel/result.h"
#include "kernel/sealed.h"

namespace minhu::openid {

struct Settings {
  std::string issuer;
  std::string client_id;
  Sealed<std::string> client_secret;
  std::string public_url;  // without a slash at the end
  std::vector<std::string> scopes{"openid"};
  std::string authorities;  // a file; empty: the system's
  accounts::ProviderNames names;
  std::vector<std::string> second_factor_acr;
  std::vector<std::string> second_factor_amr;
  // For one exchange with the provider. Somebody waits in front of a page.
  std::chrono::milliseconds patience{5'000};
};

// Fault invalid_input openid.bad_settings (details: reason), also for a key that nobody knows: a
// misspelt "second_factor" must not go unnoticed.
Result<Settings> read_settings(std::string_view toml);

// https, or plain http to this machine alone; no user, no fragment.
bool is_address(std::string_view url);
// Plain http: only ever to this machine.
bool is_on_this_machine(std::string_view url);

}  // namespace minhu::openid
