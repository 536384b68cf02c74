// For tests: api/openapi.yaml as data, and whether an answer fits it.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <set>
#include <string>

#include "ports/http.h"

namespace YAML {
class Node;
}

namespace minhu::web_api {

// The core schema of YAML 1.2: quoted is text; null, true, false and whole numbers are themselves.
boost::json::value json_of(const YAML::Node& node);

class Contract {
 public:
  explicit Contract(const std::filesystem::path& file);

  const boost::json::object& document() const { return document_; }

  // "get /api/v1/queue" and so on.
  std::set<std::string> operations() const;
  const boost::json::object& operation(const std::string& name) const;
  // "get /api/v1/queue 200": the answers that an operation names, `default` apart.
  std::set<std::string> documented_answers() const;

  // What is wrong with an answer, or nothing.
  std::string fault_of(const std::string& operation_name, const http::Response& response) const;
  std::string fault_of(const boost::json::value& schema, const boost::json::value& body) const;

  const boost::json::value& resolved(const boost::json::value& value) const;

 private:
  boost::json::object document_;
};

}  // namespace minhu::web_api
