// Matters like this one: those whose words speak of the same (features/matters), then those of the
// same category at the same or a near place. Every one of them passes the table of permissions
// before it is shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/matters/matters.h"
#include "ports/storage.h"

namespace minhu::desk {

enum class Near : std::uint8_t { same_village, same_town, county };
std::string_view name(Near) noexcept;

struct Similar {
  cases::CaseFile file;
  Near near = Near::county;
  std::int64_t score = 0;             // how much the matters agree, of 100; 0: by facts alone
  std::vector<std::string> words;     // what both speak of, masked; only of a readable one
  bool same_text = false;             // nearly the same wording
  bool same_issue = false;            // the same concrete trouble, as far as can be told
  bool readable = false;              // else nobody is told which case it is
  std::optional<std::string> answer;  // the last public one, of a case that the actor may read
};
inline constexpr std::size_t most_similar = 10;

// Alike by words first, then the nearest place, then the latest. Never a held or erased case, never
// one that complains of the actor's unit, and no pair that somebody has rejected. Fault not_found
// cases.not_found.
Result<std::vector<Similar>> similar_to(Reading& reading, const cases::Context& context,
                                        const matters::Matters& matters, cases::CaseId id);
// While words are being taken in, by facts alone …
Result<std::vector<Similar>> similar_at(Reading& reading, const cases::Context& context,
                                        std::string_view category, std::string_view place);
// … and by the words. Faults of text::read.
Result<std::vector<Similar>> similar_to_words(Reading& reading, const cases::Context& context,
                                              const matters::Matters& matters,
                                              std::string_view title, std::string_view text,
                                              std::string_view place);

// Remembered for both. Faults: not_found cases.not_found (either of them), invalid_input
// desk.same_case.
Outcome reject_similar(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                       cases::CaseId other);

}  // namespace minhu::desk
