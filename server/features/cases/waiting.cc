// Who must act now, and which steps are open to them beside what the state says.
#include <algorithm>
#include <array>
#include <iterator>

#include "features/cases/case_file.h"
#include "features/cases/edges.h"

namespace minhu::cases {

namespace {

constexpr std::array<std::string_view, 10> part_names{"dispatch",  "lead",  "co",     "call_back",
                                                      "close",     "asked", "review", "transcribe",
                                                      "ask_again", "reopen"};
static_assert(part_names.size() == static_cast<std::size_t>(Part::reopen) + 1);

// Who must act in the case itself.
std::vector<Waiting> acting(const CaseFile& file) {
  switch (file.state) {
    case State::registered:
    case State::triaged:
    case State::objected:
      return {{file.dispatching_unit, Part::dispatch}};
    case State::dispatched:
    case State::signed_in:
    case State::accepted:
    case State::in_hearing:
    case State::in_mediation:
    case State::parked: {
      // An answer on the spot that is reopened has no unit yet: whoever took it in has it.
      if (file.lead_unit.empty()) return {{file.dispatching_unit, Part::lead}};
      std::vector<Waiting> all{{file.lead_unit, Part::lead}};
      for (const UnitId unit : file.co_units) all.push_back({unit, Part::co});
      return all;
    }
    case State::answered:
      return {{file.dispatching_unit,
               answered_by_the_dispatching_body(file) ? Part::close : Part::call_back}};
    case State::reviewed:
      if (file.review_changed) return {{file.review_unit, Part::review}};
      return {{file.dispatching_unit, Part::close}};
    case State::called_back:
    case State::answered_on_spot:
    case State::rechecked:
      return {{file.dispatching_unit, Part::close}};
    case State::review_requested:
    case State::recheck_requested:
      return {{file.review_unit, Part::review}};
    case State::held:
    case State::merged:  // goes on inside another case, which has somebody
    case State::closed:
    case State::concluded:
    case State::to_emergency:
    case State::to_legal_road:
    case State::not_accepted:
    case State::closed_to_repeat:
    case State::withdrawn:
    case State::voided:
      return {};
  }
  return {};
}

}  // namespace

bool answered_by_the_dispatching_body(const CaseFile& file) {
  return file.lead_unit.empty() || file.lead_unit == file.dispatching_unit;
}

bool asked_for_now(const CaseFile& file, EventKind kind) {
  switch (kind) {
    case EventKind::still_solved_told:
    case EventKind::still_solved_called:
    case EventKind::still_solved_unanswered:
      return file.question_day != 0;
    case EventKind::callback_attempted:
      return file.question_day != 0 || file.state == State::answered;
    case EventKind::still_solved_asked:
      return file.question_day == 0 && file.solved_at && !file.erased;
    case EventKind::reopening_declined:
      return file.asks_again_at.has_value();
    default:
      return true;
  }
}

const RunningClock* next_due(const CaseFile& file) {
  const RunningClock* next = nullptr;
  for (const auto& clock : file.clocks) {
    if (clock.runs() && !clock.citizen && (next == nullptr || clock.due < next->due)) next = &clock;
  }
  return next;
}

std::string_view name(Part part) noexcept {
  return part_names[static_cast<std::size_t>(part)];
}

std::vector<Waiting> waiting_for(const CaseFile& file) {
  if (file.erased) return {};  // there is nothing left to act on
  // What is under seal waits with its handlers alone: queues are counted by their key, and a place
  // in one would be counted for whoever reads it.
  if (file.track == Track::accusation) return {};
  std::vector<Waiting> all = acting(file);
  // Nobody of ours asks about an answer of our own; the speaker has the question on their page.
  if (file.question_day != 0 && !answered_by_the_dispatching_body(file)) {
    all.push_back({file.dispatching_unit, Part::ask_again});
  }
  if (file.asks_again_at) all.push_back({file.dispatching_unit, Part::reopen});
  // A unit that owes both an order's answer and a recommendation's stands in the list once.
  std::vector<UnitId> asked;
  std::set_union(file.supervised_units.begin(), file.supervised_units.end(),
                 file.recommended_units.begin(), file.recommended_units.end(),
                 std::back_inserter(asked));
  for (const UnitId unit : asked) all.push_back({unit, Part::asked});
  if (file.recordings > 0 && open_edge(EventKind::transcribed, file.state, file.track) != nullptr) {
    all.push_back({file.dispatching_unit, Part::transcribe});
  }
  return all;
}

}  // namespace minhu::cases
