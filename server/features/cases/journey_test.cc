#include <gtest/gtest.h>

#include "features/cases/clocks.h"
#include "features/cases/guard.h"
#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

TEST_F(Journey, WordsInAReceiptOutAnAnswerBack) {
  const Receipt receipt = received();
  EXPECT_FALSE(receipt.query_code.empty());
  answer(receipt.case_id);
  must(caller(), receipt.case_id, EventKind::callback_done,
       {{"reached", "yes"}, {"solved", "yes"}, {"satisfaction", "satisfied"}});
  EXPECT_EQ(file(receipt.case_id).state, State::called_back);
  must(speaker(), receipt.case_id, EventKind::rated, {{"solved", "yes"}});
  EXPECT_EQ(refused(dispatcher(), receipt.case_id, EventKind::closed, {{"because", "window_over"}}),
            "cases.speaker_still_has_time");
  pass_days(40);
  must(dispatcher(), receipt.case_id, EventKind::closed, {{"because", "window_over"}});
  EXPECT_EQ(file(receipt.case_id).state, State::closed);
  EXPECT_TRUE(waiting_for(file(receipt.case_id)).empty());
}

TEST_F(Journey, TheSameTokenGivesTheSameReceiptOnce) {
  const Receipt first = received(9);
  const Receipt again = received(9);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(again.query_code.reveal_because("test"), first.query_code.reveal_because("test"));
  const auto count = database_->read([&](Reading& reading) {
    return *reading.first("SELECT count(*) FROM case_file WHERE region_id = ?1",
                          {param(county_.region)}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(count, 1);
}

TEST_F(Journey, TheCodeOpensItsCaseAndNoOther) {
  const Receipt mine = received(1);
  const Receipt other = received(2);
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(open_with_code(reading, speaker(), mine.number, mine.query_code).value(),
              mine.case_id);
    const auto wrong_code = open_with_code(reading, speaker(), mine.number, other.query_code);
    const auto wrong_number = open_with_code(reading, speaker(), "ABCDEFGHJKLM", mine.query_code);
    ASSERT_FALSE(wrong_code);
    ASSERT_FALSE(wrong_number);
    EXPECT_EQ(wrong_code.error(), wrong_number.error());
  });
}

TEST_F(Journey, AReplacedCodeOpensNothingAnyMore) {
  const Receipt mine = received();
  const auto replaced = database_->write(
      [&](Transaction& t) { return replace_code(t, speaker(), mine.case_id, ClientToken{77}); });
  ASSERT_TRUE(replaced);
  database_->read_job([&](Reading& reading) {
    EXPECT_FALSE(open_with_code(reading, speaker(), mine.number, mine.query_code));
    EXPECT_TRUE(open_with_code(reading, speaker(), mine.number, *replaced));
  });
}

TEST_F(Journey, WhatAClerkWroteDownIsExchangedOnceForACodeOfOnesOwn) {
  Words words = some_words(4);
  words.channel = Channel::face_to_face;
  words.helped_by_clerk = true;
  const auto receipt = receive_words(as(Role::clerk, county_.petition_office), words);
  ASSERT_TRUE(receipt);
  EXPECT_TRUE(receipt->query_code.empty());
  answer(receipt->case_id);
  EXPECT_EQ(refused(speaker(), receipt->case_id, EventKind::rated, {{"solved", "yes"}}),
            "cases.activate_first");
  const auto exchange = [&](ClientToken token) {
    return database_->write([&](Transaction& t) {
      return activate(t, speaker(), receipt->number, receipt->activation_code, token);
    });
  };
  const auto code = exchange(ClientToken{5});
  ASSERT_TRUE(code);
  EXPECT_EQ(exchange(ClientToken{5})->reveal_because("test"), code->reveal_because("test"));
  EXPECT_EQ(exchange(ClientToken{6}).error().key, "cases.already_activated");
  must(speaker(), receipt->case_id, EventKind::rated, {{"solved", "no"}});
}

TEST_F(Journey, AnAccusationIsHeldUnlistedAndGoesNowhere) {
  Words words = some_words(5);
  words.track = Track::accusation;
  const auto receipt = receive_words(as(Role::anyone), words);
  ASSERT_TRUE(receipt);
  const CaseFile held = file(receipt->case_id);
  EXPECT_EQ(held.state, State::held);
  EXPECT_TRUE(waiting_for(held).empty());
  EXPECT_TRUE(held.clocks.empty());
  for (int role = 0; role <= static_cast<int>(Role::system); ++role) {
    if (static_cast<Role>(role) == Role::speaker) continue;
    for (const UnitId at : {county_.petition_office, county_.hotline_body, housing_, UnitId()}) {
      const Context who = as(static_cast<Role>(role), at);
      EXPECT_TRUE(open_steps(who, held).empty()) << role;
      EXPECT_NE(refused(who, receipt->case_id, EventKind::transferred, to(housing_)), "allowed");
      database_->read_job([&](Reading& reading) {
        EXPECT_EQ(view_case(reading, who, receipt->case_id).error().key, "cases.not_found");
        EXPECT_FALSE(may_receive(reading, who, held, housing_).allowed);
      });
    }
  }
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(view_case(reading, speaker(), receipt->case_id)->said.text, words.text);
  });
}

