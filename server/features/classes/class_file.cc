#include "features/classes/class_file.h"

#include <algorithm>
#include <charconv>

#include "features/classes/edges.h"
#include "kernel/assert.h"
#include "ports/storage.h"

namespace minhu::classes {

namespace {

[[noreturn]] void damaged(const Event& event, std::string_view why) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") of a class: " + std::string(why));
}

std::int64_t number_at(const Event& event, std::string_view fact) {
  const std::string_view text = event.fact(fact);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) damaged(event, fact);
  return number;
}

UnitId unit_at(const Event& event, std::string_view fact) {
  const auto id = UnitId::parse(event.fact(fact));
  if (!id) damaged(event, fact);
  return *id;
}

cases::CaseId case_at(const Event& event) {
  const auto id = cases::CaseId::parse(event.fact("case"));
  if (!id) damaged(event, "case");
  return *id;
}

void define(ClassFile& file, const Event& event) {
  file.definition = {std::string(event.fact("category")), words_of(event.fact("places")),
                     std::string(event.fact("group"))};
  std::sort(file.definition.places.begin(), file.definition.places.end());
}

void detect(ClassFile& file, const Event& event) {
  file.id = event.subject;
  file.number = event.fact("number");
  file.detected_at = event.recorded_at;
  file.found_by = event.fact("found_by");
  file.window_from = event.fact("from");
  file.window_to = event.fact("to");
  file.counted = event.fact("counted");
  file.expected = event.fact("expected");
  define(file, event);
}

void score(ClassFile& file, const Event& event) {
  file.tests.clear();
  for (const std::string_view test : test_names) {
    const std::string evidence = std::string(test) + "_evidence";
    file.tests.push_back({number_at(event, test), std::string(event.fact(evidence))});
  }
}

void select(ClassFile& file, const Event& event) {
  file.lead_unit = unit_at(event, "lead_unit");
  file.supporting_units.clear();
  for (const std::string& text : words_of(event.fact("supporting_units"))) {
    const auto unit = UnitId::parse(text);
    if (!unit) damaged(event, "supporting_units");
    if (*unit != file.lead_unit) file.supporting_units.push_back(*unit);
  }
  std::sort(file.supporting_units.begin(), file.supporting_units.end());
  file.sponsor = event.fact("sponsor");
  file.theme = event.fact("theme");
  file.baseline = event.fact("baseline");
}

void plan_measure(ClassFile& file, const Event& event) {
  file.measures.push_back({static_cast<std::int64_t>(file.measures.size()) + 1,
                           std::string(event.fact("text")),
                           unit_at(event, "unit"),
                           std::string(event.fact("due")),
                           std::string(event.fact("moves")),
                           {},
                           {}});
}

void finish_measure(ClassFile& file, const Event& event) {
  const std::int64_t number = number_at(event, "measure");
  if (number < 1 || number > static_cast<std::int64_t>(file.measures.size())) {
    damaged(event, "measure");
  }
  Measure& measure = file.measures[static_cast<std::size_t>(number) - 1];
  measure.done_on = event.fact("done_on");
  measure.report = event.fact("report");
}

std::vector<Member>::iterator place_of(std::vector<Member>& members, cases::CaseId id) {
  return std::lower_bound(
      members.begin(), members.end(), id,
      [](const Member& member, cases::CaseId other) { return member.case_id < other; });
}

void remove_member(ClassFile& file, cases::CaseId id) {
  const auto at = place_of(file.members, id);
  if (at != file.members.end() && at->case_id == id) file.members.erase(at);
}

void remove_unrelated(ClassFile& file, cases::CaseId id) {
  const auto at = std::lower_bound(file.unrelated.begin(), file.unrelated.end(), id);
  if (at != file.unrelated.end() && *at == id) file.unrelated.erase(at);
}

void apply_to_cases(ClassFile& file, const Event& event) {
  const cases::CaseId id = case_at(event);
  if (event.kind == EventKind::speaker_asked) {
    file.asked.push_back({id, std::string(event.fact("solved")), event.recorded_at});
    return;
  }
  remove_member(file, id);
  remove_unrelated(file, id);
  if (event.kind == EventKind::case_linked) {
    file.members.insert(place_of(file.members, id), {id, event.recorded_at});
  } else if (event.kind == EventKind::case_rejected) {
    file.unrelated.insert(std::lower_bound(file.unrelated.begin(), file.unrelated.end(), id), id);
  }
}

