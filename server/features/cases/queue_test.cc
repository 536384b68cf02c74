// What a unit sees waiting: narrowed, counted, and what stands out.
#include "features/cases/queue.h"

#include <gtest/gtest.h>

#include <tuple>

#include "features/cases/housekeeping.h"
#include "features/cases/queue_summaries.h"
#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Queue : public Journey {
 protected:
  CaseId with_housing(std::uint8_t token) {
    const CaseId id = received(token).case_id;
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    return id;
  }
  std::vector<QueueLine> lines(const Context& context, const QueueQuery& query) {
    return database_->read([&](Reading& reading) {
      return queue_of(reading, context, query, std::nullopt, 200)->lines;
    });
  }
  QueueLine line(const Context& context, CaseId id) {
    for (QueueLine& each : lines(context, {Part::lead})) {
      if (each.file.id == id) return std::move(each);
    }
    ADD_FAILURE() << "not in the queue";
    return {};
  }
  std::int64_t count(const Context& context, const QueueQuery& query) {
    return database_->read([&](Reading& reading) { return queue_count(reading, context, query); });
  }
  QueueSummary summary(const Context& context, Part part) {
    for (const QueueSummary& one :
         database_->read([&](Reading& reading) { return queue_summaries(reading, context); })) {
      if (one.part == part) return one;
    }
    ADD_FAILURE() << "no such part";
    return {};
  }
  // What is listed, what is counted alone, and what is counted together with the rest.
  void expect_counted_as_listed(const Context& context, Part part) {
    SCOPED_TRACE(std::string(name(part)) + " of a " +
                 std::string(accounts::name(context.actor.role)));
    const auto listed = [&](const QueueQuery& query) {
      const auto page = database_->read(
          [&](Reading& reading) { return queue_of(reading, context, query, std::nullopt, 200); });
      return page ? static_cast<std::int64_t>(page->lines.size()) : 0;
    };
    const QueueSummary said = summary(context, part);
    const std::pair<QueueQuery, std::int64_t> each[] = {
        {{.part = part}, said.waiting},
        {{.part = part, .due = DueWithin::overdue}, said.overdue},
        {{.part = part, .due = DueWithin::three_days}, said.three_days},
        {{.part = part, .returned = true}, said.returned},
        {{.part = part, .redo = true}, said.redo}};
    for (const auto& [query, number] : each) {
      EXPECT_EQ(number, listed(query));
      EXPECT_EQ(number, count(context, query));
    }
  }
};

TEST_F(Queue, IsNarrowedByDueDateAsTheCalendarCounts) {
  const CaseId id = with_housing(1);
  const Instant due = *line(handler(), id).left.due;
  const auto within = [&](DueWithin due_within) {
    return count(handler(), {.part = Part::lead, .due = due_within});
  };
  EXPECT_EQ(within(DueWithin::week), 0);
  now_.unix_ms = due.unix_ms - std::int64_t{6} * 24 * 3'600'000;
  EXPECT_EQ(within(DueWithin::week), 1);
  EXPECT_EQ(within(DueWithin::today), 0);
  now_.unix_ms = due.unix_ms - 1000;
  EXPECT_EQ(within(DueWithin::today), 1);
  EXPECT_EQ(within(DueWithin::three_days), 1);
  EXPECT_EQ(within(DueWithin::overdue), 0);
  now_.unix_ms = due.unix_ms + 1;
  EXPECT_EQ(within(DueWithin::overdue), 1);
  EXPECT_EQ(within(DueWithin::three_days), 0);
}

TEST_F(Queue, CountsExactlyWhatItLists) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const CaseId open = received(2).case_id;
  must(dispatcher(), open, EventKind::transferred, to(water_));
  const Context water = as(Role::handler, water_);
  EXPECT_EQ(count(water, {Part::lead}), 2);
  // The unit now stands below the one complained of: it is told of the other alone.
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  EXPECT_EQ(count(water, {Part::lead}), 1);
  EXPECT_EQ(lines(water, {Part::lead}).size(), 1U);
  // A role that reads nothing by standing there is told of nothing.
  EXPECT_EQ(count(as(Role::clerk, water_), {Part::lead}), 0);
  EXPECT_EQ(count(as(Role::auditor, water_), {Part::lead}), 0);
}