TEST_F(Journey, AReturnNeedsADutyAndAProperUnitAndIsCounted) {
  const Receipt receipt = received();
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(housing_));
  EXPECT_EQ(refused(handler(), receipt.case_id, EventKind::objected, {{"reason", "不是我们的"}}),
            "cases.field_missing");
  EXPECT_EQ(
      refused(
          handler(), receipt.case_id, EventKind::objected,
          {{"reason", "不是我们的"}, {"duty", "三定方案第三条"}, {"proper_unit", housing_.text()}}),
      "cases.proper_unit_is_your_own");
  const Fields objection{
      {"reason", "不是我们的"}, {"duty", "三定方案第三条"}, {"proper_unit", water_.text()}};
  must(handler(), receipt.case_id, EventKind::objected, objection);
  EXPECT_EQ(file(receipt.case_id).returned, 1);
  must(dispatcher(), receipt.case_id, EventKind::objection_refused, {{"reason", "管网由住建负责"}});
  EXPECT_EQ(refused(handler(), receipt.case_id, EventKind::objected, objection),
            "cases.designated_may_not_return");
}

TEST_F(Journey, ALateObjectionIsRefused) {
  const Receipt receipt = received();
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(housing_));
  must(handler(), receipt.case_id, EventKind::signed_in);
  pass_days(20);
  EXPECT_EQ(refused(handler(), receipt.case_id, EventKind::objected,
                    {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", water_.text()}}),
            "cases.objection_late");
}

TEST_F(Journey, ALateObjectionIsRefusedOnEveryTrackWhateverItsRuleIsCalled) {
  Words words = some_words(1);
  words.track = Track::hotline;
  const CaseId id = receive_words(as(Role::anyone), words)->case_id;
  must(as(Role::dispatcher, county_.hotline_body), id, EventKind::dispatched, to(housing_));
  must(handler(), id, EventKind::signed_in);
  const Fields objection{{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", water_.text()}};
  const Instant then = now_;
  pass_days(6);
  EXPECT_EQ(refused(handler(), id, EventKind::objected, objection), "cases.objection_late");
  now_ = then;
  must(handler(), id, EventKind::objected, objection);
}

TEST_F(Journey, TheThirdReturnGoesToTheJointConference) {
  const Receipt receipt = received();
  const UnitId units[] = {housing_, water_, housing_};
  for (int round = 0; round < 3; ++round) {
    const UnitId proper = units[round] == housing_ ? water_ : housing_;
    must(dispatcher(), receipt.case_id, EventKind::transferred, to(units[round]));
    must(as(Role::handler, units[round]), receipt.case_id, EventKind::objected,
         {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", proper.text()}});
    if (round < 2)
      must(dispatcher(), receipt.case_id, EventKind::objection_upheld, {{"reason", "改派"}});
  }
  EXPECT_EQ(
      refused(dispatcher(), receipt.case_id, EventKind::objection_upheld, {{"reason", "改派"}}),
      "cases.joint_conference_decides");
  must(dispatcher(), receipt.case_id, EventKind::escalated_to_joint_conference,
       {{"reason", "三次退回"}});
  must(dispatcher(), receipt.case_id, EventKind::objection_upheld, {{"reason", "联席会议决定"}});
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(water_));
  EXPECT_TRUE(file(receipt.case_id).designated);
}

TEST_F(Journey, WhatADepartmentMustDoIsNotSentToATown) {
  const Receipt receipt = received();
  must(dispatcher(), receipt.case_id, EventKind::triaged, {{"category", "minhu:02"}});
  EXPECT_EQ(refused(dispatcher(), receipt.case_id, EventKind::transferred, to(town_)),
            "units.duty_of_department");
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(water_));
}

TEST_F(Journey, OnlyTheHeadLengthensAndNeverBeyondThirtyDays) {
  const Receipt receipt = received();
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(housing_));
  must(handler(), receipt.case_id, EventKind::signed_in);
  must(handler(), receipt.case_id, EventKind::accepted);
  const Instant due = next_due(file(receipt.case_id))->due;
  EXPECT_EQ(refused(handler(), receipt.case_id, EventKind::extended,
                    {{"days", "10"}, {"reason", "等材料"}}),
            "cases.not_allowed");
  must(head(), receipt.case_id, EventKind::extended, {{"days", "20"}, {"reason", "等材料"}});
  EXPECT_EQ(
      refused(head(), receipt.case_id, EventKind::extended, {{"days", "11"}, {"reason", "等材料"}}),
      "cases.extension_too_long");
  must(head(), receipt.case_id, EventKind::extended, {{"days", "10"}, {"reason", "等材料"}});
  EXPECT_EQ(next_due(file(receipt.case_id))->due.unix_ms - due.unix_ms,
            std::int64_t{30} * 24 * 3'600'000);
}

TEST_F(Journey, MergingKeepsEveryPersonTheirReceiptClockAndAnswer) {
  const Receipt first = received(1);
  pass_days(1);
  const Receipt second = received(2);
  must(dispatcher(), second.case_id, EventKind::merged, {{"into", first.case_id.text()}});
  EXPECT_EQ(file(second.case_id).state, State::merged);
  answer(first.case_id);
  const CaseFile merged = file(second.case_id);
  EXPECT_EQ(merged.state, State::answered);
  database_->read_job([&](Reading& reading) {
    const auto view = view_case(reading, speaker(), second.case_id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->timeline.back().texts.front().text, "管道已经更换，路面已清洗。");
    EXPECT_EQ(open_with_code(reading, speaker(), second.number, second.query_code).value(),
              second.case_id);
  });
  must(speaker(), second.case_id, EventKind::rated, {{"solved", "no"}});
  EXPECT_FALSE(file(first.case_id).solved);
}

TEST_F(Journey, MergingMovesTheClockToTheEarlierDate) {
  const Receipt early = received(1);
  must(dispatcher(), early.case_id, EventKind::transferred, to(housing_));
  must(handler(), early.case_id, EventKind::signed_in);
  must(handler(), early.case_id, EventKind::accepted);
  pass_days(10);
  const Receipt late = received(2);
  must(dispatcher(), late.case_id, EventKind::transferred, to(housing_));
  must(handler(), late.case_id, EventKind::signed_in);
  must(handler(), late.case_id, EventKind::accepted);
  const Instant earlier = next_due(file(early.case_id))->due;
  ASSERT_LT(earlier, next_due(file(late.case_id))->due);
  // A dispatcher merges; the unit cannot make its own work smaller.
  EXPECT_EQ(refused(handler(), early.case_id, EventKind::merged, {{"into", late.case_id.text()}}),
            "cases.not_allowed");
  must(dispatcher(), early.case_id, EventKind::merged, {{"into", late.case_id.text()}});
  EXPECT_EQ(next_due(file(late.case_id))->due, earlier);
}

TEST_F(Journey, OfSeveralDatesOfOneRuleTheEarliestIsKeptInAMerge) {
  const auto asks = [&](CaseId id, UnitId unit) {
    must(as(Role::supervisor), id, EventKind::supervised,
         {{"unit", unit.text()}, {"trigger", "late"}, {"reason", "请说明"}});
  };
  const auto first_due = [&](CaseId id) {
    std::optional<Instant> due;
    for (const RunningClock& clock : file(id).clocks) {
      if (clock.rule != "supervision-7" || !clock.runs()) continue;
      if (!due || clock.due < *due) due = clock.due;
    }
    return due.value();
  };
  const Receipt member = received(1);
  asks(member.case_id, housing_);
  const Instant earliest = first_due(member.case_id);
  pass_days(2);
  asks(member.case_id, water_);
  pass_days(2);
  const Receipt lead = received(2);
  asks(lead.case_id, housing_);
  ASSERT_LT(earliest, first_due(lead.case_id));
  must(dispatcher(), member.case_id, EventKind::merged, {{"into", lead.case_id.text()}});
  EXPECT_EQ(first_due(lead.case_id), earliest);
}

TEST_F(Journey, WhoReadAnOldVersionIsToldAndNothingIsOverwritten) {
  const Receipt receipt = received();
  Step late;
  late.kind = EventKind::triaged;
  late.expected_seq = 0;
  const auto take = [&] {
    return database_->write(
        [&](Transaction& t) { return take_step(t, dispatcher(), receipt.case_id, late); });
  };
  ASSERT_TRUE(take());
  EXPECT_EQ(take().error().key, "cases.changed_meanwhile");
}

TEST_F(Journey, ARepeatedStepIsTakenOnce) {
  const Receipt receipt = received();
  Step urge;
  urge.kind = EventKind::urged;
  urge.token = ClientToken{3};
  for (int i = 0; i < 3; ++i) {
    const auto event = database_->write(
        [&](Transaction& t) { return take_step(t, speaker(), receipt.case_id, urge); });
    ASSERT_TRUE(event);
    EXPECT_EQ(event->seq, 1);
  }
  urge.token = ClientToken{4};
  EXPECT_EQ(
      database_
          ->write([&](Transaction& t) { return take_step(t, speaker(), receipt.case_id, urge); })
          .error()
          .key,
      "cases.urged_lately");
}

TEST_F(Journey, OthersGetTheSameAnswerAsForACaseThatDoesNotExist) {
  const Receipt receipt = received();
  const CaseId none = entropy_.id<CaseId>(now_);
  const Context stranger = as(Role::handler, water_);
  EXPECT_EQ(step(stranger, receipt.case_id, EventKind::signed_in).error(),
            step(stranger, none, EventKind::signed_in).error());
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(view_case(reading, stranger, receipt.case_id).error(),
              view_case(reading, stranger, none).error());
  });
}

