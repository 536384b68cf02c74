#include "features/cases/step_fields.h"

#include <algorithm>
#include <charconv>

#include "features/accounts/accounts.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::cases {

namespace {

tl::unexpected<Fault> at_fault(const char* key, std::string_view field) {
  return fail(FaultCode::invalid_input, key, std::string(field));
}

bool among(std::string_view choices, std::string_view value) {
  while (!choices.empty()) {
    const auto end = std::min(choices.find(' '), choices.size());
    if (choices.substr(0, end) == value) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == ':';
  });
}

// People know a colleague by the name they sign in with; what is kept is the id. Whether there is
// somebody of that id is asked by the guard of the step.
std::string id_of_official(Reading& reading, RegionId region, const std::string& value) {
  if (accounts::AccountId::parse(value)) return value;
  const auto found = accounts::find_account_by_login(reading, region, value);
  return found ? found->id.text() : std::string();
}

bool fits(Reading& reading, RegionId region, const Field& field, const std::string& value) {
  namespace units = places_and_units;
  switch (field.form) {
    case Form::words:
      return true;
    case Form::choice:
      return field.choices.empty() ? is_code(value) : among(field.choices, value);
    case Form::unit: {
      const auto id = UnitId::parse(value);
      return id && units::find_unit(reading, region, *id).has_value();
    }
    case Form::other_case:
      return CaseId::parse(value).has_value();
    case Form::place:
      return units::find_place(reading, region, value).has_value();
    case Form::category:
      return !units::category_name(reading, region, value).empty();
    case Form::date:
      return parse_date(value).has_value();
    case Form::count: {
      int count = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
      return error == std::errc() && end == value.data() + value.size() && count > 0 &&
             count < 1000;
    }
    case Form::official:
      return accounts::AccountId::parse(value).has_value();  // read by id_of_official
    case Form::flag:
      return value == "yes";
  }
  return false;
}

}  // namespace

Result<CheckedFields> check_fields(Reading& reading, const Context& context, const Edge& edge,
                                   const Step& step) {
  for (const auto& [field_name, value] : step.fields) {
    const bool known = std::any_of(edge.fields.begin(), edge.fields.end(),
                                   [&](const Field& field) { return field.name == field_name; });
    if (!known) return at_fault("cases.field_unknown", field_name);
  }
  CheckedFields checked;
  for (const Field& field : edge.fields) {
    const auto given = step.fields.find(field.name);
    std::string value;
    if (given != step.fields.end()) {
      auto clean = clean_text(given->second);
      if (!clean) return at_fault("cases.field_wrong", field.name);
      value = std::move(*clean);
    }
    if (value.empty()) {
      if (field.need == Need::required) return at_fault("cases.field_missing", field.name);
      continue;
    }
    if (field.form == Form::official) {
      value = id_of_official(reading, context.county.region, value);
    }
    if (!fits(reading, context.county.region, field, value)) {
      return at_fault("cases.field_wrong", field.name);
    }
    if (field.form == Form::words) {
      if (code_points(value) > longest_import) return at_fault("cases.words_too_long", field.name);
      checked.words.push_back(
          {std::string(field.name),
           content_role_named(field.choices).value_or(ContentRole::internal_note),
           std::move(value)});
    } else {
      checked.facts[std::string(field.name)] = std::move(value);
    }
  }
  return checked;
}

}  // namespace minhu::cases
