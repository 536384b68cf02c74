// Answering from one to many, counted by unit and month.
#include "features/classes/lessons.h"

#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Learned : public ClassesWorld {
 protected:
  CaseId answered_with(Fields more) {
    const CaseId id = reported("minhu:01");
    must(dispatcher(), id, CaseKind::transferred, to(housing_));
    must(handler(), id, CaseKind::signed_in);
    must(handler(), id, CaseKind::accepted);
    Fields fields = opinion();
    fields.merge(more);
    must(handler(), id, CaseKind::answered, fields);
    return id;
  }
  std::vector<Lessons> in(const char* from, const char* to) {
    return database_->read(
        [&](Reading& reading) { return lessons_in(reading, county_.region, from, to); });
  }
};

TEST_F(Learned, CountsWhatWasSaidAndWhatWasLeftEmpty) {
  answered_with({{"others_like_it", "还有三处。"}, {"changed_so_that", "写进了巡查表。"}});
  answered_with({{"others_like_it", "还有一处。"}});
  answered_with({});
  const auto january = in("2024-01", "2024-01");
  ASSERT_EQ(january.size(), 1U);
  EXPECT_EQ(january[0].unit, housing_);
  EXPECT_EQ(january[0].answers, 3);
  EXPECT_EQ(january[0].others_like_it, 2);
  EXPECT_EQ(january[0].changed_so_that, 1);
  EXPECT_TRUE(in("2024-02", "2024-12").empty());
}

TEST_F(Learned, WhatWasHeldOrErasedCountsNoMore) {
  const CaseId erased = answered_with({{"others_like_it", "还有三处。"}});
  const CaseId held = answered_with({});
  EXPECT_EQ(in("2024-01", "2024-01")[0].answers, 2);
  write([&](Transaction& t) { ASSERT_TRUE(cases::erase(t, dispatcher(), erased, "asked")); });
  EXPECT_EQ(in("2024-01", "2024-01")[0].answers, 1);
  must(dispatcher(), held, CaseKind::held);
  EXPECT_TRUE(in("2024-01", "2024-01").empty());
}

}  // namespace
}  // namespace minhu::classes