TEST_F(Journey, TheSpeakerNeverSeesNotesAndTheOfficeNeverSeesWhoSpoke) {
  Words words = some_words(1);
  words.contact = Sealed<Contact>(Contact{"赵某", "19900001234", "", "sms", "zh-CN"});
  const auto receipt = receive_words(as(Role::anyone), words);
  ASSERT_TRUE(receipt);
  must(dispatcher(), receipt->case_id, EventKind::noted, {{"note", "内部：先看现场"}});
  database_->read_job([&](Reading& reading) {
    const auto mine = view_case(reading, speaker(), receipt->case_id);
    for (const auto& entry : mine->timeline) EXPECT_NE(entry.event.kind, EventKind::noted);
    const auto office = view_case(reading, dispatcher(), receipt->case_id);
    ASSERT_TRUE(office);
    EXPECT_EQ(office->timeline.back().texts.front().text, "内部：先看现场");
    for (const auto& entry : office->timeline) {
      for (const auto& text : entry.texts) EXPECT_EQ(text.text.find("赵某"), std::string::npos);
    }
    EXPECT_FALSE(view_attachment(reading, dispatcher(), receipt->case_id, office->file.contact));
  });
}

TEST_F(Journey, ThePhoneIsOpenedOnlyToTheCallerAndOnlyIfAskedFor) {
  Words words = some_words(1);
  words.contact = Sealed<Contact>(Contact{"赵某", "19900001234", "", "voice", "zh-CN"});
  words.may_be_called = true;
  const auto asked = receive_words(as(Role::anyone), words);
  words.token = {2};
  words.may_be_called = false;
  const auto not_asked = receive_words(as(Role::anyone), words);
  answer(asked->case_id);
  answer(not_asked->case_id);
  const auto open = [&](const Context& who, CaseId id) {
    return database_->write([&](Transaction& t) { return reveal(t, who, id, "回访"); });
  };
  for (const Context& who :
       {dispatcher(), handler(), head(), as(Role::supervisor), as(Role::system_admin)}) {
    EXPECT_EQ(open(who, asked->case_id).error().key, "cases.identity_sealed");
  }
  EXPECT_EQ(open(caller(), not_asked->case_id).error().key, "cases.identity_sealed");
  EXPECT_EQ(open(caller(), asked->case_id)->phone.reveal_because("test"), "19900001234");
  database_->read_job([&](Reading& reading) {
    const auto view = view_case(reading, speaker(), asked->case_id);
    EXPECT_EQ(view->timeline.back().event.kind, EventKind::identity_revealed);
    EXPECT_EQ(view->timeline.back().texts.front().text, "回访");
  });
}

