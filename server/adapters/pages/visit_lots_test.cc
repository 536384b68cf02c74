// What everybody reads of visits without notice: what is published before the draw, and where
// somebody came only when it is over.
#include "adapters/pages/test_recorded_pages.h"
#include "features/record/chronicle_leaves.h"
#include "features/visit_plans/cycle.h"
#include "features/visit_plans/lot.h"

namespace minhu::pages {
namespace {

class LotPages : public RecordedPages {
 protected:
  LotPages() {
    write([&](Transaction& t) {
      visit_plans::Village hall;
      hall.code = "339901";
      ASSERT_TRUE(visit_plans::put_village(t, county_.region, hall));
      for (const char* code : {"339901101201", "339901101202", "339901101203"}) {
        const auto name = code == std::string_view("339901101201") ? "上溪村" : "下溪村";
        places_and_units::put_place(t, county_.region, {code, "339901101", name});
        visit_plans::Village village;
        village.code = code;
        village.people = 1000;
        ASSERT_TRUE(visit_plans::put_village(t, county_.region, village));
      }
    });
    month_ = format_date(to_date(now_) + std::chrono::days(31)).substr(0, 7);
  }
  void freeze() {
    const auto frozen = database_->read([&](Reading& reading) {
      return visit_plans::prepare_cycle(reading, dispatcher(), month_);
    });
    ASSERT_TRUE(frozen) << frozen.error().key;
    write(
        [&](Transaction& t) { ASSERT_TRUE(visit_plans::publish_cycle(t, dispatcher(), *frozen)); });
  }
  cases::Context drawer() { return as(Role::supervisor, county_.petition_office); }
  std::string commit(std::int64_t number) {
    return *database_->write(
        [&](Transaction& t) { return visit_plans::commit_lot(t, drawer(), month_, number); });
  }
  visit_plans::Lot lot() {
    return *database_->read(
        [&](Reading& reading) { return visit_plans::lot_of(reading, county_.region, month_); });
  }

