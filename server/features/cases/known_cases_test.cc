// A list says the same with what the process remembers and without, on one server and on two.
#include "features/cases/known_cases.h"

#include <atomic>
#include <thread>

#include "features/cases/key_tending.h"
#include "features/cases/store.h"
#include "features/cases/test_lines.h"
#include "features/cases/test_world.h"
#include "features/cases/watch.h"

namespace minhu::cases {
namespace {

class Known : public Journey {
 protected:
  Result<QueuePage> page(const Context& context, Part part, const Keyring& keyring) {
    const Context at{county_, keyring, entropy_, context.now, context.actor};
    return database_->read(
        [&](Reading& reading) { return queue_of(reading, at, {part}, std::nullopt, 50); });
  }
  // On all three servers, each asked twice: cold or not, the lines are those of whoever reads
  // everything.
  std::vector<QueueLine> lines(const Context& context, Part part) {
    const auto read = page(context, part, none_.keyring);
    EXPECT_TRUE(read);
    for (const auto& keyring : {keyring_, other_.keyring, keyring_, other_.keyring}) {
      EXPECT_TRUE(same_page(read, page(context, part, keyring)));
    }
    EXPECT_EQ(none_.store.lines().size(), 0U);
    return read ? read->lines : std::vector<QueueLine>();
  }
  KnownCase remembered(KeyStore& of, CaseId id) {
    const CaseFile now = file(id);
    const CaseAsOf asked{id, now.seq, now.changed_at};
    return of.lines().find(county_.region, {&asked, 1})[0];
  }
  void tend() {
    system::ManualClock clock{now_};
    ASSERT_TRUE(tend_keys_to_the_end({*database_, county_, keyring_, entropy_, clock}));
  }

  OtherMemory other_{*keys_.database(), *keys_, entropy_, LineMemory::usual_bytes};
  OtherMemory none_{*keys_.database(), *keys_, entropy_, 0};
};

TEST_F(Known, EachStepIsSeenOnTheNextPageOfEveryServer) {
  const CaseId id = received().case_id;
  EXPECT_FALSE(lines(dispatcher(), Part::dispatch).at(0).news);
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  EXPECT_TRUE(lines(dispatcher(), Part::dispatch).empty());
  EXPECT_EQ(lines(handler(), Part::lead).at(0).file.state, State::dispatched);
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::accepted);
  EXPECT_FALSE(lines(handler(), Part::lead).at(0).news);
  must(speaker(), id, EventKind::urged);
  const auto urged = lines(handler(), Part::lead);
  EXPECT_TRUE(urged.at(0).news);
  EXPECT_EQ(urged.at(0).file.urged, 1);
  EXPECT_EQ(urged.at(0).headline, "村口的污水管破了，味道很大。");
  must(handler(), id, EventKind::noted, {{"note", "去看过"}});
  EXPECT_FALSE(lines(handler(), Part::lead).at(0).news);
}

TEST_F(Known, TimeThatPassesWithoutAnEventIsSeen) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::signed_in);
  EXPECT_FALSE(lines(handler(), Part::lead).at(0).half_gone);
  pass_days(12);
  EXPECT_TRUE(lines(handler(), Part::lead).at(0).half_gone);
}

TEST_F(Known, ASecondPageAsksOnlyHowTheCasesAre) {
  const CaseId id = received().case_id;
  EXPECT_FALSE(remembered(*keyring_.store, id).file);
  (void)lines(dispatcher(), Part::dispatch);
  const KnownCase known = remembered(*keyring_.store, id);
  ASSERT_TRUE(known.file && known.doings && known.headline);
  (void)lines(dispatcher(), Part::dispatch);
  EXPECT_EQ(remembered(*keyring_.store, id).file, known.file);
}

// Hears what is asked of a view.
class Heard : public Reading {
 public:
  explicit Heard(Reading& reading) : reading_(reading) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    asked_of_cases += sql.find("FROM case_file") == std::string_view::npos ? 0 : 1;
    reading_.query(sql, parameters, each);
  }
  int asked_of_cases = 0;

 private:
  Reading& reading_;
};
class HeardOfSoleWriter final : public Heard, public SoleWritersView {
 public:
  explicit HeardOfSoleWriter(Reading& reading)
      : Heard(reading), SoleWritersView(dynamic_cast<SoleWritersView&>(reading)) {}
};

