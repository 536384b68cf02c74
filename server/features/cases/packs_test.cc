// The shipped rule packs against the table of edges: a pack is data that anybody may edit, and a
// name misspelt there would otherwise be a date that never comes or never ends.
#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <sstream>

#include "adapters/policies/policies.h"
#include "features/cases/clocks.h"
#include "features/cases/edges.h"
#include "kernel/crypto.h"
#include "project_folder.h"

namespace minhu::cases {
namespace {

struct Seen {
  CaseFile file;
  std::string how;  // the steps that led here, for a reader of a failure
};

class Packs : public ::testing::Test {
 protected:
  Packs() {
    auto book = policies::read_rule_book(project_folder() / "policies");
    EXPECT_TRUE(book);
    county_.rules = std::move(*book);
  }

  void enable_only(std::initializer_list<std::string_view> packs) {
    for (auto& pack : county_.rules.packs) {
      pack.enabled = std::find(packs.begin(), packs.end(), pack.id) != packs.end();
    }
  }

  Event event_of(const CaseFile& file, EventKind kind, std::string_view urgency) const {
    Event event;
    event.case_id = file.id;
    event.seq = file.seq + 1;
    event.kind = kind;
    event.happened_at = event.recorded_at = *parse_instant("2026-03-02 10:00");
    if (kind == EventKind::triaged) event.facts["urgency"] = urgency;
    if (kind == EventKind::extended) event.facts["days"] = "1";
    if (kind == EventKind::assigned) event.facts["report_days"] = "20";
    if (kind == EventKind::review_answered) event.facts["changed"] = "changed";
    if (kind == EventKind::received) event.facts["track"] = name(file.track);
    return event;
  }

  // What tells two moments of a case apart as far as its clocks go.
  static std::string key(const CaseFile& file) {
    std::string text(name(file.state));
    std::set<std::string> open;
    for (const auto& clock : file.clocks) {
      if (!clock.met_at) open.insert(clock.rule + (clock.paused_at ? "(paused)" : ""));
    }
    for (const auto& rule : open) text += " " + rule;
    return text;
  }

  // Owed by a unit of its own accord, beside the case and even after it has ended.
  static bool beside_the_case(EventKind kind) {
    return kind == EventKind::supervised || kind == EventKind::recommended;
  }

  // Every moment that steps of the table lead to, whoever takes them, on one track.
  std::vector<Seen> walk(Track track) const {
    std::vector<Seen> all;
    std::set<std::string> known;
    std::deque<Seen> next;
    CaseFile empty;
    empty.track = track;
    Event received = event_of(empty, EventKind::received, "ordinary");
    received.clocks = clock_changes(county_, CaseFile{}, received);
    CaseFile first;
    apply(first, received);
    next.push_back({first, "received"});
    while (!next.empty()) {
      Seen seen = std::move(next.front());
      next.pop_front();
      if (!known.insert(key(seen.file)).second) continue;
      for (const Edge& edge : edges()) {
        if (!edge.from.has(seen.file.state) || !edge.tracks.has(track)) continue;
        if (beside_the_case(edge.kind)) continue;
        for (const std::string_view urgency :
             {"ordinary", "danger_to_life", "utilities_cut", "complex"}) {
          Event event = event_of(seen.file, edge.kind, urgency);
          event.clocks = clock_changes(county_, seen.file, event);
          CaseFile after = seen.file;
          apply(after, event);
          next.push_back({std::move(after), seen.how + " > " + std::string(name(edge.kind))});
          if (edge.kind != EventKind::triaged) break;
        }
      }
      all.push_back(std::move(seen));
    }
    return all;
  }

  static bool is_choice(std::string_view fact, std::string_view value) {
    for (const Edge& edge : edges()) {
      for (const Field& field : edge.fields) {
        const std::string choices = " " + std::string(field.choices) + " ";
        if (field.name == fact && field.form == Form::choice &&
            choices.find(" " + std::string(value) + " ") != std::string::npos) {
          return true;
        }
      }
    }
    return false;
  }
  // "fact=value|value": each is one that a step can bring.
  static void expect_a_choice_of_some_step(const std::string& condition) {
    const auto equals = condition.find('=');
    ASSERT_NE(equals, std::string::npos);
    std::istringstream values(condition.substr(equals + 1));
    for (std::string value; std::getline(values, value, '|');) {
      EXPECT_TRUE(is_choice(condition.substr(0, equals), value)) << condition;
    }
  }
  // A term that a step names: each step that starts it must bring that number.
  static void expect_counts(std::string_view fact, const std::vector<std::string>& starts_on) {
    for (const Edge& edge : edges()) {
      if (std::find(starts_on.begin(), starts_on.end(), name(edge.kind)) == starts_on.end()) {
        continue;
      }
      EXPECT_TRUE(std::any_of(edge.fields.begin(), edge.fields.end(),
                              [&](const Field& field) {
                                return field.name == fact && field.form == Form::count &&
                                       field.need == Need::required;
                              }))
          << fact << " of " << name(edge.kind);
    }
  }

