// Which cases are in a class, and that the class does nothing to them.
#include "features/classes/linking.h"

#include "features/classes/queries.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Linking : public ClassesWorld {
 protected:
  bool is_in(ClassId id, CaseId case_id) { return now_of(id).has(case_id); }
  ClassOfCase class_of(const Context& context, CaseId id) {
    return database_->read([&](Reading& reading) { return *class_of_case(reading, context, id); });
  }
  std::int64_t counted(ClassId id) {
    return database_->read([&](Reading& reading) {
      return static_cast<std::int64_t>(arrivals_of(reading, county_, matching_,
                                                   now_of_in(reading, id), Instant{0},
                                                   Instant{now_.unix_ms + 1})
                                           .size());
    });
  }
  ClassFile now_of_in(Reading& reading, ClassId id) {
    return *load_class(reading, county_.region, id);
  }
  void erase(CaseId id) {
    write([&](Transaction& t) { ASSERT_TRUE(cases::erase(t, dispatcher(), id, "asked for it")); });
  }
};

TEST_F(Linking, ChangesNothingOfACaseWhateverBecomesOfTheClass) {
  const CaseId id = reported();
  const cases::CaseFile before = file(id);
  ASSERT_NE(cases::next_due(before), nullptr);
  const ClassId of = proposed().id;
  EXPECT_EQ(linked(dispatcher(), of, id), "done");
  treat(of);
  EXPECT_EQ(file(id), before);
  EXPECT_EQ(unlinked(dispatcher(), of, id), "done");
  EXPECT_EQ(called_unrelated(dispatcher(), of, id), "done");
  EXPECT_EQ(file(id), before);
}

TEST_F(Linking, IsOfOneClassAtMostAndTwiceIsOnce) {
  const CaseId id = reported();
  const ClassId of = proposed().id;
  const auto other = try_propose(proposer(), pipes(), 2);
  ASSERT_TRUE(other);
  EXPECT_EQ(linked(dispatcher(), of, id), "done");
  const std::int64_t seq = now_of(of).seq;
  EXPECT_EQ(linked(dispatcher(), of, id), "done");
  EXPECT_EQ(now_of(of).seq, seq);
  EXPECT_EQ(linked(dispatcher(), other->id, id), "classes.in_another_class");
  EXPECT_EQ(unlinked(dispatcher(), other->id, id), "classes.not_in_the_class");
  EXPECT_EQ(unlinked(dispatcher(), of, id), "done");
  EXPECT_EQ(linked(dispatcher(), other->id, id), "done");
}

TEST_F(Linking, NeedsThatOneMayKnowOfTheCase) {
  const CaseId id = reported();
  const ClassId of = proposed().id;
  EXPECT_EQ(linked(handler(), of, id), "cases.not_found");
  EXPECT_EQ(linked(leader(), of, id), "classes.not_allowed");
  must(dispatcher(), id, CaseKind::transferred, to(housing_));
  EXPECT_EQ(linked(handler(), of, id), "done");
}

TEST_F(Linking, RemembersWhatIsUnrelated) {
  const CaseId id = reported();
  const ClassId of = proposed({id}).id;
  EXPECT_EQ(class_of(dispatcher(), id).row->id, of);
  EXPECT_EQ(counted(of), 1);
  EXPECT_EQ(called_unrelated(dispatcher(), of, id), "done");
  EXPECT_FALSE(is_in(of, id));
  EXPECT_FALSE(class_of(dispatcher(), id).row);
  EXPECT_TRUE(class_of(dispatcher(), id).proposed.empty());
  // It is of the same category still, and counts no more.
  EXPECT_EQ(counted(of), 0);
  // A person may see it otherwise later.
  EXPECT_EQ(linked(dispatcher(), of, id), "done");
  EXPECT_EQ(counted(of), 1);
}

TEST_F(Linking, ProposesTheNarrowestClassFirst) {
  NewClass wide = pipes();
  wide.definition.category = "minhu:02";
  ASSERT_TRUE(try_propose(proposer(), wide, 2));
  NewClass near = pipes();
  near.definition.places = {"339901101"};
  const auto narrow = try_propose(proposer(), near, 3);
  NewClass elsewhere = pipes();
  elsewhere.definition.places = {"339901102"};
  ASSERT_TRUE(try_propose(proposer(), elsewhere, 4));
  const auto found = class_of(dispatcher(), reported()).proposed;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, narrow->id);
}

