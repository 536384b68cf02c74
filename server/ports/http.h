// What a request and a response are to a feature, and what a route must say about itself. No HTTP
// library is named here.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/bytes.h"
#include "kernel/fault.h"

namespace minhu::http {

enum class Method { get, head, post, put, patch, delete_ };

// One part of a multipart/form-data body, or one field of a urlencoded one. Bodies above 64 KiB are
// spooled to a file in the server's temporary folder that is removed when the request is done.
struct Part {
  std::string name;
  std::string file_name;          // as sent, only for showing; never part of a path
  std::string content_type;       // as claimed; attachments look at the bytes instead
  std::string value;              // small parts
  std::filesystem::path spooled;  // large parts; empty otherwise
  std::uint64_t size = 0;
};

struct Request {
  Method method = Method::get;
  std::string path;                   // decoded, valid UTF-8, starts with '/', no dot segments
  std::vector<std::string> captures;  // what {name} in the pattern stood for, in order
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::map<std::string, std::string, std::less<>>
      headers;  // names in lower case; repeated ones joined by ", "; ? for bytes that are no UTF-8
  std::map<std::string, std::string, std::less<>> cookies;
  std::string body;         // raw, for routes of JSON and of text
  std::vector<Part> parts;  // forms, in order
  std::string
      client;  // keyed hash of the address, for slowing guesses; the address itself is not kept
  bool secure = false;  // TLS here, or at a proxy that we were told to trust

  std::string_view header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
  std::string_view cookie(std::string_view name) const {
    const auto found = cookies.find(name);
    return found == cookies.end() ? std::string_view() : std::string_view(found->second);
  }
  std::string_view query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
      if (key == name) return value;
    }
    return {};
  }
  const Part* part(std::string_view name) const {
    for (const auto& candidate : parts) {
      if (candidate.name == name) return &candidate;
    }
    return nullptr;
  }
  std::string_view form(std::string_view name) const {
    const Part* found = part(name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
  }
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds
      hold{};  // wait before answering (slows guesses) without holding a worker

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

Response html(std::string body, int status = 200);
Response json(std::string body, int status = 200);
Response see_other(std::string location);  // 303

// The one table from what went wrong to its status.
int status_of(FaultCode code) noexcept;

// How a fault is told: as problem+json to a program, as a page with a sentence to a person. The
// server calls it for what it refuses itself (status 400, 404, 405, 408, 413, 414, 415, 429, 431,
// 500, 503); the composition root chooses by path.
using Refusal = std::function<Response(const Request&, int status, const Fault&)>;

// How the body of a route is read. text: UTF-8 of whatever media type, for protocols that name
// none. form_in_memory: a form of which nothing touches the disk, not even for the time of a
// request; its limit is small, because all of it is held.
enum class Body { none, json, form, text, form_in_memory };

// Every route names its permission on its line; tests/architecture refuses a route without one. The
// names are those of accounts/permissions.h: "public", "receipt:read", "case:answer", …  "public"
// routes name why in docs/routes.md.
struct Route {
  Method method;
  std::string_view pattern;  // "/t/{number}/rate"; a pattern ending in "/*" takes the rest
  std::string_view permission;
  Body body;
  std::uint64_t body_limit;                        // bytes; above it 413 before anything is read
  std::function<Response(const Request&)> handle;  // on a worker thread; may block on storage
};

}  // namespace minhu::http
