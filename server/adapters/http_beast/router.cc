#include "adapters/http_beast/router.h"

#include <algorithm>
#include <array>
#include <map>

#include "kernel/assert.h"

namespace minhu::http_beast {

namespace {

constexpr std::array<std::string_view, 6> method_names = {"GET", "HEAD",  "POST",
                                                          "PUT", "PATCH", "DELETE"};

// Splits "/a/b" into "a" and "/b"; the rest of the last segment is empty.
std::string_view first_segment(std::string_view path, std::string_view& rest) {
  path.remove_prefix(1);
  const std::size_t slash = std::min(path.find('/'), path.size());
  rest = path.substr(slash);
  return path.substr(0, slash);
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> captures;  // by suffix, longest first
  std::unique_ptr<Node> tail;
  std::array<const http::Route*, method_names.size()> routes{};
  bool ends_here = false;

  Node& literal(std::string_view segment) {
    auto& child = literals[std::string(segment)];
    if (!child) child = std::make_unique<Node>();
    return *child;
  }

  Node& capture(std::string_view suffix) {
    for (auto& [known, child] : captures) {
      if (known == suffix) return *child;
    }
    auto& [added, child] = captures.emplace_back(suffix, std::make_unique<Node>());
    Node& node = *child;
    std::sort(captures.begin(), captures.end(),
              [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    return node;
  }

  Node& child_for(std::string_view segment) {
    if (!segment.starts_with('{')) return literal(segment);
    const std::size_t close = segment.find('}');
    MINHU_ASSERT(close != std::string_view::npos && close > 1);
    return capture(segment.substr(close + 1));
  }

  Node& tail_node() {
    if (!tail) tail = std::make_unique<Node>();
    return *tail;
  }
};

Router::Router(std::vector<http::Route> routes)
    : routes_(std::move(routes)), root_(std::make_unique<Node>()) {
  for (const http::Route& route : routes_) {
    MINHU_ASSERT(route.pattern.starts_with('/'));
    Node* node = root_.get();
    std::string_view rest = route.pattern;
    while (!rest.empty()) {
      if (rest == "/*") {
        node = &node->tail_node();
        break;
      }
      const std::string_view segment = first_segment(rest, rest);
      node = &node->child_for(segment);
    }
    const http::Route*& place = node->routes[static_cast<std::size_t>(route.method)];
    MINHU_ASSERT(place == nullptr);
    place = &route;
    node->ends_here = true;
  }
}

Router::~Router() = default;

// A path decides by itself which patterns are its own; the method is asked afterwards. So POST
// /t/new never reaches POST /t/{number} when GET /t/new exists.
const Router::Node* Router::descend(const Node& node, std::string_view rest,
                                    std::vector<std::string>& captures) const {
  if (rest.empty()) return node.ends_here ? &node : nullptr;
  std::string_view after;
  const std::string_view segment = first_segment(rest, after);
  if (const auto literal = node.literals.find(segment); literal != node.literals.end()) {
    if (const Node* found = descend(*literal->second, after, captures)) return found;
  }
  for (const auto& [suffix, child] : node.captures) {
    if (segment.size() <= suffix.size() || !segment.ends_with(suffix)) continue;
    captures.emplace_back(segment.substr(0, segment.size() - suffix.size()));
    if (const Node* found = descend(*child, after, captures)) return found;
    captures.pop_back();
  }
  if (node.tail) {
    captures.emplace_back(rest.substr(1));
    return node.tail.get();
  }
  return nullptr;
}

Router::Match Router::find(std::optional<http::Method> method, std::string_view path) const {
  Match match;
  const Node* node = descend(*root_, path, match.captures);
  if (node == nullptr) return match;
  const auto of = [&](http::Method wanted) {
    return node->routes[static_cast<std::size_t>(wanted)];
  };
  if (method) {
    match.route = of(*method);
    if (match.route == nullptr && *method == http::Method::head) {
      match.route = of(http::Method::get);
    }
  }
  if (match.route != nullptr) return match;
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    const bool served =
        node->routes[i] != nullptr ||
        (i == static_cast<std::size_t>(http::Method::head) && of(http::Method::get) != nullptr);
    if (!served) continue;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += method_names[i];
  }
  return match;
}

}  // namespace minhu::http_beast
