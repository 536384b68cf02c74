#include <gtest/gtest.h>

#include "features/cases/access.h"
#include "features/cases/test_world.h"
#include "features/classes/migrations.h"
#include "features/receptions/chronicle.h"
#include "features/receptions/migrations.h"
#include "features/receptions/record.h"
#include "features/receptions/tablet_store.h"
#include "features/state_machine/rebuild.h"
#include "features/visits/migrations.h"

namespace minhu::receptions {
namespace {

using cases::CaseFile;
using cases::Context;
using cases::EventKind;
using cases::State;

std::span<const Migration> tables() {
  static const std::vector<Migration> all = [] {
    std::vector<Migration> steps;
    for (const auto& feature : {classes::migrations(), visits::migrations(), migrations()}) {
      steps.insert(steps.end(), feature.begin(), feature.end());
    }
    return steps;
  }();
  return all;
}

class Reception : public cases::World {
 protected:
  Reception() : World(tables()) { block_ = give().value(); }

  void TearDown() override {
    const cases::Rebuilt rebuilt =
        cases::rebuild(*database_, county_.region, cases::OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
    EXPECT_TRUE(different_tablets().empty());
  }
  std::vector<Uuid> different_tablets() {
    using state_machine::OnDifference;
    return state_machine::rebuild(*database_, county_.region, chronicle(), OnDifference::report)
        .different;
  }

  static constexpr std::uint8_t tablet = 1, other_tablet = 2;
  static DeviceId device_id(std::uint8_t which) { return DeviceId(Uuid{7, which}); }
  Context clerk() { return as(Role::clerk, county_.petition_office); }
  Context elsewhere() { return as(Role::clerk, county_.hotline_body); }

  Result<cases::GivenBlock> give(std::uint8_t which = tablet, std::uint8_t token = 1) {
    return database_->write([&](Transaction& t) {
      return allot(t, clerk(), device_id(which), {"接待平板一号", {}, 10}, {token, 3});
    });
  }
  Session session(std::uint8_t which = 1, std::size_t paper = 0) {
    Session made;
    made.id = SessionId(Uuid{5, which});
    made.number = block_.numbers[paper].number;
    made.begun_at = now_;
    made.ended_at = now_;
    made.people = 3;
    made.text = "村口的污水管破了，味道很大。";
    made.request = "尽快修好。";
    made.place = "339901101";
    made.officials = "王副县长、住建局李局长";
    made.leader_words = "两天里抢修好，县住建局牵头查一遍老管网。";
    made.read_back = true;
    return made;
  }
  Session sent_to(UnitId unit, const char* due = "") {
    Session made = session();
    made.decision = Decision::unit;
    made.unit = unit;
    made.due = due;
    made.sponsor = "王副县长";
    return made;
  }
  Result<Kept> keep_it(const Context& context, const Session& given, std::uint8_t which = tablet,
                       std::vector<cases::NewAttachment> attachments = {}) {
    auto prepared = database_->read([&](Reading& reading) {
      return prepare(reading, context, device_id(which), given, std::move(attachments));
    });
    if (!prepared) return tl::unexpected<Fault>(prepared.error());
    return database_->write(
        [&](Transaction& t) { return keep(t, context, device_id(which), *prepared); });
  }
  Kept kept(const Context& context, const Session& given) {
    const auto result = keep_it(context, given);
    EXPECT_TRUE(result) << result.error().key << ' ' << result.error().field;
    return *result;
  }
  std::string fault(const Session& given, std::uint8_t which = tablet) {
    const auto result = keep_it(dispatcher(), given, which);
    return result ? "kept" : result.error().key;
  }
  cases::CaseView seen(cases::CaseId id) {
    return *database_->read([&](Reading& r) { return cases::view_case(r, dispatcher(), id); });
  }
  std::int64_t count_cases() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM case_file WHERE region_id = ?1",
                            {param(county_.region)}, [](const Row& row) { return row.integer(0); });
    });
  }

  cases::GivenBlock block_;
};

