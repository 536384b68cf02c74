#include "features/visit_plans/test_plans.h"

namespace minhu::visit_plans {
namespace {

TEST_F(PlansWorld, WhatSeveralPeopleSayIsOneMatterAndOfPeopleOnlyTheirNumberIsKept) {
  const auto first = told(0);
  const auto second = told(0);
  told(1);
  must(dispatcher(), second, CaseKind::merged, {{"into", first.text()}});
  pass_days(10);
  answered(first);
  pass_days(10);
  const auto gathered = database_->read([&](Reading& reading) {
    return *gather(reading, county_, entropy_, usual_policy(),
                   all_villages(reading, county_.region), {}, now_);
  });
  ASSERT_EQ(gathered.record.matters.size(), 2U);
  const silence::Matter& matter = gathered.record.matters.front();
  EXPECT_EQ(matter.words.size(), 2U);
  EXPECT_NE(matter.words[0].speaker, matter.words[1].speaker);
  EXPECT_NE(matter.words[0].speaker, 0U);
  EXPECT_TRUE(matter.stopped.has_value());
  EXPECT_TRUE(matter.seen_then);
  EXPECT_FALSE(gathered.record.matters.back().stopped.has_value());
  // The one that was answered counts half, the other in full and a third more, for it is ten days
  // late; water is 1.3 of an ordinary matter.
  const Date today = to_date(now_);
  ASSERT_EQ(gathered.known[0].size(), 1U);
  EXPECT_EQ(gathered.known[0][0].others, 1);
  EXPECT_EQ(silence::need_of(gathered.known[1].at(0), today), 1'732'900);
  EXPECT_LT(silence::need_of(gathered.known[0][0], today),
            silence::need_of(gathered.known[1][0], today));
}

TEST_F(PlansWorld, AMatterOfOneFamilyIsKnownNeedAndNoSilence) {
  write([&](Transaction& t) {
    places_and_units::put_category(t, county_.region, {"minhu", "09", "", "社会保障"});
  });
  told(3, "minhu:09");
  const auto gathered = database_->read([&](Reading& reading) {
    return *gather(reading, county_, entropy_, usual_policy(),
                   all_villages(reading, county_.region), {}, now_);
  });
  EXPECT_TRUE(gathered.record.matters.empty() || gathered.record.until == now_);
  pass_days(1);
  const auto later = database_->read([&](Reading& reading) {
    return *gather(reading, county_, entropy_, usual_policy(),
                   all_villages(reading, county_.region), {}, now_);
  });
  EXPECT_TRUE(later.record.matters.empty());
  EXPECT_EQ(later.known[3].size(), 1U);
}

TEST_F(PlansWorld, FreezesAMonthOnceAndItsHashHolds) {
  two_years_of_words();
  EXPECT_EQ(frozen(as(Role::clerk, county_.petition_office), "2026-12"), "plans.not_allowed");
  EXPECT_EQ(frozen(maker(), "2026-13"), "plans.bad_month");
  EXPECT_EQ(frozen(maker(), "2026-10"), "plans.month_is_over");
  EXPECT_EQ(frozen(maker(), "2027-03"), "plans.too_early");
  EXPECT_EQ(frozen(maker(), "2026-12"), "frozen");
  EXPECT_EQ(frozen(maker(), "2026-12"), "plans.frozen_already");
  const FrozenCycle kept = cycle("2026-12");
  EXPECT_EQ(kept.villages.size(), 12U);
  EXPECT_TRUE(check_seal(kept));
  // Nobody ever spoke there, and it has more people than the others: quiet is not nothing.
  EXPECT_GT(kept.find(village(11))->silence, 0);
  write([&](Transaction& t) {
    t.execute("UPDATE plan_quiet SET silence = silence + 1 WHERE region_id = ?1 AND place = ?2",
              {param(county_.region), std::string_view("339901101201")});
  });
  EXPECT_EQ(check_seal(cycle("2026-12")).error().key, "plans.seal_broken");
}

TEST_F(PlansWorld, OneMoreWordRaisesItsVillageAndTouchesNoOther) {
  two_years_of_words();
  ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
  const FrozenCycle kept = cycle("2026-12");
  now_ = *parse_instant("2026-12-03 09:00");
  const auto values = [&] {
    const auto villages =
        database_->read([&](Reading& r) { return all_villages(r, county_.region); });
    const auto gathered = database_->read([&](Reading& reading) {
      return *gather(reading, county_, entropy_, kept.policy, villages, {}, {now_.unix_ms + 1});
    });
    std::vector<silence::Points> all;
    for (std::size_t i = 0; i < villages.size(); ++i) {
      const FrozenVillage* one = kept.find(villages[i].code);
      all.push_back(
          silence::value_of(kept.cycle, one->silence, one->quiet, gathered.known[i], to_date(now_))
              .whole);
    }
    return all;
  };
  const auto before = values();
  const auto first = told(4);
  const auto with_one = values();
  const auto second = told(4);
  must(dispatcher(), second, CaseKind::merged, {{"into", first.text()}});
  const auto with_two = values();
  EXPECT_GT(with_one[4], before[4]);
  EXPECT_GT(with_two[4], with_one[4]);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i != 4) {
      EXPECT_EQ(before[i], with_two[i]) << i;
    }
  }
}

