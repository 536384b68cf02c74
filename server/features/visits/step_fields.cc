#include "features/visits/step_fields.h"

#include <algorithm>
#include <charconv>

#include "features/classes/class_file.h"
#include "features/classes/office_words.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::visits {

namespace {

namespace units = places_and_units;

constexpr std::int64_t largest_count = 1000;
constexpr std::size_t longest_where = 120;
constexpr std::size_t longest_proof = 300;

bool is_count(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc() && end == text.data() + text.size() && count >= 0 &&
         count <= largest_count;
}

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
      if (!is_count(value)) break;
      return value;
  }
  return std::nullopt;
}

}  // namespace

tl::unexpected<Fault> at_fault(const char* key, std::string_view field) {
  return fail(FaultCode::invalid_input, key, std::string(field),
              std::map<std::string, std::string>{{"field", std::string(field)}});
}

Result<std::string> public_words(std::string_view text, std::string_view field, std::size_t most) {
  auto clean = clean_text(text);
  if (!clean) return fail(clean.error().code, clean.error().key, std::string(field));
  if (clean->empty()) return at_fault("visits.field_missing", field);
  if (code_points(*clean) > most) {
    return fail(FaultCode::invalid_input, "visits.too_long", std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  if (classes::holds_a_personal_number(*clean)) return at_fault("visits.personal_details", field);
  return std::move(*clean);
}

Result<Facts> check_fields(Reading& reading, const cases::Context& context,
                           std::span<const Field> fields, const GivenFields& given) {
  for (const auto& [name, value] : given) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&](const Field& field) { return field.name == name; });
    if (!known) return at_fault("visits.field_unknown", name);
  }
  Facts facts;
  for (const Field& field : fields) {
    const auto found = given.find(field.name);
    if (found == given.end() || found->second.empty()) {
      if (field.presence == Presence::required) return at_fault("visits.field_missing", field.name);
      continue;
    }
    std::string value = found->second;
    if (field.form == FieldForm::text) {
      MINHU_TRY(value, public_words(value, field.name, field.longest));
    }
    auto kept = stored(reading, context, field, value);
    if (!kept) return at_fault("visits.field_wrong", field.name);
    facts[std::string(field.name)] = std::move(*kept);
  }
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
    Posting kept{posting.channel, {}, {}, posting.posted_on.empty() ? today : posting.posted_on};
    MINHU_TRY(kept.where, public_words(posting.where, "where", longest_where));
    MINHU_TRY(kept.proof, public_words(posting.proof, "proof", longest_proof));
    const auto day = parse_date(kept.posted_on);
    if (!day || format_date(*day) != kept.posted_on || kept.posted_on > today) {
      return at_fault("visits.posting_wrong", "posted_on");
    }
    checked.push_back(std::move(kept));
  }
  return checked;
}

}  // namespace minhu::visits