TEST_F(Reception, ARecordedSessionIsACaseUnderThePrintedNumber) {
  const Kept done = kept(clerk(), session());
  EXPECT_EQ(done.number, block_.numbers[0].number);
  const CaseFile row = file(done.case_id);
  EXPECT_EQ(row.channel, cases::Channel::face_to_face);
  EXPECT_EQ(row.track, cases::Track::petition);
  EXPECT_EQ(row.place, "339901101");
  const auto view = seen(done.case_id);
  EXPECT_EQ(view.said.text, "村口的污水管破了，味道很大。\n诉求：尽快修好。");
  ASSERT_EQ(view.timeline.size(), 1U);
  ASSERT_EQ(view.timeline[0].texts.size(), 1U);
  const std::string& note = view.timeline[0].texts[0].text;
  EXPECT_NE(note.find("领导原话：两天里抢修好，县住建局牵头查一遍老管网。"), std::string::npos);
  EXPECT_NE(note.find("来访人数：3人"), std::string::npos);
}

TEST_F(Reception, TheSameSessionAgainIsTheSameCaseAndNoSecondStep) {
  const Session given = sent_to(housing_);
  const Kept first = kept(dispatcher(), given);
  const std::int64_t seq = file(first.case_id).seq;
  for (int i = 0; i < 3; ++i) {
    now_.unix_ms += 60'000;
    const Kept again = kept(dispatcher(), given);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.case_id, first.case_id);
    EXPECT_EQ(again.number, first.number);
    EXPECT_EQ(again.instruction, Instruction::taken);
  }
  EXPECT_EQ(file(first.case_id).seq, seq);
  EXPECT_EQ(count_cases(), 1);
}

TEST_F(Reception, WhatTheLeaderSentGoesToTheUnitWithTheirWordsAsTheReason) {
  const Kept done = kept(dispatcher(), sent_to(housing_, "2025-10-06"));
  EXPECT_EQ(done.instruction, Instruction::taken);
  EXPECT_EQ(file(done.case_id).lead_unit, housing_);
  EXPECT_EQ(file(done.case_id).state, State::dispatched);
  const auto view = seen(done.case_id);
  const auto& sent = view.timeline.back();
  EXPECT_EQ(sent.event.kind, EventKind::assigned);
  EXPECT_EQ(sent.event.fact("report_days"), "10");
  EXPECT_EQ(sent.texts[0].text, "两天里抢修好，县住建局牵头查一遍老管网。");
}

TEST_F(Reception, AUnitThatIsComplainedOfNeverGetsItWhateverTheLeaderSaid) {
  Session given = sent_to(housing_);
  given.complained_of = housing_;
  const Kept done = kept(dispatcher(), given);
  EXPECT_EQ(done.instruction, Instruction::not_open);
  EXPECT_EQ(done.because, "cases.unit_may_not_receive");
  EXPECT_TRUE(file(done.case_id).lead_unit.empty());
  EXPECT_EQ(file(done.case_id).state, State::triaged);  // with the body that sends, and a date
}

TEST_F(Reception, WhoMayNotSendLeavesItToTheBodyThatDoes) {
  const Kept done = kept(clerk(), sent_to(housing_));
  EXPECT_EQ(done.instruction, Instruction::left);
  EXPECT_EQ(file(done.case_id).state, State::registered);
}

TEST_F(Reception, AnAnswerOnTheSpotIsAnAnswer) {
  Session given = session();
  given.decision = Decision::on_spot;
  given.answer = "明天上午换管子，您可以在场看。";
  given.outcome = "supported";
  const Kept done = kept(clerk(), given);
  EXPECT_EQ(done.instruction, Instruction::taken);
  EXPECT_EQ(file(done.case_id).state, State::answered_on_spot);
}

TEST_F(Reception, NobodyWhoWasHeardIsLostBecauseAFieldIsBlank) {
  Session bare;
  bare.id = SessionId(Uuid{5, 77});
  bare.number = block_.numbers[3].number;
  const Kept done = kept(clerk(), bare);
  EXPECT_EQ(done.number, bare.number);
  EXPECT_NE(seen(done.case_id).said.text.find("没有记下文字"), std::string::npos);
}

TEST_F(Reception, APlaceOrUnitThatTheRegisterDoesNotHaveStopsNothing) {
  Session given = sent_to(UnitId(Uuid{1, 2, 3}));
  given.place = "110101";
  given.place_words = "外县一个村";
  const Kept done = kept(dispatcher(), given);
  EXPECT_EQ(done.instruction, Instruction::not_open);
  EXPECT_EQ(done.because, "receptions.no_such_unit");
  EXPECT_TRUE(file(done.case_id).place.empty());
  EXPECT_EQ(seen(done.case_id).said.place_words, "外县一个村");
}

