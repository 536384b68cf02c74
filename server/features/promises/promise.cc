#include "features/promises/promise.h"

#include "features/classes/class_file.h"
#include "features/promises/edges.h"
#include "ports/storage.h"

namespace minhu::promises {

namespace {

[[noreturn]] void damaged(const Event& event, std::string_view why) {
  throw StorageFailure("event " + std::to_string(event.seq) + " (" + std::string(name(event.kind)) +
                       ") of a promise: " + std::string(why));
}

template <class SomeId>
SomeId id_at(const Event& event, std::string_view fact) {
  const std::string_view text = event.fact(fact);
  if (text.empty()) return SomeId();
  const auto id = SomeId::parse(text);
  if (!id) damaged(event, fact);
  return *id;
}

template <class Enum>
Enum value_at(const Event& event, std::string_view fact) {
  const auto value = named<Enum>(event.fact(fact));
  if (!value) damaged(event, fact);
  return *value;
}

Kept kept_at(const Event& event, std::string_view fact) {
  return {id_at<cases::ContentId>(event, fact),
          std::string(event.fact(std::string(fact) + "_commitment"))};
}

void make(Promise& promise, const Event& event) {
  promise.id = event.subject;
  promise.made_at = event.recorded_at;
  promise.recorded_by = event.actor.account;
  promise.matter = event.fact("matter");
  promise.words = kept_at(event, "words");
  promise.promised_on = event.fact("promised_on");
  promise.due = event.fact("due");
  promise.first_due = promise.due;
  promise.sponsored = event.fact("sponsored") == "yes";
  promise.post = id_at<PostId>(event, "post");
  promise.said_by = event.fact("said_by");
  promise.unit = id_at<UnitId>(event, "unit");
  promise.visit = id_at<visits::VisitId>(event, "visit");
  promise.case_id = id_at<cases::CaseId>(event, "case");
  promise.place = event.fact("place");
}

Report report_in(const Event& event) {
  Report report{event.kind == EventKind::reported_done,
                std::string(event.fact("done_on")),
                kept_at(event, "report"),
                {},
                event.recorded_at};
  for (const std::string& one : classes::words_of(event.fact("evidence"))) {
    const auto id = cases::ContentId::parse(one);
    if (!id) damaged(event, "evidence");
    report.evidence.push_back(*id);
  }
  return report;
}

}  // namespace

void apply(Promise& promise, const Event& event) {
  if (event.seq != promise.seq + 1) damaged(event, "does not follow");
  const bool first = event.kind == EventKind::made;
  if (first != (event.seq == 0)) damaged(event, "a promise begins with being made, once");
  if (!first) {
    if (event.recorded_at < promise.changed_at) damaged(event, "is older than the one before");
    const Edge* edge = open_edge(event.kind, promise.state);
    if (edge == nullptr) damaged(event, "is not open in this state");
    if (edge->to) promise.state = *edge->to;
  }
  switch (event.kind) {
    case EventKind::made:
      make(promise, event);
      break;
    case EventKind::report_asked:
      break;
    case EventKind::progress_told:
    case EventKind::reported_done:
      promise.reports.push_back(report_in(event));
      break;
    case EventKind::verified:
      promise.verification =
          Verification{value_at<Proof>(event, "proof"), std::string(event.fact("reference")),
                       std::string(event.fact("finding")), event.recorded_at};
      promise.reason.clear();
      break;
    case EventKind::found_not_kept:
    case EventKind::given_up:
      promise.reason = event.fact("reason");
      break;
    case EventKind::due_changed:
      promise.due_changes.push_back({promise.due, std::string(event.fact("due")),
                                     std::string(event.fact("reason")), event.recorded_at});
      promise.due = event.fact("due");
      promise.reason.clear();
      break;
    case EventKind::verdict_given:
      promise.verdict =
          VerdictGiven{value_at<Verdict>(event, "verdict"), value_at<Way>(event, "way"),
                       kept_at(event, "words"), event.recorded_at};
      // Whoever it was promised to says that it was not kept: then it is owed again, whatever an
      // office has verified.
      if (promise.verdict->verdict == Verdict::not_kept && promise.state == State::verified) {
        promise.state = State::report_asked;
        promise.verification.reset();
      }
      break;
    case EventKind::taken_over:
      promise.relays.push_back(id_at<RelayId>(event, "relay"));
      break;
    case EventKind::published:
      promise.publication = Publication{std::string(event.fact("words")),
                                        std::string(event.fact("place")), event.recorded_at};
      break;
    case EventKind::withheld:
      promise.publication.reset();
      break;
  }
  promise.seq = event.seq;
  promise.changed_at = event.recorded_at;
}

Promise promise_from(const std::vector<Event>& events) {
  Promise promise;
  for (const Event& event : events) apply(promise, event);
  return promise;
}

}  // namespace minhu::promises
