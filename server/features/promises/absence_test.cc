// A hand-over in which one of the two can sign no longer: it can be ended, and everybody sees how.
#include "features/promises/test_promises.h"

namespace minhu::promises {

namespace {

class Absence : public PromisesWorld {
 protected:
  // `frozen` is the supervisor's.
  Context freezer() { return watcher(); }
  Context another() { return sender(); }
  void gone(AccountId id) {
    write([&](Transaction& t) { accounts::disable_account(t, county_.region, id, now_); });
  }
  Relay frozen_and_answered() {
    const Relay relay = frozen();
    for (std::size_t i = 1; i <= relay.digests.size(); ++i) {
      EXPECT_EQ(answered(relay.id, {static_cast<std::int64_t>(i), Change::none, {}, {}}),
                "answered");
    }
    return relay;
  }
  std::string signed_for(const Context& context, RelayId id,
                         const std::string& reason = "原任已调离，账号已停用") {
    const AbsentSignature given{relay_now(id).digest_to_sign(), reason, "given"};
    const auto relay =
        database_->write([&](Transaction& t) { return sign_in_absence(t, context, id, given); });
    return relay ? "signed" : relay.error().key;
  }
  std::string called_off(const Context& context, RelayId id,
                         const std::string& reason = "接任人另有任用") {
    const auto relay =
        database_->write([&](Transaction& t) { return call_off(t, context, id, reason); });
    return relay ? "called off" : relay.error().key;
  }
  OpenToOffices open_to(const Context& context, RelayId id) {
    return database_->read(
        [&](Reading& reading) { return open_to_offices(reading, context, relay_now(id)); });
  }
  Post post_now() {
    return database_->read(
        [&](Reading& reading) { return *find_post(reading, county_.region, post_); });
  }
};

TEST_F(Absence, APredecessorWhoIsGoneIsSignedForByAnotherOfficeAndItIsShownSo) {
  const PromiseId owed = promised();
  const Relay relay = frozen_and_answered();
  EXPECT_EQ(signed_for(another(), relay.id), "promises.still_there");
  EXPECT_FALSE(open_to(another(), relay.id).sign_in_absence);
  gone(head_);
  EXPECT_TRUE(open_to(another(), relay.id).sign_in_absence);
  EXPECT_EQ(signed_for(next_head(), relay.id), "promises.not_allowed") << "not the other side";
  EXPECT_EQ(signed_for(by(Role::supervisor, inspection_, successor_), relay.id),
            "promises.not_your_relay");
  EXPECT_EQ(signed_for(freezer(), relay.id), "promises.frozen_by_you");
  EXPECT_FALSE(open_to(freezer(), relay.id).sign_in_absence);
  EXPECT_EQ(signed_for(another(), relay.id, " "), "promises.field_missing");
  EXPECT_EQ(signed_for(another(), relay.id), "signed");
  EXPECT_EQ(signed_for(another(), relay.id), "promises.signed_already");
  const Relay half = relay_now(relay.id);
  ASSERT_EQ(half.signatures.size(), 1U);
  EXPECT_EQ(half.signatures[0].account, another().actor.account) << "never the absent one's own";
  ASSERT_TRUE(half.signatures[0].in_absence);
  EXPECT_EQ(half.signatures[0].in_absence->office, "县信访局");
  EXPECT_EQ(half.signatures[0].in_absence->reason, "原任已调离，账号已停用");
  EXPECT_EQ(half.signatures[0].in_absence->at, half.signatures[0].at);
  EXPECT_EQ(post_now().holder, head_) << "one signature changes nothing";
  EXPECT_EQ(signed_by(next_head(), relay.id), "signed");
  EXPECT_FALSE(relay_now(relay.id).signatures[1].in_absence);
  EXPECT_EQ(post_now().holder, successor_);
  EXPECT_EQ(now_of(owed).relays, std::vector<RelayId>{relay.id});
  EXPECT_TRUE(findings().empty());
  const auto audited = database_->read(
      [&](Reading& reading) { return audit_relays(reading, county_.region, now_); });
  ASSERT_EQ(audited.in_absence.size(), 1U);
  EXPECT_EQ(audited.in_absence[0].relay, relay.id);
  EXPECT_EQ(audited.in_absence[0].side, Side::outgoing);
  EXPECT_EQ(audited.in_absence[0].office, "县信访局");
}

TEST_F(Absence, NobodySignsForAnotherBeforeEveryItemIsAnsweredNorUnderAnotherDigest) {
  promised();
  const Relay relay = frozen();
  gone(head_);
  EXPECT_EQ(signed_for(another(), relay.id), "promises.not_all_answered");
  EXPECT_EQ(answered(relay.id, {1, Change::none, {}, {}}), "answered");
  const AbsentSignature old{std::string(64, 'a'), "原任已调离", "given"};
  const auto signature = database_->write(
      [&](Transaction& t) { return sign_in_absence(t, another(), relay.id, old); });
  EXPECT_EQ(signature.error().key, "promises.changed_meanwhile");
}

TEST_F(Absence, AHandOverToSuccessorsWhoAreGoneIsCalledOffAndAnotherBegins) {
  promised();
  const Relay relay = frozen();
  EXPECT_EQ(called_off(another(), relay.id), "promises.still_there");
  EXPECT_FALSE(open_to(another(), relay.id).call_off);
  EXPECT_EQ(signed_by(head_of_county(), relay.id), "promises.not_all_answered");
  gone(successor_);
  EXPECT_TRUE(open_to(another(), relay.id).call_off);
  EXPECT_EQ(called_off(head_of_county(), relay.id), "promises.not_allowed");
  EXPECT_EQ(called_off(another(), relay.id, ""), "promises.field_missing");
  EXPECT_EQ(called_off(another(), relay.id), "called off");
  EXPECT_EQ(called_off(another(), relay.id), "promises.relay_over");
  const Relay over = relay_now(relay.id);
  EXPECT_EQ(over.state, RelayState::called_off);
  ASSERT_TRUE(over.called_off);
  EXPECT_EQ(over.called_off->office, "县信访局");
  EXPECT_EQ(over.called_off->reason, "接任人另有任用");
  EXPECT_EQ(post_now().holder, head_);
  EXPECT_EQ(signed_by(head_of_county(), relay.id), "promises.relay_over");
  pass_days(40);
  EXPECT_TRUE(findings().empty()) << "nobody is late with what was called off";
  const AccountId second = account("wu", "吴敏", Role::leader, government_);
  const auto again =
      database_->write([&](Transaction& t) { return freeze(t, watcher(), post_, second); });
  EXPECT_TRUE(again) << again.error().key;
}

TEST_F(Absence, ASignatureOfOneOfTheTwoIsNotPassedOffAsAnothers) {
  promised();
  const Relay relay = frozen_and_answered();
  gone(head_);
  EXPECT_EQ(signed_for(another(), relay.id), "signed");
  forge(
      "UPDATE relay_event SET account_id = ?3 WHERE region_id = ?1 AND relay_id = ?2 "
      "AND kind = 'signed_in_absence'",
      {param(county_.region), param(relay.id), param(successor_)});
  EXPECT_EQ(findings(), std::vector<std::string>{"not_by_another"});
}

}  // namespace

}  // namespace minhu::promises