void apply_to_summary(ClassFile& file, const Event& event) {
  switch (event.kind) {
    case EventKind::summary_written:
      file.summary = Summary{std::string(event.fact("title")), std::string(event.fact("text")),
                             event.recorded_at, event.actor.account, std::nullopt};
      return;
    case EventKind::summary_approved:
      if (!file.summary) damaged(event, "there is no summary");
      file.summary->approved_at = event.recorded_at;
      return;
    default:
      file.summary.reset();
  }
}

void apply_to_course(ClassFile& file, const Event& event) {
  switch (event.kind) {
    case EventKind::detected:
      return detect(file, event);
    case EventKind::redefined:
      return define(file, event);
    case EventKind::proposed:
      file.title = event.fact("title");
      file.statement = event.fact("statement");
      file.rejected_because.clear();
      file.rejection.clear();
      return;
    case EventKind::screened:
      return score(file, event);
    case EventKind::rejected:
      file.rejected_because = event.fact("because");
      file.rejection = event.fact("reason");
      // A rejected class holds no case: each may be of another.
      file.cases_when_rejected = static_cast<std::int64_t>(file.members.size());
      file.members.clear();
      return;
    case EventKind::selected:
      return select(file, event);
    case EventKind::cause_found:
      file.cause = named<CauseKind>(event.fact("cause"));
      file.cause_text = event.fact("text");
      return;
    case EventKind::measure_planned:
      return plan_measure(file, event);
    case EventKind::plan_published:
      file.plan = event.fact("plan");
      file.threshold = number_at(event, "threshold");
      return;
    case EventKind::treatment_begun:
      file.treated_on = event.fact("treated_on");
      return;
    case EventKind::measure_done:
      return finish_measure(file, event);
    case EventKind::measured:
      file.measurement = event.facts;
      file.measured_at = event.recorded_at;
      return;
    case EventKind::verified:
      file.verified_at = event.recorded_at;
      file.watch = event.fact("watch");
      file.watch_from = event.fact("watch_from");
      return;
    case EventKind::institutionalised:
      file.permanent_kind = event.fact("kind");
      file.permanent_text = event.fact("text");
      file.permanent_link = event.fact("link");
      return;
    case EventKind::closed:
      file.closed_at = event.recorded_at;
      return;
    case EventKind::relapsed:
      ++file.relapses;
      file.verified_at.reset();
      file.closed_at.reset();
      // What was found then does not hold any more, and says nothing of the next treatment.
      file.measurement.clear();
      file.measured_at.reset();
      file.watch.clear();
      file.watch_from.clear();
      return;
    case EventKind::summary_written:
    case EventKind::summary_approved:
    case EventKind::summary_withdrawn:
      return apply_to_summary(file, event);
    default:
      return;
  }
}

}  // namespace

bool ClassFile::has(cases::CaseId case_id) const {
  return std::binary_search(members.begin(), members.end(), Member{case_id, {}},
                            [](const Member& a, const Member& b) { return a.case_id < b.case_id; });
}

bool ClassFile::is_unrelated(cases::CaseId case_id) const {
  return std::binary_search(unrelated.begin(), unrelated.end(), case_id);
}

bool ClassFile::treats(UnitId unit) const {
  if (unit.empty()) return false;
  return unit == lead_unit ||
         std::binary_search(supporting_units.begin(), supporting_units.end(), unit);
}

void apply(ClassFile& file, const Event& event) {
  if (event.seq != file.seq + 1) damaged(event, "a gap in seq");
  const bool first = event.kind == EventKind::detected;
  if (first != (event.seq == 0)) damaged(event, "the first event, and it alone, is detected");
  if (event.recorded_at < file.last_at) damaged(event, "recorded before the last one");
  const Edge* edge = first ? nullptr : open_edge(event.kind, file.state);
  if (!first && edge == nullptr) damaged(event, "no step of the table");
  if (is_about_a_case(event.kind)) {
    apply_to_cases(file, event);
  } else {
    apply_to_course(file, event);
    if (first || edge->to) {
      const State to = first ? State::detected : *edge->to;
      if (first || to != file.state) file.state_since = event.recorded_at;
      file.state = to;
    }
    file.changed_at = event.recorded_at;
    file.step_seq = event.seq;
  }
  file.last_at = event.recorded_at;
  file.seq = event.seq;
}

ClassFile file_from(const std::vector<Event>& events) {
  ClassFile file;
  for (const Event& event : events) apply(file, event);
  return file;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace minhu::classes
