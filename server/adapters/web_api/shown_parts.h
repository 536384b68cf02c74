// Small parts of an answer that the views of several areas show in the same way. Inner header.
#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/web_api/show.h"
#include "engines/catalogue/catalogue.h"
#include "features/classes/class_file.h"
#include "features/state_machine/edge.h"

namespace minhu::web_api {

// What the views of one answer are made of, apart from what is shown.
struct OfficeShowing {
  Reading& reading;
  const cases::Context& context;
  const catalogue::Catalogue& say;
  const UnitNames& units;

  RegionId region() const { return context.county.region; }
};

inline boost::json::string word(std::string_view text) {
  return boost::json::string(text.data(), text.size());
}

// null for what is not there.
inline boost::json::value maybe(std::string_view text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(word(text));
}
inline boost::json::value maybe(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(word(format_instant(*instant))) : boost::json::value(nullptr);
}
// An instant that never was is 0.
inline boost::json::value maybe(Instant instant) {
  return instant.unix_ms == 0 ? boost::json::value(nullptr)
                              : boost::json::value(word(format_instant(instant)));
}
template <class Number>
boost::json::value maybe(const std::optional<Number>& number) {
  return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

// "a b c" as a list.
inline boost::json::array choices_of(std::string_view choices) {
  boost::json::array shown;
  for (const std::string& choice : classes::words_of(choices)) shown.push_back(word(choice));
  return shown;
}

// The fields of an open step; `is_written` says of which forms the longest text is shown.
template <class Field, class IsWritten>
boost::json::array open_fields(std::span<const Field> fields, IsWritten&& is_written) {
  boost::json::array shown;
  for (const Field& field : fields) {
    boost::json::object one{{"name", word(field.name)},
                            {"form", word(name(field.form))},
                            {"required", field.presence == state_machine::Presence::required}};
    if (is_written(field.form)) one["longest"] = field.longest;
    if (!field.choices.empty()) one["choices"] = choices_of(field.choices);
    shown.push_back(std::move(one));
  }
  return shown;
}

}  // namespace minhu::web_api
