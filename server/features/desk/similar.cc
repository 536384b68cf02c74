#include "features/desk/similar.h"

#include <algorithm>
#include <array>

#include "features/cases/guard.h"
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

std::vector<CaseId> rejected_for(Reading& reading, RegionId region, CaseId id) {
  return reading.all(
      "SELECT other_id FROM desk_not_similar WHERE region_id = ?1 AND case_id = ?2 "
      "ORDER BY other_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<CaseId>(0); });
}

bool may_be_proposed(Reading& reading, const cases::Context& context, const CaseFile& file) {
  return file.track != cases::Track::accusation && file.state != cases::State::held &&
         file.state != cases::State::voided && file.state != cases::State::withdrawn &&
         !file.erased && !cases::complains_of(reading, context, file, context.actor.unit);
}

Result<Similar> shown(Reading& reading, const cases::Context& context, CaseFile&& file, Near near) {
  Similar similar{std::move(file), near, false, std::nullopt};
  similar.readable = cases::may_know(reading, context, similar.file);
  if (!similar.readable || similar.file.public_answer.empty()) return similar;
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, similar.file.id, context.keyring));
  MINHU_TRY(const Bytes answer,
            cases::read_content(reading, region, key, similar.file.public_answer));
  similar.answer = to_text(answer);
  return similar;
}

// `self`: the case that is asked for, or none.
Result<std::vector<Similar>> nearest(Reading& reading, const cases::Context& context,
                                     std::string_view category, std::string_view place,
                                     const CaseFile* self) {
  const RegionId region = context.county.region;
  std::vector<CaseId> seen =
      self == nullptr ? std::vector<CaseId>() : rejected_for(reading, region, self->id);
  if (self != nullptr) seen.push_back(self->id);
  std::vector<Similar> found;
  const auto take = [&](const std::vector<CaseId>& candidates, Near near) -> Outcome {
    for (const CaseId id : candidates) {
      if (found.size() == most_similar) return {};
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      auto file = cases::load_file(reading, region, id);
      if (!file || !may_be_proposed(reading, context, *file)) continue;
      // What has been put together already needs no proposal.
      if (self != nullptr && (file->merged_into == self->id || self->merged_into == id)) continue;
      MINHU_TRY(Similar similar, shown(reading, context, std::move(*file), near));
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
  auto file = cases::load_file(reading, context.county.region, id);
  if (!file || !cases::may_know(reading, context, *file)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  return std::move(*file);
}

}  // namespace

std::string_view name(Near near) noexcept {
  return near_names[static_cast<std::size_t>(near)];
}

Result<std::vector<Similar>> similar_to(Reading& reading, const cases::Context& context,
                                        CaseId id) {
  MINHU_TRY(const CaseFile file, known(reading, context, id));
  if (file.category.empty()) return std::vector<Similar>();
  return nearest(reading, context, file.category, file.place, &file);
}

Result<std::vector<Similar>> similar_at(Reading& reading, const cases::Context& context,
                                        std::string_view category, std::string_view place) {
  return nearest(reading, context, category, place, nullptr);
}

Outcome reject_similar(Transaction& transaction, const cases::Context& context, CaseId id,
                       CaseId other) {
  MINHU_TRY(const CaseFile file, known(transaction, context, id));
  MINHU_TRY(const CaseFile other_file, known(transaction, context, other));
  if (id == other) return fail(FaultCode::invalid_input, "desk.same_case", "other");
  for (const auto& [from, to] : {std::pair(file.id, other_file.id), {other_file.id, file.id}}) {
    transaction.execute(
        "INSERT INTO desk_not_similar(region_id, case_id, other_id, said_at) "
        "VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (region_id, case_id, other_id) DO UPDATE SET said_at = excluded.said_at",
        {param(context.county.region), param(from), param(to), param(context.now)});
  }
  return {};
}

}  // namespace minhu::desk
