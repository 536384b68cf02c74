// Passwords of twelve characters and more that many people have: shorter ones are refused anyway.
#pragma once

#include <string_view>

namespace minhu::accounts {

// `bare`: lower case, letters, digits and what is beyond ASCII only. True also when a common one
// stands there with up to eight digits behind or before it ("administrator2026").
bool is_common_password(std::string_view bare);

}  // namespace minhu::accounts
