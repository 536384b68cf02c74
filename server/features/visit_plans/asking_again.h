// Between the drawing up of a plan and its acceptance things change: a case comes in, somebody
// gives their post to a colleague or leaves it, a village needs another language, somebody plans a
// visit there by hand. What the plan was made from is asked again for each visit that nobody has
// been told of yet. Inner header.
#pragma once

#include "features/cases/context.h"
#include "features/visit_plans/plan_file.h"

namespace minhu::visit_plans {

// The first visit of the plan that can no longer take place as planned. Faults conflict:
// plans.cannot_be_sent (details: leader, place, date; never why, see visits/sending.h),
// plans.other_language (details: leader, place, date, languages: one of which is needed there),
// plans.planned_meanwhile (details: leader, place, date: of the other visit there).
Outcome ask_again(Reading& reading, const cases::Context& context, const PlanFile& plan);

}  // namespace minhu::visit_plans
