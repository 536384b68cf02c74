// What each step of a visit asks, whom, and what it refuses.
#include "features/visits/steps.h"

#include "features/visits/hindrances.h"
#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class Steps : public VisitsWorld {
 protected:
  // One that misses one part.
  std::string published_without(void (*forget)(Planned&)) {
    Planned planned = some_visit();
    forget(planned);
    const auto made = try_plan(planned);
    if (!made) return made.error().key + " " + made.error().field;
    const auto visit = take(planner(), made->id, EventKind::published, {}, three_channels());
    if (visit) return "taken";
    const auto field = visit.error().details.find("field");
    return visit.error().key + " " +
           (field == visit.error().details.end() ? visit.error().field : field->second);
  }
};

TEST(TheTable, NamesARealPermissionForEachStepAndLeadsEverywhere) {
  States reached{State::planned, State::in_session};  // the first of a queue leads into session
  for (const Edge& edge : edges()) {
    EXPECT_TRUE(accounts::is_permission(edge.permission)) << name(edge.kind);
    EXPECT_FALSE(edge.basis.empty()) << name(edge.kind);
    if (edge.to) reached = reached | States{*edge.to};
  }
  for (int state = 0; state <= static_cast<int>(State::cancelled); ++state) {
    EXPECT_TRUE(reached.has(static_cast<State>(state))) << name(static_cast<State>(state));
  }
  for (const GroupEdge& edge : group_edges()) {
    EXPECT_TRUE(accounts::is_permission(edge.permission)) << name(edge.kind);
    EXPECT_FALSE(edge.visit.empty()) << name(edge.kind);
  }
}

TEST(TheTable, HasOneEdgeForAKindAStateAndAForm) {
  for (const Edge& edge : edges()) {
    for (int state = 0; state <= static_cast<int>(State::cancelled); ++state) {
      const auto from = static_cast<State>(state);
      if (!edge.from.has(from)) continue;
      const Form form = edge.whom == For::unannounced ? Form::field : Form::reception;
      EXPECT_EQ(open_edge(edge.kind, from, form), &edge) << name(edge.kind);
    }
  }
}

TEST_F(Steps, ThePackOfVisitsNamesTheirStepsAndIsInForce) {
  int rules = 0;
  for (const auto& pack : county_.rules.packs) {
    for (const auto& rule : pack.rules) {
      if (rule.tracks != std::vector<std::string>{"visit"}) continue;
      ++rules;
      for (const auto* list : {&rule.starts_on, &rule.met_by, &rule.stopped_by}) {
        for (const std::string& kind : *list) EXPECT_TRUE(named<EventKind>(kind)) << kind;
      }
    }
  }
  EXPECT_EQ(rules, 1);
  const Notice notice = notice_of(planner());
  EXPECT_EQ(notice.days, 5);
  EXPECT_FALSE(notice.citation.empty());
}

TEST_F(Steps, APublicationNamesWhoWhereAndWhenAndHowOneGetsIn) {
  EXPECT_EQ(published_without([](Planned& p) { p.leader.name.clear(); }),
            "visits.incomplete leader_name");
  EXPECT_EQ(published_without([](Planned& p) { p.leader.post.clear(); }),
            "visits.incomplete leader_post");
  EXPECT_EQ(published_without([](Planned& p) { p.leader.portfolio.clear(); }),
            "visits.incomplete leader_portfolio");
  EXPECT_EQ(published_without([](Planned& p) { p.place_words.clear(); }),
            "visits.incomplete place_words");
  EXPECT_EQ(published_without([](Planned& p) { p.accessibility.clear(); }),
            "visits.incomplete accessibility");
  EXPECT_EQ(published_without([](Planned& p) { p.place = "999999"; }), "visits.field_wrong place");
  EXPECT_EQ(published_without([](Planned& p) { p.capacity = 0; }), "visits.places_wrong capacity");
  EXPECT_EQ(published_without([](Planned& p) { p.walk_in_quota = p.capacity; }),
            "visits.places_wrong walk_in_quota");
  EXPECT_EQ(published_without([](Planned& p) { std::swap(p.begins, p.ends); }),
            "visits.times_wrong ends");
  EXPECT_EQ(published_without([](Planned&) {}), "taken");
}