TEST_F(Known, OnAFileASecondPageAsksNothingOfACaseThatDidNotChange) {
  const CaseId id = received().case_id;
  const auto asked = [&]() -> std::optional<int> {
    return database_->read([&](Reading& reading) -> std::optional<int> {
      if (dynamic_cast<SoleWritersView*>(&reading) == nullptr) return std::nullopt;
      HeardOfSoleWriter heard(reading);
      KnownCases cases(heard, dispatcher());
      const auto found = cases.find({&id, 1});
      EXPECT_EQ(*found.at(0).file, *load_file(reading, county_.region, id));
      cases.remember(found);
      return heard.asked_of_cases;
    });
  };
  const auto first = asked();
  if (!first) GTEST_SKIP() << "a database that others may write, too, is asked each time";
  EXPECT_GT(*first, 0);
  EXPECT_EQ(asked(), 0);
  (void)received();
  EXPECT_EQ(asked(), 0) << "another case does not change it";
  must(dispatcher(), id, EventKind::noted, {{"note", "看过了"}});
  EXPECT_GT(*asked(), 0);
  EXPECT_EQ(asked(), 0);
}

TEST_F(Known, ALineIsWhatItsOwnViewHasWhoeverWritesMeanwhile) {
  std::vector<CaseId> ids;
  for (std::uint8_t i = 0; i < 4; ++i) ids.push_back(received(i).case_id);
  std::atomic<bool> over = false;
  std::atomic<int> pages = 0;
  std::vector<std::thread> desks;
  for (int i = 0; i < 3; ++i) {
    desks.emplace_back([&] {
      while (!over) {
        database_->read_job([&](Reading& reading) {
          const auto page = queue_of(reading, dispatcher(), {Part::dispatch}, std::nullopt, 50);
          for (const QueueLine& line : page->lines) {
            EXPECT_EQ(line.file, *load_file(reading, county_.region, line.file.id));
          }
        });
        ++pages;
      }
    });
  }
  for (int i = 0; i < 300; ++i) {
    must(dispatcher(), ids[static_cast<std::size_t>(i) % ids.size()], EventKind::noted,
         {{"note", "又看了一次"}});
  }
  while (pages < 30) std::this_thread::yield();
  over = true;
  for (std::thread& desk : desks) desk.join();
}

// Somebody wrote to the database by hand: the watch over the record and a rebuild say so, and the
// office goes on working meanwhile.
TEST_F(Known, ACaseThatStandsTwiceInAQueueIsListedOnce) {
  const CaseId id = received().case_id;
  write([&](Transaction& t) {
    t.execute(
        "INSERT INTO queue_entry(region_id, unit_id, part, due, case_id) "
        "SELECT region_id, unit_id, part, due + 1, case_id FROM queue_entry WHERE region_id = ?1",
        {param(county_.region)});
  });
  const auto listed = lines(dispatcher(), Part::dispatch);
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].file.id, id);
  EXPECT_EQ(rebuild(*database_, county_.region, OnDifference::report).stray_queue_entries, 1);
  EXPECT_EQ(rebuild(*database_, county_.region, OnDifference::repair).stray_queue_entries, 1);
  EXPECT_EQ(rebuild(*database_, county_.region, OnDifference::report).stray_queue_entries, 0);
}

TEST_F(Known, ACaseWhoseKeyIsLostHidesNoOther) {
  const CaseId lost = received(1).case_id;
  const CaseId kept = received(2).case_id;
  write([&](Transaction& t) {
    t.execute("DELETE FROM case_key WHERE region_id = ?1 AND case_id = ?2",
              {param(county_.region), param(lost)});
  });
  std::map<CaseId, std::string> headlines;
  for (const QueueLine& line : lines(dispatcher(), Part::dispatch)) {
    headlines[line.file.id] = line.headline;
  }
  EXPECT_EQ(headlines,
            (std::map<CaseId, std::string>{{lost, ""}, {kept, "村口的污水管破了，味道很大。"}}));
  pass_days(90);
  const auto overdue = database_->read([&](Reading& reading) {
    return watch_list(reading, as(Role::supervisor, county_.petition_office), Watch::overdue, {},
                      std::nullopt, 10);
  });
  ASSERT_TRUE(overdue) << overdue.error().key;
  EXPECT_EQ(overdue->size(), 2U);
}

