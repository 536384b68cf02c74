// What a provider of sign-ins answers with: a set of keys, and below it a token. Whatever is read
// can be asked for its key and its signature; nothing here is ever signed by the key that is named.
#include <algorithm>

#include "adapters/openid/id_token.h"
#include "kernel/assert.h"

namespace {

const minhu::openid::Expected expected{"https://id.example", "minhu", "n",
                                       minhu::Instant{1'790'000'000'000}};

// Claims as somebody would write them who can sign: refused, or a person with a name.
void ask_who(minhu::openid::Token token, std::string_view claims) {
  token.claims = claims;
  const auto who = minhu::openid::identity_of(token, expected);
  MINHU_ASSERT(who ? !who->subject.empty() : !who.error().key.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(all.find('\n'), all.size());
  const std::string_view below = all.substr(std::min(end + 1, all.size()));
  ask_who({}, below);
  const auto keys = openid::read_keys(all.substr(0, end));
  const auto token = openid::read_token(below);
  if (token) {
    MINHU_ASSERT(below.starts_with(token->signed_part));
    ask_who(*token, token->claims);
  }
  if (!keys || !token) return 0;
  for (const openid::PublicKey& key : *keys) MINHU_ASSERT(!openid::is_signed_by(*token, key));
  const openid::PublicKey* named = openid::key_for(*token, *keys);
  MINHU_ASSERT(named == nullptr || named->algorithm == token->algorithm);
  return 0;
}
