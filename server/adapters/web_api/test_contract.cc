#include "adapters/web_api/test_contract.h"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace minhu::web_api {

boost::json::value json_of(const YAML::Node& node) {
  if (node.IsMap()) {
    boost::json::object object;
    for (const auto& member : node) object[member.first.as<std::string>()] = json_of(member.second);
    return object;
  }
  if (node.IsSequence()) {
    boost::json::array array;
    for (const auto& item : node) array.push_back(json_of(item));
    return array;
  }
  if (node.IsNull()) return nullptr;
  const std::string text = node.Scalar();
  if (node.Tag() == "!") return boost::json::string(text);
  if (text == "null" || text == "~") return nullptr;
  if (text == "true" || text == "false") return text == "true";
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return boost::json::string(text);
}

Contract::Contract(const std::filesystem::path& file)
    : document_(json_of(YAML::LoadFile(file.string())).as_object()) {}

std::set<std::string> Contract::operations() const {
  std::set<std::string> all;
  for (const auto& path : document_.at("paths").as_object()) {
    for (const auto& member : path.value().as_object()) {
      if (member.key() == "parameters") continue;
      all.insert(std::string(member.key()) + " " + std::string(path.key()));
    }
  }
  return all;
}

const boost::json::object& Contract::operation(const std::string& name) const {
  const auto blank = name.find(' ');
  return document_.at("paths").at(name.substr(blank + 1)).at(name.substr(0, blank)).as_object();
}

std::set<std::string> Contract::documented_answers() const {
  std::set<std::string> all;
  for (const std::string& name : operations()) {
    for (const auto& answer : operation(name).at("responses").as_object()) {
      if (answer.key() != "default") all.insert(name + " " + std::string(answer.key()));
    }
  }
  return all;
}

std::string Contract::fault_of(const std::string& operation_name,
                               const http::Response& response) const {
  const auto& answers = operation(operation_name).at("responses").as_object();
  const boost::json::value* answer = answers.if_contains(std::to_string(response.status));
  if (answer == nullptr && response.status >= 400) answer = answers.if_contains("default");
  if (answer == nullptr) return "an answer that the contract does not name";
  answer = &resolved(*answer);
  std::string type;
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Type") type = value.substr(0, value.find(';'));
  }
  const boost::json::value* content = answer->as_object().if_contains("content");
  if (content == nullptr)
    return response.body.empty() ? "" : "a body that the contract does not name";
  const boost::json::value* shape = content->as_object().if_contains(type);
  if (shape == nullptr) shape = content->as_object().if_contains("*/*");
  if (shape == nullptr) return "the contract does not name " + type;
  if (!type.ends_with("json")) return "";
  boost::system::error_code error;
  const auto body = boost::json::parse(response.body, error);
  if (error) return "not JSON: " + response.body;
  return fault_of(shape->at("schema"), body);
}

std::string Contract::fault_of(const boost::json::value& schema,
                               const boost::json::value& body) const {
  // References point into the document, so the schema is looked at as a part of it.
  const boost::json::object whole{{"allOf", boost::json::array{schema}},
                                  {"components", document_.at("components")}};
  const boost::json::value root(whole);
  valijson::Schema parsed;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(root), parsed);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(parsed, valijson::adapters::BoostJsonAdapter(body), &results)) return "";
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text + boost::json::serialize(body);
}

const boost::json::value& Contract::resolved(const boost::json::value& value) const {
  const boost::json::value* reference =
      value.is_object() ? value.as_object().if_contains("$ref") : nullptr;
  if (reference == nullptr) return value;
  const std::string path(reference->as_string());
  const boost::json::value* found = nullptr;
  std::size_t at = 2;  // after "#/"
  while (at <= path.size()) {
    const auto end = std::min(path.find('/', at), path.size());
    const std::string key = path.substr(at, end - at);
    found = found == nullptr ? &document_.at(key) : &found->at(key);
    at = end + 1;
  }
  return *found;
}

}  // namespace minhu::web_api