TEST_F(Steps, APublicationComesFiveDaysBefore) {
  const VisitId id = planned_visit();
  now_ = *parse_instant("2026-03-08 09:00");
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "visits.too_late");
  now_ = *parse_instant("2026-03-07 23:59");
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "taken");
}

TEST_F(Steps, APublicationIsPostedInThreeWaysOfWhichOneNeedsNoScreen) {
  const VisitId id = planned_visit();
  auto postings = three_channels();
  postings.pop_back();
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, postings),
            "visits.too_few_channels postings");
  postings.push_back(postings.front());
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, postings),
            "visits.too_few_channels postings");
  const std::vector<Posting> screens{{"web", "县政府网站", "首页", ""},
                                     {"wechat", "竹源发布", "已推送", ""},
                                     {"sms", "全村", "已发送", ""}};
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, screens),
            "visits.no_offline_channel postings");
  postings = three_channels();
  postings[1].proof.clear();
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, postings), "visits.field_missing proof");
  postings = three_channels();
  postings[1].channel = "whisper";
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, postings),
            "visits.posting_wrong channel");
  postings = three_channels();
  postings[0].proof = "联系张三13812345678";
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, postings),
            "visits.personal_details proof");
}

TEST_F(Steps, EachIsTakenByItsOwnPostAlone) {
  const VisitId id = planned_visit();
  const Context elsewhere = as(Role::dispatcher, water_);
  for (const Context& context : {holder(), as(Role::handler, water_), as(Role::auditor), elsewhere,
                                 as(Role::supervisor, county_.petition_office)}) {
    EXPECT_EQ(told(context, id, EventKind::published, {}, three_channels()), "visits.not_allowed");
  }
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "taken");
  now_ = now_of(id).begins;
  EXPECT_EQ(told(as(Role::clerk, water_), id, EventKind::opened), "visits.not_allowed");
  EXPECT_EQ(told(holder(), id, EventKind::opened), "taken");
}

TEST_F(Steps, AVisitIsMovedOnlyWithAReasonInTheSameChannelsToAnotherDayOrPersonOfThatRank) {
  const VisitId id = published_visit();
  const Fields tomorrow{{"reason", "县里开防汛会"},
                        {"instead", "new_date"},
                        {"begins", "2026-03-19 09:00"},
                        {"ends", "2026-03-19 12:00"}};
  Fields fields = tomorrow;
  fields.erase("reason");
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, fields, three_channels()),
            "visits.field_missing reason");
  fields = tomorrow;
  fields.erase("begins");
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, fields, three_channels()),
            "visits.no_other_day begins");
  auto fewer = three_channels();
  fewer.erase(fewer.begin());
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, tomorrow, fewer),
            "visits.channels_missing postings");
  const Fields deputy{{"reason", "县长出差"},
                      {"instead", "substitute"},
                      {"leader_name", "陈立"},
                      {"leader_post", "副县长"},
                      {"leader_portfolio", "农业、水利"},
                      {"leader_rank", "county_deputy"}};
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, deputy, three_channels()),
            "visits.substitute_rank leader_rank");
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, tomorrow, three_channels()), "taken");

  Fields head = deputy;
  head["leader_rank"] = "county_head";
  EXPECT_EQ(told(planner(), id, EventKind::rescheduled, head, three_channels()), "taken");
  const Visit visit = now_of(id);
  EXPECT_EQ(visit.state, State::published);
  EXPECT_EQ(visit.begins, *parse_instant("2026-03-19 09:00"));
  EXPECT_EQ(visit.leader.name, "陈立");
  ASSERT_EQ(visit.not_held.size(), 2U);
  EXPECT_EQ(visit.not_held[0].announced, *parse_instant("2026-03-12 09:00"));
  EXPECT_EQ(visit.not_held[0].instead, "new_date");
  EXPECT_EQ(visit.sequence, 2);
}

