// The rows of a class: SQL and nothing else. Inner header.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/classes/class_file.h"
#include "features/state_machine/chronicle.h"
#include "kernel/crypto.h"
#include "ports/in_groups.h"
#include "ports/storage.h"

namespace minhu::classes {

// What lists and filters need of a class; follows from its file.
struct ClassRow {
  ClassId id;
  std::string number;
  State state = State::detected;
  std::int64_t seq = -1;  // step_seq of the file: cases come and go without a trace here
  std::string title;
  Definition definition;
  UnitId lead_unit;
  std::vector<UnitId> supporting_units;
  std::string sponsor;
  std::string theme;
  std::string treated_on;
  std::int64_t relapses = 0;
  bool published = false;
  Instant detected_at;
  Instant changed_at;
  bool operator==(const ClassRow&) const = default;
};
ClassRow row_of(const ClassFile& file);

std::vector<Event> load_events(Reading& reading, RegionId region, ClassId id);
std::optional<ClassFile> load_class(Reading& reading, RegionId region, ClassId id);
std::optional<ClassRow> load_row(Reading& reading, RegionId region, ClassId id);
// Asking about many classes at once (ports/in_groups.h), as cases/together.h.
#define MINHU_CLASSES_AT_ONCE \
  "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
template <class Ask>
void for_classes_at_once(RegionId region, std::span<const ClassId> ids, Ask&& ask) {
  in_groups<16>(ids, {param(region)}, std::forward<Ask>(ask));
}
// Those of them that there are.
std::map<ClassId, ClassRow> load_rows(Reading& reading, RegionId region,
                                      std::span<const ClassId> ids);
// Every class of the region, the latest change first.
std::vector<ClassRow> all_rows(Reading& reading, RegionId region);

// The only way in which events come into the table: they, the row and the members that follow from
// them, and what others derive from them, in this transaction. `file` is what it was before and
// becomes what it is after.
void append(Transaction& transaction, const cases::County& county, ClassFile& file,
            const std::vector<Event>& added);

// For chronicle.cc: the events as their rows have them, and every row that follows from them.
std::vector<state_machine::ChronicleEvent> event_rows(Reading& reading, RegionId region,
                                                      ClassId id);
void write_rows(Transaction& transaction, RegionId region, ClassId id,
                const std::optional<ClassFile>& file);

// "2026-015", the one after the last of that year.
std::string next_number(Reading& reading, RegionId region, Date today);

struct Membership {
  ClassId class_id;
  Instant since;
};
std::optional<Membership> membership_of(Reading& reading, RegionId region, cases::CaseId id);
// Of those of the cases that are in a class.
std::map<cases::CaseId, ClassId> classes_of(Reading& reading, RegionId region,
                                            std::span<const cases::CaseId> ids);
std::vector<ClassId> unrelated_to(Reading& reading, RegionId region, cases::CaseId id);
std::vector<Member> members_of(Reading& reading, RegionId region, ClassId id);
std::vector<cases::CaseId> unrelated_of(Reading& reading, RegionId region, ClassId id);
std::int64_t member_count(Reading& reading, RegionId region, ClassId id);
// One without members is not among them.
std::map<ClassId, std::int64_t> member_counts(Reading& reading, RegionId region,
                                              std::span<const ClassId> ids);

// So that the same token means the same request.
std::optional<ClassId> class_of_request(Reading& reading, RegionId region, const Digest& token);
void remember_request(Transaction& transaction, RegionId region, const Digest& token, ClassId id);

}  // namespace minhu::classes
