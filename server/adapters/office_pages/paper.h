// What stands on a sheet that is handed over or posted: the handling opinion, the notice of
// acceptance, and the other notices. Made from the events of the case alone, so that the paper says
// what the record says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/office_pages/case_data.h"
#include "adapters/office_pages/wording.h"
#include "features/cases/context.h"

namespace minhu::office_pages {

enum class PaperKind { acceptance, notice, opinion, review, recheck };
inline constexpr PaperKind paper_kinds[] = {PaperKind::acceptance, PaperKind::notice,
                                            PaperKind::opinion, PaperKind::review,
                                            PaperKind::recheck};
std::string_view name(PaperKind kind) noexcept;  // as it stands in the address
std::optional<PaperKind> paper_kind_named(std::string_view text) noexcept;

struct PaperPart {
  std::string heading;
  std::vector<std::string> paragraphs;
};

struct Paper {
  std::string unit;    // who signs it
  std::string title;   // 信访事项处理意见书
  std::string number;  // as it is shown
  std::string about;   // "您于…反映的…"
  std::vector<PaperPart> parts;
  std::string rights;  // what the speaker may do now; empty where nothing follows
  std::string phone;   // of that unit, or of the reception desk
  std::string signed_on;
};

// Can this paper be made of the case as it is? What the pages offer.
bool there_is(PaperKind kind, const cases::CaseFile& file,
              const std::vector<cases::TimelineEntry>& timeline);

// Fault conflict "office.paper_not_there" (details: number, paper) when nothing was decided yet
// that it could say. `reception` is the phone of the reception desk.
Result<Paper> paper_of(PaperKind kind, const Wording& wording, const cases::County& county,
                       const CaseData& data, std::string_view reception);

}  // namespace minhu::office_pages