TEST_F(Queue, CountsTogetherWhatItCountsAlone) {
  for (std::uint8_t token = 1; token <= 8; ++token) {
    const bool accuses = token % 2 == 0;
    const CaseId id = received(token).case_id;
    if (accuses) must(dispatcher(), id, EventKind::triaged, {{"complained_of", water_.text()}});
    if (token <= 4) {
      answer(id);
      if (token <= 2) {
        must(speaker(), id, EventKind::rated, {{"solved", "no"}, {"satisfaction", "satisfied"}});
      }
    } else {
      must(dispatcher(), id, EventKind::transferred, to(housing_));
    }
    if (token > 6) {
      must(handler(), id, EventKind::objected,
           {{"reason", "不是我们的"}, {"duty", "三定方案第三条"}, {"proper_unit", town_.text()}});
    }
    pass_days(1);
  }
  EXPECT_EQ(summary(caller(), Part::call_back).redo, 2);
  EXPECT_EQ(summary(dispatcher(), Part::dispatch).returned, 2);
  EXPECT_EQ(summary(handler(), Part::lead).waiting, 2);
  const auto at_all_hours = [&] {
    for (const Context& who :
         {dispatcher(), caller(), handler(), head(), as(Role::clerk, county_.petition_office),
          as(Role::auditor, county_.petition_office), as(Role::handler, town_)}) {
      for (const Part part : {Part::dispatch, Part::lead, Part::call_back, Part::close}) {
        expect_counted_as_listed(who, part);
      }
    }
  };
  at_all_hours();
  // The department now stands below the unit that half of them complain of.
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, housing_);
    moved.parent = water_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  EXPECT_EQ(summary(handler(), Part::lead).waiting, 1);
  at_all_hours();
  pass_days(60);
  EXPECT_EQ(summary(handler(), Part::lead).overdue, 1);
  at_all_hours();
}

// Counts how often cases are loaded, so many at once as there are.
class CountingLoads final : public Reading {
 public:
  explicit CountingLoads(Reading& reading) : reading_(reading) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    if (sql.starts_with("SELECT case_id, number, ")) ++loads_;
    reading_.query(sql, parameters, each);
  }
  int loads() const { return loads_; }

 private:
  Reading& reading_;
  int loads_ = 0;
};

TEST_F(Queue, ACaseThatNamesSomebodyIsLoadedOnceForAllCounts) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", water_.text()}});
  answer(id);
  must(speaker(), id, EventKind::rated, {{"solved", "no"}, {"satisfaction", "dissatisfied"}});
  must(dispatcher(), id, EventKind::reopened, {{"reason", "没有修好"}});
  must(head(), id, EventKind::noted, {{"note", "再去看"}});
  EXPECT_EQ(summary(handler(), Part::lead).redo, 1);
  database_->read_job([&](Reading& reading) {
    CountingLoads counting(reading);
    const auto summaries = queue_summaries(counting, handler());
    EXPECT_EQ(counting.loads(), 1);
  });
}

