// How many members of a class are hidden from a reader is asked of few of them, and is what all of
// them say: over random lives of cases and classes, whatever program of before serves beside.
#include "features/classes/may_name.h"

#include <set>

#include "features/accounts/accounts.h"
#include "features/cases/closure.h"
#include "features/classes/kept_from.h"
#include "features/classes/marking.h"
#include "features/classes/queries.h"
#include "features/classes/test_classes.h"
#include "kernel/test_dice.h"

namespace minhu::classes {
namespace {

using accounts::AccountId;

class MayName : public ClassesWorld {
 protected:
  void official(const std::string& login, UnitId at) {
    accounts::Account made;
    made.id = entropy_.id<AccountId>(now_);
    made.login = login;
    made.display_name = "某某";
    made.principal = {Role::handler, at, made.id};
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, made, {}, now_));
    });
    officials_.push_back(made);
  }
  Context of(const accounts::Account& one) {
    return {county_, keyring_, entropy_, now_, one.principal};
  }
  std::vector<Context> readers() {
    std::vector<Context> all{proposer(), leader(), as(Role::speaker), as(Role::system),
                             as(Role::supervisor, town_)};
    for (const UnitId at : {housing_, water_, town_, inspection_}) {
      all.push_back(by(Role::supervisor, at));
    }
    for (const auto& one : officials_) all.push_back(of(one));
    return all;
  }

  // Everything that is told of a class, beside what every one of its members says.
  void expect_what_all_of_them_say() {
    database_->read_job([&](Reading& reading) {
      for (const Context& context : readers()) {
        std::map<ClassId, std::int64_t> hidden;
        cases::Sight sight(reading, context);
        for (const ClassId id : classes_) {
          std::set<CaseId> full;
          for (const auto& one : naming_members(reading, county_.region, id)) {
            if (sight.kept_from(one)) full.insert(one.id);
          }
          std::set<CaseId> found;
          for (const auto& one : members_kept_from(reading, context, id)) found.insert(one.id);
          EXPECT_EQ(found, full);
          if (!full.empty()) hidden[id] = std::ssize(full);
          seen_hidden_ += std::ssize(full);
          EXPECT_EQ(count_cases(reading, context, id).all,
                    member_count(reading, county_.region, id) - std::ssize(full));
        }
        EXPECT_EQ(count_kept_from(reading, context, classes_), hidden);
        for (const auto& [case_id, same] : same_classes(reading, context, cases_)) {
          const auto row = *load_row(reading, county_.region, same.id);
          EXPECT_EQ(same.number, row.number);
          EXPECT_EQ(same.title, row.title);
          EXPECT_EQ(same.cases, member_count(reading, county_.region, same.id) - hidden[same.id]);
        }
      }
    });
  }

  std::int64_t count(std::string_view sql) {
    return database_->read([&](Reading& reading) {
      return reading
          .first(sql, {param(county_.region)}, [](const Row& row) { return row.integer(0); })
          .value_or(0);
    });
  }
  std::int64_t marked() {
    return count("SELECT count(*) FROM class_member WHERE region_id = ?1 AND names_nobody = 1");
  }
  std::int64_t members() { return count("SELECT count(*) FROM class_member WHERE region_id = ?1"); }
  std::int64_t in_doubt() {
    return count("SELECT count(*) FROM class_member WHERE region_id = ?1 AND names_nobody IS NULL");
  }
  std::size_t that_name(ClassId id) {
    return database_->read([&](Reading& reading) {
      return members_that_name(reading, county_.region, {&id, 1}, now_).at(id).size();
    });
  }
  std::int64_t mark() { return mark_members(*database_, county_.region); }

  // What a program of before does: it knows of no marks.
  void as_a_program_of_before(const std::function<void()>& step) {
    std::vector<CaseId> before;
    database_->read_job([&](Reading& reading) {
      before =
          reading.all("SELECT case_id FROM class_member WHERE region_id = ?1 AND names_nobody = 1",
                      {param(county_.region)}, [](const Row& row) { return row.id<CaseId>(0); });
    });
    step();
    write([&](Transaction& t) {
      t.execute("UPDATE class_member SET names_nobody = NULL WHERE region_id = ?1",
                {param(county_.region)});
      for (const CaseId id : before) {
        t.execute("UPDATE class_member SET names_nobody = 1 WHERE region_id = ?1 AND case_id = ?2",
                  {param(county_.region), param(id)});
      }
    });
  }

  void anything_happens() {
    const std::string unit_text = dice_.one_of(std::vector{housing_, water_, town_}).text();
    const std::string login = dice_.one_of(officials_).login;
    const CaseId id = dice_.one_of(cases_);
    const ClassId of = dice_.one_of(classes_);
    const Context decides = by(Role::supervisor, inspection_);
    switch (dice_.between(0, 15)) {
      case 0:
      case 1:
        cases_.push_back(reported());
        (void)linked(dispatcher(), of, cases_.back());
        break;
      case 2:
      case 3:
        (void)linked(dispatcher(), of, id);
        break;
      case 4:
        (void)unlinked(dispatcher(), of, id);
        break;
      case 5:
        (void)called_unrelated(dispatcher(), of, id);
        break;
      case 6:
      case 7:
        (void)step(dispatcher(), id, CaseKind::triaged, {{"complained_of", unit_text}});
        break;
      case 8:
        (void)step(dispatcher(), id, CaseKind::triaged, {{"accused_person", login}});
        break;
      case 9:
        (void)step(dispatcher(), id, CaseKind::triaged, {{"not_complained_of", unit_text}});
        break;
      case 10:
        (void)step(decides, id, CaseKind::recused, {{"official", login}, {"reason", "亲戚"}});
        break;
      case 11:
        (void)step(decides, id, CaseKind::recusal_declined,
                   {{"official", login}, {"reason", "弄错"}});
        break;
      case 12:
        (void)step(dispatcher(), id, CaseKind::merged, {{"into", dice_.one_of(cases_).text()}});
        break;
      case 13:
        (void)step(speaker(), id, CaseKind::withdrawn);
        break;
      case 14:
        if (dice_.coin()) {
          (void)step(dispatcher(), id, dice_.coin() ? CaseKind::held : CaseKind::voided,
                     {{"reason", "重复录入"}});
        } else {
          (void)database_->write_job([&](Transaction& t) -> Outcome {
            (void)t.savepoint([&]() -> Outcome {
              const auto erased = cases::erase(t, dispatcher(), id, "asked for it");
              return erased ? Outcome() : tl::unexpected<Fault>(erased.error());
            });
            return {};
          });
        }
        break;
      default:
        // Whoever leads the class: what accuses them leaves it.
        (void)leave_all_the_accused();
        break;
    }
  }
  std::int64_t leave_all_the_accused() {
    std::int64_t left = 0;
    write([&](Transaction& t) { left = leave_the_accused(t, as(Role::system)); });
    return left;
  }

  Dice dice_{seed_of_this_run()};
  std::vector<accounts::Account> officials_;
  std::vector<ClassId> classes_;
  std::vector<CaseId> cases_;
  std::int64_t seen_hidden_ = 0;
};

