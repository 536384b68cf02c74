// Who must never see a case: a unit that it complains of, everybody below that unit, and everybody
// once it is held. And who must: a unit that is asked about it.
#include "features/cases/guard.h"

#include <gtest/gtest.h>

#include "features/cases/rebuild.h"
#include "features/cases/receivers.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Guard : public World {
 protected:
  void TearDown() override {
    const Rebuilt rebuilt = rebuild(*database_, county_.region, OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  }
  Context supervisor() { return as(Role::supervisor, inspection_); }
  std::string reason_for(CaseId id, UnitId unit) {
    return database_->read([&](Reading& reading) {
      const auto decision =
          may_receive(reading, dispatcher(), *load_file(reading, county_.region, id), unit);
      return decision.allowed ? std::string("allowed") : std::string(decision.reason);
    });
  }
  bool sees(const Context& who, CaseId id) {
    return database_->read(
        [&](Reading& reading) { return view_case(reading, who, id).has_value(); });
  }
  std::int64_t queued() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM queue_entry WHERE region_id = ?1",
                            {param(county_.region)}, [](const Row& row) { return row.integer(0); });
    });
  }
  UnitId inspection_ = unit("inspection", "督查室", {}, places_and_units::UnitLevel::county);
};

TEST_F(Guard, FormsOfferThoseWhoMayReceiveAndNobodyElse) {
  const auto offered = [&](const CaseFile& file) {
    return database_->read([&](Reading& reading) {
      std::string codes;
      const auto units = places_and_units::all_units(reading, county_.region);
      for (const auto& unit : receivers_of(reading, dispatcher(), file, units)) {
        EXPECT_TRUE(may_receive(reading, dispatcher(), file, unit.id).allowed);
        codes += unit.code + ' ';
      }
      return codes;
    });
  };
  const CaseId id = received(1).case_id;
  EXPECT_EQ(offered(file(id)), "hotline housing inspection petition town-01 water ");
  write([&](Transaction& t) {
    auto closed = *places_and_units::find_unit(t, county_.region, water_);
    closed.active = false;
    places_and_units::put_unit(t, county_.region, closed);
  });
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  EXPECT_EQ(offered(file(id)), "hotline inspection petition ");
  CaseFile accusing = file(id);
  accusing.track = Track::accusation;
  EXPECT_EQ(offered(accusing), "");
}

