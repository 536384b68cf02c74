// What is frozen, drawn, wished, planned and found out, for whoever proves that it stands as it was
// written (features/record): that a month was frozen and a lot committed to before, that no pin and
// no refusal leaves without a trace. The rows are only ever appended, and nothing follows from
// them: they are the events themselves, and a chronicle reads them as such.
//
// Their rows hold an account and neither role nor unit; these are empty in the events.
#pragma once

#include <string_view>

#include "features/cases/context.h"
#include "features/state_machine/chronicle.h"
#include "features/visit_plans/investigations.h"

namespace minhu::visit_plans {

// Of each month: "frozen" with everything that was frozen, then the steps of the lot (lot.h).
const state_machine::Chronicle& month_chronicle();
// Of each month: "committed" for every try of the lot, as it is published (text_of_commitment).
// Public: that a lot was committed to before anybody knew the number it is drawn with is for
// everybody to check. Its steps stand in the chronicle of the month, too, with who took them.
const state_machine::Chronicle& lot_chronicle();
// Of each month: "pin", "refuse" and "lift" (wishes.h).
const state_machine::Chronicle& wish_chronicle();
// Of each month: "made" for every version, and "accepted".
const state_machine::Chronicle& plan_chronicle();
// "planned" with its itinerary, then "found" for every finding.
const state_machine::Chronicle& investigation_chronicle();

// The subject that stands for a month in one of the first four: the first 16 bytes of
// SHA-256("minhu/plans/v1 " | name of the chronicle | " " | month).
Uuid subject_of(const state_machine::Chronicle& chronicle, std::string_view month);

// Called by whoever has just appended a row: others derive from the last event of that subject.
void derive_from_last(Transaction& transaction, const cases::County& county,
                      const state_machine::Chronicle& chronicle, const Uuid& subject);

}  // namespace minhu::visit_plans
