#include "features/classes/step_fields.h"

#include <algorithm>

#include "features/classes/class_file.h"
#include "features/classes/office_words.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::classes {

namespace {

namespace units = places_and_units;
using state_machine::at_fault;

constexpr std::size_t longest_list = 2000;
constexpr std::int64_t largest_count = 100'000;

bool is_active_unit(Reading& reading, RegionId region, std::string_view text) {
  const auto id = UnitId::parse(text);
  const auto unit = id ? units::find_unit(reading, region, *id) : std::nullopt;
  return unit && unit->active;
}

// An address of a document, to be shown as a link: nothing that a browser would run.
bool is_link(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' ||
                  c == '\\';
         });
}

bool fits(Reading& reading, RegionId region, const Field& field, const std::string& value) {
  const auto each = [&](auto test) {
    const auto words = words_of(value);
    return value.size() <= longest_list && !words.empty() &&
           std::all_of(words.begin(), words.end(), test);
  };
  switch (field.form) {
    case Form::text:
      return true;
    case Form::choice: {
      const auto choices = words_of(field.choices);
      return std::find(choices.begin(), choices.end(), value) != choices.end();
    }
    case Form::unit:
      return is_active_unit(reading, region, value);
    case Form::units:
      return each([&](const std::string& one) { return is_active_unit(reading, region, one); });
    case Form::category:
      return !units::category_name(reading, region, value).empty();
    case Form::places:
      return each([&](const std::string& one) {
        return units::find_place(reading, region, one).has_value();
      });
    case Form::date: {
      const auto date = parse_date(value);
      return date && format_date(*date) == value;
    }
    case Form::month:
      return is_month(value);
    case Form::count:
      return state_machine::is_count(value, largest_count);
    case Form::link:
      return is_link(value) && code_points(value) <= field.longest;
    case Form::one_case:
      return cases::CaseId::parse(value).has_value();
  }
  return false;
}

}  // namespace

bool is_month(std::string_view text) {
  return text.size() == 7 && parse_date(std::string(text) + "-01").has_value() && text[4] == '-';
}

Result<Facts> check_fields(Reading& reading, const cases::Context& context, const Edge& edge,
                           const GivenFields& given) {
  Facts facts;
  const auto keep = [&](const Field& field, const std::string& text) -> Outcome {
    auto clean = clean_text(text);
    if (!clean) return at_fault("classes.field_wrong", field.name);
    std::string value = std::move(*clean);
    if (value.empty()) {
      if (field.presence == Presence::optional) return {};
      return at_fault("classes.field_missing", field.name);
    }
    if (field.form == Form::text) {
      MINHU_TRY(value, office_words(value, field.name, field.longest));
    } else if (!fits(reading, context.county.region, field, value)) {
      return at_fault("classes.field_wrong", field.name);
    }
    facts[std::string(field.name)] = std::move(value);
    return {};
  };
  MINHU_CHECK_OK(state_machine::for_each_given(
      edge.fields, given, {"classes.field_unknown", "classes.field_missing"}, keep));
  return facts;
}

}  // namespace minhu::classes
