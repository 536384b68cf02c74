#include "adapters/openid/crossing.h"

#include <algorithm>
#include <boost/json.hpp>

namespace minhu::openid {

namespace {

namespace json = boost::json;

constexpr std::string_view context = "openid crossing";
constexpr std::size_t longest_page = 500;

std::string random_text(Entropy& entropy) {
  return to_base64url(entropy.bytes<32>());
}

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

Binding new_binding(Entropy& entropy) {
  return {random_text(entropy), random_text(entropy), random_text(entropy)};
}

Key crossing_key(const accounts::Keys& keys) {
  return keyed_hash(keys.hash, {as_bytes(context)});
}

std::string seal_crossing(const Crossing& crossing, const Key& key, Entropy& entropy) {
  const json::object content{{"state", crossing.binding.state},
                             {"nonce", crossing.binding.nonce},
                             {"verifier", crossing.binding.verifier},
                             {"next", crossing.next},
                             {"invitation", crossing.invitation},
                             {"begun_at", crossing.begun_at.unix_ms},
                             {"anew", crossing.anew}};
  return to_base64url(
      seal(key, as_bytes(json::serialize(content)), as_bytes(context), entropy.bytes<24>()));
}

std::optional<Crossing> open_crossing(std::string_view cookie, const Key& key, Instant now) {
  const auto sealed = from_base64url(cookie);
  if (!sealed) return std::nullopt;
  const auto plain = open_sealed(key, *sealed, as_bytes(context));
  if (!plain) return std::nullopt;
  boost::system::error_code error;
  const json::value value = json::parse(to_text(*plain), error);
  const json::object* content = error ? nullptr : value.if_object();
  const json::value* begun = content == nullptr ? nullptr : content->if_contains("begun_at");
  if (begun == nullptr || !begun->is_int64()) return std::nullopt;
  Crossing crossing{
      {text_of(*content, "state"), text_of(*content, "nonce"), text_of(*content, "verifier")},
      text_of(*content, "next"),
      text_of(*content, "invitation"),
      Instant{begun->as_int64()}};
  const json::value* anew = content->if_contains("anew");
  crossing.anew = anew != nullptr && anew->is_bool() && anew->as_bool();
  const std::int64_t age = now.unix_ms - crossing.begun_at.unix_ms;
  if (age < -crossing_skew_ms || age >= crossing_ms) return std::nullopt;
  return crossing;
}

std::string crossing_header(std::string_view sealed) {
  return std::string(crossing_cookie) + "=" + std::string(sealed) +
         "; Path=/; Max-Age=" + std::to_string(crossing_ms / 1000) +
         "; HttpOnly; Secure; SameSite=Lax";
}

std::string forget_crossing_header() {
  return std::string(crossing_cookie) + "=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax";
}

std::string page_of_ours(std::string_view wanted) {
  const bool plain =
      wanted.size() <= longest_page && std::all_of(wanted.begin(), wanted.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '\'' && c != ';' && c != '<' &&
               c != '>';
      });
  for (const std::string_view ours : {"/desk", "/office"}) {
    if (plain && wanted.starts_with(ours) &&
        (wanted.size() == ours.size() || wanted[ours.size()] == '/' ||
         wanted[ours.size()] == '?')) {
      return std::string(wanted);
    }
  }
  return "/desk/";
}

}  // namespace minhu::openid
