// What happened to a case, the latest first, each text marked with who reads it.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/office_pages/case_data.h"
#include "adapters/office_pages/wording.h"
#include "engines/templates/templates.h"

namespace minhu::office_pages {

// Entries after `read_up_to` are marked as new: somebody was writing while they came.
void put_timeline(templates::Values& values, const Wording& wording, FixedZone zone,
                  const CaseData& data, std::optional<std::int64_t> read_up_to);

// Attachments of the speaker, shown beside their words.
void put_speakers_files(templates::Values& values, const Wording& wording, const CaseData& data);

}  // namespace minhu::office_pages