TEST_F(Steps, WhoeverComesInsteadIsAnnouncedAsFullyAsTheFirstOneAlsoOnAnotherDay) {
  const VisitId id = published_visit();
  const auto moved = [&](Fields fields) {
    return told(planner(), id, EventKind::rescheduled, std::move(fields), three_channels());
  };
  Fields without_portfolio = another_leader();
  without_portfolio.erase("leader_portfolio");
  EXPECT_EQ(moved(without_portfolio), "visits.no_substitute leader_name");
  Fields another_day = another_leader();
  another_day["instead"] = "new_date";
  another_day["begins"] = "2026-03-19 09:00";
  another_day["ends"] = "2026-03-19 12:00";
  another_day["leader_rank"] = "county_deputy";
  EXPECT_EQ(moved(another_day), "visits.substitute_rank leader_rank");
  another_day["leader_rank"] = "county_head";
  EXPECT_EQ(moved(another_day), "taken");
  EXPECT_EQ(now_of(id).leader.portfolio, "县委全面工作");
  EXPECT_EQ(now_of(id).begins, *parse_instant("2026-03-19 09:00"));
}

TEST_F(Steps, AnotherDayIsToldOfAsLongBeforeAsTheFirstOne) {
  const VisitId id = published_visit();
  now_ = *parse_instant("2026-03-11 09:00");
  const auto moved = [&](EventKind kind, const char* day) {
    return told(planner(), id, kind,
                {{"reason", "县里开防汛会"},
                 {"instead", "new_date"},
                 {"begins", std::string(day) + " 09:00"},
                 {"ends", std::string(day) + " 12:00"}},
                three_channels());
  };
  EXPECT_EQ(moved(EventKind::rescheduled, "2026-03-13"), "visits.too_late begins");
  EXPECT_EQ(moved(EventKind::rescheduled, "2026-03-15"), "visits.too_late begins");
  EXPECT_EQ(moved(EventKind::cancelled, "2026-03-15"), "visits.too_late begins");
  EXPECT_EQ(moved(EventKind::rescheduled, "2026-03-16"), "taken");
}

TEST_F(Steps, ASubstituteComesOnThatDayOrOnOneThatEverybodyHearsOfInTime) {
  const VisitId id = published_visit();
  now_ = *parse_instant("2026-03-11 09:00");
  const auto at = [&](const char* begins, const char* ends) {
    Fields fields = another_leader();
    fields["begins"] = begins;
    fields["ends"] = ends;
    return told(planner(), id, EventKind::rescheduled, fields, three_channels());
  };
  EXPECT_EQ(at("2026-03-12 12:00", "2026-03-12 09:00"), "visits.times_wrong ends");
  EXPECT_EQ(at("2026-03-01 09:00", "2026-03-01 12:00"), "visits.too_late begins");
  EXPECT_EQ(at("2026-03-13 09:00", "2026-03-13 12:00"), "visits.too_late begins");
  EXPECT_EQ(at("2026-03-12 14:00", "2026-03-12 17:00"), "taken");
  EXPECT_EQ(now_of(id).begins, *parse_instant("2026-03-12 14:00"));
}

TEST_F(Steps, WhoeverBookedKeepsTheirPlaceOnAnotherDay) {
  const VisitId id = published_visit();
  const Booked first = booked(id);
  const Booked second = booked(id);
  const Fields later{{"reason", "县里开防汛会"},
                     {"instead", "new_date"},
                     {"begins", "2026-03-19 14:00"},
                     {"ends", "2026-03-19 17:00"}};
  ASSERT_EQ(told(planner(), id, EventKind::rescheduled, later, three_channels()), "taken");
  const Visit visit = now_of(id);
  EXPECT_EQ(visit.groups[0].told, *parse_instant("2026-03-19 14:00"));
  EXPECT_EQ(visit.groups[1].told, *parse_instant("2026-03-19 14:20"));
  EXPECT_EQ(gave_back(second), "given back");
  EXPECT_EQ(first.number, 1);
}

