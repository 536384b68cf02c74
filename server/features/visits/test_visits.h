// For tests: the small county of cases, whose petition office holds visits of a county leader.
#pragma once

#include "features/cases/test_world.h"
#include "features/state_machine/rebuild.h"
#include "features/visits/audit_queue.h"
#include "features/visits/booking.h"
#include "features/visits/chronicle.h"
#include "features/visits/edges.h"
#include "features/visits/migrations.h"
#include "features/visits/queue.h"
#include "features/visits/report.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"

namespace minhu::visits {

class VisitsWorld : public cases::World {
 protected:
  using Context = cases::Context;
  using Fields = std::map<std::string, std::string, std::less<>>;

  VisitsWorld() : cases::World(migrations()) { now_ = *parse_instant("2026-03-02 09:00"); }

  void TearDown() override {
    using state_machine::OnDifference;
    const auto rebuilt =
        state_machine::rebuild(*database_, county_.region, chronicle(), OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    database_->read([&](Reading& reading) {
      EXPECT_EQ(audit_queues(reading, county_.region).empty(), !forged_);
      return 0;
    });
  }

  Context planner() { return as(Role::dispatcher, county_.petition_office); }
  Context holder() { return as(Role::clerk, county_.petition_office); }
  Context anyone() { return as(Role::anyone); }

  cases::ClientToken token() {
    cases::ClientToken made{};
    ++tokens_;
    for (std::size_t i = 0; i < sizeof tokens_; ++i) {
      made[i] = static_cast<std::uint8_t>(tokens_ >> (8 * i));
    }
    return made;
  }

  // Ten days ahead: three places to book, one kept for walk-ins, a list of two.
  Planned some_visit() {
    Planned planned;
    planned.form = Form::going_down;
    planned.unit = county_.petition_office;
    planned.leader = {"沈国平", "县委副书记、县长", "主持县政府全面工作", Rank::county_head};
    planned.place = "339901101";
    planned.place_words = "上溪村文化礼堂";
    planned.begins = *parse_instant("2026-03-12 09:00");
    planned.ends = *parse_instant("2026-03-12 12:00");
    planned.capacity = 4;
    planned.walk_in_quota = 1;
    planned.waiting_places = 2;
    planned.topics = "用水、道路";
    planned.accessibility = "一楼，门口有坡道";
    return planned;
  }
  std::vector<Posting> three_channels() {
    return {{"board", "上溪村村口公告栏", "照片已存，拍摄人村务监督委员会", ""},
            {"broadcast", "上溪村、下溪村广播", "早晚各播一次，连播三天", ""},
            {"web", "县政府网站", "首页公示栏", ""}};
  }

  // Of a day that another leader holds at the same time and place.
  Fields another_leader() {
    return {{"reason", "出差"},
            {"instead", "substitute"},
            {"leader_name", "陈立"},
            {"leader_post", "县委书记"},
            {"leader_portfolio", "县委全面工作"},
            {"leader_rank", "county_head"}};
  }

  Result<Visit> try_plan(const Planned& planned) {
    return database_->write([&](Transaction& t) { return plan(t, planner(), planned, token()); });
  }
  VisitId planned_visit() {
    const auto made = try_plan(some_visit());
    EXPECT_TRUE(made) << made.error().key << ' ' << made.error().field;
    return made->id;
  }
  Result<Visit> take(const Context& context, VisitId id, EventKind kind, Fields fields = {},
                     std::vector<Posting> postings = {}) {
    Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    step.postings = std::move(postings);
    return database_->write([&](Transaction& t) { return take_step(t, context, id, step); });
  }
  std::string told(const Context& context, VisitId id, EventKind kind, Fields fields = {},
                   std::vector<Posting> postings = {}) {
    const auto visit = take(context, id, kind, std::move(fields), std::move(postings));
    if (visit) return "taken";
    return visit.error().key +
           (visit.error().field.empty() ? std::string() : " " + visit.error().field);
  }
  VisitId published_visit() {
    const VisitId id = planned_visit();
    EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "taken");
    return id;
  }
  // On the morning of the day itself.
  void open_doors(VisitId id) {
    now_ = now_of(id).begins;
    EXPECT_EQ(told(holder(), id, EventKind::opened), "taken");
  }
  Visit now_of(VisitId id) {
    return database_->read(
        [&](Reading& reading) { return *load_visit(reading, county_.region, id); });
  }

  Result<Booked> try_book(VisitId id, std::string phone = {},
                          std::optional<cases::ClientToken> with = std::nullopt) {
    Booking booking;
    booking.contact = Sealed(Contact{{}, std::move(phone), {}, {}});
    const cases::ClientToken client = with ? *with : token();
    return database_->write([&](Transaction& t) { return book(t, anyone(), id, booking, client); });
  }
  Booked booked(VisitId id, std::string phone = {}) {
    const auto made = try_book(id, std::move(phone));
    EXPECT_TRUE(made) << made.error().key;
    return *made;
  }
  Booked walked_in(VisitId id) {
    const cases::ClientToken client = token();
    const auto made = database_->write(
        [&](Transaction& t) { return walk_in(t, holder(), id, Booking{}, client); });
    EXPECT_TRUE(made) << made.error().key;
    return *made;
  }
  std::string gave_back(const Booked& booking) {
    const Outcome outcome = database_->write_job([&](Transaction& t) {
      return withdraw(t, anyone(), booking.visit, booking.number, booking.code);
    });
    return outcome ? "given back" : outcome.error().key;
  }
  std::string called(VisitId id) {
    const auto group =
        database_->write([&](Transaction& t) { return call_next(t, holder(), id, token()); });
    return group ? std::to_string(group->number) : group.error().key;
  }
  std::string moved(VisitId id, std::int64_t number, EventKind kind) {
    const GroupId group = now_of(id).groups.at(static_cast<std::size_t>(number) - 1).id;
    const auto visit = database_->write(
        [&](Transaction& t) { return move_group(t, holder(), id, group, kind, token()); });
    return visit ? "moved" : visit.error().key;
  }
  // Their words become a case, and they have its number in hand.
  cases::CaseId recorded(VisitId id, std::int64_t number, bool before_leaving = true) {
    const GroupId group = now_of(id).groups.at(static_cast<std::size_t>(number) - 1).id;
    cases::Words words = some_words(0);
    words.token = token();
    words.channel = cases::Channel::visit;
    const auto receipt = receive_words(holder(), words);
    EXPECT_TRUE(receipt) << receipt.error().key;
    const Outcome kept = database_->write_job([&](Transaction& t) {
      return record_case(t, holder(), id, group, receipt->case_id, before_leaving);
    });
    EXPECT_TRUE(kept) << kept.error().key;
    return receipt->case_id;
  }
  // The next one is called, heard, and goes with a number.
  cases::CaseId heard(VisitId id) {
    const std::string number = called(id);
    const std::int64_t at = std::stoll(number);
    EXPECT_EQ(moved(id, at, EventKind::speaking), "moved");
    const cases::CaseId case_id = recorded(id, at);
    EXPECT_EQ(moved(id, at, EventKind::done), "moved");
    return case_id;
  }
  std::vector<Found> audited(VisitId id) {
    return database_->read(
        [&](Reading& reading) { return audit_queue(load_events(reading, county_.region, id)); });
  }

  std::uint32_t tokens_ = 0;
  bool forged_ = false;
};

}  // namespace minhu::visits
