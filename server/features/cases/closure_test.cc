// Whom a case must never reach, at the level of the use cases: the closure worked out a second time
// over random counties, and who loses a case when a register changes. The whole program behind its
// doors: tests/accused.
#include "features/cases/closure.h"

#include <gtest/gtest.h>

#include <set>

#include "features/accounts/delegation.h"
#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/cases/guard.h"
#include "features/cases/keeping_away.h"
#include "features/cases/receivers.h"
#include "features/cases/retaliation.h"
#include "features/cases/test_world.h"
#include "features/cases/ties.h"
#include "features/cases/watch.h"
#include "kernel/test_dice.h"

namespace minhu::cases {
namespace {

using accounts::AccountId;

class Closures : public Journey {
 protected:
  Closures() {
    county_.upper_body = unit("discipline", "县纪委", {}, places_and_units::UnitLevel::county);
  }

  AccountId official(const std::string& login, Role role, UnitId at, std::string display = "某某") {
    accounts::Account made;
    made.id = entropy_.id<AccountId>(now_);
    made.login = login;
    made.display_name = std::move(display);
    made.principal = {role, at, made.id};
    write([&](Transaction& t) {
      EXPECT_TRUE(accounts::create_account(t, county_.region, made, {}, now_));
    });
    officials_[made.id] = made;
    return made.id;
  }
  Context of(AccountId id) {
    return {county_, keyring_, entropy_, now_, officials_.at(id).principal};
  }
  void lead(AccountId id, UnitId led) {
    write([&](Transaction& t) {
      EXPECT_TRUE(accounts::appoint_leader(t, ground_, {}, id, led, "分工", now_));
    });
  }
  void tie(AccountId id, UnitId bound, AccountId person) {
    accounts::Interest one;
    one.account = id;
    one.unit = bound;
    one.person = person;
    one.declared_by = id;
    write([&](Transaction& t) { EXPECT_TRUE(accounts::declare_interest(t, ground_, one, now_)); });
  }
  void delegate(AccountId from, AccountId to) {
    const Date today = to_date(now_);
    EXPECT_TRUE(accounts::delegate_post(ground_, officials_.at(from), to, today,
                                        today + std::chrono::days(1), now_));
  }
  void move(UnitId moved, UnitId below) {
    write([&](Transaction& t) {
      auto found = *places_and_units::find_unit(t, county_.region, moved);
      found.parent = below;
      places_and_units::put_unit(t, county_.region, found);
    });
  }
  std::int64_t look_after() {
    std::int64_t taken = 0;
    write([&](Transaction& t) { taken = keep_all_away(t, as(Role::system)); });
    return taken;
  }
  bool sees(const Context& who, CaseId id) {
    return database_->read(
        [&](Reading& reading) { return view_case(reading, who, id).has_value(); });
  }
  std::int64_t counted(const Context& who, Part part) {
    return database_->read([&](Reading& reading) {
      QueueQuery query;
      query.part = part;
      return queue_count(reading, who, query);
    });
  }