TEST_F(Queue, HousekeepingMendsTheMarksThatAnOlderProgramLeftBehindOrDidNotWrite) {
  const CaseId id = with_housing(1);
  must(handler(), id, EventKind::objected,
       {{"reason", "不是我们的"}, {"duty", "三定方案第三条"}, {"proper_unit", town_.text()}});
  const auto returned = [&] { return summary(dispatcher(), Part::dispatch).returned; };
  const auto keep = [&] {
    const system::ManualClock clock(now_);
    return keep_house({*database_, county_, keyring_, entropy_, clock}).marks_mended;
  };
  EXPECT_EQ(returned(), 1);
  EXPECT_EQ(keep(), 0);
  const auto change = [&](std::string_view sql) {
    write([&](Transaction& t) { t.execute(sql, {param(county_.region)}); });
  };
  change("DELETE FROM queue_mark WHERE region_id = ?1");
  EXPECT_EQ(returned(), 0);
  // The watch over the record takes it for no tampering; a rebuild would write it.
  EXPECT_TRUE(database_->read([&](Reading& r) { return stands(r, county_.region, id); }));
  EXPECT_EQ(rebuild(*database_, county_.region, OnDifference::report).different.size(), 1U);
  EXPECT_EQ(keep(), 1);
  EXPECT_EQ(returned(), 1);
  change(
      "INSERT INTO queue_mark(region_id, unit_id, part, mark, due, case_id) "
      "SELECT region_id, unit_id, part, mark, due + 1, case_id FROM queue_mark WHERE region_id = "
      "?1");
  EXPECT_EQ(returned(), 2);
  EXPECT_EQ(keep(), 1);
  EXPECT_EQ(returned(), 1);
}

TEST_F(Queue, OfAQueueThatIsLongerThanCountsTellTheFirstPlacesAreLookedAt) {
  const CaseId hidden = received(1).case_id;
  must(dispatcher(), hidden, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), hidden, EventKind::transferred, to(water_));
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  const Context water = as(Role::handler, water_);
  const auto fill = [&](int from, int to, Instant due) {
    write([&](Transaction& t) {
      for (int at = from; at < to; ++at) {
        Uuid id{};
        id[0] = static_cast<std::uint8_t>(at >> 8);
        id[1] = static_cast<std::uint8_t>(at);
        t.execute(
            "INSERT INTO queue_entry(region_id, unit_id, part, due, case_id) "
            "VALUES (?1, ?2, 'lead', ?3, ?4)",
            {param(county_.region), param(water_), due.unix_ms, BytesView(id)});
      }
    });
  };
  const auto told = [&] {
    const QueueSummary all = summary(water, Part::lead);
    return std::tuple(all.waiting, all.overdue, all.three_days);
  };
  const Instant long_ago{now_.unix_ms - 1000};
  fill(1, 999, long_ago);
  EXPECT_EQ(told(), std::tuple(998, 998, 0));
  EXPECT_EQ(count(water, {.part = Part::lead}), 998);
  const Instant soon{now_.unix_ms + 1000};
  fill(999, 1300, soon);
  EXPECT_EQ(told(), std::tuple(1000, 998, 301));
  EXPECT_EQ(count(water, {.part = Part::lead}), 1000);
  EXPECT_EQ(count(water, {.part = Part::lead, .due = DueWithin::three_days}), 301);
  fill(1300, 2600, long_ago);
  EXPECT_EQ(told(), std::tuple(1000, 1000, 301));
  // No case stands behind them.
  write([&](Transaction& t) {
    t.execute("DELETE FROM queue_entry WHERE region_id = ?1 AND case_id <> ?2",
              {param(county_.region), param(hidden)});
  });
}

// However many of the first places are hidden, those behind them count: also where they are more
// than one question asks about.
TEST_F(Queue, BehindAThousandHiddenCasesTheOthersAreCounted) {
  constexpr std::uint32_t hidden = 1001;
  write([&](Transaction& t) {
    for (std::uint32_t i = 0; i <= hidden; ++i) {
      Words words = some_words(0);
      words.token = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 3};
      const auto prepared = prepare(as(Role::anyone), std::move(words));
      const auto receipt = receive(t, as(Role::anyone), **prepared);
      ASSERT_TRUE(receipt);
      const auto take = [&](EventKind kind, Fields fields) {
        Step taken;
        taken.kind = kind;
        taken.fields = std::move(fields);
        ASSERT_TRUE(take_step(t, dispatcher(), receipt->case_id, taken));
      };
      // The last of them, due after all others, complains of somebody else.
      take(EventKind::triaged, {{"complained_of", (i < hidden ? housing_ : town_).text()}});
      take(EventKind::transferred, to(water_));
      if (i + 1 == hidden) pass_days(1);
    }
  });
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  const Context water = as(Role::handler, water_);
  EXPECT_EQ(count(water, {.part = Part::lead}), 1);
  EXPECT_EQ(count(water, {.part = Part::lead, .state = State::dispatched}), 1);
  EXPECT_EQ(summary(water, Part::lead).waiting, 1);
}

