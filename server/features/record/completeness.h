// The completeness statement of a period (engines/merkle/completeness.h): made of the events of the
// record and of nothing else, up to a published checkpoint, so that everybody who has the keys and
// the checkpoint makes the same one. What is counted follows the leaves: a case that somebody took
// away leaves its leaf behind.
//
// What came in as a report under seal is in no line and no sum of lines (INV-05). What came under
// seal later keeps its line, counted as it stood at that moment, for ever: whoever knows its number
// (an office that had it before) finds nothing gone and nothing moved. Of a whole quarter all that
// is under seal is counted by itself, with small numbers hidden (engines/merkle/completeness.h):
// received = answered in time + late + open. An answer is a final decision that was told to the
// reporter. The law sets no term for what goes under seal (article 30 of the petition regulations
// hands it to whoever has authority over the official); so that it is not measured more softly than
// a pothole, the term of article 34 is taken: 60 days.
//
// A case whose words were erased goes on being counted: that it was received, and when it was
// answered, stays in the record.
#pragma once

#include "engines/merkle/completeness.h"
#include "features/cases/context.h"
#include "features/record/audit.h"

namespace minhu::record {

// Fewer than so many people in a period: each is too close to being known.
inline constexpr std::size_t fewest_in_a_statement = 5;

inline constexpr int days_to_answer_under_seal = 60;

// Audits everything first; each finding is told, and none is passed over. Faults: not_found
// record.nothing_published; conflict record.complete_not_clean, with how many findings; unavailable
// record.complete_not_published, with how many people came in those months and stand in no
// published checkpoint yet; invalid_input record.complete_too_few; those of the statement's
// checkpoint (derive_statement).
Result<merkle::CompletenessStatement> state_completeness(const AuditParts& parts,
                                                         const cases::County& county,
                                                         const merkle::Months& months,
                                                         const OnFinding& on_finding);

// The statement of those months as it was at that published checkpoint, from what is stored now.
// Fault conflict record.checkpoint_of_another_tree: no batch ends there.
Result<merkle::CompletenessStatement> derive_statement(const AuditParts& parts,
                                                       const cases::County& county,
                                                       const merkle::Months& months,
                                                       const std::string& checkpoint);

// Whether a statement that was made once still follows from the events and the leaves. Each
// difference is a finding: record.complete_left_out (a case of the record that it does not count),
// record.complete_unknown (a line that no case gives), record.complete_moved (counted otherwise
// than the record says), record.complete_sealed_moved (other numbers under seal than the record
// gives; without a line), each with the line and, where there is one, the case.
std::int64_t audit_statement(const AuditParts& parts, const cases::County& county,
                             const merkle::CheckedStatement& checked, const OnFinding& on_finding);

}  // namespace minhu::record