  std::uint8_t said_ = 100;  // words of a test, each with a token of its own
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  const accounts::Ground ground_{*database_, county_.region, entropy_, hasher_, {}};
  std::map<AccountId, accounts::Account> officials_;
};

TEST_F(Closures, TheSameFromBothSidesOverRandomCounties) {
  Dice dice(seed_of_this_run());
  std::vector<UnitId> units;
  std::map<UnitId, UnitId> parent;
  std::map<UnitId, int> depth;
  std::set<std::pair<AccountId, UnitId>> leads;
  std::set<std::pair<AccountId, UnitId>> tied_to_unit;
  std::set<std::pair<AccountId, AccountId>> tied_to_person;
  std::set<std::pair<AccountId, AccountId>> keeps_post_of;
  std::vector<AccountId> people;
  write([&](Transaction& t) {
    // A job may run twice, the first time for nothing.
    units.clear();
    parent.clear();
    depth.clear();
    leads.clear();
    people.clear();
    officials_.clear();
    for (int i = 0; i < 1200; ++i) {
      places_and_units::Unit made;
      made.id = entropy_.id<UnitId>(now_);
      made.code = "u" + std::to_string(i);
      made.name = made.code;
      if (!units.empty() && dice.between(0, 19) != 0) made.parent = dice.one_of(units);
      if (!made.parent.empty() && depth[made.parent] > 10) made.parent = UnitId();
      depth[made.id] = made.parent.empty() ? 0 : depth[made.parent] + 1;
      places_and_units::put_unit(t, county_.region, made);
      parent[made.id] = made.parent;
      units.push_back(made.id);
    }
    for (int i = 0; i < 800; ++i) {
      const Role roles[] = {Role::handler, Role::unit_head, Role::supervisor, Role::leader};
      accounts::Account made;
      made.id = entropy_.id<AccountId>(now_);
      made.login = "p" + std::to_string(i);
      // Some share a unit, so that posts can be handed over.
      made.principal = {
          dice.one_of(roles),
          i % 2 == 1 ? officials_.at(people.back()).principal.unit : dice.one_of(units), made.id};
      ASSERT_TRUE(accounts::create_account(t, county_.region, made, {}, now_));
      officials_[made.id] = made;
      people.push_back(made.id);
      if (made.principal.role == Role::unit_head) leads.insert({made.id, made.principal.unit});
    }
  });
  for (int i = 0; i < 150; ++i) {
    const AccountId one = dice.one_of(people);
    const UnitId some = dice.one_of(units);
    if (leads.insert({one, some}).second) lead(one, some);
    const AccountId close = dice.one_of(people);
    if (tied_to_unit.insert({close, some}).second) tie(close, some, {});
    if (one != close && tied_to_person.insert({close, one}).second) tie(close, {}, one);
  }
  for (std::size_t i = 0; i + 1 < people.size() && keeps_post_of.size() < 60; i += 2) {
    const Role role = officials_.at(people[i]).principal.role;
    if (role != Role::handler && role != Role::unit_head) continue;
    // A leader reads no case, and so keeps no post.
    if (officials_.at(people[i + 1]).principal.role == Role::leader) continue;
    delegate(people[i], people[i + 1]);
    keeps_post_of.insert({people[i + 1], people[i]});
  }

  for (int round = 0; round < 12; ++round) {
    CaseFile file;
    std::set<UnitId> roots;
    std::set<AccountId> accused;
    for (int i = 0; i < 2; ++i) {
      if (dice.coin()) roots.insert(dice.one_of(units));
      if (dice.coin()) accused.insert(dice.one_of(people));
    }
    file.complained_of.assign(roots.begin(), roots.end());
    file.accused_people.assign(accused.begin(), accused.end());
    // From the accused outwards, as the rule is written down.
    for (const auto& [one, some] : leads) {
      if (accused.contains(one)) roots.insert(some);
    }
    std::set<UnitId> closed;
    for (const UnitId some : units) {
      for (UnitId at = some; !at.empty(); at = parent.at(at)) {
        if (roots.contains(at)) closed.insert(some);
      }
    }
    std::set<AccountId> core = accused;
    for (const auto& [one, some] : leads) {
      if (closed.contains(some)) core.insert(one);
    }
    for (const AccountId one : people) {
      if (closed.contains(officials_.at(one).principal.unit)) core.insert(one);
    }
    std::set<AccountId> closure = core;
    for (const auto& [one, some] : tied_to_unit) {
      if (closed.contains(some)) closure.insert(one);
    }
    for (const auto& [one, other] : tied_to_person) {
      if (core.contains(other)) closure.insert(one);
    }
    const std::set<AccountId> so_far = closure;
    for (const auto& [holder, giver] : keeps_post_of) {
      if (so_far.contains(giver)) closure.insert(holder);
    }
    database_->read_job([&](Reading& reading) {
      std::set<UnitId> receivers;
      for (const auto& one : receivers_of(reading, as(Role::dispatcher), file,
                                          places_and_units::all_units(reading, county_.region))) {
        receivers.insert(one.id);
      }
      for (const UnitId some : units) {
        EXPECT_NE(receivers.contains(some), closed.contains(some));
        EXPECT_EQ(touches(circle_of(reading, county_.region, some, now_), file),
                  closed.contains(some));
      }
      for (const AccountId one : people) {
        EXPECT_EQ(
            touches(circle_of(reading, county_.region, officials_.at(one).principal, now_), file),
            closure.contains(one))
            << officials_.at(one).login;
      }
    });
    if (HasFailure()) return;
  }
}

TEST_F(Closures, AnAccusedOfficialIsKeptOutAndTheirDeskMatesAreNot) {
  const AccountId accused = official("accused", Role::handler, water_);
  const AccountId mate = official("mate", Role::handler, water_);
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"accused_person", "accused"}});
  EXPECT_EQ(file(id).accused_people, std::vector{accused});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_TRUE(sees(of(mate), id));
  EXPECT_FALSE(sees(of(accused), id));
  EXPECT_EQ(counted(of(mate), Part::lead), 1);
  EXPECT_EQ(counted(of(accused), Part::lead), 0);
  // Who is to keep their post from today is kept out with them.
  delegate(accused, mate);
  EXPECT_FALSE(sees(of(mate), id));
  must(dispatcher(), id, EventKind::taken_back, {{"reason", "另派"}});
  must(dispatcher(), id, EventKind::triaged, {{"not_accused_person", accused.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_TRUE(sees(of(accused), id));
}

TEST_F(Closures, ANewLeaderTakesTheCaseFromTheUnitAndALeaderWhoGoesDoesNotGiveItBack) {
  const AccountId accused = official("accused", Role::leader, {});
  const AccountId handler = official("handler", Role::handler, water_);
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"accused_person", accused.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  must(of(handler), id, EventKind::signed_in);
  EXPECT_EQ(look_after(), 0);
  lead(accused, water_);
  EXPECT_FALSE(sees(of(handler), id)) << "from the moment of the register";
  EXPECT_EQ(counted(of(handler), Part::lead), 0);
  EXPECT_EQ(look_after(), 1);
  EXPECT_EQ(look_after(), 0);
  EXPECT_EQ(file(id).state, State::triaged);
  EXPECT_TRUE(file(id).lead_unit.empty());
  EXPECT_EQ(refused(dispatcher(), id, EventKind::transferred, to(water_)),
            "cases.unit_may_not_receive");
}

TEST_F(Closures, ANewLeaderIsANumberOfCasesOnlyToWhoeverCouldReadThem) {
  const AccountId accused = official("accused", Role::leader, {});
  const AccountId keeper = official("keeper", Role::supervisor, county_.hotline_body);
  const AccountId kin = official("kin", Role::supervisor, county_.hotline_body);
  const AccountId admin = official("admin", Role::security_admin, county_.hotline_body);
  tie(kin, {}, accused);
  // A case that accuses them goes to a unit; then somebody writes down that they lead the unit.
  const auto rerouted_for = [&](AccountId who) {
    const CaseId id = received(++said_).case_id;
    must(dispatcher(), id, EventKind::triaged, {{"accused_person", accused.text()}});
    must(dispatcher(), id, EventKind::transferred, to(water_));
    std::optional<std::int64_t> counted;
    accounts::LeadershipId entry;
    write([&](Transaction& t) {
      const auto made = appoint_leader(t, ground_, of(who), accused, water_, "分工文件");
      ASSERT_TRUE(made) << made.error().key;
      counted = made->rerouted;
      entry = made->leadership.id;
    });
    EXPECT_TRUE(file(id).lead_unit.empty()) << "taken out of the hand at once";
    write([&](Transaction& t) {
      EXPECT_TRUE(end_leadership(t, ground_, of(admin), entry, "分工调整"));
    });
    return counted;
  };
  EXPECT_EQ(rerouted_for(keeper), 1);
  EXPECT_EQ(rerouted_for(kin), 0) << "who is kept from it is told what they would be told of none";
  EXPECT_EQ(rerouted_for(admin), std::nullopt) << "who reads no cases is told of none";
}

TEST_F(Closures, NobodyEndsATieThatKeepsThemFromAnything) {
  const AccountId head = official("head", Role::unit_head, water_);
  const AccountId keeper = official("keeper", Role::handler, county_.hotline_body);
  const AccountId inside = official("inside", Role::supervisor, water_);
  const AccountId kin = official("kin", Role::handler, county_.hotline_body);
  const AccountId admin = official("admin", Role::security_admin, water_);
  const AccountId boss = official("boss", Role::leader, {});
  tie(kin, {}, head);
  lead(boss, water_);
  accounts::InterestId interest;
  accounts::LeadershipId leadership;
  write([&](Transaction& t) {
    interest = accounts::all_interests(t, county_.region, 1).front().id;
    leadership = accounts::all_leaderships(t, county_.region).front().id;
  });
  const auto ended = [&](AccountId who, bool tie_of_kin, const std::string& why = "已变动") {
    const Outcome outcome = database_->write_job([&](Transaction& t) {
      return tie_of_kin ? end_interest(t, ground_, of(who), interest, why)
                        : end_leadership(t, ground_, of(who), leadership, why);
    });
    return outcome ? std::string("ended") : outcome.error().key;
  };
  EXPECT_EQ(ended(kin, true), "cases.own_tie");
  EXPECT_EQ(ended(head, true), "cases.own_tie") << "the other side";
  EXPECT_EQ(ended(inside, false), "cases.own_tie")
      << "it keeps the unit from what accuses the boss";
  EXPECT_EQ(ended(boss, false), "cases.own_tie");
  // Who keeps the post of one of them is one of them.
  delegate(kin, keeper);
  EXPECT_EQ(ended(keeper, true), "cases.own_tie");
  const AccountId other = official("other", Role::supervisor, county_.hotline_body);
  EXPECT_EQ(ended(other, true, " "), "accounts.reason_missing");
  EXPECT_EQ(ended(other, true), "ended");
  EXPECT_EQ(ended(other, true), "accounts.no_such_interest");
  EXPECT_EQ(ended(admin, false), "ended") << "an administrator reads no case, also of their unit";
  write([&](Transaction& t) {
    const auto kept = accounts::all_interests(t, county_.region, 1).front();
    EXPECT_EQ(kept.ended_by, other);
    EXPECT_EQ(kept.ended_reason, "已变动");
    EXPECT_EQ(accounts::all_leaderships(t, county_.region).front().ended_by, admin);
  });
}

TEST_F(Closures, HelpersAskedAndReviewingUnitsLoseTheirPartAndOweNothing) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const UnitId forestry = unit("forestry", "县林业局", {}, places_and_units::UnitLevel::county);
  must(as(Role::handler, water_), id, EventKind::co_handler_added, {{"unit", forestry.text()}});
  must(as(Role::supervisor), id, EventKind::supervised,
       {{"trigger", "late"}, {"unit", forestry.text()}, {"reason", "逾期"}});
  move(forestry, housing_);
  EXPECT_FALSE(sees(as(Role::handler, forestry), id));
  EXPECT_EQ(look_after(), 1);
  EXPECT_TRUE(file(id).co_units.empty());
  EXPECT_TRUE(file(id).supervised_units.empty());
  for (const RunningClock& clock : file(id).clocks) {
    EXPECT_FALSE(clock.unit == forestry && !clock.met_at) << clock.rule;
  }
  EXPECT_TRUE(sees(as(Role::handler, water_), id)) << "who handles it goes on";
}

TEST_F(Closures, WhatComplainsOfTheBodyThatHasItGoesToTheLevelAbove) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", county_.petition_office.text()}});
  EXPECT_EQ(file(id).dispatching_unit, county_.upper_body);
  EXPECT_FALSE(sees(dispatcher(), id));
  EXPECT_FALSE(sees(caller(), id));
  EXPECT_EQ(counted(dispatcher(), Part::dispatch), 0);
  const Context above = as(Role::dispatcher, county_.upper_body);
  EXPECT_EQ(counted(above, Part::dispatch), 1);
  must(above, id, EventKind::transferred, to(water_));
  EXPECT_TRUE(sees(speaker(), id));
}

