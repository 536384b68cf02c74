#include "adapters/web_api/request_parts.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using Details = std::map<std::string, std::string>;

}  // namespace

Result<cases::Context> admit_official(const Api& api, const http::Request& request,
                                      std::string_view permission) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, permission));
  return api.installation.as(account.principal);
}

tl::unexpected<Fault> not_a_choice(std::string field, std::string choices) {
  Details details{{"field", field}, {"choices", std::move(choices)}};
  return fail(FaultCode::invalid_input, "api.not_a_choice", std::move(field), std::move(details));
}

Result<bool> yes_in(const http::Request& request, const char* name) {
  const std::string_view value = request.query_value(name);
  if (!value.empty() && value != "yes") return not_a_choice(name, "yes");
  return !value.empty();
}

tl::unexpected<Fault> wrong_in_list(const Members& given, std::string_view name, const char* type) {
  const std::string field = given.name_of(name);
  return fail(FaultCode::invalid_input, "api.wrong_type", field,
              Details{{"field", field}, {"type", type}});
}

Result<const bj::array*> list_in(const Members& given, std::string_view name, std::size_t most) {
  const bj::value* list = given.object().if_contains(name);
  if (list == nullptr || list->is_null()) return nullptr;
  if (!list->is_array()) return wrong_in_list(given, name, "array");
  if (list->get_array().size() > most) {
    return fail(FaultCode::invalid_input, "api.bad_list", given.name_of(name),
                Details{{"most", std::to_string(most)}});
  }
  return &list->get_array();
}

Result<std::vector<std::string>> texts_in(const Members& given, std::string_view name,
                                          std::size_t most) {
  std::vector<std::string> texts;
  MINHU_TRY(const bj::array* list, list_in(given, name, most));
  if (list == nullptr) return texts;
  for (const bj::value& one : *list) {
    if (!one.is_string()) return wrong_in_list(given, name, "string");
    texts.emplace_back(one.get_string());
  }
  return texts;
}

Result<std::string_view> json_part(const http::Request& request, const char* name) {
  const http::Part* given = request.part(name);
  if (given == nullptr) {
    return fail(FaultCode::invalid_input, "api.missing_field", name, Details{{"field", name}});
  }
  if (!given->spooled.empty()) return fail(FaultCode::too_large, "api.case_part_too_large", name);
  return std::string_view(given->value);
}

Result<std::vector<cases::NewAttachment>> files_beside(const Api& api, const http::Request& request,
                                                       std::string_view beside) {
  std::vector<cases::NewAttachment> files;
  for (const http::Part& part : request.parts) {
    if (&part == request.part(beside)) continue;
    if (part.name != "file") {
      return fail(FaultCode::invalid_input, "api.unknown_field", sayable(part.name),
                  Details{{"field", sayable(part.name)}});
    }
    // Looked at before the next is decoded, so that a hundred files cost no more than ten.
    if (files.size() == cases::most_attachments) {
      return fail(FaultCode::too_large, "cases.too_many_attachments", "file",
                  Details{{"most", std::to_string(cases::most_attachments)}});
    }
    MINHU_TRY(cases::NewAttachment file, api.take_upload(part));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace minhu::web_api