  void expect_no_clock_of_ours_runs_after_the_end(Track track) const {
    for (const Seen& seen : walk(track)) {
      if (!ended_states.has(seen.file.state)) continue;
      for (const RunningClock& clock : seen.file.clocks) {
        EXPECT_TRUE(!clock.runs() || clock.citizen)
            << clock.rule << " runs on in " << name(seen.file.state) << " after " << seen.how;
      }
    }
  }

  void expect_a_date_wherever_we_owe_something(Track track) const {
    for (const Seen& seen : walk(track)) {
      // A merged speaker waits too; after an answer somebody owes them the question whether it
      // helped.
      const States owing = waiting_for_us | States{State::merged, State::answered};
      if (!owing.has(seen.file.state)) continue;
      const bool dated =
          std::any_of(seen.file.clocks.begin(), seen.file.clocks.end(),
                      [&](const auto& clock) { return !clock.met_at && !clock.citizen; });
      EXPECT_TRUE(dated) << name(track) << ": nobody has a date in " << name(seen.file.state)
                         << " after " << seen.how;
    }
  }

  County county_;
};

TEST_F(Packs, NameOnlyStepsTracksAndUrgenciesThatExist) {
  for (const auto& pack : county_.rules.packs) {
    for (const auto& rule : pack.rules) {
      SCOPED_TRACE(pack.id + " " + rule.code);
      // Of leaders' visits, which are no cases: features/visits holds them to its own steps.
      if (rule.tracks == std::vector<std::string>{"visit"}) continue;
      for (const auto* list : {&rule.starts_on, &rule.met_by, &rule.stopped_by, &rule.limits,
                               &rule.paused_by, &rule.resumed_by}) {
        for (const auto& kind : *list) {
          EXPECT_TRUE(named<EventKind>(kind)) << pack.id << " " << rule.code << ": " << kind;
        }
      }
      for (const auto& track : rule.tracks) {
        EXPECT_TRUE(named<Track>(track)) << pack.id << " " << rule.code << ": " << track;
      }
      if (!rule.only_if.empty()) expect_a_choice_of_some_step(rule.only_if);
      if (!rule.amount_from.empty()) expect_counts(rule.amount_from, rule.starts_on);
    }
  }
}

TEST_F(Packs, NoClockOfOursRunsOnAfterTheEndOfACase) {
  for (const Track track :
       {Track::petition, Track::hotline, Track::open311, Track::suggestion, Track::accusation}) {
    expect_no_clock_of_ours_runs_after_the_end(track);
  }
}

TEST_F(Packs, NorWithThePacksThatAreShippedSwitchedOff) {
  for (auto& pack : county_.rules.packs) pack.enabled = true;
  expect_no_clock_of_ours_runs_after_the_end(Track::petition);
  expect_no_clock_of_ours_runs_after_the_end(Track::hotline);
}

TEST_F(Packs, WhereverWeOweSomethingThereIsADate) {
  for (const Track track : {Track::petition, Track::hotline, Track::open311, Track::suggestion}) {
    expect_a_date_wherever_we_owe_something(track);
  }
}

TEST_F(Packs, AlsoWhereThePackOfBeijingStandsInForTheFiveWorkingDays) {
  enable_only({"cn-petition-2022", "our-promises", "beijing-hotline-draft-2021"});
  expect_a_date_wherever_we_owe_something(Track::hotline);
}

// An old table beside its correction: dates would follow one of them, and nobody could say which.
TEST(Calendars, TwoThatSpeakOfOneDayAreRefused) {
  const std::string pack =
      "id = \"p\"\nversion = 1\ntitle_zh = \"一\"\ntitle_en = \"one\"\nsource = \"s\"\n"
      "valid_from = 2020-01-01\nenabled = true\n[[rule]]\ncode = \"c\"\ntracks = [\"hotline\"]\n"
      "starts_on = [\"received\"]\nmet_by = [\"answered\"]\namount = 1\nunit = \"hours\"\n"
      "label_zh = \"一\"\nlabel_en = \"one\"\ncitation = \"s\"\n";
  const auto calendar = [](const char* version, const char* from, const char* to) {
    return std::string("id = \"cn\"\nsource = \"s\"\nversion = ") + version + "\nfrom = " + from +
           "\nto = " + to + "\n";
  };
  const auto read = [&](const std::string& first, const std::string& second) {
    const EmbeddedFile files[] = {
        {"packs/p.toml", pack}, {"calendars/cn-a.toml", first}, {"calendars/cn-b.toml", second}};
    return policies::read_rule_book(files);
  };
  const std::string old = calendar("1", "2026-01-01", "2026-12-31");
  EXPECT_TRUE(read(old, calendar("1", "2027-01-01", "2027-12-31")));
  for (const std::string& other :
       {calendar("2", "2026-01-01", "2026-12-31"), calendar("2", "2026-12-31", "2027-12-31"),
        calendar("2", "2026-05-01", "2026-05-05")}) {
    for (const auto& book : {read(old, other), read(other, old)}) {
      ASSERT_FALSE(book);
      EXPECT_EQ(book.error().key, "policies.calendars_overlap");
    }
  }
}

}  // namespace
}  // namespace minhu::cases
