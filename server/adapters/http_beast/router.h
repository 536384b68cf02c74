// Finds the route of a path. Literal segments win over captures, captures with a suffix
// ("{id}.xml") over plain ones, all of them over "/*".
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ports/http.h"

namespace minhu::http_beast {

class Router {
 public:
  // Two routes of one method whose patterns take the same paths, or a pattern that is none, are a
  // bug (MINHU_ASSERT).
  explicit Router(std::vector<http::Route> routes);
  ~Router();

  struct Match {
    const http::Route* route = nullptr;  // lives as long as the router
    std::vector<std::string> captures;
    // When no route takes this method: those that the path knows ("GET, HEAD, POST"), or empty when
    // it knows none.
    std::string allow;
  };
  // `path` as Target has it. HEAD is served by the route of GET; without a method (one that we do
  // not know) there is never a route.
  Match find(std::optional<http::Method> method, std::string_view path) const;

 private:
  struct Node;
  const Node* descend(const Node& node, std::string_view rest,
                      std::vector<std::string>& captures) const;

  std::vector<http::Route> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace minhu::http_beast
