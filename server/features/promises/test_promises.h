// For tests: the small county of cases, whose county head promises and whose water bureau carries
// out.
#pragma once

#include "features/cases/test_world.h"
#include "features/classes/migrations.h"
#include "features/promises/audit.h"
#include "features/promises/chronicle.h"
#include "features/promises/migrations.h"
#include "features/promises/publishing.h"
#include "features/promises/relay_store.h"
#include "features/promises/relays.h"
#include "features/promises/steps.h"
#include "features/promises/store.h"
#include "features/promises/words_kept.h"
#include "features/state_machine/rebuild.h"
#include "features/visits/migrations.h"
#include "features/visits/steps.h"

namespace minhu::promises {

// The tables that promises stand on, as one list.
inline std::vector<Migration> tables_below() {
  std::vector<Migration> all;
  for (const auto more : {classes::migrations(), visits::migrations(), migrations()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}
inline const std::vector<Migration>& kept_tables() {
  static const std::vector<Migration> all = tables_below();
  return all;
}

class PromisesWorld : public cases::World {
 protected:
  using Context = cases::Context;
  using CaseId = cases::CaseId;
  using AccountId = accounts::AccountId;

  explicit PromisesWorld(std::span<const Migration> tables = kept_tables()) : cases::World(tables) {
    now_ = *parse_instant("2026-03-02 09:00");
    government_ = unit("government", "县人民政府", {}, places_and_units::UnitLevel::county);
    inspection_ = unit("inspection", "县督查室", {}, places_and_units::UnitLevel::county);
    head_ = account("shen", "沈国平", Role::leader, government_);
    successor_ = account("lin", "林秀英", Role::leader, government_);
    admin_ = account("admin", "系统管理员", Role::system_admin, {});
    const auto made = database_->write([&](Transaction& t) {
      return make_post(t, by(Role::system_admin, {}, admin_), government_, "县长", head_);
    });
    EXPECT_TRUE(made) << made.error().key;
    post_ = made->id;
  }

  void TearDown() override {
    if (forged_) return;
    using state_machine::OnDifference;
    for (const state_machine::Chronicle* one : {&chronicle(), &relay_chronicle()}) {
      const auto rebuilt =
          state_machine::rebuild(*database_, county_.region, *one, OnDifference::report);
      EXPECT_TRUE(rebuilt.different.empty()) << one->name();
    }
    database_->read([&](Reading& reading) {
      EXPECT_TRUE(audit_relays(reading, county_.region, now_).findings.empty());
      return 0;
    });
  }

  AccountId account(const char* login, const char* display, Role role, UnitId at) {
    accounts::Account made;
    made.id = entropy_.id<AccountId>(now_);
    made.login = login;
    made.display_name = display;
    made.principal = {role, at, {}};
    const auto id = database_->write([&](Transaction& t) {
      return accounts::create_account(t, county_.region, made, {}, now_);
    });
    EXPECT_TRUE(id);
    return *id;
  }
  Context by(Role role, UnitId at, AccountId id = {}) {
    Context context = as(role, at);
    context.actor.account = id;
    // Everybody has an account of their own.
    if (id.empty() && role != Role::anyone && role != Role::speaker) {
      context.actor.account = AccountId::from_bytes(
          BytesView(as_bytes("account of " + std::string(accounts::name(role)) + "      "))
              .first(16));
    }
    return context;
  }
  Context head_of_county() { return by(Role::leader, government_, head_); }
  Context next_head() { return by(Role::leader, government_, successor_); }
  Context clerk() { return by(Role::clerk, county_.petition_office); }
  Context sender() { return by(Role::dispatcher, county_.petition_office); }
  Context telephone() { return by(Role::caller, county_.petition_office); }
  Context carrier() { return by(Role::unit_head, water_); }
  Context watcher() { return by(Role::supervisor, inspection_); }

  cases::ClientToken token() {
    cases::ClientToken made{};
    ++tokens_;
    for (std::size_t i = 0; i < sizeof tokens_; ++i) {
      made[i] = static_cast<std::uint8_t>(tokens_ >> (8 * i));
    }
    return made;
  }

  NewPromise some_promise() {
    NewPromise made;
    made.matter = "竹源镇自来水水压";
    made.words = "六月底以前把加压泵装好，装不好我再来一次。";
    made.promised_on = "2026-03-02";
    made.due = "2026-06-30";
    made.post = post_;
    made.unit = water_;
    made.place = "339901101";
    return made;
  }
  Result<Promise> try_make(const Context& context, const NewPromise& made) {
    return database_->write(
        [&](Transaction& t) { return promises::make(t, context, made, token()); });
  }
  std::string refused_to_make(const Context& context, const NewPromise& made) {
    const auto promise = try_make(context, made);
    return promise ? "made" : promise.error().key + ' ' + promise.error().field;
  }
  PromiseId promised(const NewPromise& made) {
    const auto promise = try_make(clerk(), made);
    EXPECT_TRUE(promise) << promise.error().key << ' ' << promise.error().field;
    return promise->id;
  }
  PromiseId promised() { return promised(some_promise()); }
  PromiseId promised_in(CaseId id, bool sponsored = false) {
    NewPromise made = some_promise();
    made.case_id = id;
    made.sponsored = sponsored;
    return promised(made);
  }

  Result<Promise> take(const Context& context, PromiseId id, EventKind kind, Fields fields = {},
                       std::vector<cases::NewAttachment> evidence = {}) {
    Step taken;
    taken.kind = kind;
    taken.fields = std::move(fields);
    taken.evidence = std::move(evidence);
    return database_->write([&](Transaction& t) { return take_step(t, context, id, taken); });
  }
  std::string told(const Context& context, PromiseId id, EventKind kind, Fields fields = {}) {
    const auto promise = take(context, id, kind, std::move(fields));
    if (promise) return "taken";
    const auto why = promise.error().details.find("why");
    return promise.error().key + (why == promise.error().details.end() ? "" : ' ' + why->second);
  }
  Promise now_of(PromiseId id) {
    return database_->read(
        [&](Reading& reading) { return *load_promise(reading, county_.region, id); });
  }
  std::string today() { return format_date(to_date(now_)); }
  void report_done(PromiseId id) {
    EXPECT_EQ(told(carrier(), id, EventKind::reported_done,
                   {{"report", "加压泵已经装好，水压正常。"}, {"done_on", today()}}),
              "taken");
  }

  // A visit of another day that was held, at that place.
  visits::VisitId held_visit(const char* place = "339901101") {
    visits::Planned planned;
    planned.form = visits::Form::field;
    planned.unit = county_.petition_office;
    planned.leader = {"沈国平", "县长", "主持县政府全面工作", visits::Rank::county_head};
    planned.place = place;
    planned.place_words = "村口";
    planned.begins = now_;
    planned.ends = Instant{now_.unix_ms + 3'600'000};
    const auto visit = database_->write(
        [&](Transaction& t) { return visits::plan(t, sender(), planned, token()); });
    EXPECT_TRUE(visit) << visit.error().key << ' ' << visit.error().field;
    visits::Step opened;
    opened.kind = visits::EventKind::opened;
    const auto held = database_->write([&](Transaction& t) {
      return visits::take_step(t, by(Role::clerk, county_.petition_office), visit->id, opened);
    });
    EXPECT_TRUE(held) << held.error().key;
    return visit->id;
  }
  static Fields by_visit(visits::VisitId id) {
    return {{"proof", "visit"}, {"reference", id.text()}, {"finding", "到现场看过，水压正常。"}};
  }
  static Fields by_call(const char* reference) {
    return {{"proof", "call"}, {"reference", reference}, {"finding", "本人说已经有水。"}};
  }

  Relay frozen() {
    now_.unix_ms += 1000;  // what was promised was promised before
    const auto relay =
        database_->write([&](Transaction& t) { return freeze(t, watcher(), post_, successor_); });
    EXPECT_TRUE(relay) << relay.error().key;
    return *relay;
  }
  std::string answered(RelayId id, NewAnswer given) {
    const auto relay = database_->write(
        [&](Transaction& t) { return promises::answer(t, next_head(), id, given); });
    return relay ? "answered" : relay.error().key;
  }
  Relay relay_now(RelayId id) {
    return database_->read(
        [&](Reading& reading) { return *load_relay(reading, county_.region, id); });
  }
  std::string signed_by(const Context& context, RelayId id) {
    const std::string digest = relay_now(id).digest_to_sign();
    const auto relay =
        database_->write([&](Transaction& t) { return sign(t, context, id, digest, "given"); });
    return relay ? "signed" : relay.error().key;
  }
  // Frozen, every item accepted, signed by both.
  Relay handed_over() {
    const Relay relay = frozen();
    for (std::size_t i = 1; i <= relay.digests.size(); ++i) {
      EXPECT_EQ(answered(relay.id, {static_cast<std::int64_t>(i), Change::none, {}, {}}),
                "answered");
    }
    EXPECT_EQ(signed_by(head_of_county(), relay.id), "signed");
    EXPECT_EQ(signed_by(next_head(), relay.id), "signed");
    return relay_now(relay.id);
  }
  // What the audit finds, as words.
  std::vector<std::string> findings() {
    std::vector<std::string> found;
    const auto audited = database_->read(
        [&](Reading& reading) { return audit_relays(reading, county_.region, now_); });
    for (const Finding& finding : audited.findings) {
      found.push_back(std::string(name(finding.what)) +
                      (finding.item == 0 ? "" : ' ' + std::to_string(finding.item)));
    }
    return found;
  }
  // Somebody with the database in hand.
  void forge(std::string_view sql, const Parameters& parameters) {
    forged_ = true;
    write([&](Transaction& t) { EXPECT_GT(t.execute(sql, parameters), 0); });
  }

  UnitId government_, inspection_;
  AccountId head_, successor_, admin_;
  PostId post_;
  std::uint32_t tokens_ = 0;
  bool forged_ = false;
};

}  // namespace minhu::promises
