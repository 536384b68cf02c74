// A value of a JSON document that knows where it stands, so that a fault can say it.
#pragma once

#include <boost/json/value.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/tours/problem.h"

namespace minhu::tours {

class JsonIn {
 public:
  JsonIn(const boost::json::value& value, std::string where)
      : value_(&value), where_(std::move(where)) {}

  const std::string& where() const { return where_; }
  bool is_null() const { return value_->is_null(); }

  // An object with no other fields than these.
  Outcome only(std::initializer_list<std::string_view> fields) const;
  bool has(std::string_view field) const;
  Result<JsonIn> field(std::string_view name) const;
  Result<std::vector<JsonIn>> list(std::size_t most) const;
  // Fields that may be missing give the last argument.
  Result<std::vector<JsonIn>> list_of(std::string_view name, std::size_t most) const;
  Result<std::string> text() const;
  Result<std::string> text_of(std::string_view name, std::string otherwise) const;
  Result<double> number(double least, double most) const;
  Result<double> number_of(std::string_view name, double least, double most,
                           double otherwise) const;
  Result<bool> yes_or_no_of(std::string_view name) const;
  Result<Date> date() const;
  Result<DayTime> time() const;  // "08:30"
  Result<Hours> hours() const;   // ["08:30", "12:00"]
  Result<std::vector<Date>> dates_of(std::string_view name) const;
  Result<std::vector<Hours>> all_hours() const;

  tl::unexpected<Fault> fault(const char* key, std::string what = {}) const;

 private:
  const boost::json::value* value_;
  std::string where_;
};

}  // namespace minhu::tours