TEST_F(Steps, ACancelledVisitSaysWhatTakesItsPlaceAndForgetsWhoBooked) {
  const VisitId id = published_visit();
  booked(id, "13800000001");
  EXPECT_EQ(told(planner(), id, EventKind::cancelled, {{"reason", "台风"}}, three_channels()),
            "visits.field_missing instead");
  const Fields fields{{"reason", "台风"},
                      {"instead", "new_date"},
                      {"begins", "2026-04-02 09:00"},
                      {"ends", "2026-04-02 11:00"}};
  EXPECT_EQ(told(planner(), id, EventKind::cancelled, fields, three_channels()), "taken");
  const Visit visit = now_of(id);
  EXPECT_EQ(visit.state, State::cancelled);
  EXPECT_EQ(visit.instead_begins, *parse_instant("2026-04-02 09:00"));
  EXPECT_EQ(visit.not_held.size(), 1U);
  // Who booked is still to be told; a week later nobody can be called any more.
  EXPECT_FALSE(visit.contacts_destroyed);
  ASSERT_TRUE(database_->write([&](Transaction& t) {
    return open_contact(t, planner(), id, visit.groups.front().id, "告诉他这一天取消了");
  }));
  const auto swept = [&] {
    return *database_->write([&](Transaction& t) -> Result<std::int64_t> {
      return destroy_old_contacts(t, as(Role::system));
    });
  };
  pass_days(6);
  EXPECT_EQ(swept(), 0);
  // What is posted meanwhile keeps nobody's telephone any longer.
  EXPECT_EQ(
      told(holder(), id, EventKind::posted, {}, {{"board", "上溪村村口公告栏", "照片已存", ""}}),
      "taken");
  pass_days(2);
  EXPECT_EQ(swept(), 1);
  EXPECT_TRUE(now_of(id).contacts_destroyed);
  const std::int64_t phones = database_->read([&](Reading& reading) {
    return *reading.first("SELECT COUNT(*) FROM visit_phone WHERE region_id = ?1",
                          {param(county_.region)}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(phones, 0);
}

TEST_F(Steps, APlannedVisitNobodyKnowsOfIsDroppedWithoutCountingAsNotHeld) {
  const VisitId id = planned_visit();
  EXPECT_EQ(told(planner(), id, EventKind::cancelled, {{"reason", "重复安排"}}), "taken");
  EXPECT_TRUE(now_of(id).not_held.empty());
}

TEST_F(Steps, AWholeDayFromTheDoorsToTheReport) {
  const VisitId id = published_visit();
  booked(id, "13800000001");
  booked(id);
  EXPECT_EQ(told(holder(), id, EventKind::opened), "visits.not_today");
  open_doors(id);
  walked_in(id);
  const cases::CaseId first = heard(id);
  EXPECT_EQ(now_of(id).state, State::in_session);
  EXPECT_EQ(called(id), "2");
  EXPECT_EQ(told(holder(), id, EventKind::instructed), "visits.not_heard");
  // Nobody goes without a number.
  EXPECT_EQ(moved(id, 2, EventKind::done), "visits.without_case");
  const cases::CaseId second = recorded(id, 2);
  EXPECT_EQ(moved(id, 2, EventKind::done), "moved");
  const cases::CaseId third = heard(id);
  EXPECT_EQ(called(id), "visits.nobody_waits");
  EXPECT_EQ(told(holder(), id, EventKind::instructed), "taken");

  EXPECT_EQ(told(holder(), id, EventKind::assigned), "visits.cases_waiting");
  for (const cases::CaseId case_id : {first, second, third}) {
    must(dispatcher(), case_id, cases::EventKind::triaged, {{"category", "minhu:01"}});
    must(dispatcher(), case_id, cases::EventKind::answered_on_spot,
         {{"public_answer", "今天派人去修。"},
          {"outcome", case_id == third ? "explained" : "supported"}});
  }
  EXPECT_EQ(told(holder(), id, EventKind::assigned), "taken");
  EXPECT_EQ(told(holder(), id, EventKind::followed_up, {{"words", "三件都看过现场。"}}), "taken");
  EXPECT_EQ(told(planner(), id, EventKind::reported,
                 {{"words", "接待三批群众。"}, {"why_not_possible", "超出县里权限，已说明去处。"}}),
            "taken");
  const Visit visit = now_of(id);
  ASSERT_TRUE(visit.report);
  EXPECT_EQ(visit.report->heard, 3);
  EXPECT_EQ(visit.report->solved_on_the_spot, 2);
  EXPECT_EQ(visit.report->not_possible, 1);
  EXPECT_FALSE(shows_parts(*visit.report));
  // Whoever held it does not sign it off.
  EXPECT_EQ(told(planner(), id, EventKind::closed), "visits.not_allowed");
  EXPECT_EQ(told(as(Role::supervisor, county_.petition_office), id, EventKind::closed), "taken");
  EXPECT_TRUE(now_of(id).contacts_destroyed);
}

TEST_F(Steps, TwoGroupsWithOneMatterHaveANumberEach) {
  const VisitId id = published_visit();
  open_doors(id);
  walked_in(id);
  walked_in(id);
  const cases::CaseId first = heard(id);
  const GroupId second = now_of(id).groups[1].id;
  const Outcome again = database_->write_job(
      [&](Transaction& t) { return record_case(t, holder(), id, second, first, true); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "visits.case_of_others");
  EXPECT_TRUE(now_of(id).groups[1].case_id.empty());
}

TEST_F(Steps, AFieldVisitIsNeverAnnouncedAndHasNoReception) {
  Planned planned = some_visit();
  planned.form = Form::field;
  const auto made = try_plan(planned);
  ASSERT_TRUE(made);
  EXPECT_EQ(told(planner(), made->id, EventKind::published, {}, three_channels()),
            "visits.step_not_open");
  EXPECT_EQ(try_book(made->id).error().key, "visits.no_such_visit");
  open_doors(made->id);
  EXPECT_EQ(now_of(made->id).state, State::in_session);
  EXPECT_EQ(told(holder(), made->id, EventKind::instructed), "taken");
}

TEST_F(Steps, ARequestThatComesTwiceIsDoneOnce) {
  const cases::ClientToken same = token();
  const auto once =
      database_->write([&](Transaction& t) { return plan(t, planner(), some_visit(), same); });
  const auto twice =
      database_->write([&](Transaction& t) { return plan(t, planner(), some_visit(), same); });
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(once->id, twice->id);

  Step step;
  step.kind = EventKind::published;
  step.postings = three_channels();
  step.token = token();
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(
        database_->write([&](Transaction& t) { return take_step(t, planner(), once->id, step); }));
  }
  EXPECT_EQ(now_of(once->id).postings.size(), 3U);
}

TEST_F(Steps, ATokenIsOfOneVisit) {
  Step step;
  step.kind = EventKind::revised;
  step.fields = {{"capacity", "9"}};
  step.token = token();
  for (const VisitId id : {planned_visit(), planned_visit()}) {
    ASSERT_TRUE(
        database_->write([&](Transaction& t) { return take_step(t, planner(), id, step); }));
    EXPECT_EQ(now_of(id).capacity, 9);
  }
}

TEST_F(Steps, WhoeverWroteOnAnOldPageIsToldSo) {
  const VisitId id = planned_visit();
  Step step;
  step.kind = EventKind::revised;
  step.fields = {{"capacity", "9"}};
  step.expected_seq = 0;
  const auto revised = [&] {
    return database_->write([&](Transaction& t) { return take_step(t, planner(), id, step); });
  };
  EXPECT_TRUE(revised());
  EXPECT_EQ(revised().error().key, "visits.changed_meanwhile");
  EXPECT_EQ(now_of(id).capacity, 9);
}

}  // namespace
}  // namespace minhu::visits
