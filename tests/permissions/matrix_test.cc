// The matrix: every person at every door, for a case in every state. What must be allowed stands in
// expectations.cc; everything else must be refused, in the words of a case that there is not.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <thread>

#include "cells.h"
#include "features/cases/edges.h"
#include "words.h"

namespace minhu::permission_matrix {
namespace {

// Faults of many threads; the first hundred are told.
class Faults {
 public:
  void add(const std::string& what) {
    const std::lock_guard guard(lock_);
    if (++count_ <= 100) text_ += what + "\n";
  }
  int count() const { return count_; }
  const std::string& text() const { return text_; }

 private:
  std::mutex lock_;
  int count_ = 0;
  std::string text_;
};

void for_everybody(const std::function<void(const Person&)>& work) {
  std::vector<std::thread> threads;
  for (const Person& person : people()) threads.emplace_back([&] { work(person); });
  for (std::thread& thread : threads) thread.join();
}

std::string in_short(const Told& told) {
  return std::to_string(told.status) + " " + told.code();
}

void judge(const Cell& cell, const Walked& walked, Faults& faults) {
  const bool may = expected(cell.door.right, cell.person.name, cell.state);
  if (walked.told.status >= 500) faults.add(name_of(cell) + ": " + in_short(walked.told));
  if (may != walked.passed) {
    faults.add(name_of(cell) + (may ? ": refused with " : ": ALLOWED with ") +
               in_short(walked.told) + ", the right \"" + std::string(cell.door.right) + "\"");
  }
  // What is stored about somebody is shown to them, and to nobody else.
  const bool own = (cell.door.pattern.find("/mine") != std::string_view::npos ||
                    cell.door.pattern == "/api/v1/receipts/{number}/copy") &&
                   expected("own case", cell.person.name, cell.state);
  for (const std::string& word : canaries_in(walked.told.head + walked.told.body)) {
    if (own && (word == "zq-" || word.starts_with(canary(cell.state, "")))) continue;
    if (!may_read_word(cell.person, word)) faults.add(name_of(cell) + ": tells " + word);
  }
  if (walked.passed || may || cell.state == "-") return;
  // Whoever knows of the case is told that they may not, or not now; to everybody else it is a case
  // that there is not.
  if (!walked.as_of_nothing && !knows_of(cell.person.name, cell.state)) {
    faults.add(name_of(cell) + ": " + in_short(walked.told) + " is not what is said of no case");
  }
}

// What the doors of a case give, they give whole.
void judge_words(const Cell& cell, const Walked& walked, Faults& faults) {
  if (!walked.passed || cell.state == "-" || cell.door.method != http::Method::get) return;
  if (!split(cell.door.objects).contains("answer") || cell.door.passes != 200) return;
  const auto words = canaries_in(walked.told.body);
  const auto has = [&](std::string_view text) { return words.contains(canary(cell.state, text)); };
  const bool file = !cell.door.kind.empty();
  if (cell.state == "erased") {
    if (!words.empty())
      faults.add(name_of(cell) + ": an erased case still tells " + *words.begin());
  } else if (file ? !has(cell.door.kind) : !has("words")) {
    faults.add(name_of(cell) + ": says nothing");
  } else if (cell.state == "answered" && !file && !has("answer")) {
    faults.add(name_of(cell) + ": does not tell the answer");
  }
}

TEST(Matrix, EveryPersonAtEveryDoorForACaseInEveryState) {
  House::get();
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processor_before = std::clock();
  std::atomic<int> cells = 0;
  std::atomic<int> of_five_states = 0;
  std::atomic<int> allowed = 0;
  Faults faults;
  for_everybody([&](const Person& person) {
    for (const Door& door : doors()) {
      for (const std::string_view state : states_for(door)) {
        const Cell cell{door, person, state};
        // What is done for good to whoever may is walked by the tests of once_test.cc.
        if (door.manner == Manner::once && expected(door.right, person.name, state)) continue;
        const Walked walked = walk(cell);
        judge(cell, walked, faults);
        judge_words(cell, walked, faults);
        ++cells;
        if (walked.passed) ++allowed;
        if (std::count(std::begin(five_states), std::end(five_states), state) > 0) {
          of_five_states += static_cast<int>(split(door.objects).size());
        }
      }
    }
  });
  EXPECT_EQ(faults.count(), 0) << faults.text();
  // The machine may be busy with something else: what the program and its client used is counted.
  const double processor = static_cast<double>(std::clock() - processor_before) / CLOCKS_PER_SEC;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf(
      "%d requests, %d allowed; %d cells of person x object x verb x state; %.1f s, %.1f s of "
      "processor\n",
      cells.load(), allowed.load(), of_five_states.load(), took.count(), processor);
  EXPECT_GE(of_five_states.load(), 3240);
  EXPECT_LT(processor, 60.0);
  EXPECT_EQ(canaries_in(House::get().log()), std::set<std::string>()) << "the log tells";
}

// INV-05: a number is an answer, too.
TEST(Matrix, WhoeverIsComplainedOfCannotEvenCount) {
  for (const Person& person : people()) {
    if (!split("accused_handler accused_head above_accused below_accused stranger")
             .contains(std::string(person.name)))
      continue;
    const Told told = House::get().ask(person, {http::Method::get, "/api/v1/queues", {}, {}, {}});
    ASSERT_EQ(told.status, 200);
    for (std::size_t at = told.body.find("\"waiting\":"); at != std::string::npos;
         at = told.body.find("\"waiting\":", at + 1)) {
      EXPECT_EQ(told.body[at + 10], '0') << person.name << ": " << told.body;
    }
  }
}

TEST(Matrix, EveryRouteHasALineAndEveryLineARoute) {
  std::set<std::string> served;
  for (const http::Route& route : House::get().routes()) {
    served.insert(std::string(name_of(route.method)) + " " + std::string(route.pattern));
  }
  std::set<std::string> lines;
  for (const Door& door : doors()) {
    lines.insert(std::string(name_of(door.method)) + " " + std::string(door.pattern));
  }
  for (const std::string& route : served) {
    EXPECT_TRUE(lines.contains(route))
        << route << " has no line in tests/permissions/doors.cc. Say there what stands behind it "
        << "(objects, verb), the right it needs and what it answers to whoever may; and in "
        << "expectations.cc who holds that right, for a case in which state.";
  }
  for (const std::string& line : lines)
    EXPECT_TRUE(served.contains(line)) << "no route is " << line;
}

TEST(Matrix, EveryStepOfTheMachineIsTried) {
  std::set<std::string_view> tried;
  for (const Door& door : doors()) tried.insert(door.kind);
  for (const cases::Edge& edge : cases::edges()) {
    EXPECT_TRUE(tried.contains(cases::name(edge.kind)))
        << "tests/permissions/doors.cc does not try the step " << cases::name(edge.kind);
  }
}

TEST(Matrix, EveryRightIsADoorsAndNamesPeopleAndCasesThatThereAre) {
  std::set<std::string_view> used{"nobody"};
  for (const Door& door : doors()) used.insert(door.right);
  std::set<std::string> persons{"*"};
  for (const Person& person : people()) persons.emplace(person.name);
  for (const Right& row : rights()) {
    EXPECT_TRUE(used.contains(row.right)) << row.right;
    for (const std::string& person : split(row.people))
      EXPECT_TRUE(persons.contains(person)) << person;
    for (const std::string& state : split(row.states)) {
      EXPECT_TRUE(state == "*" || House::get().here().has(state)) << state;
    }
  }
}

}  // namespace
}  // namespace minhu::permission_matrix
