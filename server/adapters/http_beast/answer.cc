#include "adapters/http_beast/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "adapters/http_beast/gzip.h"
#include "adapters/http_beast/header_value.h"

namespace minhu::http_beast {

namespace {

struct Field {
  std::string_view name;
  std::string_view value;
};

constexpr Field defaults[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
     "media-src 'self' blob:; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
     "base-uri 'none'; manifest-src 'self'; worker-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    // Other sites learn nothing; our own forms keep their Origin, by which a browser without
    // Sec-Fetch-Site is told from another site's request (accounts/gate.h).
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cache-Control", "no-store"},
};
constexpr Field only_over_tls = {"Strict-Transport-Security",
                                 "max-age=31536000; includeSubDomains"};
constexpr std::string_view framing[] = {"Content-Length", "Transfer-Encoding", "Connection", "Date",
                                        "Keep-Alive"};

constexpr std::size_t smallest_worth_packing = 600;

std::string_view reason_of(int status) noexcept {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "";  // RFC 9112 §4: clients read the number
  }
}

std::string_view header_of(const http::Response& response, std::string_view name) {
  for (const auto& [candidate, value] : response.headers) {
    if (equal_ignoring_case(candidate, name)) return value;
  }
  return {};
}

bool has_header(const http::Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

bool has_no_body(int status) noexcept {
  return status == 204 || status == 304;
}

bool is_text(std::string_view content_type) {
  constexpr std::string_view types[] = {"text/html",
                                        "text/css",
                                        "text/plain",
                                        "text/javascript",
                                        "text/csv",
                                        "text/xml",
                                        "application/json",
                                        "application/problem+json",
                                        "application/javascript",
                                        "application/manifest+json",
                                        "application/xml",
                                        "application/geo+json",
                                        "image/svg+xml"};
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  return std::any_of(std::begin(types), std::end(types),
                     [&](std::string_view known) { return equal_ignoring_case(type, known); });
}

// Compression beside a secret is safe only as long as nobody else's text stands on the same page:
// otherwise its length tells whether a guess was right (BREACH). Our pages show a person's words
// and the codes of forms, never a text that a foreign page could choose: nothing of a query is
// shown again beside a secret, and foreign pages cannot post (Gate). What hands out a new secret —
// no-store and Set-Cookie — is left alone all the same.
bool may_be_packed(const http::Response& response) {
  const std::string_view caching = header_of(response, "Cache-Control");
  // no-transform: the size of the page is meant to say nothing, and packing would tell it again.
  if (list_has(caching, "no-transform")) return false;
  return !(has_header(response, "Set-Cookie") && list_has(caching, "no-store"));
}

void append(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void append_checked(std::string& head, const std::string& name, const std::string& value) {
  constexpr std::string_view line_ends("\r\n\0", 3);
  if (name.empty() || name.find_first_of("\r\n: ") != std::string::npos ||
      value.find_first_of(line_ends) != std::string::npos) {
    throw std::invalid_argument("a header of a response has a line end in it");
  }
  append(head, name, value);
}

void pack(const http::Request& request, http::Response& response) {
  if (response.body.size() < smallest_worth_packing || has_no_body(response.status) ||
      response.status == 206 || has_header(response, "Content-Encoding") ||
      !is_text(header_of(response, "Content-Type"))) {
    return;
  }
  response.with("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.header("accept-encoding"))) return;
  // The default is no-store, so a page that says nothing about caching is no-store too.
  if (!has_header(response, "Cache-Control")) response.with("Cache-Control", "no-store");
  if (!may_be_packed(response)) return;
  response.body = gzip(response.body);
  response.with("Content-Encoding", "gzip");
}

}  // namespace

std::string http_date(std::chrono::sys_seconds time) {
  constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

Answer make_answer(const http::Request& request, http::Response response, AfterAnswer after,
                   std::chrono::sys_seconds now) {
  pack(request, response);

  Answer answer;
  answer.status = response.status;
  std::string& head = answer.head;
  head.reserve(1024);
  head = "HTTP/1.1 ";
  head.append(fmt::format_int(response.status).c_str()).append(" ");
  head.append(reason_of(response.status)).append("\r\n");
  append(head, "Date", http_date(now));
  if (!has_no_body(response.status)) {
    append(head, "Content-Length", fmt::format_int(response.body.size()).c_str());
  }
  if (after == AfterAnswer::close) append(head, "Connection", "close");
  if (after == AfterAnswer::keep_old_client) append(head, "Connection", "keep-alive");
  for (const auto& [name, value] : response.headers) {
    const bool ours = std::any_of(std::begin(framing), std::end(framing),
                                  [&](auto known) { return equal_ignoring_case(known, name); });
    if (!ours) append_checked(head, name, value);
  }
  for (const Field& field : defaults) {
    if (!has_header(response, field.name)) append(head, field.name, field.value);
  }
  if (request.secure && !has_header(response, only_over_tls.name)) {
    append(head, only_over_tls.name, only_over_tls.value);
  }
  head.append("\r\n");
  if (!has_no_body(response.status) && request.method != http::Method::head) {
    answer.body = std::move(response.body);
  }
  return answer;
}

}  // namespace minhu::http_beast