TEST_F(Closures, SupervisorsCountsLeaveOutWhatTheyAreKeptFrom) {
  const AccountId kin = official("kin", Role::supervisor, county_.hotline_body);
  const AccountId other = official("other", Role::supervisor, county_.hotline_body);
  tie(kin, housing_, {});
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  pass_days(40);
  database_->read_job([&](Reading& reading) {
    const auto of_water = [&](const Context& who) {
      for (const UnitLoad& load : workload(reading, who)) {
        if (load.unit == water_) return load.open;
      }
      return std::int64_t{0};
    };
    EXPECT_EQ(of_water(of(other)), 1);
    EXPECT_EQ(of_water(of(kin)), 0);
    const auto silent = [&](const Context& who) {
      for (const WatchCount& count : watch_counts(reading, who)) {
        if (count.watch == Watch::silent_half) return count.waiting;
      }
      return std::int64_t{0};
    };
    EXPECT_EQ(silent(of(other)), 1);
    EXPECT_EQ(silent(of(kin)), 0);
    EXPECT_TRUE(watch_list(reading, of(kin), Watch::overdue, {}, std::nullopt, 10)->empty());
  });
}

TEST_F(Closures, WhoSaysThatTheyHaveAStakeIsOutUntilASupervisorFindsNone) {
  const AccountId handler = official("handler", Role::handler, water_);
  const AccountId decides = official("decides", Role::supervisor, county_.hotline_body);
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_EQ(refused(as(Role::handler, water_), id, EventKind::recusal_asked, {{"reason", "x"}}),
            "cases.not_allowed")
      << "nobody without an account";
  must(of(handler), id, EventKind::recusal_asked, {{"reason", "亲戚"}});
  EXPECT_FALSE(sees(of(handler), id));
  EXPECT_EQ(refused(of(handler), id, EventKind::signed_in), "cases.not_found");
  EXPECT_EQ(file(id).recusals_asked, std::vector{handler});
  must(of(decides), id, EventKind::recused, {{"official", "handler"}, {"reason", "属实"}});
  EXPECT_TRUE(file(id).recusals_asked.empty());
  EXPECT_FALSE(sees(of(handler), id));
  must(of(decides), id, EventKind::recusal_declined, {{"official", "handler"}, {"reason", "弄错"}});
  EXPECT_TRUE(sees(of(handler), id));
  // Decided: the program does not find the same stake again, and nobody decides about themselves.
  EXPECT_EQ(
      refused(of(decides), id, EventKind::recused, {{"official", decides.text()}, {"reason", "x"}}),
      "cases.recusal_of_oneself");
}

