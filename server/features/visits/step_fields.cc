#include "features/visits/step_fields.h"

#include <algorithm>

#include "features/classes/class_file.h"
#include "features/classes/office_words.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::visits {

namespace {

namespace units = places_and_units;

constexpr std::int64_t largest_count = 1000;
constexpr std::size_t longest_where = 120;
constexpr std::size_t longest_proof = 300;
constexpr std::size_t digits_of_a_hash = 64;

// The stored form of the value, or nothing when it is none of that form.
std::optional<std::string> stored(Reading& reading, const cases::Context& context,
                                  const Field& field, const std::string& value) {
  switch (field.form) {
    case FieldForm::text:
      return value;
    case FieldForm::choice: {
      const auto choices = classes::words_of(field.choices);
      if (std::find(choices.begin(), choices.end(), value) == choices.end()) break;
      return value;
    }
    case FieldForm::place:
      if (!units::find_place(reading, context.county.region, value)) break;
      return value;
    case FieldForm::time: {
      const auto time = parse_instant(value, context.county.rules.zone);
      if (!time) break;
      return std::to_string(time->unix_ms);
    }
    case FieldForm::count:
      if (!state_machine::is_count(value, largest_count)) break;
      return value;
    case FieldForm::photo:  // that a posting shows it, hindrances.h asks
      if (value.size() != digits_of_a_hash) break;
      return value;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> public_words(std::string_view text, std::string_view field, std::size_t most) {
  MINHU_TRY(std::string clean, state_machine::text_within(
                                   text, field, most, {"visits.field_missing", "visits.too_long"}));
  if (classes::holds_a_personal_number(clean)) return at_fault("visits.personal_details", field);
  return clean;
}

Result<Facts> check_fields(Reading& reading, const cases::Context& context,
                           std::span<const Field> fields, const GivenFields& given) {
  Facts facts;
  const auto keep = [&](const Field& field, std::string value) -> Outcome {
    if (field.form == FieldForm::text) {
      MINHU_TRY(value, public_words(value, field.name, field.longest));
    }
    auto kept = stored(reading, context, field, value);
    if (!kept) return at_fault("visits.field_wrong", field.name);
    facts[std::string(field.name)] = std::move(*kept);
    return {};
  };
  MINHU_CHECK_OK(state_machine::for_each_given(
      fields, given, {"visits.field_unknown", "visits.field_missing"}, keep));
  return facts;
}

Result<std::vector<Posting>> check_postings(const cases::Context& context,
                                            const std::vector<Posting>& postings) {
  const std::string today = format_date(to_date(context.now, context.county.rules.zone));
  std::vector<Posting> checked;
  for (const Posting& posting : postings) {
    const bool known =
        std::any_of(channels().begin(), channels().end(),
                    [&](const Channel& channel) { return channel.code == posting.channel; });
    if (!known) return at_fault("visits.posting_wrong", "channel");
    Posting kept{posting.channel,
                 {},
                 {},
                 posting.posted_on.empty() ? today : posting.posted_on,
                 posting.photo};
    MINHU_TRY(kept.where, public_words(posting.where, "where", longest_where));
    if (!posting.photo || !posting.proof.empty()) {
      MINHU_TRY(kept.proof, public_words(posting.proof, "proof", longest_proof));
    }
    const auto day = parse_date(kept.posted_on);
    if (!day || format_date(*day) != kept.posted_on || kept.posted_on > today) {
      return at_fault("visits.posting_wrong", "posted_on");
    }
    checked.push_back(std::move(kept));
  }
  return checked;
}

}  // namespace minhu::visits
