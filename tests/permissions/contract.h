// api/openapi.yaml as the tests of this folder read it: which operations there are, what they take
// and give, and which of their values are ids.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "house.h"

namespace minhu::permission_matrix {

// An id that a request names beside its path: in the query, or in the body, by the names that lead
// there ("items[].case").
struct IdPlace {
  bool in_query = false;
  std::string name;
};

struct Operation {
  http::Method method = http::Method::get;
  std::string path;
  std::string permission;
  std::vector<IdPlace> ids;
  boost::json::value body;  // the schema, resolved at its top; null when it takes none
  std::vector<std::string> required_query;
};

class Contract {
 public:
  Contract();

  const std::vector<Operation>& operations() const { return operations_; }
  const boost::json::object& document() const { return document_; }
  const boost::json::value& resolved(const boost::json::value& value) const;

  // A request that the contract allows, with this value at that place. Ids of the path: `case_id`.
  Asked request(const Operation& operation, const IdPlace& place, const std::string& value,
                const std::string& case_id) const;

  // Every name of a property of this schema, by its path.
  void properties(const boost::json::value& schema, const std::string& path, int depth,
                  std::vector<std::pair<std::string, const boost::json::value*>>& found) const;

 private:
  bool is_id(const boost::json::value& schema) const;
  boost::json::value sample(const boost::json::value& schema, const std::string& path,
                            const IdPlace& place, const std::string& value, int depth) const;

  boost::json::object document_;
  std::vector<Operation> operations_;
};

}  // namespace minhu::permission_matrix
