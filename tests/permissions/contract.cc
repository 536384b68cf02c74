#include "contract.h"

#include <stdexcept>

#include "adapters/web_api/test_contract.h"
#include "project_folder.h"

namespace minhu::permission_matrix {

namespace json = boost::json;

namespace {

constexpr int deepest = 8;

const json::value* member(const json::value& value, std::string_view name) {
  return value.is_object() ? value.as_object().if_contains(name) : nullptr;
}

std::string text_of(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  return found == nullptr || !found->is_string() ? std::string() : std::string(found->as_string());
}

http::Method method_named(std::string_view name) {
  if (name == "get") return http::Method::get;
  if (name == "post") return http::Method::post;
  if (name == "put") return http::Method::put;
  if (name == "patch") return http::Method::patch;
  if (name == "delete") return http::Method::delete_;
  throw std::runtime_error("the contract has a method " + std::string(name));
}

}  // namespace

Contract::Contract()
    : document_(web_api::Contract(project_folder() / "api/openapi.yaml").document()) {
  for (const auto& path : document_.at("paths").as_object()) {
    for (const auto& entry : path.value().as_object()) {
      if (entry.key() == "parameters") continue;
      Operation operation;
      operation.method = method_named(entry.key());
      operation.path = path.key();
      operation.permission = text_of(entry.value(), "x-permission");
      const auto read_parameters = [&](const json::value* parameters) {
        if (parameters == nullptr) return;
        for (const json::value& each : parameters->as_array()) {
          const json::value& parameter = resolved(each);
          if (text_of(parameter, "in") != "query") continue;
          const std::string name = text_of(parameter, "name");
          const json::value* schema = member(parameter, "schema");
          if (schema != nullptr && is_id(*schema)) operation.ids.push_back({true, name});
          if (const auto* required = member(parameter, "required");
              required != nullptr && required->is_bool() && required->as_bool()) {
            operation.required_query.push_back(name);
          }
        }
      };
      read_parameters(member(path.value(), "parameters"));
      read_parameters(member(entry.value(), "parameters"));
      if (const json::value* body = member(entry.value(), "requestBody")) {
        const json::value* content = member(resolved(*body), "content");
        const json::value* as_json =
            content == nullptr ? nullptr : member(*content, "application/json");
        if (as_json != nullptr) {
          operation.body = as_json->at("schema");
          std::vector<std::pair<std::string, const json::value*>> found;
          properties(operation.body, "", 0, found);
          for (const auto& [name, schema] : found) {
            if (is_id(*schema)) operation.ids.push_back({false, name});
          }
        }
      }
      operations_.push_back(std::move(operation));
    }
  }
}

const json::value& Contract::resolved(const json::value& value) const {
  const std::string reference = text_of(value, "$ref");
  if (reference.empty()) return value;
  const json::value* found = nullptr;
  std::size_t at = 2;  // after "#/"
  while (at <= reference.size()) {
    const auto end = std::min(reference.find('/', at), reference.size());
    const std::string key = reference.substr(at, end - at);
    found = found == nullptr ? &document_.at(key) : &found->at(key);
    at = end + 1;
  }
  return resolved(*found);
}

bool Contract::is_id(const json::value& schema) const {
  const json::value& at = resolved(schema);
  if (text_of(at, "format") == "uuid" || text_of(at, "pattern").starts_with("^[0-9a-f]{8}-"))
    return true;
  if (const json::value* any = member(at, "anyOf")) {
    for (const json::value& each : any->as_array()) {
      if (is_id(each)) return true;
    }
  }
  return false;
}

void Contract::properties(const json::value& schema, const std::string& path, int depth,
                          std::vector<std::pair<std::string, const json::value*>>& found) const {
  if (depth > deepest) return;
  const json::value& at = resolved(schema);
  for (const char* joined : {"allOf", "anyOf", "oneOf"}) {
    if (const json::value* parts = member(at, joined)) {
      for (const json::value& part : parts->as_array()) properties(part, path, depth + 1, found);
    }
  }
  if (const json::value* items = member(at, "items")) {
    found.emplace_back(path + "[]", items);
    properties(*items, path + "[]", depth + 1, found);
  }
  const json::value* named = member(at, "properties");
  if (named == nullptr) return;
  for (const auto& property : named->as_object()) {
    const std::string name = (path.empty() ? "" : path + ".") + std::string(property.key());
    found.emplace_back(name, &property.value());
    properties(property.value(), name, depth + 1, found);
  }
}

json::value Contract::sample(const json::value& schema, const std::string& path,
                             const IdPlace& place, const std::string& value, int depth) const {
  if (path == place.name) return json::string(value);
  const json::value& at = resolved(schema);
  if (depth > deepest) return nullptr;
  for (const char* joined : {"allOf", "oneOf", "anyOf"}) {
    if (const json::value* parts = member(at, joined)) {
      // The one that is something: null stands first where a value may be absent.
      return sample(parts->as_array().back(), path, place, value, depth + 1);
    }
  }
  if (const json::value* choices = member(at, "enum")) return choices->as_array().front();
  std::string type = text_of(at, "type");
  if (const json::value* types = member(at, "type"); types != nullptr && types->is_array()) {
    type = std::string(types->as_array().front().as_string());
  }
  const bool on_the_way = place.name.starts_with(path);
  if (type == "array") {
    json::array list;
    if (const json::value* items = member(at, "items"))
      list.push_back(sample(*items, path + "[]", place, value, depth + 1));
    return list;
  }
  if (type == "object" || member(at, "properties") != nullptr) {
    json::object object;
    const json::value* named = member(at, "properties");
    if (named == nullptr) return object;
    std::set<std::string> required;
    if (const json::value* list = member(at, "required")) {
      for (const json::value& name : list->as_array()) required.emplace(name.as_string());
    }
    for (const auto& property : named->as_object()) {
      const std::string name = (path.empty() ? "" : path + ".") + std::string(property.key());
      const bool wanted = on_the_way && (place.name == name || place.name.starts_with(name + ".") ||
                                         place.name.starts_with(name + "["));
      if (wanted || required.contains(std::string(property.key()))) {
        object[property.key()] = sample(property.value(), name, place, value, depth + 1);
      }
    }
    return object;
  }
  if (type == "integer" || type == "number") {
    const json::value* least = member(at, "minimum");
    return least == nullptr ? json::value(1) : *least;
  }
  if (type == "boolean") return false;
  if (is_id(at)) return "0190aaaa-0000-7000-8000-00000000d00d";
  return "因为";
}

Asked Contract::request(const Operation& operation, const IdPlace& place, const std::string& value,
                        const std::string& case_id) const {
  Asked asked;
  asked.method = operation.method;
  asked.target = operation.path;
  for (auto begin = asked.target.find('{'); begin != std::string::npos;
       begin = asked.target.find('{')) {
    asked.target.replace(begin, asked.target.find('}') - begin + 1, case_id);
  }
  char next = '?';
  const auto add = [&](const std::string& name, const std::string& text) {
    asked.target += next + name + "=" + text;
    next = '&';
  };
  for (const std::string& name : operation.required_query) {
    if (!place.in_query || name != place.name) add(name, name == "part" ? "lead" : "1");
  }
  if (place.in_query) add(place.name, value);
  if (!operation.body.is_null()) {
    asked.content_type = "application/json";
    asked.body =
        json::serialize(sample(operation.body, "", place.in_query ? IdPlace{} : place, value, 0));
  }
  if (is_unsafe(operation.method)) {
    asked.headers.emplace_back("Idempotency-Key", to_hex(House::get().entropy().bytes<16>()));
  }
  return asked;
}

}  // namespace minhu::permission_matrix
