#include "adapters/pages/pass.h"

#include <boost/json.hpp>

#include "adapters/pages/cookies.h"
#include "kernel/crypto.h"

namespace minhu::pages {

namespace {

namespace json = boost::json;

constexpr std::string_view pass_cookie = "minhu-receipt";
constexpr std::string_view pass_context = "receipt pass";

Key pass_key(const Site& site) {
  return keyed_hash(site.installation.keyring.draft, {as_bytes("minhu/receipt-pass/v1")});
}

tl::unexpected<Fault> wrong() {
  return fail(FaultCode::unauthenticated, "cases.wrong_number_or_code");
}

}  // namespace

std::string case_address(std::string_view number) {
  return "/t/" + cases::show_number(number);
}

std::string seal_pass(const Site& site, const Pass& pass) {
  const json::object object{{"number", pass.number},
                            {"code", pass.code.reveal_because("it is sealed into the pass")},
                            {"made_at", pass.made_at.unix_ms},
                            {"fresh", pass.fresh}};
  return to_base64url(seal(pass_key(site), as_bytes(json::serialize(object)),
                           as_bytes(pass_context), site.installation.entropy.bytes<24>()));
}

std::optional<Pass> open_pass(const Site& site, std::string_view sealed) {
  const auto bytes = from_base64url(sealed);
  if (!bytes) return std::nullopt;
  const auto plain = open_sealed(pass_key(site), *bytes, as_bytes(pass_context));
  if (!plain) return std::nullopt;
  const auto value = json::parse(to_text(*plain));  // sealed by us, so it is what we wrote
  const auto& object = value.as_object();
  Pass pass{std::string(object.at("number").as_string()),
            Sealed(std::string(object.at("code").as_string())),
            Instant{object.at("made_at").as_int64()}, object.at("fresh").as_bool()};
  const std::int64_t age = site.installation.clock.now().unix_ms - pass.made_at.unix_ms;
  if (age >= pass_lasts_ms) return std::nullopt;
  if (age >= pass_is_fresh_ms) pass.fresh = false;
  return pass;
}

void give_pass(const Site& site, const http::Request& request, http::Response& response,
               const Pass& pass) {
  set_cookie(request, response,
             {pass_cookie, seal_pass(site, pass), case_address(pass.number), pass_lasts_ms / 1000});
}

void take_pass_back(const http::Request& request, http::Response& response,
                    std::string_view number) {
  set_cookie(request, response, {pass_cookie, "", case_address(number), 0});
}

bool is_quiet(const cases::CaseFile& file) {
  return file.track == cases::Track::accusation || !file.retaliation_for.empty();
}

std::optional<Pass> carried_pass(const Site& site, const http::Request& request,
                                 std::string_view number) {
  const auto field = request.form("pass");
  auto pass = open_pass(site, field.empty() ? request.cookie(pass_cookie) : field);
  if (!pass || pass->number != number) return std::nullopt;
  return pass;
}

std::optional<Opened> opened(const Site& site, const http::Request& request,
                             std::string_view number) {
  auto pass = carried_pass(site, request, number);
  if (!pass) return std::nullopt;
  const auto context = site.anyone();
  const auto id = site.installation.database.read([&](Reading& reading) {
    return cases::open_with_code(reading, context, pass->number, pass->code);
  });
  if (!id) return std::nullopt;
  return Opened{*id, std::move(*pass), !request.form("pass").empty()};
}

Result<Opened> open_with(const Site& site, std::string_view number, std::string_view code) {
  const auto parsed_number = cases::parse_number(number);
  auto parsed_code = cases::parse_query_code(code);
  if (!parsed_number || !parsed_code) return wrong();
  const auto context = site.anyone();
  const auto id = site.installation.database.read([&](Reading& reading) {
    return cases::open_with_code(reading, context, *parsed_number, *parsed_code);
  });
  if (!id) return tl::unexpected<Fault>(id.error());
  return Opened{*id, Pass{*parsed_number, std::move(*parsed_code), context.now, false}, false};
}

}  // namespace minhu::pages
