// The fields of a step that an office has begun and not yet taken, shared within the unit: it says
// which unit kept it and when, never who.
//
// A draft lies sealed under the key of its case. Erasing the case erases it, and it goes the moment
// the step is taken, or when nobody has touched it for ninety days.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "features/cases/context.h"
#include "features/cases/derivation.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::desk {

using DraftFields = std::map<std::string, std::string, std::less<>>;

struct OfficeDraft {
  std::string tab;  // "answer", "note", "step:objected"
  DraftFields fields;
  std::int64_t revision = 1;  // counts its versions
  Instant saved_at;
  UnitId unit;
};

// "answer", "note" or "step:" and the kind of a step. Fault invalid_input desk.unknown_tab.
Result<std::string> draft_tab(std::string_view text);

// Faults of all: not_found cases.not_found.
Result<std::optional<OfficeDraft>> find_draft(Reading& reading, const cases::Context& context,
                                              cases::CaseId id, const std::string& tab);
// What is kept afterwards. A later version of a colleague is never written over: whoever had read
// another revision (0: none) keeps nothing and is told the version that stands, or that there is
// none any more. Fault gone cases.erased.
struct KeptDraft {
  bool saved = false;
  std::optional<OfficeDraft> draft;
};
Result<KeptDraft> keep_draft(Transaction& transaction, const cases::Context& context,
                             cases::CaseId id, const std::string& tab, DraftFields fields,
                             std::int64_t read_revision);
Outcome discard_draft(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                      const std::string& tab);

// The unit has taken this step: its draft has become the step.
void forget_draft_of(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                     cases::EventKind kind);
// Lent to the cases: an erased case takes its drafts with it, of every unit, in its transaction; so
// does one that comes under seal, for a draft quotes what no office may read any more.
const cases::Derivation& erasing_drafts();
// Gives how many went.
std::int64_t forget_old_drafts(Transaction& transaction, RegionId region, Instant now);

inline constexpr std::int64_t draft_kept_for_ms = std::int64_t{90} * 24 * 3'600'000;

}  // namespace minhu::desk