TEST_F(Queue, APageThatHidesCasesIsStillFollowedByTheNext) {
  const Context water = as(Role::handler, water_);
  for (std::uint8_t i = 1; i <= 6; ++i) {
    const CaseId id = received(i).case_id;
    if (i % 2 == 0) {
      must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
    }
    must(dispatcher(), id, EventKind::transferred, to(water_));
  }
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  database_->read_job([&](Reading& reading) {
    std::optional<QueueCursor> after;
    std::size_t seen = 0;
    for (int page_number = 0; page_number < 3; ++page_number) {
      const auto page = queue_of(reading, water, {Part::lead}, after, 1);
      ASSERT_EQ(page->lines.size(), 1U);
      ++seen;
      after = page->next;
      EXPECT_EQ(after.has_value(), page_number < 2);
    }
    EXPECT_EQ(seen, 3U);
  });
}

TEST_F(Queue, SaysWhenHalfOfTheTimeIsGoneAndNothingWasDone) {
  const CaseId id = with_housing(1);
  EXPECT_FALSE(line(handler(), id).half_gone);
  const Instant due = *line(handler(), id).left.due;
  now_.unix_ms += (due.unix_ms - now_.unix_ms) / 2 + 24 * 3'600'000;
  EXPECT_TRUE(line(handler(), id).half_gone);
  // To sign in is not yet to do anything.
  must(handler(), id, EventKind::signed_in);
  const QueueLine signed_in = line(handler(), id);
  now_.unix_ms = signed_in.left.due->unix_ms - 3'600'000;
  EXPECT_TRUE(line(handler(), id).half_gone);
}

TEST_F(Queue, SaysThatASpeakerHasAddedSomethingUntilAnOfficeHasActed) {
  const CaseId id = with_housing(1);
  EXPECT_FALSE(line(handler(), id).news);
  must(speaker(), id, EventKind::supplemented, {{"words", "又漏了"}});
  EXPECT_TRUE(line(handler(), id).news);
  must(handler(), id, EventKind::signed_in);
  EXPECT_FALSE(line(handler(), id).news);
}

TEST_F(Queue, WhatAnotherSpeakerOfTheSameMatterAddsIsNewsOfTheLeadingCase) {
  const CaseId lead = with_housing(1);
  const CaseId member = received(2).case_id;
  must(dispatcher(), member, EventKind::merged, {{"into", lead.text()}});
  EXPECT_EQ(line(handler(), lead).joined, 1);
  EXPECT_FALSE(line(handler(), lead).news);
  now_.unix_ms += 1000;
  must(speaker(), member, EventKind::supplemented, {{"words", "我家也漏"}});
  EXPECT_TRUE(line(handler(), lead).news);
}

TEST_F(Queue, FindsWhatIsToBeDoneAgain) {
  const CaseId id = received(1).case_id;
  answer(id);
  must(speaker(), id, EventKind::rated, {{"solved", "no"}, {"satisfaction", "dissatisfied"}});
  EXPECT_EQ(count(caller(), {.part = Part::call_back, .redo = true}), 1);
  EXPECT_EQ(count(caller(), {.part = Part::call_back, .reopened = true}), 0);
  must(dispatcher(), id, EventKind::reopened, {{"reason", "没有修好"}});
  EXPECT_EQ(count(handler(), {.part = Part::lead, .reopened = true}), 1);
}

}  // namespace
}  // namespace minhu::cases
