// Which cases are in a class: ids only, linked by a person, and each of one class at most. A link
// changes nothing of the case: its clocks, its unit, its answer stay its own.
#pragma once

#include "features/cases/derivation.h"
#include "features/cases/installation.h"
#include "features/classes/class_file.h"
#include "ports/storage.h"

namespace minhu::classes {

// Faults of all three: not_found classes.no_such_class, cases.not_found (there is none, or the
// actor may not know of it); not_allowed classes.not_allowed.

// Already there: nothing happens. Also conflict classes.in_another_class, classes.not_to_be_counted
// (it was entered in error), classes.step_not_open (the class was rejected).
Result<ClassFile> link_case(Transaction& transaction, const cases::Context& context, ClassId id,
                            cases::CaseId case_id);
// Also conflict classes.not_in_the_class; not_allowed classes.judged_by_others: from the treatment
// on, the units that treat it take nothing out of what they are measured by.
Result<ClassFile> unlink_case(Transaction& transaction, const cases::Context& context, ClassId id,
                              cases::CaseId case_id);
// It has nothing to do with the class, and leaves it if it is in it. Remembered: not proposed, not
// counted. Also not_allowed classes.judged_by_others.
Result<ClassFile> reject_case(Transaction& transaction, const cases::Context& context, ClassId id,
                              cases::CaseId case_id);

// Somebody who had spoken was asked, for the class, whether it is solved. Only cases of the sample
// (measuring.h), so that nobody asks whom they like. Faults: as above; conflict classes.not_drawn,
// classes.step_not_open; invalid_input classes.field_wrong (how, solved).
struct Answered {
  std::string how;     // phone, visit, counter
  std::string solved;  // yes, partly, no
};
Result<ClassFile> ask_speaker(Transaction& transaction, const cases::Context& context, ClassId id,
                              cases::CaseId case_id, const Answered& answer);

// A case that is held, erased or said to have been entered in error leaves its class in the same
// transaction. The class keeps no reason: whether a case is an accusation is nobody's to know.
const cases::Derivation& leaving();
// So does one that accuses a unit which treats the class, or anybody in whose closure such a unit
// stands (cases/closure.h): by leaving() when the case turns out to; with the step that names the
// units; here when a register changed. How many left. Run by the program again and again.
std::int64_t leave_the_accused(Transaction& transaction, const cases::Context& context);
std::int64_t keep_all_away(const cases::Installation& installation);

// Inner: for the step that names who treats the class, in its transaction. Also what is over: the
// program looks at open cases alone.
void let_leave_what_accuses_who_treats(Transaction& transaction, const cases::Context& context,
                                       ClassFile& file);

// Inner: for propose. The events that put these cases into the class, from seq on.
Result<std::vector<Event>> links_for(Reading& reading, const cases::Context& context,
                                     const ClassFile& file,
                                     const std::vector<cases::CaseId>& case_ids);

}  // namespace minhu::classes