TEST_F(Closures, TheProgramFindsWhoIsNamedInTheWords) {
  const AccountId named = official("named", Role::handler, water_, "王水生");
  const AccountId other = official("other", Role::handler, water_, "李四海");
  Words words = some_words(9);
  words.text = "水利局的王水生收了施工队的钱。";
  const CaseId id = receive_words(as(Role::anyone), words)->case_id;
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_FALSE(sees(of(named), id));
  EXPECT_TRUE(sees(of(other), id));
  must(as(Role::supervisor), id, EventKind::recusal_declined,
       {{"official", "named"}, {"reason", "同名"}});
  must(dispatcher(), id, EventKind::taken_back, {{"reason", "另派"}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  EXPECT_TRUE(sees(of(named), id)) << "once decided, not found again";
}

TEST_F(Closures, ARetaliationReportGoesAboveAndToNobodyWhoEverHadTheCase) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(dispatcher(), id, EventKind::taken_back, {{"reason", "派错了"}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  Words words = some_words(7);
  words.text = "反映以后，他们停了我的工。";
  const auto prepared = prepare(speaker(), std::move(words));
  ASSERT_TRUE(prepared);
  const auto receipt = database_->write(
      [&](Transaction& t) { return report_retaliation(t, speaker(), id, **prepared); });
  ASSERT_TRUE(receipt) << receipt.error().key;
  const CaseFile report = file(receipt->case_id);
  EXPECT_EQ(report.dispatching_unit, county_.upper_body);
  EXPECT_EQ(report.retaliation_for, id);
  for (const UnitId had_it : {housing_, water_, town_}) {
    EXPECT_FALSE(sees(as(Role::handler, had_it), report.id));
    EXPECT_EQ(refused(as(Role::dispatcher, county_.upper_body), report.id, EventKind::transferred,
                      to(had_it)),
              "cases.unit_may_not_receive");
  }
  EXPECT_FALSE(sees(dispatcher(), report.id));
  EXPECT_TRUE(sees(as(Role::dispatcher, county_.upper_body), report.id));
  database_->read_job([&](Reading& reading) {
    const auto view = view_case(reading, as(Role::handler, water_), id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->file.seq, 3) << "not a word of it in the first case";
    const auto told = retaliation_reports(reading, speaker(), id);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().number, receipt->number);
    EXPECT_EQ(told.front().state, State::registered);
  });
}

TEST_F(Closures, ACaseThatThereIsNotIsLookedForAsOneThatIs) {
  const CaseId id = received(1).case_id;
  received(2);
  const CaseId none = entropy_.id<CaseId>({now_.unix_ms + 1000});
  database_->read_job([&](Reading& reading) {
    EXPECT_TRUE(load_file_or_neighbour(reading, county_.region, none).has_value());
    EXPECT_EQ(load_file_or_neighbour(reading, county_.region, id)->id, id);
    Sight sight(reading, as(Role::supervisor));
    EXPECT_FALSE(sight.find(none));
    EXPECT_TRUE(sight.find(id));
    EXPECT_TRUE(sight.find(file(id).number));
  });
}

}  // namespace
}  // namespace minhu::cases