TEST_F(Reception, ATabletWithAWrongClockWritesNothingIntoTheFutureOrThePast) {
  Session ahead = session(1, 0);
  ahead.begun_at = ahead.ended_at = Instant{now_.unix_ms + 400LL * 86'400'000};
  EXPECT_EQ(file(kept(clerk(), ahead).case_id).received_at, now_);
  Session behind = session(2, 1);
  behind.begun_at = behind.ended_at = Instant{0};
  const Instant given = now_;
  now_.unix_ms += 3'600'000;
  EXPECT_EQ(file(kept(clerk(), behind).case_id).received_at, given);
}

TEST_F(Reception, ASessionChangedOnTwoTabletsKeepsBothVersions) {
  const Session first = session();
  Session second = first;
  second.leader_words = "这件事由县水利局办。";
  const Kept done = kept(dispatcher(), first);
  EXPECT_EQ(fault(second), "receptions.changed_elsewhere");

  const auto arrived = database_->read([&](Reading& reading) {
    return recorded(reading, dispatcher(), device_id(tablet), first.id);
  });
  ASSERT_TRUE(arrived) << arrived.error().key;
  EXPECT_EQ(to_json(*arrived), to_json(first));

  for (int i = 0; i < 2; ++i) {  // sent twice: the answer may be lost
    const Outcome beside = database_->write_job(
        [&](Transaction& t) { return keep_beside(t, dispatcher(), device_id(tablet), second); });
    ASSERT_TRUE(beside) << beside.error().key;
  }
  const auto view = seen(done.case_id);
  ASSERT_EQ(view.timeline.size(), 2U);
  EXPECT_EQ(view.timeline[1].event.kind, EventKind::noted);
  EXPECT_NE(view.timeline[1].texts[0].text.find("这件事由县水利局办。"), std::string::npos);
  EXPECT_NE(view.timeline[0].texts[0].text.find("两天里抢修好"), std::string::npos);
}

TEST_F(Reception, AReportOfWrongdoingIsHeldAndCannotBeReadAgainHere) {
  Session given = sent_to(housing_);
  given.accusation = true;
  const Kept done = kept(dispatcher(), given);
  EXPECT_EQ(done.instruction, Instruction::none);
  EXPECT_EQ(file(done.case_id).state, State::held);
  EXPECT_EQ(file(done.case_id).lead_unit, UnitId());
  const auto again = database_->read([&](Reading& reading) {
    return recorded(reading, dispatcher(), device_id(tablet), given.id);
  });
  EXPECT_EQ(again.error().key, "receptions.no_such_session");
  EXPECT_TRUE(kept(dispatcher(), given).repeated);
}

