#include "features/promises/fields.h"

#include <algorithm>

#include "features/classes/class_file.h"
#include "features/classes/office_words.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::promises {

tl::unexpected<Fault> at_fault(const char* key, std::string_view field) {
  return fail(FaultCode::invalid_input, key, std::string(field),
              std::map<std::string, std::string>{{"field", std::string(field)}});
}

Result<std::string> said_words(std::string_view text, std::string_view field, std::size_t most) {
  auto clean = clean_text(text);
  if (!clean) return fail(clean.error().code, clean.error().key, std::string(field));
  if (clean->empty()) return at_fault("promises.field_missing", field);
  if (code_points(*clean) > most) {
    return fail(FaultCode::invalid_input, "promises.too_long", std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  return std::move(*clean);
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
  for (const auto& [name, value] : given) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&](const Field& field) { return field.name == name; });
    if (!known) return at_fault("promises.field_unknown", name);
  }
  Checked checked;
  for (const Field& field : fields) {
    const auto found = given.find(field.name);
    if (found == given.end() || found->second.empty()) {
      if (field.presence == Presence::required) {
        return at_fault("promises.field_missing", field.name);
      }
      continue;
    }
    std::string value = found->second;
    switch (field.form) {
      case FieldForm::text: {
        // The digits of an id are drawn: some look like a telephone, and nobody is called by them.
        if (PromiseId::parse(value)) break;
        MINHU_TRY(value, public_words(value, field.name, field.longest));
        break;
      }
      case FieldForm::sealed: {
        MINHU_TRY(value, said_words(value, field.name, field.longest));
        checked.sealed[std::string(field.name)] = std::move(value);
        continue;
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
  }
  return checked;
}

}  // namespace minhu::promises