TEST_F(MayName, IsWhatAllMembersSayThroughAnything) {
  official("li", housing_);
  official("wang", water_);
  official("zhang", town_);
  for (std::uint8_t token = 1; token <= 3; ++token) {
    NewClass made = pipes({cases_.emplace_back(reported()), cases_.emplace_back(reported())});
    made.title += std::to_string(token);
    const auto file = try_propose(proposer(), made, token);
    ASSERT_TRUE(file) << file.error().key;
    classes_.push_back(file->id);
  }
  std::sort(classes_.begin(), classes_.end());
  for (int each = 0; each < 240; ++each) {
    SCOPED_TRACE(each);
    if (dice_.between(0, 5) == 0) {
      as_a_program_of_before([&] { anything_happens(); });
      // The job, before a day has passed.
      if (dice_.coin()) {
        now_.unix_ms += 3'600'000;
        expect_what_all_of_them_say();
      }
      mark();
    } else {
      anything_happens();
    }
    if (dice_.coin()) pass_days(2);
    if (each % 3 == 0) expect_what_all_of_them_say();
    if (HasFailure()) return;
  }
  mark();
  expect_what_all_of_them_say();
  EXPECT_EQ(mark(), 0) << "nothing is left to be marked";
  EXPECT_GT(seen_hidden_, 0);
  EXPECT_GT(members(), 0);
}

TEST_F(MayName, FewAreLookedAt) {
  std::vector<CaseId> some;
  for (int i = 0; i < 20; ++i) some.push_back(reported());
  const CaseId complaint = reported();
  must(dispatcher(), complaint, CaseKind::triaged, {{"complained_of", town_.text()}});
  some.push_back(complaint);
  const ClassId id = proposed(some).id;
  EXPECT_EQ(marked(), 20);
  pass_days(2);
  EXPECT_EQ(in_doubt(), 1);
  must(dispatcher(), some[0], CaseKind::triaged, {{"complained_of", town_.text()}});
  pass_days(2);
  EXPECT_EQ(in_doubt(), 2);
  EXPECT_EQ(that_name(id), 2U);
  EXPECT_EQ(linked(dispatcher(), id, reported()), "done");
  EXPECT_EQ(in_doubt(), 2);
}

TEST_F(MayName, TheJobMarksThoseOfBeforeAndTakesAwayAMarkThatIsWrong) {
  std::vector<CaseId> some;
  for (int i = 0; i < 5; ++i) some.push_back(reported());
  const ClassId id = proposed(some).id;
  must(dispatcher(), some[0], CaseKind::triaged, {{"complained_of", town_.text()}});
  const auto all = [&](std::string_view sql) {
    write([&](Transaction& t) { t.execute(sql, {param(county_.region)}); });
  };
  pass_days(2);
  all("UPDATE class_member SET names_nobody = NULL WHERE region_id = ?1");
  EXPECT_EQ(that_name(id), 1U) << "as before there were marks";
  EXPECT_EQ(mark(), 4);
  EXPECT_EQ(in_doubt(), 1);
  EXPECT_EQ(that_name(id), 1U);
  all("UPDATE class_member SET names_nobody = 1 WHERE region_id = ?1");
  EXPECT_EQ(that_name(id), 0U);
  EXPECT_EQ(mark(), 1);
  EXPECT_EQ(in_doubt(), 1);
  EXPECT_EQ(that_name(id), 1U);
  EXPECT_EQ(mark(), 0);
}

}  // namespace
}  // namespace minhu::classes
