#include <algorithm>
#include <charconv>

#include "adapters/web_api/api.h"

namespace minhu::web_api {

namespace {

using Details = std::map<std::string, std::string>;

}  // namespace

Result<cases::ClientToken> token_of(const http::Request& request) {
  std::string_view key = request.header("idempotency-key");
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"')
    key = key.substr(1, key.size() - 2);
  if (key.empty()) {
    return fail(FaultCode::invalid_input, "api.idempotency_key_missing", "Idempotency-Key");
  }
  const auto token = cases::parse_token(key);
  if (!token) return fail(FaultCode::invalid_input, "api.bad_idempotency_key", "Idempotency-Key");
  return *token;
}

Outcome only_parameters(const http::Request& request,
                        std::initializer_list<std::string_view> names) {
  for (const auto& [name, value] : request.query) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return fail(FaultCode::invalid_input, "api.unknown_parameter", sayable(name),
                  Details{{"field", sayable(name)}});
    }
  }
  return {};
}

Result<std::int64_t> limit_of(const http::Request& request, std::int64_t otherwise,
                              std::int64_t most) {
  const std::string_view text = request.query_value("limit");
  if (text.empty()) return otherwise;
  std::int64_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > most) {
    return fail(FaultCode::invalid_input, "api.bad_limit", "limit",
                Details{{"most", std::to_string(most)}});
  }
  return limit;
}

Result<Admitted> admit(const Api& api, const http::Request& request, std::string_view permission) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, permission));
  const auto id = cases::CaseId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "cases.not_found");
  return Admitted{api.installation.as(account.principal), *id};
}

Result<FieldTexts> field_texts(const Members& given) {
  FieldTexts texts;
  MINHU_TRY(const auto fields, given.members("fields"));
  if (!fields) return texts;
  for (const auto& member : fields->object()) {
    const std::string_view name(member.key().data(), member.key().size());
    MINHU_TRY(const std::string_view value, fields->text(name));
    // An unknown name is refused by the table of edges; what is said back of it is decided here.
    if (sayable(name) == "?") {
      return fail(FaultCode::invalid_input, "api.unknown_field", "fields.?",
                  Details{{"field", "fields.?"}});
    }
    texts.emplace(name, value);
  }
  return texts;
}

Result<cases::Step> step_of(const http::Request& request, cases::EventKind kind) {
  cases::Step step;
  step.kind = kind;
  MINHU_TRY(step.token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"fields", "expected_seq", "happened_at"}));
  MINHU_TRY(step.expected_seq, given.number("expected_seq"));
  MINHU_TRY(step.happened_at, given.time("happened_at"));
  MINHU_TRY(step.fields, field_texts(given));
  return step;
}

}  // namespace minhu::web_api