TEST_F(Guard, AUnitThatTheCaseComplainsOfGetsItByNoDoor) {
  const CaseId id = received(1).case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  EXPECT_EQ(reason_for(id, housing_),
            "the case complains of this unit, of one above it or of who leads one of them");
  EXPECT_EQ(reason_for(id, town_),
            "the case complains of this unit, of one above it or of who leads one of them");
  EXPECT_EQ(reason_for(id, water_).find("complains of this unit"), std::string::npos);
  for (const UnitId refused_unit : {housing_, town_}) {
    EXPECT_EQ(refused(dispatcher(), id, EventKind::transferred, to(refused_unit)),
              "cases.unit_may_not_receive");
    EXPECT_EQ(refused(supervisor(), id, EventKind::supervised,
                      {{"trigger", "late"}, {"unit", refused_unit.text()}, {"reason", "逾期"}}),
              "cases.unit_may_not_receive");
    EXPECT_EQ(refused(supervisor(), id, EventKind::recommended,
                      {{"about", "improve"}, {"unit", refused_unit.text()}, {"text", "改进"}}),
              "cases.unit_may_not_receive");
  }
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const Context water = as(Role::handler, water_);
  EXPECT_EQ(refused(water, id, EventKind::co_handler_added, {{"unit", town_.text()}}),
            "cases.unit_may_not_receive");
  EXPECT_EQ(refused(water, id, EventKind::objected,
                    {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", housing_.text()}}),
            "cases.unit_may_not_receive");
  // Nor through a case of another speaker that a unit of theirs has.
  const CaseId other = received(2).case_id;
  must(dispatcher(), other, EventKind::transferred, to(town_));
  must(as(Role::dispatcher, county_.petition_office), id, EventKind::taken_back,
       {{"reason", "并单"}});
  EXPECT_EQ(refused(dispatcher(), id, EventKind::merged, {{"into", other.text()}}),
            "cases.unit_may_not_receive");
  // Nor is the case that took it in sent there later.
  const CaseId lead = received(3).case_id;
  must(dispatcher(), id, EventKind::merged, {{"into", lead.text()}});
  EXPECT_EQ(refused(dispatcher(), lead, EventKind::transferred, to(town_)),
            "cases.unit_may_not_receive");
  must(dispatcher(), lead, EventKind::transferred, to(water_));
}

TEST_F(Guard, AReviewIsAskedOfSomebodyElseThanWhoIsComplainedOf) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const Context water = as(Role::handler, water_);
  must(water, id, EventKind::signed_in);
  must(water, id, EventKind::accepted);
  must(water, id, EventKind::answered, opinion());
  // Meanwhile the water office has come to stand below a bureau that is itself complained of.
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  must(speaker(), id, EventKind::review_requested, {{"words", "不服"}});
  EXPECT_EQ(file(id).review_unit, county_.petition_office);
}

TEST_F(Guard, WhoIsFoundToBeComplainedOfLosesSightAtOnce) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::accepted);
  const Instant due = next_due(file(id))->due;
  must(dispatcher(), id, EventKind::taken_back,
       {{"reason", "反映的就是住建局"}, {"complained_of", housing_.text()}});
  EXPECT_FALSE(sees(handler(), id));
  EXPECT_EQ(step(handler(), id, EventKind::noted, {{"note", "看"}}).error().key, "cases.not_found");
  must(dispatcher(), id, EventKind::transferred, to(water_));
  must(as(Role::handler, water_), id, EventKind::signed_in);
  must(as(Role::handler, water_), id, EventKind::accepted);
  EXPECT_EQ(next_due(file(id))->due, due) << "nothing lengthens the sixty days";
}

TEST_F(Guard, AChangedTreeOfUnitsIsAskedAgainAtEachReading) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const Context water = as(Role::handler, water_);
  EXPECT_TRUE(sees(water, id));
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  EXPECT_FALSE(sees(water, id));
  EXPECT_EQ(refused(water, id, EventKind::signed_in), "cases.not_found");
  database_->read_job([&](Reading& reading) {
    EXPECT_TRUE(queue_of(reading, water, {Part::lead}, std::nullopt, 10)->lines.empty());
  });
}

