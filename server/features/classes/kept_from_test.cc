// What a reader is kept from is in no number of a class that they are told.
#include "features/classes/kept_from.h"

#include "features/classes/publishing.h"
#include "features/classes/queries.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class KeptFrom : public ClassesWorld {
 protected:
  // Of the same kind as the others; it complains of the town.
  CaseId complaint() {
    const CaseId id = reported();
    must(dispatcher(), id, CaseKind::triaged, {{"complained_of", town_.text()}});
    return id;
  }
  Context accused() { return by(Role::supervisor, town_); }
  CaseCounts counts(const Context& context, ClassId id) {
    return database_->read([&](Reading& reading) { return count_cases(reading, context, id); });
  }
  ClassFile seen(const Context& context, ClassId id) {
    return database_->read([&](Reading& reading) {
      return as_seen_by(reading, context, *load_class(reading, county_.region, id));
    });
  }
  std::int64_t of_the_same_class(const Context& context, CaseId id) {
    return database_->read([&](Reading& reading) {
      return same_classes(reading, context, std::vector{id}).at(id).cases;
    });
  }
  std::size_t unrelated(const Context& context, ClassId id) {
    return database_->read([&](Reading& reading) {
      return without_kept_from(reading, context, unrelated_of(reading, county_.region, id)).size();
    });
  }
  std::string needed_by(const Context& context, ClassId id) {
    const auto refused = take(context, id, EventKind::verified, {{"reason", "看了现场"}});
    if (refused || refused.error().key != "classes.too_few_heard") return "not refused";
    return refused.error().details.at("needed");
  }
};

TEST_F(KeptFrom, ACaseThatIsOverIsStillInNoNumberForWhomItAccuses) {
  const CaseId member = complaint();
  const CaseId nothing_to_do_with_it = complaint();
  const CaseId other = reported();
  const ClassId id = proposed({member, other}).id;
  EXPECT_EQ(called_unrelated(dispatcher(), id, nothing_to_do_with_it), "done");
  const auto expect_hidden = [&] {
    EXPECT_EQ(counts(judge(), id).all, 2);
    EXPECT_EQ(counts(accused(), id).all, 1);
    EXPECT_EQ(seen(accused(), id).members.size(), 1U);
    EXPECT_TRUE(seen(accused(), id).unrelated.empty());
    EXPECT_EQ(unrelated(judge(), id), 1U);
    EXPECT_EQ(unrelated(accused(), id), 0U);
    EXPECT_EQ(of_the_same_class(judge(), other), 2);
    EXPECT_EQ(of_the_same_class(accused(), other), 1);
  };
  expect_hidden();
  // Nobody has to do with them any more.
  must(speaker(), member, CaseKind::withdrawn);
  must(speaker(), nothing_to_do_with_it, CaseKind::withdrawn);
  expect_hidden();
}

TEST_F(KeptFrom, WhetherPublicWordsAreOwedTellsNothingOfACaseThatTheReaderDoesNotKnow) {
  std::vector<CaseId> five{complaint()};
  while (five.size() < 5) five.push_back(reported());
  const ClassId id = proposed(five).id;
  must_take(proposer(), id, EventKind::rejected,
            {{"because", "being_solved"}, {"reason", "年底完工。"}});
  const auto owed = [&](const Context& context) {
    return database_->read([&](Reading& reading) {
      return public_words(reading, context, *load_row(reading, county_.region, id));
    });
  };
  EXPECT_EQ(owed(judge()), PublicWords::to_write);
  // Four are counted to them, and of four nothing would be shown.
  EXPECT_EQ(owed(accused()), PublicWords::none_due);
}

TEST_F(KeptFrom, ARefusalToVerifyTellsNoMoreThanThePageDoes) {
  std::vector<CaseId> some;
  for (int month = 0; month < 14; ++month) some = a_month(6);
  some.resize(4);
  const CaseId about_the_town = complaint();
  answer_now(about_the_town);
  some.push_back(about_the_town);
  const ClassId id = proposed(some).id;
  treat(id, "2");
  for (int month = 0; month < 6; ++month) a_month(month % 2);
  must_take(proposer(), id, EventKind::measured);
  EXPECT_EQ(needed_by(judge(), id), "5");
  EXPECT_EQ(needed_by(accused(), id), "4");
}

}  // namespace
}  // namespace minhu::classes
