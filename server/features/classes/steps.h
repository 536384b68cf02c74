// Every step of a class goes through here: one runner for the whole table of edges. Links of single
// cases: linking.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/accounts/permissions.h"
#include "features/cases/receipt_number.h"
#include "features/classes/class_file.h"
#include "features/classes/edges.h"
#include "features/classes/matching.h"

namespace minhu::classes {

// What the unit of the actor has to do with the class: it leads, or it supports.
accounts::Decision decide(const cases::Context& context, const ClassFile& file,
                          std::string_view permission);

// What somebody saw: a list of candidates (candidates.h), or with their own eyes.
struct NewClass {
  std::string title;
  std::string statement;
  Definition definition;
  bool found_by_rule = false;
  // What had been counted then, if anybody counted.
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::int64_t> counted;
  std::string expected;
  std::vector<cases::CaseId> cases;  // the first ones, which the actor may know
};
// Detected and proposed. The same token gives the same class again. Faults: not_allowed
// classes.not_allowed; invalid_input classes.field_missing, classes.too_long,
// classes.personal_details, classes.field_wrong (each with `field`); those of link_case.
Result<ClassFile> propose(Transaction& transaction, const cases::Context& context,
                          const NewClass& made, const cases::ClientToken& token);
// It is no class: detected and rejected, so that it is not proposed again soon. Same faults.
Result<ClassFile> dismiss(Transaction& transaction, const cases::Context& context,
                          const Definition& definition, std::string_view reason,
                          const cases::ClientToken& token);

struct Step {
  EventKind kind = EventKind::proposed;
  std::map<std::string, std::string, std::less<>> fields;
  // What the writer had read. Cases that came in since are no conflict, any other step is.
  std::optional<std::int64_t> expected_seq;
  std::optional<cases::ClientToken> token;  // a repeat is answered with the class as it is
};
// Faults: not_found classes.no_such_class; not_allowed classes.not_allowed; conflict
// classes.step_not_open, classes.changed_meanwhile, and what stands in the way (hindrances.h);
// invalid_input as propose, and classes.field_unknown.
Result<ClassFile> take_step(Transaction& transaction, const cases::Context& context,
                            const Matching& matching, ClassId id, const Step& step);

// The steps that this actor may take in the state of the class, in the order of the table; with
// what would refuse it now all the same.
struct OpenStep {
  const Edge* edge = nullptr;
  std::optional<Fault> hindered;
};
std::vector<OpenStep> open_steps(Reading& reading, const cases::Context& context,
                                 const ClassFile& file);

}  // namespace minhu::classes
