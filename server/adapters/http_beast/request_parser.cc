#include "adapters/http_beast/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>
#include <limits>

#include "adapters/http_beast/header_value.h"
#include "adapters/http_beast/target.h"
#include "kernel/utf8.h"

namespace minhu::http_beast {

namespace beast = boost::beast;

namespace {

// "0", CRLF, CRLF: what every chunked body ends with.
constexpr std::size_t shortest_chunked_end = 5;

std::optional<http::Method> method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return http::Method::get;
    case beast::http::verb::head:
      return http::Method::head;
    case beast::http::verb::post:
      return http::Method::post;
    case beast::http::verb::put:
      return http::Method::put;
    case beast::http::verb::patch:
      return http::Method::patch;
    case beast::http::verb::delete_:
      return http::Method::delete_;
    default:
      return std::nullopt;
  }
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

// Old phones put other encodings into fields that we never read: those are no reason to refuse. But
// a field is not left out for them: a proxy may have written whom it serves behind what its client
// sent, and who could make that unreadable would pass for the proxy itself.
std::string readable(std::string_view value) {
  std::string text(value);
  if (is_valid_utf8(text)) return text;
  for (char& c : text) {
    if ((static_cast<unsigned char>(c) & 0x80U) != 0) c = '?';
  }
  return text;
}

}  // namespace

struct RequestParser::Parser final : beast::http::basic_parser<true> {
  Parser() {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // HeaderScan has counted already
    body_limit(boost::none);                                  // BodyReader counts
  }

  Head head;
  int hosts = 0;
  int lengths = 0;
  bool in_trailer = false;
  BodyReader* reader = nullptr;
  std::optional<Fault> fault;  // why a callback said no

  void refuse_with(Fault why, beast::error_code& error) {
    fault = std::move(why);
    error = beast::http::error::bad_value;
  }

  void on_request_impl(beast::http::verb verb, beast::string_view, beast::string_view target,
                       int version, beast::error_code& error) override {
    error = {};
    head.method = method_of(verb);
    head.request.method = head.method.value_or(http::Method::get);
    head.target = view(target);
    head.http_1_0 = version == 10;
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     beast::error_code& error) override {
    error = {};
    // Fields after a chunked body could overrule what was decided by those before it.
    if (in_trailer) return;
    if (field == beast::http::field::host) ++hosts;
    if (field == beast::http::field::content_length) {
      // Beast takes a length that is told twice when both are equal; a proxy may not.
      if (++lengths > 1 || view(value).find_first_not_of("0123456789") != std::string_view::npos) {
        error = beast::http::error::bad_content_length;
        return;
      }
    }
    // Beast would read "gzip" or "chunked, gzip" as a request without a body and the body as the
    // next request.
    if (field == beast::http::field::transfer_encoding &&
        (head.http_1_0 || !equal_ignoring_case(view(value), "chunked"))) {
      error = beast::http::error::bad_transfer_encoding;
      return;
    }
    const std::string text = readable(view(value));
    const auto [place, fresh] = head.request.headers.try_emplace(lower_case(view(name)), text);
    if (fresh) return;
    place->second.append(field == beast::http::field::cookie ? "; " : ", ").append(text);
  }

  void on_header_impl(beast::error_code& error) override {
    error = {};
    in_trailer = true;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code& error) override {
    error = {};
  }
  std::size_t on_body_impl(beast::string_view bytes, beast::error_code& error) override {
    error = {};
    if (auto taken = reader->take(view(bytes)); !taken) {
      refuse_with(std::move(taken).error(), error);
    }
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code& error) override {
    error = {};
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes,
                                 beast::error_code& error) override {
    return on_body_impl(bytes, error);
  }
  void on_finish_impl(beast::error_code& error) override { error = {}; }

  // Only of a request; the base asks for it all the same.
  void on_response_impl(int, beast::string_view, int, beast::error_code& error) override {
    error = beast::http::error::bad_status;
  }
};

RequestParser::RequestParser() : parser_(std::make_unique<Parser>()) {}
RequestParser::~RequestParser() = default;

OrRefused<Head> RequestParser::read_head(std::string_view block) {
  beast::error_code error;
  parser_->put({block.data(), block.size()}, error);
  if (error || !parser_->is_header_done()) return malformed("http.malformed");

  Head& head = parser_->head;
  const std::string_view host = head.request.header("host");
  if (parser_->hosts != 1 || !is_host(host)) return malformed("http.bad_host");
  head.chunked = parser_->chunked();
  if (const auto length = parser_->content_length()) head.content_length = *length;
  head.keep_alive = parser_->keep_alive();
  head.expects_continue =
      !head.http_1_0 && equal_ignoring_case(head.request.header("expect"), "100-continue");
  read_cookies(head.request.header("cookie"), head.request);
  return std::move(head);
}

OrRefused<std::size_t> RequestParser::read_body(std::string_view bytes, BodyReader& reader) {
  parser_->reader = &reader;
  std::size_t used = 0;
  while (!complete() && used < bytes.size()) {
    // Beast asserts that it sees the end of a chunked body in one piece.
    if (parser_->chunked() && bytes.size() - used < shortest_chunked_end) break;
    beast::error_code error;
    used += parser_->put({bytes.data() + used, bytes.size() - used}, error);
    if (error == beast::http::error::need_more) break;
    if (parser_->fault) return refuse(std::move(*parser_->fault));
    if (error) return malformed("http.malformed");
  }
  return used;
}

bool RequestParser::complete() const {
  return parser_->is_done();
}

void read_cookies(std::string_view header, http::Request& request) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trim(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    // The first of a name wins: browsers send the cookie of the most exact path first.
    request.cookies.try_emplace(std::string(pair.substr(0, equals)), value);
  }
}

}  // namespace minhu::http_beast