TEST_F(Reception, WhatComesUnderSealOrAccusesThemLaterIsNotReadAgainHere) {
  const Session given = session();
  const Kept done = kept(clerk(), given);
  accounts::Account colleague;
  colleague.id = entropy_.id<accounts::AccountId>(now_);
  colleague.login = colleague.display_name = "wang";
  colleague.principal = {Role::clerk, county_.petition_office, colleague.id};
  write([&](Transaction& t) {
    EXPECT_TRUE(accounts::create_account(t, county_.region, colleague, {}, now_));
  });
  Context accused = clerk();
  accused.actor = colleague.principal;
  const auto read_again = [&](const Context& by) {
    const auto again = database_->read(
        [&](Reading& reading) { return recorded(reading, by, device_id(tablet), given.id); });
    return again ? again->text : again.error().key;
  };
  EXPECT_EQ(read_again(accused), given.text) << "nobody has said so yet";
  must(dispatcher(), done.case_id, EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", colleague.id.text()}});
  EXPECT_EQ(read_again(accused), "receptions.no_such_session");
  EXPECT_EQ(read_again(clerk()), given.text);
  must(dispatcher(), done.case_id, EventKind::held);
  EXPECT_EQ(read_again(clerk()), "receptions.no_such_session");
}

TEST_F(Reception, WhatCameUnderSealLaterCannotBeReadAgainHereEither) {
  const Session given = session();
  const Kept done = kept(clerk(), given);
  const auto again = [&] {
    const auto read = database_->read(
        [&](Reading& reading) { return recorded(reading, clerk(), device_id(tablet), given.id); });
    return read ? "read" : read.error().key;
  };
  EXPECT_EQ(again(), "read");
  must(dispatcher(), done.case_id, EventKind::held);
  EXPECT_EQ(again(), "receptions.no_such_session");
}

TEST_F(Reception, AUnitThatIsComplainedOfReadsNothingOfItAgain) {
  county_.upper_body = unit("upper", "市信访局", {}, places_and_units::UnitLevel::county);
  Session given = session();
  given.complained_of = county_.petition_office;
  const Kept done = kept(clerk(), given);
  EXPECT_EQ(file(done.case_id).complained_of, std::vector<UnitId>{county_.petition_office});
  const auto again = database_->read(
      [&](Reading& reading) { return recorded(reading, clerk(), device_id(tablet), given.id); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "receptions.no_such_session");
}

TEST_F(Reception, WhomAGroupComplainsOfIsKnownAlsoWhenAnotherUnitTookItDown) {
  const Context town = as(Role::clerk, town_);
  const auto numbers = database_->write([&](Transaction& t) {
    return allot(t, town, device_id(other_tablet), {"镇上的平板", {}, 2}, {55});
  });
  ASSERT_TRUE(numbers) << numbers.error().key;
  Session given = session();
  given.number = numbers->numbers[0].number;
  given.complained_of = housing_;
  const auto done = keep_it(town, given, other_tablet);
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(file(done->case_id).complained_of, std::vector<UnitId>{housing_});
  EXPECT_EQ(file(done->case_id).dispatching_unit, county_.petition_office);
  EXPECT_EQ(refused(dispatcher(), done->case_id, EventKind::transferred, to(housing_)),
            "cases.unit_may_not_receive");

  // Of the body that would have it: the one above has it.
  given.id = SessionId(Uuid{5, 88});
  given.number = numbers->numbers[1].number;
  given.complained_of = county_.petition_office;
  const auto upper = unit("upper", "市信访局", {}, places_and_units::UnitLevel::county);
  county_.upper_body = upper;
  const auto above = keep_it(town, given, other_tablet);
  ASSERT_TRUE(above) << above.error().key;
  EXPECT_EQ(file(above->case_id).dispatching_unit, upper);
}

TEST_F(Reception, ALostTabletTakesNothingInExceptWhatHadArrived) {
  const Session early = session(1, 0);
  const Kept arrived = kept(clerk(), early);
  write([&](Transaction& t) {
    EXPECT_TRUE(take_out_of_use(t, clerk(), device_id(tablet)));
    EXPECT_TRUE(take_out_of_use(t, clerk(), device_id(tablet)));
  });
  EXPECT_EQ(fault(session(2, 1)), "cases.number_revoked");
  EXPECT_EQ(kept(clerk(), early).case_id, arrived.case_id);
  EXPECT_EQ(give(tablet, 9).error().key, "receptions.device_revoked");
  EXPECT_TRUE(give(other_tablet, 9));
}

TEST_F(Reception, AnotherUnitKnowsNothingOfATablet) {
  const auto listed = [&](const Context& context) {
    return database_->read([&](Reading& reading) { return devices(reading, context).size(); });
  };
  EXPECT_EQ(listed(clerk()), 1U);
  EXPECT_EQ(listed(elsewhere()), 0U);
  EXPECT_EQ(keep_it(elsewhere(), session()).error().key, "receptions.no_such_device");
  const auto asked = database_->read([&](Reading& reading) {
    return receptions::received(reading, elsewhere(), device_id(tablet), {}).has_value();
  });
  EXPECT_FALSE(asked);
  // Nor can its own tablet use the numbers.
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return allot(t, elsewhere(), device_id(5), {"热线", {}, 1}, {44}); }));
  EXPECT_EQ(keep_it(elsewhere(), session(), 5).error().key, "receptions.no_such_device");
  EXPECT_EQ(count_cases(), 0);
}

TEST_F(Reception, TheSameUnitsOtherTabletMayDeliverWhatWasCarriedOverInAFile) {
  ASSERT_TRUE(give(other_tablet, 2));
  const auto done = keep_it(clerk(), session(), other_tablet);
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(done->number, block_.numbers[0].number);
}

