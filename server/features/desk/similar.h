// Matters like this one, by facts alone: the same category at the same or a near place. What a text
// says is compared elsewhere; this is what an office can see without reading.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::desk {

enum class Near : std::uint8_t { same_village, same_town, county };
std::string_view name(Near) noexcept;

struct Similar {
  cases::CaseFile file;
  Near near = Near::county;
  bool readable = false;              // else nobody is told which case it is
  std::optional<std::string> answer;  // the last public one, of a case that the actor may read
};
inline constexpr std::size_t most_similar = 10;

// The nearest place first, then the latest. Never a held or erased case, never one that complains
// of the actor's unit, and no pair that somebody has rejected. Fault not_found cases.not_found.
Result<std::vector<Similar>> similar_to(Reading& reading, const cases::Context& context,
                                        cases::CaseId id);
// The same while words are being taken in.
Result<std::vector<Similar>> similar_at(Reading& reading, const cases::Context& context,
                                        std::string_view category, std::string_view place);

// Remembered for both. Faults: not_found cases.not_found (either of them), invalid_input
// desk.same_case.
Outcome reject_similar(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                       cases::CaseId other);

}  // namespace minhu::desk
