// What a client sent, read strictly: a JSON object without doubled names, with the fields we know
// and no others, each of its type.
#pragma once

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::web_api {

enum class Presence { required, optional };

// The members of one object; `path` is what stands before their names in a fault ("contact.").
class Members {
 public:
  explicit Members(const boost::json::object& object, std::string path = {})
      : object_(&object), path_(std::move(path)) {}

  // Fault invalid_input api.unknown_field.
  Outcome only(std::initializer_list<std::string_view> names) const;
  // Absent and null are the same. Faults invalid_input api.missing_field, api.wrong_type.
  Result<std::string_view> text(std::string_view name,
                                Presence presence = Presence::optional) const;
  // At most so many characters. Fault invalid_input api.too_long beside those of text().
  Result<std::string_view> short_text(std::string_view name, std::size_t most,
                                      Presence presence = Presence::optional) const;
  Result<bool> flag(std::string_view name) const;
  Result<std::optional<std::int64_t>> number(std::string_view name) const;
  Result<std::optional<Instant>> time(std::string_view name) const;  // api.bad_time
  Result<std::optional<Members>> members(std::string_view name) const;

  const boost::json::object& object() const { return *object_; }
  std::string name_of(std::string_view member) const { return path_ + std::string(member); }

 private:
  const boost::json::value* find(std::string_view name) const;
  tl::unexpected<Fault> wrong_type(std::string_view name, const char* type) const;

  const boost::json::object* object_;
  std::string path_;
};

// A request body on the stack of its handler: small ones allocate nothing.
class RequestBody {
 public:
  // Faults invalid_input api.not_json, api.too_deep, api.not_an_object, api.duplicate_field,
  // api.too_many_fields; kernel.control_character for a NUL.
  Outcome read(std::string_view text);
  Members members() const { return Members(value_.get_object()); }

 private:
  std::array<unsigned char, 8192> first_memory_;
  boost::json::monotonic_resource memory_{first_memory_.data(), first_memory_.size()};
  boost::json::value value_;
};

// A name that a client made up, as far as it may be said back: never somebody's words.
std::string sayable(std::string_view name);

}  // namespace minhu::web_api
