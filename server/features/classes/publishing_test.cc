// What everybody may know, and joining it.
#include "features/classes/publishing.h"

#include "features/classes/nearness.h"
#include "features/classes/queries.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Publishing : public ClassesWorld {
 protected:
  std::vector<PublishedClass> near(std::string_view words, std::string_view category = {},
                                   std::string_view place = {}) {
    return database_->read([&](Reading& reading) {
      return nearby_published(reading, county_, {words, category, place});
    });
  }
  std::vector<LedgerLine> lines() {
    return database_->read([&](Reading& reading) { return ledger(reading, county_); });
  }
  std::optional<PublishedClass> shown_to_speaker_of(CaseId id) {
    return database_->read(
        [&](Reading& reading) { return published_class_of(reading, county_, id); });
  }
  std::vector<CaseId> several(int number) {
    std::vector<CaseId> ids;
    for (int i = 0; i < number; ++i) ids.push_back(reported());
    return ids;
  }
  void publish(ClassId id) {
    must_take(treater(), id, EventKind::summary_written,
              {{"title", "村口污水管老化"}, {"text", "旧管一到雨季就破。正在分两期更换。"}});
    must_take(leader(), id, EventKind::summary_approved);
  }
  Result<cases::Receipt> join(ClassId id, cases::Words words) {
    const Context anyone = as(Role::anyone);
    const auto prepared = cases::prepare(anyone, std::move(words));
    return database_->write(
        [&](Transaction& t) { return receive_joined(t, anyone, **prepared, id); });
  }
};

TEST_F(Publishing, NeedsASummaryThatAnotherApprovedAndFiveCases) {
  const auto cases = several(5);
  const ClassId id = proposed(cases).id;
  treat(id);
  EXPECT_FALSE(shown_to_speaker_of(cases[0]));
  must_take(proposer(), id, EventKind::summary_written,
            {{"title", "村口污水管老化"}, {"text", "正在更换。"}});
  EXPECT_TRUE(lines().empty());
  EXPECT_TRUE(near("村口的污水管又破了").empty());
  // Whoever wrote it does not approve it, in whatever post.
  Context writer_as_leader = leader();
  writer_as_leader.actor.account = proposer().actor.account;
  EXPECT_EQ(told(writer_as_leader, id, EventKind::summary_approved), "classes.own_summary");
  must_take(leader(), id, EventKind::summary_approved);
  ASSERT_EQ(lines().size(), 1U);
  EXPECT_EQ(lines()[0].published.state, PublicState::under_way);
  EXPECT_EQ(shown_to_speaker_of(cases[0])->number, now_of(id).number);
  EXPECT_EQ(near("村口的污水管又破了").size(), 1U);
  // With one fewer nobody could hide among the others.
  EXPECT_EQ(unlinked(dispatcher(), id, cases[0]), "done");
  EXPECT_TRUE(lines().empty());
  EXPECT_TRUE(near("村口的污水管又破了").empty());
  EXPECT_FALSE(shown_to_speaker_of(cases[1]));
}

TEST_F(Publishing, ANewSummaryNeedsANewApproval) {
  const ClassId id = proposed(several(5)).id;
  treat(id);
  publish(id);
  must_take(treater(), id, EventKind::summary_written,
            {{"title", "村口污水管老化"}, {"text", "第一期换完了。"}});
  EXPECT_TRUE(lines().empty());
  EXPECT_EQ(told(leader(), id, EventKind::summary_approved), "taken");
  EXPECT_EQ(told(leader(), id, EventKind::summary_approved), "classes.no_summary_waiting");
  must_take(leader(), id, EventKind::summary_withdrawn, {{"reason", "有误，先撤下。"}});
  EXPECT_TRUE(lines().empty());
}

TEST_F(Publishing, PutsARefusedCandidateIntoTheLedgerWithItsReason) {
  const ClassId id = proposed(several(6)).id;
  must_take(proposer(), id, EventKind::screened, four_tests("1"));
  must_take(proposer(), id, EventKind::rejected,
            {{"because", "being_solved"}, {"reason", "已列入今年的改造计划，年底完工。"}});
  must_take(proposer(), id, EventKind::summary_written,
            {{"title", "村口污水管老化"}, {"text", "有人建议作为一类来解决。"}});
  must_take(leader(), id, EventKind::summary_approved);
  ASSERT_EQ(lines().size(), 1U);
  EXPECT_EQ(lines()[0].published.state, PublicState::refused);
  EXPECT_EQ(lines()[0].published.cases, 6);
  EXPECT_EQ(lines()[0].reason, "已列入今年的改造计划，年底完工。");
  EXPECT_TRUE(near("村口的污水管又破了").empty());
}

TEST_F(Publishing, WhatWasDecidedStandsWithWhoOwesItsPublicWordsUntilEverybodyCanReadIt) {
  const auto owed_to = [&](const Context& context) {
    return database_->read([&](Reading& reading) {
      ClassQuery query;
      query.mine = true;
      return !list_classes(reading, context, query, std::nullopt, 50).rows.empty();
    });
  };
  const ClassId refused = proposed(several(6)).id;
  must_take(proposer(), refused, EventKind::rejected,
            {{"because", "being_solved"}, {"reason", "已列入今年的改造计划，年底完工。"}});
  const auto words_about = [&](ClassId id) {
    return database_->read([&](Reading& reading) {
      return public_words(reading, proposer(), *load_row(reading, county_.region, id));
    });
  };
  EXPECT_EQ(words_about(refused), PublicWords::to_write);
  EXPECT_TRUE(owed_to(proposer()));
  EXPECT_FALSE(owed_to(leader()));
  must_take(proposer(), refused, EventKind::summary_written,
            {{"title", "村口污水管老化"}, {"text", "有人建议作为一类来解决。"}});
  EXPECT_EQ(words_about(refused), PublicWords::to_approve);
  EXPECT_FALSE(owed_to(proposer()));
  EXPECT_TRUE(owed_to(leader()));
  EXPECT_TRUE(owed_to(judge()));
  must_take(leader(), refused, EventKind::summary_approved);
  EXPECT_EQ(words_about(refused), PublicWords::approved);
  EXPECT_FALSE(owed_to(leader()));
  EXPECT_FALSE(owed_to(judge()));
}

