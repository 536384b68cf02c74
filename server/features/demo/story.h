// The life of the cases: who does what next, and when. Everything happens in one order of time
// through the use cases of features/cases; what this file decides is only what people would do.
#pragma once

#include <map>
#include <queue>
#include <string>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/receive.h"
#include "features/cases/steps.h"
#include "features/classes/class_file.h"
#include "features/demo/causes.h"
#include "features/demo/demo.h"
#include "features/demo/words.h"

namespace minhu::demo {

// What can be due to happen to a case.
enum class Act : std::uint8_t {
  arrive,
  triage,
  route,
  unit_looks,
  decide_objection,
  accept,
  work,  // the next of the agenda; the answer when it is empty
  feedback,
  send_back,
  call_back,
  attempt,
  after_call,
  rate,
  reopen,
  close,
  ask_review,
  answer_review,
  ask_recheck,
  answer_recheck,
  conclude,
  watch,  // a supervisor looks whether it is late
  answer_supervision,
  recommend,
  answer_recommendation,
  urge,
  supplement,
  withdraw,
  activate,
  new_code,
  note,
  erase,
  class_move,  // of a class of matters (story_classes.cc); `play` is its place among the classes
};

// Between acceptance and answer.
enum class Work : std::uint8_t {
  share,
  progress,
  open_hearing,
  hold_hearing,
  mediate,
  end_mediation,
  park,
  unpark,
  ask_longer,
  decide_longer,
};

struct Move {
  Instant at;
  std::uint64_t order = 0;  // what was arranged first happens first
  Act act = Act::arrive;
  std::size_t play = 0;                      // of an arrival: its place among the arrivals
  bool operator<(const Move& other) const {  // for a queue whose top is the earliest
    return at != other.at ? at > other.at : order > other.order;
  }
};

// One case as the story knows it; `file` is what apply() makes of its events, as in the database.
struct Play {
  cases::CaseFile file;
  std::size_t issue = 0;
  std::int64_t speaker = 1;
  const Office* office = nullptr;  // that it went to last
  std::string category;            // as triaged, right or wrong
  cases::ClientToken token{};
  Sealed<std::string> activation_code;
  bool voice_message = false;
  bool second_door = false;
  bool assigned = false;
  bool came_again = false;
  int rounds = 0;  // answers so far
  Answering how = Answering::poor;
  std::vector<Work> agenda;  // the last comes first
  std::vector<std::size_t> members;
};

// What officials do with one class of matters, in this order.
enum class ClassMove : std::uint8_t {
  propose,
  screen,
  select,
  find_cause,
  plan,
  publish,
  treat,
  report,
  measure,
  ask,
  verify,
  keep,
  sign_off,
  none,
};
// One cause that the offices of the county have found and try to end.
struct ClassPlay {
  const Cause* cause = nullptr;
  Instant treated;       // when they begin, which is when the cause itself gives way
  bool refused = false;  // it is screened, and found to be solved elsewhere
  classes::ClassId id;   // empty until it is proposed
  ClassMove next = ClassMove::propose;
  int tries = 0;  // of the step that is due
};

class Story {
 public:
  Story(const Book& book, const cases::County& county, const cases::Keyring& keyring,
        Entropy& entropy, const Options& options);

  // All moves before the last day; writes in large transactions. Fault out_of_storage.
  Outcome play(Database& database, const OnProgress& on_progress);
  Played played() const;

 private:
  using Fields = std::map<std::string, std::string, std::less<>>;
  using Kind = cases::EventKind;
  using Role = accounts::Role;

  // ---- the stage: time, actors, taking a step (stage.cc)
  void arrange(std::size_t play, Act act, Instant at);
  // After that many working days, at an hour at which offices work.
  Instant office_time(double working_days);
  Instant minutes_later(double mean);
  Instant people_time(double days);
  cases::Context as(Role role, UnitId unit) const;
  cases::Context handler(const Play& play) const;
  cases::Context head(const Play& play) const;
  cases::Context of_body(const Play& play, Role role) const;  // the body that took it in
  cases::Context speaker() const;
  bool open(const Play& play, Kind kind) const;
  // False when the rules refused it; the refusal is counted and the story goes on.
  bool take(Play& play, const cases::Context& context, Kind kind, Fields fields = {});
  void reload(Play& play);
  std::string said(std::string_view phrases, const Play& play);
  Slots slots(const Play& play) const;
  bool ended(const Play& play) const { return cases::ended_states.has(play.file.state); }
  void perform(const Move& move);

  // ---- words come in and are sorted (story_intake.cc)
  void arrive(const Arrival& arrival);
  void triage(std::size_t index);
  bool end_at_triage(std::size_t index);
  bool merge_into_known(std::size_t index);
  void route(std::size_t index);
  UnitId where_to(const Play& play, std::string& rule);
  void arrange_the_speaker(std::size_t index);
  std::string wrong_category(const Play& play);

  // ---- a unit has it (story_handling.cc)
  void unit_looks(std::size_t index);
  void decide_objection(std::size_t index);
  void accept(std::size_t index);
  void draw_agenda(Play& play);
  void work(std::size_t index);
  bool work_step(std::size_t index, Work step);
  void answer_case(std::size_t index);
  Answering how_to_answer(const Play& play);
  double days_of_work(const Play& play);

  // ---- after the answer (story_after.cc)
  void after_answer(std::size_t index);
  void call_back(std::size_t index);
  void attempt(std::size_t index);
  void after_call(std::size_t index);
  void rate(std::size_t index);
  void close(std::size_t index);
  void come_again(std::size_t index);
  void review(std::size_t index, Kind kind);
  Fields opinion(const Play& play, std::string_view outcome, const std::string& text);
  std::string solved(const Play& play);
  std::string satisfied(const Play& play, std::string_view solved);

  // ---- beside the road (story_beside.cc)
  void watch(std::size_t index);
  void beside(std::size_t index, Act act);

  // ---- from single cases to their class (story_classes.cc)
  void plan_classes();
  void move_class(std::size_t index);
  bool propose_class(ClassPlay& play);
  bool take_class_move(ClassPlay& play);
  bool take_class_step(ClassPlay& play, const cases::Context& context, classes::EventKind kind,
                       Fields fields = {});
  bool measure_class(ClassPlay& play);
  bool ask_for_class(ClassPlay& play);
  void link_to_class(std::size_t index);
  cases::Context leader() const;
  void watch_classes(Database& database);

  const Book& book_;
  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  Options options_;
  Dice dice_;
  Instant from_;
  Instant to_;
  World world_;

  Transaction* transaction_ = nullptr;  // of the running batch
  Instant now_;
  std::priority_queue<Move> moves_;
  std::uint64_t arranged_ = 0;
  std::vector<Arrival> arrivals_;
  std::vector<Play> plays_;
  std::map<UnitId, const Office*> offices_;
  std::map<std::pair<std::size_t, UnitId>, std::size_t> known_;  // issue and body → its open case
  std::map<std::size_t, std::pair<Written, std::string>> last_words_;  // of an issue, with number
  std::map<std::pair<std::string, std::string>, std::pair<UnitId, std::string>> suggested_;
  std::vector<TrueCase> truth_;
  std::map<std::string, std::int64_t> refused_;
  // Chance of their own: without the classes the same cases would be the same.
  Dice class_dice_;
  std::vector<ClassPlay> classes_;
  Instant watched_;  // when the program last looked at solved classes
};

}  // namespace minhu::demo