TEST_F(Known, WhoeverWaitsForAnothersAnswerIsCountedAndHeard) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  must(dispatcher(), lead, EventKind::transferred, to(housing_));
  must(dispatcher(), member, EventKind::merged, {{"into", lead.text()}});
  must(handler(), lead, EventKind::signed_in);
  must(handler(), lead, EventKind::accepted);
  auto line = lines(handler(), Part::lead).at(0);
  EXPECT_EQ(line.joined, 1);
  EXPECT_FALSE(line.news);
  pass_days(1);
  must(speaker(), member, EventKind::urged);
  line = lines(handler(), Part::lead).at(0);
  EXPECT_TRUE(line.news);
  write([&](Transaction& t) { ASSERT_TRUE(erase(t, as(Role::system), member, "PIPL 47")); });
  EXPECT_EQ(lines(handler(), Part::lead).at(0).joined, 0);
}

TEST_F(Known, WhatIsErasedIsGoneAtOnceOnEveryServer) {
  const CaseId id = received().case_id;
  tend();  // its key lies in the key store
  const std::string said = lines(dispatcher(), Part::dispatch).at(0).headline;
  const KnownCase here = remembered(*keyring_.store, id);
  const KnownCase there = remembered(other_.store, id);
  ASSERT_TRUE(here.headline && there.headline);
  // Not even before: it lies sealed.
  const std::string lies = to_text(*there.headline);
  EXPECT_EQ(lies.find(said), std::string::npos);
  EXPECT_EQ(lies.find("污水"), std::string::npos);

  write([&](Transaction& t) { ASSERT_TRUE(erase(t, as(Role::system), id, "PIPL 47")); });
  for (const Part part : {Part::dispatch, Part::close}) {
    for (const QueueLine& line : lines(dispatcher(), part)) EXPECT_EQ(line.headline, "");
  }
  const auto handed_in = [&](const Keyring& keyring) {
    return database_->read([&](Reading& reading) {
      const Context at{county_, keyring, entropy_, now_, dispatcher().actor};
      KnownCases cases(reading, at);
      // As a server would have it that has not heard of the erasure in any other way.
      std::vector<KnownCase> before{there};
      return cases.headlines(before);
    });
  };
  EXPECT_TRUE(handed_in(keyring_).empty());
  EXPECT_TRUE(handed_in(other_.keyring).empty());
  tend();
  const CaseAsOf before{id, here.file->seq, here.file->changed_at};
  const auto left = keyring_.store->lines().find(county_.region, {&before, 1});
  EXPECT_FALSE(left[0].file) << "whoever destroys a key forgets the case";
}

TEST_F(Known, WhatATransactionSawAndTookBackIsNotRemembered) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  (void)lines(handler(), Part::lead);
  const Outcome undone = database_->write_job([&](Transaction& t) -> Outcome {
    Step step;
    step.kind = EventKind::signed_in;
    EXPECT_TRUE(take_step(t, handler(), id, step));
    const auto seen = queue_of(t, handler(), {Part::lead}, std::nullopt, 50);
    EXPECT_EQ(seen->lines.at(0).file.state, State::signed_in);
    return fail(FaultCode::conflict, "test.taken_back");
  });
  ASSERT_FALSE(undone);
  EXPECT_EQ(lines(handler(), Part::lead).at(0).file.state, State::dispatched);
  // Another event takes its place, in the same moment.
  must(dispatcher(), id, EventKind::taken_back, {{"reason", "转错了"}});
  EXPECT_TRUE(lines(handler(), Part::lead).empty());
  EXPECT_EQ(lines(dispatcher(), Part::dispatch).at(0).file.seq, file(id).seq);
}

TEST_F(Known, WhoMayNotSeeACaseDoesNotSeeItRemembered) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", housing_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(water_));
  const Context water = as(Role::handler, water_);
  EXPECT_EQ(lines(water, Part::lead).size(), 1U);
  write([&](Transaction& t) {
    auto moved = *places_and_units::find_unit(t, county_.region, water_);
    moved.parent = housing_;
    places_and_units::put_unit(t, county_.region, moved);
  });
  EXPECT_TRUE(lines(water, Part::lead).empty());
  EXPECT_TRUE(remembered(*keyring_.store, id).file) << "it is remembered, and still not shown";
}

}  // namespace
}  // namespace minhu::cases
