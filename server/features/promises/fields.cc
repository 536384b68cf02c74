#include "features/promises/fields.h"

#include <algorithm>

#include "features/classes/class_file.h"
#include "features/classes/office_words.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::promises {

Result<std::string> said_words(std::string_view text, std::string_view field, std::size_t most) {
  return state_machine::text_within(text, field, most,
                                    {"promises.field_missing", "promises.too_long"});
}

Result<std::string> public_words(std::string_view text, std::string_view field, std::size_t most) {
  MINHU_TRY(std::string clean, said_words(text, field, most));
  if (classes::holds_a_personal_number(clean)) {
    return at_fault("promises.personal_details", field);
  }
  return clean;
}

Result<std::string> day(std::string_view text, std::string_view field) {
  if (text.empty()) return at_fault("promises.field_missing", field);
  const auto date = parse_date(text);
  if (!date) return at_fault("promises.field_wrong", field);
  return format_date(*date);
}

Result<Checked> check_fields(Reading& reading, const cases::Context& context,
                             std::span<const Field> fields, const GivenFields& given) {
  Checked checked;
  const auto keep = [&](const Field& field, std::string value) -> Outcome {
    switch (field.form) {
      case FieldForm::text: {
        // The digits of an id are drawn: some look like a telephone, and nobody is called by
        // them.
        if (PromiseId::parse(value)) break;
        MINHU_TRY(value, public_words(value, field.name, field.longest));
        break;
      }
      case FieldForm::sealed: {
        MINHU_TRY(value, said_words(value, field.name, field.longest));
        checked.sealed[std::string(field.name)] = std::move(value);
        return {};
      }
      case FieldForm::choice: {
        const auto choices = classes::words_of(field.choices);
        if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
          return at_fault("promises.field_wrong", field.name);
        }
        break;
      }
      case FieldForm::date: {
        MINHU_TRY(value, day(value, field.name));
        break;
      }
      case FieldForm::place:
        if (!places_and_units::find_place(reading, context.county.region, value)) {
          return at_fault("promises.field_wrong", field.name);
        }
        break;
    }
    checked.facts[std::string(field.name)] = std::move(value);
    return {};
  };
  MINHU_CHECK_OK(state_machine::for_each_given(
      fields, given, {"promises.field_unknown", "promises.field_missing"}, keep));
  return checked;
}

}  // namespace minhu::promises