TEST_F(PlansWorld, APolicyIsDecidedInWritingAndCountsFromTheNextCycle) {
  std::string changed = usual_policy().toml;
  changed.replace(changed.find("version = 1"), 11, "version = 2");
  changed.replace(changed.find("percent = 20"), 12, "percent = 40");
  const auto decide = [&](const Context& context, const std::string& toml, const char* reason) {
    const auto done =
        database_->write([&](Transaction& t) { return decide_policy(t, context, toml, reason); });
    return done ? std::to_string(done->unannounced_percent) : done.error().key;
  };
  EXPECT_EQ(decide(maker(), changed, "多去没人去的地方"), "plans.not_allowed");
  EXPECT_EQ(decide(county_leader(), changed, "  "), "plans.reason_missing");
  EXPECT_EQ(decide(county_leader(), "id = 1", "多去没人去的地方"), "plans.bad_policy");
  EXPECT_EQ(decide(county_leader(), changed, "多去没人去的地方"), "40");
  database_->read([&](Reading& reading) {
    EXPECT_EQ(policy_of(reading, county_.region).unannounced_percent, 40);
    EXPECT_EQ(policy_decisions(reading, county_.region).front().policy, "usual@2");
    return 0;
  });
}

TEST_F(PlansWorld, TheLotIsCommittedDrawnRevealedAndAnybodyCanDrawAgain) {
  two_years_of_words();
  ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
  const auto commit = [&](const Context& context, std::int64_t number) {
    return database_->write(
        [&](Transaction& t) { return commit_lot(t, context, "2026-12", number); });
  };
  EXPECT_EQ(commit(county_leader(), 3).error().key, "plans.not_allowed");
  EXPECT_EQ(commit(drawer(), 13).error().key, "plans.lot_number");
  const auto lost = commit(drawer(), 3);
  ASSERT_TRUE(lost);
  EXPECT_EQ(commit(drawer(), 3).error().key, "plans.lot_step");
  EXPECT_TRUE(database_->write_job(
      [&](Transaction& t) { return spoil_lot(t, drawer(), "2026-12", "种子丢了"); }));
  const auto seed = commit(drawer(), 3);
  ASSERT_TRUE(seed);
  EXPECT_EQ(seed->size(), 64U);
  // The seed is nowhere in the database.
  const auto lot = [&] {
    return *database_->read([&](Reading& r) { return lot_of(r, county_.region, "2026-12"); });
  };
  EXPECT_TRUE(lot().seed.empty());
  EXPECT_EQ(lot().spoiled, std::vector<std::string>{"种子丢了"});
  EXPECT_EQ(lot().round, "339901/2026-12/2");
  const auto draw = [&](const std::string& with, const char* beacon) {
    return database_->write(
        [&](Transaction& t) { return draw_lot(t, drawer(), "2026-12", with, beacon); });
  };
  EXPECT_EQ(draw(*lost, "福彩双色球 2026136").error().key, "plans.lot_seed");
  EXPECT_EQ(draw(*seed, " ").error().key, "plans.lot_beacon");
  const auto drawn = draw(*seed, "福彩双色球 2026136: 03 07 12 19 22 31 09");
  ASSERT_TRUE(drawn) << drawn.error().key;
  EXPECT_EQ(drawn->size(), 3U);
  EXPECT_EQ(draw(*seed, "again").error().key, "plans.lot_step");
  EXPECT_EQ(verify_lot(lot()).error().key, "plans.lot_step");
  // As long as one of its days is left the seed would tell where somebody is still to come.
  const auto reveal = [&] {
    return database_->write_job(
        [&](Transaction& t) { return reveal_lot(t, drawer(), "2026-12", *seed); });
  };
  for (const char* too_early : {"2026-11-27 09:00", "2026-12-15 09:00", "2026-12-31 23:59"}) {
    now_ = *parse_instant(too_early);
    const Outcome early = reveal();
    ASSERT_FALSE(early) << too_early;
    EXPECT_EQ(early.error().key, "plans.lot_days_not_over");
    EXPECT_EQ(early.error().details.at("last_day"), "2026-12-31");
    EXPECT_TRUE(lot().seed.empty());
  }
  now_ = *parse_instant("2027-01-01 00:00");
  EXPECT_TRUE(reveal());
  EXPECT_TRUE(verify_lot(lot()));
  Lot forged = lot();
  std::swap(forged.drawn.front(), forged.drawn.back());
  EXPECT_FALSE(verify_lot(forged));
}

}  // namespace
}  // namespace minhu::visit_plans