TEST_F(Journey, AnErasedCaseIsGoneEverywhereAndStillAddsUp) {
  const Receipt receipt = received();
  answer(receipt.case_id);
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return erase(t, as(Role::system), receipt.case_id, "PIPL 47"); }));
  database_->read_job([&](Reading& reading) {
    const auto view = view_case(reading, speaker(), receipt.case_id);
    ASSERT_TRUE(view);
    EXPECT_TRUE(view->said.text.empty());
    for (const auto& entry : view->timeline) EXPECT_TRUE(entry.texts.empty());
    EXPECT_TRUE(list_content(reading, county_.region, receipt.case_id).empty());
  });
}

TEST_F(Journey, ACaseOlderThanAnyRuleHasNoMadeUpDate) {
  Words words = some_words(1);
  words.channel = Channel::import;
  words.happened_at = *parse_instant("2019-02-14 20:00");
  const auto receipt = receive_words(as(Role::system), words);
  EXPECT_TRUE(file(receipt->case_id).clocks.empty());
  EXPECT_EQ(next_due(file(receipt->case_id)), nullptr);
}

TEST_F(Journey, BadWordsAreRefusedInWords) {
  Words empty;
  EXPECT_EQ(receive_words(as(Role::anyone), empty).error().key, "cases.words_empty");
  Words broken = some_words(1);
  broken.text = "\xFF\xFE";
  EXPECT_EQ(receive_words(as(Role::anyone), broken).error().key, "kernel.not_utf8");
  Words lengthy = some_words(1);
  lengthy.text.assign(2001, 'x');
  EXPECT_EQ(receive_words(as(Role::anyone), lengthy).error().key, "cases.words_too_long");
  Words future = some_words(1);
  future.happened_at = Instant{now_.unix_ms + 1};
  EXPECT_EQ(receive_words(as(Role::anyone), future).error().key, "cases.in_the_future");
}

