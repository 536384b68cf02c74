#include "features/desk/similar.h"

#include <algorithm>
#include <array>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"

namespace minhu::desk {

namespace {

using cases::CaseFile;
using cases::CaseId;

// How many of the latest are looked at for each nearness: enough to fill the list past those that
// may not be shown.
constexpr std::int64_t looked_at = 60;
// A town's code, of a village's twelve digits.
constexpr std::size_t town_digits = 9;

constexpr std::array<std::string_view, 3> near_names{"same_village", "same_town", "county"};

std::vector<CaseId> in_place(Reading& reading, RegionId region, std::string_view category,
                             std::string_view from, std::string_view to) {
  return reading.all(
      "SELECT case_id FROM case_file WHERE region_id = ?1 AND category = ?2 AND place >= ?3 "
      "AND place <= ?4 ORDER BY received_at DESC, case_id DESC LIMIT ?5",
      {param(region), category, from, to, looked_at},
      [](const Row& row) { return row.id<CaseId>(0); });
}

std::vector<CaseId> anywhere(Reading& reading, RegionId region, std::string_view category) {
  return reading.all(
      "SELECT case_id FROM case_file WHERE region_id = ?1 AND category = ?2 "
      "ORDER BY received_at DESC LIMIT ?3",
      {param(region), category, looked_at}, [](const Row& row) { return row.id<CaseId>(0); });
}

Near nearness(std::string_view place, std::string_view other) {
  if (place.empty() || other.empty()) return Near::county;
  if (place == other) return place.size() > town_digits ? Near::same_village : Near::same_town;
  const bool one_town = place.size() >= town_digits && other.size() >= town_digits &&
                        place.substr(0, town_digits) == other.substr(0, town_digits);
  return one_town ? Near::same_town : Near::county;
}

bool may_be_proposed(cases::Sight& sight, const CaseFile& file) {
  return file.track != cases::Track::accusation && file.state != cases::State::held &&
         file.state != cases::State::voided && file.state != cases::State::withdrawn &&
         !file.erased && file.retaliation_for.empty() && !sight.kept_from(file);
}

Result<Similar> shown(Reading& reading, const cases::Context& context, cases::Sight& sight,
                      CaseFile&& file, Near near) {
  Similar similar;
  similar.file = std::move(file);
  similar.near = near;
  similar.readable = sight.may_know(similar.file);
  if (!similar.readable || similar.file.public_answer.empty()) return similar;
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, similar.file.id, context.keyring));
  MINHU_TRY(const Bytes answer,
            cases::read_content(reading, region, key, similar.file.public_answer));
  similar.answer = to_text(answer);
  return similar;
}

// What others say of the same, as far as it may be shown. More are asked for than are shown, for
// some of them may not be.
Result<std::vector<Similar>> by_words(Reading& reading, const cases::Context& context,
                                      std::vector<matters::Alike>&& alike, std::string_view place,
                                      const CaseFile* self) {
  std::vector<Similar> found;
  cases::Sight sight(reading, context);
  for (matters::Alike& one : alike) {
    if (found.size() == most_similar) break;
    auto file = cases::load_file(reading, context.county.region, one.id);
    if (!file || !may_be_proposed(sight, *file)) continue;
    if (self != nullptr && (file->merged_into == self->id || self->merged_into == one.id)) continue;
    const Near near = nearness(place, file->place);
    MINHU_TRY(Similar similar, shown(reading, context, sight, std::move(*file), near));
    similar.score = std::max<std::int64_t>(1, one.score);
    similar.same_text = one.same_text;
    similar.same_issue = one.same_issue;
    if (similar.readable) similar.words = std::move(one.words);
    found.push_back(std::move(similar));
  }
  return found;
}

constexpr std::size_t asked_for = 3 * most_similar;

// `self`: the case that is asked for, or none. `found`: those that are there already.
Result<std::vector<Similar>> nearest(Reading& reading, const cases::Context& context,
                                     std::string_view category, std::string_view place,
                                     const CaseFile* self, std::vector<Similar>&& by_text) {
  const RegionId region = context.county.region;
  std::vector<CaseId> seen =
      self == nullptr ? std::vector<CaseId>() : matters::kept_apart(reading, region, self->id);
  if (self != nullptr) seen.push_back(self->id);
  std::vector<Similar> found = std::move(by_text);
  cases::Sight sight(reading, context);
  for (const Similar& one : found) seen.push_back(one.file.id);
  const auto take = [&](const std::vector<CaseId>& candidates, Near near) -> Outcome {
    for (const CaseId id : candidates) {
      if (found.size() == most_similar) return {};
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      auto file = cases::load_file(reading, region, id);
      if (!file || !may_be_proposed(sight, *file)) continue;
      // What has been put together already needs no proposal.
      if (self != nullptr && (file->merged_into == self->id || self->merged_into == id)) continue;
      MINHU_TRY(Similar similar, shown(reading, context, sight, std::move(*file), near));
      found.push_back(std::move(similar));
    }
    return {};
  };
  if (!place.empty()) {
    MINHU_CHECK_OK(take(in_place(reading, region, category, place, place),
                        place.size() > town_digits ? Near::same_village : Near::same_town));
    if (place.size() >= town_digits) {
      // Codes are digits: everything under a town lies between its code and its code with nines.
      const std::string town(place.substr(0, town_digits));
      MINHU_CHECK_OK(
          take(in_place(reading, region, category, town, town + "999"), Near::same_town));
    }
  }
  MINHU_CHECK_OK(take(anywhere(reading, region, category), Near::county));
  return found;
}

Result<CaseFile> known(Reading& reading, const cases::Context& context, CaseId id) {
  auto file = cases::Sight(reading, context).find(id);
  if (!file) return fail(FaultCode::not_found, "cases.not_found");
  return std::move(*file);
}

}  // namespace

std::string_view name(Near near) noexcept {
  return near_names[static_cast<std::size_t>(near)];
}

Result<std::vector<Similar>> similar_to(Reading& reading, const cases::Context& context,
                                        const matters::Matters& matters, CaseId id) {
  MINHU_TRY(const CaseFile file, known(reading, context, id));
  MINHU_TRY(auto by_text, by_words(reading, context, matters.alike_to(reading, id, asked_for),
                                   file.place, &file));
  if (file.category.empty()) return by_text;
  return nearest(reading, context, file.category, file.place, &file, std::move(by_text));
}

Result<std::vector<Similar>> similar_at(Reading& reading, const cases::Context& context,
                                        std::string_view category, std::string_view place) {
  return nearest(reading, context, category, place, nullptr, {});
}

Result<std::vector<Similar>> similar_to_words(Reading& reading, const cases::Context& context,
                                              const matters::Matters& matters,
                                              std::string_view title, std::string_view text,
                                              std::string_view place) {
  MINHU_TRY(auto alike, matters.alike(title, text, place, context.now, asked_for));
  return by_words(reading, context, std::move(alike), place, nullptr);
}

Outcome reject_similar(Transaction& transaction, const cases::Context& context, CaseId id,
                       CaseId other) {
  MINHU_TRY(const CaseFile file, known(transaction, context, id));
  MINHU_TRY(const CaseFile other_file, known(transaction, context, other));
  if (id == other) return fail(FaultCode::invalid_input, "desk.same_case", "other");
  return matters::keep_apart(transaction, context.county.region, file.id, other_file.id,
                             context.now);
}

}  // namespace minhu::desk