TEST_F(Publishing, NobodyOwesWordsAboutWhatIsNotDecidedOrTooSmallToShow) {
  const ClassId few = proposed(several(4)).id;
  const auto words_about = [&](ClassId id) {
    return database_->read([&](Reading& reading) {
      return public_words(reading, proposer(), *load_row(reading, county_.region, id));
    });
  };
  EXPECT_EQ(words_about(few), PublicWords::none_due);
  treat(few);
  EXPECT_EQ(words_about(few), PublicWords::none_due);
  EXPECT_EQ(linked(dispatcher(), few, reported()), "done");
  EXPECT_EQ(words_about(few), PublicWords::to_write);
  // The unit that leads it writes.
  EXPECT_TRUE(database_->read([&](Reading& reading) {
    return owes_public_words(reading, treater(), *load_row(reading, county_.region, few));
  }));
  EXPECT_FALSE(database_->read([&](Reading& reading) {
    return owes_public_words(reading, proposer(), *load_row(reading, county_.region, few));
  }));
}

TEST_F(Publishing, AMeasureIsReadByEverybodyOnceThePlanIsPublished) {
  const ClassId id = proposed(several(5)).id;
  must_take(proposer(), id, EventKind::screened, four_tests());
  must_take(leader(), id, EventKind::selected,
            {{"lead_unit", water_.text()},
             {"sponsor", "分管水利的副县长"},
             {"theme", "2024-02"},
             {"baseline", "去年72件。"}});
  publish(id);
  must_take(treater(), id, EventKind::cause_found, {{"cause", "money"}, {"text", "没有预算。"}});
  must_take(treater(), id, EventKind::measure_planned,
            {{"text", "换完主管"},
             {"unit", water_.text()},
             {"due", "2024-12-31"},
             {"moves", "每月件数"}});
  ASSERT_EQ(lines().size(), 1U);
  EXPECT_TRUE(lines()[0].plan.empty());
  EXPECT_TRUE(lines()[0].measures.empty());
  must_take(treater(), id, EventKind::plan_published, {{"plan", "分期换管。"}, {"threshold", "1"}});
  EXPECT_EQ(lines()[0].plan, "分期换管。");
  ASSERT_EQ(lines()[0].measures.size(), 1U);
  EXPECT_EQ(lines()[0].measures[0].text, "换完主管");
  EXPECT_EQ(lines()[0].measures[0].due, "2024-12-31");
}

TEST_F(Publishing, IsNearByWordsCategoryAndPlace) {
  NewClass made = pipes(several(5));
  made.definition.places = {"339901101"};
  const auto file = try_propose(proposer(), made);
  ASSERT_TRUE(file);
  treat(file->id);
  publish(file->id);
  EXPECT_EQ(near("我家门口的污水管漏水", "minhu:0201", "339901101").size(), 1U);
  EXPECT_TRUE(near("我家门口的污水管漏水", "minhu:0201", "339901102").empty());
  EXPECT_TRUE(near("学校门口的红绿灯坏了").empty());
  EXPECT_TRUE(near("").empty());
  EXPECT_TRUE(near("。。。！！！ 123").empty());
}

TEST_F(Publishing, JoiningGivesACaseOfOnesOwnAndALink) {
  const ClassId id = proposed(several(5)).id;
  treat(id);
  publish(id);
  const auto receipt = join(id, words_at("339901101"));
  ASSERT_TRUE(receipt);
  EXPECT_FALSE(receipt->number.empty());
  EXPECT_TRUE(now_of(id).has(receipt->case_id));
  // Its own clock runs, its own office has it.
  EXPECT_NE(cases::next_due(file(receipt->case_id)), nullptr);
  EXPECT_EQ(file(receipt->case_id).state, cases::State::registered);
  // Sent again it is the same.
  const std::int64_t seq = now_of(id).seq;
  --serial_;  // the same token
  const auto again = join(id, words_at("339901101"));
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(now_of(id).seq, seq);
}

TEST_F(Publishing, WhatCannotBeJoinedIsReceivedAllTheSame) {
  const ClassId id = proposed(several(5)).id;  // not published
  const auto unpublished = join(id, words_at("339901101"));
  ASSERT_TRUE(unpublished);
  EXPECT_FALSE(now_of(id).has(unpublished->case_id));
  const auto nowhere = join(ClassId(), words_at("339901101"));
  EXPECT_TRUE(nowhere);
  treat(id);
  publish(id);
  cases::Words accusation = words_at("339901101");
  accusation.track = cases::Track::accusation;
  const auto held = join(id, std::move(accusation));
  ASSERT_TRUE(held);
  EXPECT_FALSE(now_of(id).has(held->case_id));
}

TEST(Nearness, WeighsWhatFewTitlesHold) {
  const std::vector<Described> all{
      {"村口路灯长期不亮", "", false}, {"村口污水管老化", "", false}, {"村口道路坑洼", "", false}};
  const auto order = nearest(all, "村口的污水管破了，水管漏水");
  ASSERT_FALSE(order.empty());
  EXPECT_EQ(order.front(), 1U);
  EXPECT_TRUE(nearest(all, "村口").empty());
}

}  // namespace
}  // namespace minhu::classes