TEST_F(Linking, LetsACaseThatIsHeldOrErasedLeaveAndKeepsNoReason) {
  const CaseId held = reported();
  const CaseId erased = reported();
  const CaseId voided = reported();
  const CaseId held_and_unrelated = reported();
  const ClassId of = proposed({held, erased, voided}).id;
  EXPECT_EQ(called_unrelated(dispatcher(), of, held_and_unrelated), "done");
  EXPECT_EQ(counted(of), 3);
  must(dispatcher(), held, CaseKind::held);
  must(dispatcher(), held_and_unrelated, CaseKind::held);
  erase(erased);
  must(dispatcher(), voided, CaseKind::voided, {{"reason", "重复录入"}});
  EXPECT_TRUE(now_of(of).members.empty());
  EXPECT_TRUE(now_of(of).unrelated.empty());
  EXPECT_EQ(counted(of), 0);
  const auto events =
      database_->read([&](Reading& reading) { return load_events(reading, county_.region, of); });
  for (const Event& event : events) {
    if (event.kind != EventKind::case_left) continue;
    EXPECT_EQ(event.facts.size(), 1U);
  }
  EXPECT_EQ(events.back().kind, EventKind::case_left);
  EXPECT_EQ(linked(dispatcher(), of, held), "cases.not_found");
  EXPECT_EQ(linked(dispatcher(), of, erased), "classes.not_to_be_counted");
}

TEST_F(Linking, AnAccusationIsNeverOfAClassAndNeverCounted) {
  cases::Words words = words_at("339901101");
  words.track = cases::Track::accusation;
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  const ClassId of = proposed().id;
  for (const Context& context : {dispatcher(), handler(), as(Role::system)}) {
    EXPECT_EQ(linked(context, of, receipt->case_id), "cases.not_found");
  }
  NewClass anywhere = pipes({receipt->case_id});
  EXPECT_EQ(try_propose(proposer(), anywhere, 2).error().key, "cases.not_found");
  EXPECT_EQ(counted(of), 0);
}

// Whoever is measured does not choose what is counted.
TEST_F(Linking, FromTheTreatmentOnThoseWhoTreatTakeNothingOut) {
  const CaseId id = reported();
  must(dispatcher(), id, CaseKind::transferred, to(housing_));
  const ClassId of = proposed({id}).id;
  EXPECT_EQ(unlinked(supporter(), of, id), "done");
  EXPECT_EQ(linked(supporter(), of, id), "done");
  treat(of);
  EXPECT_EQ(unlinked(supporter(), of, id), "classes.judged_by_others");
  EXPECT_EQ(called_unrelated(supporter(), of, id), "classes.judged_by_others");
  EXPECT_EQ(told(proposer(), of, EventKind::redefined, {{"category", "minhu:0202"}}),
            "classes.step_not_open");
  EXPECT_EQ(unlinked(dispatcher(), of, id), "done");
}

TEST_F(Linking, WhatAccusesThoseWhoAreToTreatItLeavesWithTheStepThatNamesThemAlsoWhenItIsOver) {
  const CaseId open = reported();
  const CaseId over = reported();
  const CaseId other = reported();
  for (const CaseId id : {open, over}) {
    must(dispatcher(), id, CaseKind::triaged, {{"complained_of", water_.text()}});
  }
  must(speaker(), over, CaseKind::withdrawn);
  const ClassId of = proposed({open, over, other}).id;
  EXPECT_EQ(now_of(of).members.size(), 3U);
  must_take(proposer(), of, EventKind::screened, four_tests());
  must_take(leader(), of, EventKind::selected, selection());
  ASSERT_EQ(now_of(of).members.size(), 1U);
  EXPECT_TRUE(is_in(of, other));
  EXPECT_EQ(now_of(of).state, State::selected);
}

TEST_F(Linking, ARejectedClassHoldsNoCase) {
  const CaseId id = reported();
  const ClassId of = proposed({id}).id;
  must_take(proposer(), of, EventKind::rejected,
            {{"because", "being_solved"}, {"reason", "已列入今年的改造计划。"}});
  EXPECT_TRUE(now_of(of).members.empty());
  EXPECT_EQ(linked(dispatcher(), of, id), "classes.step_not_open");
  const auto other = try_propose(proposer(), pipes({id}), 2);
  EXPECT_TRUE(other);
  EXPECT_EQ(said(other), "done");
}

TEST_F(Linking, ShowsAReaderTheCasesThatTheyMayReadAndCountsTheRest) {
  const CaseId mine = reported();
  must(dispatcher(), mine, CaseKind::transferred, to(housing_));
  const ClassId of = proposed({mine, reported()}).id;
  const auto page = [&](const Context& context) {
    return database_->read(
        [&](Reading& reading) { return cases_in(reading, context, of, std::nullopt, 50); });
  };
  ASSERT_EQ(page(handler()).cases.size(), 1U);
  EXPECT_EQ(page(handler()).cases.front().file.id, mine);
  EXPECT_EQ(page(handler()).hidden, 1);
  EXPECT_EQ(page(leader()).cases.size(), 0U);
  EXPECT_EQ(page(leader()).hidden, 2);
  EXPECT_FALSE(page(dispatcher()).cases.front().headline.empty());
}

}  // namespace
}  // namespace minhu::classes