  std::string month_;
};

TEST_F(LotPages, NothingBeforeTheSeedIsPublishedSaysWhereSomebodyWillCome) {
  EXPECT_TRUE(holds(get("/visits/lots").body, "现在还没有公布过抽签"));
  EXPECT_FALSE(holds(get("/visits").body, "/visits/lots"));
  freeze();
  EXPECT_TRUE(holds(get("/visits").body, "href=\"/visits/lots\""));
  EXPECT_TRUE(holds(get("/visits/lots").body, "这个月还没有封种子"));
  const std::string seed = commit(2);
  const std::string committed = get("/visits/lots").body;
  EXPECT_TRUE(holds(committed, to_hex(lot().commitment)));
  EXPECT_TRUE(holds(committed, "从3个村里抽2个"));
  EXPECT_FALSE(holds(committed, seed));
  write([&](Transaction& t) {
    ASSERT_TRUE(
        visit_plans::draw_lot(t, drawer(), month_, seed, "体彩排列五 25001 期 <b>1 2 3</b>"));
  });
  const std::string drawn = get("/visits/lots").body;
  EXPECT_TRUE(holds(drawn, "体彩排列五 25001 期 &lt;b&gt;"));
  for (const std::string& place : {std::string("上溪村"), std::string("下溪村"), seed}) {
    EXPECT_FALSE(holds(drawn, place)) << place;
  }
  EXPECT_FALSE(holds(drawn, "data-lot"));
}

TEST_F(LotPages, WhenItIsOverEverybodyHasWhatIsNeededToDrawAgain) {
  freeze();
  const std::string seed = commit(3);
  write([&](Transaction& t) {
    ASSERT_TRUE(visit_plans::draw_lot(t, drawer(), month_, seed, "排列五 25001 期"));
  });
  now_ = start_of_day(visit_plans::month_named(month_)->until);
  write([&](Transaction& t) { ASSERT_TRUE(visit_plans::reveal_lot(t, drawer(), month_, seed)); });
  const std::string page = get("/visits/lots").body;
  EXPECT_TRUE(holds(page, seed));
  EXPECT_TRUE(holds(page, "/assets/lots.js?v="));
  EXPECT_TRUE(holds(page, "上溪村</li>"));
  EXPECT_TRUE(holds(page, "data-lot=\"/api/v1/plans/" + month_ + "/lot\""));
  std::string drawn;
  for (const std::string& place : lot().drawn) drawn += (drawn.empty() ? "" : " ") + place;
  EXPECT_TRUE(holds(page, "data-drawn=\"" + drawn + "\""));
  EXPECT_TRUE(holds(get("/visits/lots?lang=en").body, "Draw again on my device"));
}

TEST_F(LotPages, ATryThatWasDeclaredVoidStaysToBeSeenWithItsReason) {
  freeze();
  commit(1);
  write([&](Transaction& t) {
    ASSERT_TRUE(visit_plans::spoil_lot(t, drawer(), month_, "写种子的纸丢了"));
  });
  EXPECT_TRUE(holds(get("/visits/lots").body, "有一次抽签作废了，没有用上。原因：写种子的纸丢了"));
  commit(1);
  const std::string page = get("/visits/lots").body;
  EXPECT_TRUE(holds(page, "写种子的纸丢了"));
  EXPECT_TRUE(holds(page, "种子已经封好"));
}

TEST_F(LotPages, WhatWasSealedIsProvedToEverybodyBeforeAnythingIsDrawn) {
  EXPECT_EQ(get("/visits/lots/" + month_ + "/proof").status, 404);
  freeze();
  EXPECT_EQ(get("/visits/lots/" + month_ + "/proof").status, 404);
  EXPECT_FALSE(holds(get("/visits/lots").body, "/proof"));
  commit(2);
  const std::string address = "/visits/lots/" + month_ + "/proof";
  EXPECT_TRUE(holds(get("/visits/lots").body, "href=\"" + address + "\""));
  EXPECT_EQ(header(get(address), "Content-Disposition"),
            "attachment; filename=\"lot-" + month_ + ".tlog-promise\"");
  publish();
  const auto proof = get(address);
  EXPECT_EQ(header(proof, "Content-Disposition"),
            "attachment; filename=\"lot-" + month_ + ".tlog-proof\"");
  const auto proved = checked(proof.body);
  ASSERT_TRUE(proved) << proved.error().key;
  EXPECT_EQ(proved->accepted.witnesses.size(), 3U);
  const merkle::EventPayload& event = proved->opening.payload;
  EXPECT_EQ(event.kind, "lot.committed");
  EXPECT_EQ(event.by, "office");  // and not who
  const auto says = [&](const visit_plans::Lot& one) {
    return event.body == record::public_body(proved->opening.case_key, event.number,
                                             visit_plans::text_of_commitment(one));
  };
  visit_plans::Lot other = lot();
  EXPECT_TRUE(says(other));
  other.number = 1;
  EXPECT_FALSE(says(other));
  other = lot();
  other.tickets.pop_back();
  EXPECT_FALSE(says(other));
}

TEST_F(LotPages, AfterATryThatIsVoidTheProofIsThatOfTheNextOne) {
  freeze();
  commit(1);
  const Digest first = lot().commitment;
  write([&](Transaction& t) {
    ASSERT_TRUE(visit_plans::spoil_lot(t, drawer(), month_, "写种子的纸丢了"));
  });
  commit(2);
  publish();
  const auto proved = checked(get("/visits/lots/" + month_ + "/proof").body);
  ASSERT_TRUE(proved) << proved.error().key;
  EXPECT_EQ(proved->opening.payload.number, 1U);
  EXPECT_NE(first, lot().commitment);
  EXPECT_EQ(
      proved->opening.payload.body,
      record::public_body(proved->opening.case_key, 1, visit_plans::text_of_commitment(lot())));
}

TEST_F(LotPages, ACommitmentThatWasChangedAfterwardsIsNotProved) {
  freeze();
  commit(2);
  publish();
  write([&](Transaction& t) {
    t.execute(
        "UPDATE plan_lot_event SET payload = replace(payload, '\"number\":2', '\"number\":3') "
        "WHERE region_id = ?1",
        {param(county_.region)});
  });
  const auto proof = get("/visits/lots/" + month_ + "/proof");
  EXPECT_EQ(proof.status, 503);
}

}  // namespace
}  // namespace minhu::pages