TEST_F(Reception, ReconciliationSaysWhatArrivedAndWhichPrintedNumbersDidNot) {
  kept(clerk(), session(1, 0));
  now_.unix_ms += 1000;
  const Instant later = now_;
  kept(clerk(), session(2, 4));
  const auto all = database_->read([&](Reading& reading) {
    return *receptions::received(reading, clerk(), device_id(tablet), {});
  });
  ASSERT_EQ(all.arrived.size(), 2U);
  EXPECT_EQ(all.arrived[1].session, SessionId(Uuid({5, 2})));
  EXPECT_EQ(all.until, later);
  ASSERT_EQ(all.device.blocks.size(), 1U);
  EXPECT_EQ(all.device.blocks[0].given, 10);
  EXPECT_EQ(all.device.blocks[0].waiting.size(), 8U);
  const auto since = database_->read([&](Reading& reading) {
    return *receptions::received(reading, clerk(), device_id(tablet), later);
  });
  EXPECT_EQ(since.arrived.size(), 1U);
}

TEST_F(Reception, AtMostFiveSpeakForAGroup) {
  Session given = session();
  given.people = 60;
  given.representatives = 6;
  EXPECT_EQ(fault(given), "receptions.too_many_representatives");
  given.representatives = 5;
  EXPECT_EQ(fault(given), "kept");
  EXPECT_EQ(count_cases(), 1);
}

TEST_F(Reception, TheRecordComesBackAsItWasWritten) {
  Session given = sent_to(housing_, "2025-10-06");
  given.contact = Sealed<cases::Contact>(cases::Contact{"张三", "13800000000", "", "", "zh-CN"});
  given.earlier = {block_.numbers[8].number};
  given.article27 = {true, false, true, false};
  given.publish = given.is_signed = true;
  EXPECT_EQ(to_json(session_of(to_json(given))), to_json(given));
}

TEST_F(Reception, what_happens_to_a_tablet_is_kept_as_events) {
  ASSERT_TRUE(keep_it(clerk(), session()));
  write([&](Transaction& t) { ASSERT_TRUE(take_out_of_use(t, clerk(), device_id(tablet))); });
  std::vector<std::string> kinds;
  database_->read_job([&](Reading& reading) {
    for (const auto& event : chronicle().events_of(reading, county_.region, Uuid{7, tablet})) {
      kinds.push_back(event.kind);
      EXPECT_EQ(event.payload.find("污水"), std::string::npos);
    }
  });
  EXPECT_EQ(kinds, (std::vector<std::string>{"set_up", "numbers_given", "session_kept",
                                             "taken_out_of_use"}));
  write([&](Transaction& t) {
    t.execute("UPDATE reception_session SET instruction = 'taken' WHERE region_id = ?1",
              {param(county_.region)});
  });
  EXPECT_EQ(different_tablets(), (std::vector<Uuid>{{7, tablet}}));
  write([&](Transaction& t) { chronicle().write_anew(t, county_.region, {7, tablet}); });
}

TEST_F(Reception, a_tablet_from_before_there_were_events_gets_them_late_and_they_say_so) {
  ASSERT_TRUE(keep_it(clerk(), session()));
  const Instant then = now_;
  const auto forget = [&] {
    write([&](Transaction& t) {
      t.execute("DELETE FROM reception_event WHERE region_id = ?1", {param(county_.region)});
    });
  };
  forget();
  EXPECT_EQ(different_tablets(), (std::vector<Uuid>{{7, tablet}}));
  pass_days(30);
  system::ManualClock clock{now_};
  const cases::Installation installation{*database_, county_, keyring_, entropy_, clock};
  EXPECT_EQ(*catch_up(installation), 3);
  EXPECT_EQ(*catch_up(installation), 0);
  EXPECT_TRUE(different_tablets().empty());
  const auto late = database_->read([&](Reading& reading) {
    return chronicle().events_of(reading, county_.region, Uuid{7, tablet});
  });
  ASSERT_EQ(late.size(), 3U);
  EXPECT_EQ(late[2].kind, "session_kept");
  EXPECT_EQ(late[2].recorded_at, now_);
  EXPECT_EQ(late[2].role, "system");
  EXPECT_NE(late[2].payload.find(std::to_string(then.unix_ms)), std::string::npos);
  // The same where nobody has caught up before the next step is taken.
  forget();
  write([&](Transaction& t) { ASSERT_TRUE(take_out_of_use(t, clerk(), device_id(tablet))); });
}

}  // namespace
}  // namespace minhu::receptions
