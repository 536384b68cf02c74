#include "features/classes/kinds.h"

#include "kernel/enum_names.h"

namespace minhu::classes {

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  return names_of(Enum{}).named(text);
}

MINHU_ENUM_NAMES_BOTH_WAYS(State, relapsed, "detected", "proposed", "screened", "rejected",
                           "selected", "cause_found", "plan_published", "treating", "measured",
                           "verified", "institutionalised", "closed", "watching", "relapsed")
MINHU_ENUM_NAMES_BOTH_WAYS(EventKind, speaker_asked, "detected", "proposed", "redefined",
                           "screened", "rejected", "selected", "returned", "cause_found",
                           "measure_planned", "plan_published", "treatment_begun", "measure_done",
                           "measured", "not_verified", "verified", "institutionalised", "closed",
                           "watched", "relapsed", "summary_written", "summary_approved",
                           "summary_withdrawn", "case_linked", "case_unlinked", "case_rejected",
                           "case_left", "speaker_asked")
MINHU_ENUM_NAMES_BOTH_WAYS(CauseKind, history, "rule_missing", "rule_wrong", "duty_unclear",
                           "money", "capacity", "enforcement", "information", "history")

}  // namespace minhu::classes