TEST_F(Guard, WhoeverHasTheCaseIsNotNamedAndAMistakeIsCorrected) {
  const CaseId id = received().case_id;
  EXPECT_EQ(refused(dispatcher(), id, EventKind::triaged,
                    {{"complained_of", county_.petition_office.text()}}),
            "cases.complains_of_who_has_it");
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::triaged, {{"not_complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(housing_));
}

TEST_F(Guard, AnAccusationNoticedLateIsHeldFromEveryOpenStateAndSeenByNobody) {
  std::uint8_t token = 0;
  const auto hold = [&](CaseId id) {
    SCOPED_TRACE(std::string(name(file(id).state)));
    EXPECT_NE(refused(handler(), id, EventKind::held), "allowed");
    must(dispatcher(), id, EventKind::held);
    const CaseFile held = file(id);
    EXPECT_EQ(held.state, State::held);
    EXPECT_EQ(held.track, Track::accusation);
    EXPECT_TRUE(waiting_for(held).empty());
    for (const RunningClock& clock : held.clocks) EXPECT_TRUE(clock.met_at) << clock.rule;
    for (const Context& who : {handler(), head(), dispatcher(), caller(), supervisor()}) {
      EXPECT_FALSE(sees(who, id));
    }
    EXPECT_TRUE(sees(speaker(), id));
  };
  const auto at = [&](std::initializer_list<std::pair<EventKind, Fields>> steps) {
    const CaseId id = received(++token).case_id;
    for (const auto& [kind, fields] : steps) {
      const bool ours = kind == EventKind::transferred || kind == EventKind::merged;
      const bool heads = kind == EventKind::parked || kind == EventKind::extended;
      const bool theirs = kind == EventKind::review_requested;
      must(ours                               ? dispatcher()
           : heads                            ? head()
           : theirs                           ? speaker()
           : kind == EventKind::callback_done ? caller()
                                              : handler(),
           id, kind, fields);
    }
    hold(id);
  };
  using enum EventKind;
  const std::pair<EventKind, Fields> sent{transferred, to(housing_)};
  const std::pair<EventKind, Fields> in{signed_in, {}};
  const std::pair<EventKind, Fields> taken{accepted, {}};
  const std::pair<EventKind, Fields> done{answered, opinion()};
  const Fields objection{{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", water_.text()}};
  at({});
  at({sent});
  at({sent, {objected, objection}});
  at({sent, in});
  at({sent, in, taken});
  at({sent, in, taken, {hearing_opened, {{"reason", "复杂"}}}});
  at({sent, in, taken, {parked, {{"public_plan", "等"}, {"review_on", "2025-12-01"}}}});
  at({sent, in, taken, done});
  at({sent, in, taken, done, {callback_done, {{"reached", "yes"}, {"solved", "no"}}}});
  at({sent, in, taken, done, {review_requested, {{"words", "不服"}}}});
  const CaseId lead = this->received(++token).case_id;
  at({{merged, {{"into", lead.text()}}}});
  answer(lead);
  EXPECT_EQ(queued(), 1) << "the case that took one in is the only one that waits for somebody";
}

TEST_F(Guard, AnAskedUnitSeesTheCaseFindsItInItsQueueAndAnswersForItself) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  const Context water = as(Role::handler, water_);
  EXPECT_FALSE(sees(water, id));
  const auto order = [&](UnitId at) {
    return Fields{{"trigger", "late"}, {"unit", at.text()}, {"reason", "逾期"}};
  };
  must(supervisor(), id, EventKind::supervised, order(water_));
  must(supervisor(), id, EventKind::supervised, order(housing_));
  EXPECT_EQ(refused(supervisor(), id, EventKind::supervised, order(water_)), "cases.asked_already");
  EXPECT_TRUE(sees(water, id));
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(queue_of(reading, water, {Part::asked}, std::nullopt, 10)->lines.size(), 1U);
  });
  EXPECT_EQ(refused(water, id, EventKind::recommendation_answered,
                    {{"adopted", "yes"}, {"reason", "已改"}}),
            "cases.not_asked");
  must(water, id, EventKind::supervision_answered, {{"report", "已督促"}});
  EXPECT_FALSE(sees(water, id)) << "nothing more to do with it";
  // The other unit's order has a date of its own, which this answer did not meet.
  int running = 0;
  for (const RunningClock& clock : file(id).clocks) {
    if (clock.rule == "supervision-7" && clock.runs()) {
      EXPECT_EQ(clock.unit, housing_);
      ++running;
    }
  }
  EXPECT_EQ(running, 1);
  must(handler(), id, EventKind::supervision_answered, {{"report", "明天答复"}});
}

TEST_F(Guard, ARecommendationIsAnsweredAlsoWhenTheCaseHasEnded) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::voided, {{"reason", "录入有误"}});
  must(supervisor(), id, EventKind::recommended,
       {{"about", "policy"}, {"unit", water_.text()}, {"text", "修订办法"}});
  EXPECT_EQ(waiting_for(file(id)), (std::vector<Waiting>{{water_, Part::asked}}));
  must(as(Role::unit_head, water_), id, EventKind::recommendation_answered,
       {{"adopted", "partly"}, {"reason", "下月修订"}});
  EXPECT_TRUE(waiting_for(file(id)).empty());
}

}  // namespace
}  // namespace minhu::cases