TEST_F(Journey, TheQueueIsOrderedByWhatIsDueAndPaged) {
  for (std::uint8_t i = 1; i <= 30; ++i) {
    if (i % 3 == 0) pass_days(1);
    received(i);
  }
  database_->read_job([&](Reading& reading) {
    std::optional<QueueCursor> cursor;
    std::size_t seen = 0;
    Instant last{};
    for (;;) {
      const auto page = queue_of(reading, dispatcher(), {Part::dispatch}, cursor, 7);
      ASSERT_TRUE(page);
      for (const auto& line : page->lines) {
        EXPECT_GE(*line.left.due, last);
        last = *line.left.due;
        EXPECT_FALSE(line.headline.empty());
        ++seen;
      }
      if (!page->next) break;
      cursor = page->next;
    }
    EXPECT_EQ(seen, 30U);
    EXPECT_FALSE(queue_of(reading, speaker(), {Part::dispatch}, std::nullopt, 7));
  });
}

TEST(Edges, EveryPermissionIsInTheTableAndEveryOpenStateHasAWayOut) {
  for (const Edge& edge : edges()) {
    EXPECT_TRUE(accounts::is_permission(edge.permission)) << edge.permission;
    EXPECT_FALSE(edge.basis.empty());
  }
  for (int state = 0; state <= static_cast<int>(State::voided); ++state) {
    const auto value = static_cast<State>(state);
    if (!waiting_for_us.has(value)) continue;
    bool leaves = false;
    for (const Edge& edge : edges())
      leaves = leaves || (edge.from.has(value) && edge.to && *edge.to != value);
    EXPECT_TRUE(leaves) << name(value);
  }
}

}  // namespace
}  // namespace minhu::cases
