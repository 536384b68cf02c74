#include "features/cases/keeping_away.h"

#include <algorithm>
#include <map>

#include "features/cases/clocks.h"
#include "features/cases/closure.h"
#include "features/cases/edges.h"
#include "features/cases/guard.h"
#include "features/cases/program_steps.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

// The circles of the units that have to do with cases: some hundreds of cases name the same few.
using Circles = std::map<UnitId, Circle>;

bool must_not_have(Reading& reading, const Context& context, Circles& circles, const CaseFile& file,
                   UnitId unit) {
  if (unit.empty()) return false;
  auto known = circles.find(unit);
  if (known == circles.end()) {
    known =
        circles.emplace(unit, circle_of(reading, context.county.region, unit, context.now)).first;
  }
  return touches(known->second, file);
}

bool is_in_a_wrong_hand(Reading& reading, const Context& context, Circles& circles,
                        const CaseFile& file) {
  if (file.track == Track::accusation) return false;
  std::vector<UnitId> hands{file.dispatching_unit, file.review_unit};
  if (file.state == State::objected || with_the_unit.has(file.state)) {
    hands.push_back(file.lead_unit);
  }
  for (const auto* some : {&file.co_units, &file.supervised_units, &file.recommended_units}) {
    hands.insert(hands.end(), some->begin(), some->end());
  }
  return std::any_of(hands.begin(), hands.end(), [&](UnitId unit) {
    return must_not_have(reading, context, circles, file, unit);
  });
}

class KeepingAway {
 public:
  KeepingAway(Transaction& transaction, const Context& context, Circles& circles, CaseFile file)
      : transaction_(transaction), context_(context), circles_(circles), file_(std::move(file)) {}

  // Whether anything had to be done.
  bool run() {
    const std::int64_t before = file_.seq;
    take_from_lead();
    hand_up();
    const std::vector<UnitId> helpers = helping();
    for (const UnitId unit : helpers) keep_from_helper(unit);
    return file_.seq != before;
  }

 private:
  bool must_not_have(UnitId unit) {
    return cases::must_not_have(transaction_, context_, circles_, file_, unit);
  }

  void append(EventKind kind, Facts facts) {
    append_of_the_program(transaction_, context_, file_, kind, std::move(facts));
  }

  // Once it has been answered, the answer is that unit's; it does not read on, and when the case is
  // opened again, it is taken back then.
  void take_from_lead() {
    if (!must_not_have(file_.lead_unit)) return;
    if (file_.state == State::objected) {
      append(EventKind::objection_upheld, {{"because", "accused"}});
    } else if (with_the_unit.has(file_.state)) {
      append(EventKind::taken_back, {{"because", "accused"}});
    }
  }

  void hand_up() {
    if (!must_not_have(file_.dispatching_unit)) return;
    const auto above = body_above(transaction_, context_, file_);
    if (above) append(EventKind::handed_up, {{"unit", above->text()}});
  }

  std::vector<UnitId> helping() const {
    std::vector<UnitId> all = file_.co_units;
    all.insert(all.end(), file_.supervised_units.begin(), file_.supervised_units.end());
    all.insert(all.end(), file_.recommended_units.begin(), file_.recommended_units.end());
    const bool reviews = file_.state == State::review_requested ||
                         file_.state == State::recheck_requested ||
                         (file_.state == State::reviewed && file_.review_changed);
    if (reviews) all.push_back(file_.review_unit);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  void keep_from_helper(UnitId unit) {
    if (!must_not_have(unit)) return;
    Facts facts{{"unit", unit.text()}};
    if (unit == file_.review_unit) {
      const auto instead = reviewer_above(transaction_, context_, file_, unit);
      if (instead) facts["review_unit"] = instead->text();
      const bool helps =
          std::find(file_.co_units.begin(), file_.co_units.end(), unit) != file_.co_units.end();
      if (!instead && !helps) return;
    }
    append(EventKind::kept_away, std::move(facts));
  }

  Transaction& transaction_;
  const Context& context_;
  Circles& circles_;
  CaseFile file_;
};

bool keep_one_away(Transaction& transaction, const Context& context, Circles& circles, CaseId id) {
  auto file = load_file(transaction, context.county.region, id);
  if (!file || file->track == Track::accusation || !names_somebody(*file)) return false;
  return KeepingAway(transaction, context, circles, std::move(*file)).run();
}

}  // namespace

Outcome keep_away(Transaction& transaction, const Context& context, CaseId id) {
  Circles circles;
  keep_one_away(transaction, context, circles, id);
  return {};
}

std::int64_t keep_all_away(const Installation& installation) {
  const Context context = installation.as({accounts::Role::system, {}, {}});
  // Looked for where nobody waits; what is written is the few that are found.
  const std::vector<CaseId> found = installation.database.read([&](Reading& reading) {
    Circles circles;
    std::vector<CaseId> in_a_wrong_hand;
    for (const CaseId id : named_cases(reading, context.county.region)) {
      const auto file = load_file(reading, context.county.region, id);
      if (file && is_in_a_wrong_hand(reading, context, circles, *file)) {
        in_a_wrong_hand.push_back(id);
      }
    }
    return in_a_wrong_hand;
  });
  std::int64_t taken = 0;
  if (found.empty()) return taken;
  // A full disk keeps nothing; the next run finds the same cases.
  (void)installation.database.write_job([&](Transaction& transaction) -> Outcome {
    taken = 0;
    Circles circles;
    for (const CaseId id : found) {
      if (keep_one_away(transaction, context, circles, id)) ++taken;
    }
    return {};
  });
  return taken;
}

std::int64_t keep_all_away(Transaction& transaction, const Context& context) {
  return static_cast<std::int64_t>(take_out_of_wrong_hands(transaction, context).size());
}

std::vector<CaseId> take_out_of_wrong_hands(Transaction& transaction, const Context& context) {
  Circles circles;
  std::vector<CaseId> taken;
  for (const CaseId id : named_cases(transaction, context.county.region)) {
    if (keep_one_away(transaction, context, circles, id)) taken.push_back(id);
  }
  return taken;
}

}  // namespace minhu::cases
