#include "adapters/web_api/body.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <limits>
#include <vector>

#include "kernel/utf8.h"

namespace minhu::web_api {

namespace {

namespace json = boost::json;
using Details = std::map<std::string, std::string>;

constexpr std::size_t deepest = 8;
constexpr std::size_t most_fields = 64;  // of one object; also bounds the search for doubled names

tl::unexpected<Fault> refuse(const char* key, std::string field = {}, Details details = {}) {
  return fail(FaultCode::invalid_input, key, std::move(field), std::move(details));
}

// Builds the value as Boost.JSON does, and looks at every name on the way: its own parser lets the
// last of two win, and a signature or a log would then speak of another request than we do.
struct StrictHandler {
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  using Code = boost::system::error_code;

  json::value_stack stack;
  std::vector<std::string> names;       // of all objects that are open, one after the other
  std::vector<std::size_t> open_since;  // where each open object's names begin
  std::string name;
  std::optional<Fault> fault;

  bool refuse_with(Fault reason, Code& code) {
    fault = std::move(reason);
    code = json::error::syntax;
    return false;
  }
  // PostgreSQL keeps no text with a NUL in it, and a program that reads our answers may take one
  // for the end: it goes no further than this, wherever in the request it stands.
  bool holds_no_nul(json::string_view part, Code& code) {
    if (std::string_view(part.data(), part.size()).find('\0') == std::string_view::npos)
      return true;
    return refuse_with({FaultCode::invalid_input, "kernel.control_character"}, code);
  }
  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    open_since.push_back(names.size());
    return true;
  }
  bool on_object_end(std::size_t count, Code&) {
    names.resize(open_since.back());
    open_since.pop_back();
    stack.push_object(count);
    return true;
  }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t count, Code&) {
    stack.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Code& code) {
    if (!holds_no_nul(part, code)) return false;
    stack.push_chars(part);
    name += part;
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Code& code) {
    if (!holds_no_nul(part, code)) return false;
    stack.push_key(part);
    name += part;
    const auto first = names.begin() + static_cast<std::ptrdiff_t>(open_since.back());
    if (std::find(first, names.end(), name) != names.end()) {
      return refuse_with({FaultCode::invalid_input,
                          "api.duplicate_field",
                          sayable(name),
                          {{"field", sayable(name)}}},
                         code);
    }
    if (names.end() - first >= static_cast<std::ptrdiff_t>(most_fields)) {
      return refuse_with({FaultCode::invalid_input, "api.too_many_fields"}, code);
    }
    names.push_back(std::move(name));
    name.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Code& code) {
    if (!holds_no_nul(part, code)) return false;
    stack.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, Code& code) {
    if (!holds_no_nul(part, code)) return false;
    stack.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, Code&) {
    stack.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, json::string_view, Code&) {
    stack.push_uint64(value);
    return true;
  }
  bool on_double(double value, json::string_view, Code&) {
    stack.push_double(value);
    return true;
  }
  bool on_bool(bool value, Code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }
};

}  // namespace

std::string sayable(std::string_view name) {
  const bool plain =
      !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
      });
  return plain ? std::string(name) : "?";
}

Outcome RequestBody::read(std::string_view text) {
  json::parse_options options;
  options.max_depth = deepest;
  json::basic_parser<StrictHandler> parser(options);
  parser.handler().stack.reset(json::storage_ptr(&memory_));
  boost::system::error_code code;
  const std::size_t taken = parser.write_some(false, text.data(), text.size(), code);
  if (parser.handler().fault) return tl::unexpected<Fault>(std::move(*parser.handler().fault));
  if (code == json::error::too_deep) {
    return refuse("api.too_deep", {}, {{"most", std::to_string(deepest)}});
  }
  if (code || taken < text.size()) {
    return refuse("api.not_json", {}, {{"position", std::to_string(taken)}});
  }
  value_ = parser.handler().stack.release();
  if (!value_.is_object()) return refuse("api.not_an_object");
  return {};
}

Outcome Members::only(std::initializer_list<std::string_view> names) const {
  for (const auto& member : *object_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string field = name_of(sayable(name));
      return refuse("api.unknown_field", field, {{"field", field}});
    }
  }
  return {};
}

const boost::json::value* Members::find(std::string_view name) const {
  const json::value* value = object_->if_contains(json::string_view(name.data(), name.size()));
  return value == nullptr || value->is_null() ? nullptr : value;
}

tl::unexpected<Fault> Members::wrong_type(std::string_view name, const char* type) const {
  const std::string field = name_of(name);
  return refuse("api.wrong_type", field, {{"field", field}, {"type", type}});
}

Result<std::string_view> Members::text(std::string_view name, Presence presence) const {
  const json::value* value = find(name);
  if (value == nullptr) {
    if (presence == Presence::optional) return std::string_view();
    const std::string field = name_of(name);
    return refuse("api.missing_field", field, {{"field", field}});
  }
  const json::string* text = value->if_string();
  if (text == nullptr) return wrong_type(name, "string");
  return std::string_view(text->data(), text->size());
}

Result<std::string_view> Members::short_text(std::string_view name, std::size_t most,
                                             Presence presence) const {
  MINHU_TRY(const std::string_view value, text(name, presence));
  if (code_points(value) > most) {
    const std::string field = name_of(name);
    return refuse("api.too_long", field, {{"field", field}, {"most", std::to_string(most)}});
  }
  return value;
}

Result<bool> Members::flag(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) return wrong_type(name, "boolean");
  return value->get_bool();
}

Result<std::optional<std::int64_t>> Members::number(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::optional<std::int64_t>();
  if (!value->is_int64()) return wrong_type(name, "integer");
  return std::optional(value->get_int64());
}

Result<std::optional<Instant>> Members::time(std::string_view name) const {
  MINHU_TRY(const std::string_view value, text(name));
  if (value.empty()) return std::optional<Instant>();
  const auto instant = parse_instant(value);
  if (!instant) {
    const std::string field = name_of(name);
    return refuse("api.bad_time", field, {{"field", field}});
  }
  return std::optional(*instant);
}

Result<std::optional<Members>> Members::members(std::string_view name) const {
  const json::value* value = find(name);
  if (value == nullptr) return std::optional<Members>();
  if (!value->is_object()) return wrong_type(name, "object");
  return std::optional(Members(value->get_object(), name_of(name) + "."));
}

}  // namespace minhu::web_api
