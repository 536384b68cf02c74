// What the table of edges cannot say: what must be so before a step is taken. Inner header.
#pragma once

#include "features/classes/class_file.h"
#include "features/classes/matching.h"
#include "ports/storage.h"

namespace minhu::classes {

// Faults conflict: classes.no_measure (a plan without one), classes.cases_open (details: open),
// classes.no_cases, classes.not_fewer, classes.measured_long_ago, classes.too_few_months (details:
// months, needed), classes.intake_narrowed, classes.too_few_heard (details: heard, needed),
// classes.speakers_disagree, classes.no_summary_waiting; not_allowed classes.own_summary.
Outcome hindrance(Reading& reading, const cases::Context& context, const ClassFile& file,
                  EventKind kind);

// Of what a step brought. Faults invalid_input classes.field_wrong, classes.in_the_future,
// classes.threshold_too_high (details: most); not_allowed classes.not_your_measure.
Outcome hindrance_of_fields(Reading& reading, const cases::Context& context,
                            const Matching& matching, const ClassFile& file, EventKind kind,
                            const Facts& facts);

}  // namespace minhu::classes
