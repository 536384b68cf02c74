#include "features/classes/steps.h"
#include "features/promises/test_promises.h"

namespace minhu::promises {

namespace {

using Relays = PromisesWorld;

TEST_F(Relays, list_every_open_promise_of_the_post_and_every_open_case_that_it_took_on) {
  const CaseId case_id = received().case_id;
  promised_in(case_id, true);
  promised();
  const PromiseId gone = promised();
  EXPECT_EQ(told(head_of_county(), gone, EventKind::given_up, {{"reason", "改由市里供水"}}),
            "taken");
  const Relay relay = frozen();
  EXPECT_EQ(relay.digests.size(), 3U);  // two promises and the case
  const auto seen =
      database_->read([&](Reading& reading) { return view_relay(reading, next_head(), relay.id); });
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->items.back().kind, ItemKind::sponsored_case);
  EXPECT_EQ(seen->items.back().subject, case_id.uuid());
}

TEST_F(Relays, say_nothing_of_a_case_that_came_under_seal) {
  const CaseId case_id = received().case_id;
  promised_in(case_id, true);
  promised();
  must(sender(), case_id, cases::EventKind::held);
  const Relay relay = frozen();
  const auto seen =
      database_->read([&](Reading& reading) { return view_relay(reading, next_head(), relay.id); });
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->items.size(), 1U);
  EXPECT_EQ(seen->items.front().line.find("held"), std::string::npos);
  EXPECT_TRUE(findings().empty()) << "nor does the audit miss it";
}

TEST_F(Relays, hide_what_came_under_seal_after_the_list_was_frozen_or_accuses_the_reader) {
  const CaseId sealed = received(1).case_id;
  const CaseId accusing = received(2).case_id;
  promised_in(sealed, true);
  promised_in(accusing, true);
  const Relay relay = frozen();
  const auto hidden_from = [&](const Context& reader) {
    return database_->read([&](Reading& reading) {
      std::int64_t hidden = 0;
      for (const RelayItem& item : load_items(reading, county_.region, relay.id)) {
        if (is_hidden(reading, reader, item)) ++hidden;
      }
      return hidden;
    });
  };
  EXPECT_EQ(hidden_from(next_head()), 0);
  must(sender(), sealed, cases::EventKind::held);
  EXPECT_EQ(hidden_from(next_head()), 2) << "the promise and the case";
  EXPECT_EQ(hidden_from(head_of_county()), 2);
  must(sender(), accusing, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", successor_.text()}});
  EXPECT_EQ(hidden_from(next_head()), 4);
  EXPECT_EQ(hidden_from(head_of_county()), 2);
}

TEST_F(Relays, are_signed_by_both_after_every_item_was_answered) {
  const PromiseId kept = promised();
  const PromiseId moved = promised();
  const PromiseId dropped = promised();
  const Relay relay = frozen();
  const auto item_of = [&](PromiseId id) {
    const auto items = database_->read(
        [&](Reading& reading) { return load_items(reading, county_.region, relay.id); });
    for (const RelayItem& item : items) {
      if (item.subject == id.uuid()) return item.item;
    }
    return std::int64_t{0};
  };
  EXPECT_EQ(signed_by(head_of_county(), relay.id), "promises.not_all_answered");
  EXPECT_EQ(answered(relay.id, {item_of(kept), Change::none, {}, {}}), "answered");
  EXPECT_EQ(answered(relay.id, {item_of(moved), Change::new_due, "2026-12-31", ""}),
            "promises.field_missing");
  EXPECT_EQ(answered(relay.id, {item_of(moved), Change::new_due, "2026-12-31", "要等项目批复"}),
            "answered");
  EXPECT_EQ(answered(relay.id, {item_of(dropped), Change::given_up, {}, "改由市里供水"}),
            "answered");
  EXPECT_EQ(answered(relay.id, {9, Change::none, {}, {}}), "promises.no_such_item");
  EXPECT_EQ(signed_by(watcher(), relay.id), "promises.not_your_relay");
  EXPECT_EQ(signed_by(head_of_county(), relay.id), "signed");
  EXPECT_EQ(signed_by(head_of_county(), relay.id), "promises.signed_already");
  EXPECT_EQ(answered(relay.id, {item_of(kept), Change::none, {}, {}}), "promises.relay_signed");
  EXPECT_EQ(now_of(moved).due, "2026-06-30");  // one signature changes nothing
  EXPECT_EQ(signed_by(next_head(), relay.id), "signed");
  EXPECT_EQ(relay_now(relay.id).state, RelayState::complete);
  EXPECT_EQ(now_of(kept).relays, std::vector<RelayId>{relay.id});
  EXPECT_EQ(now_of(moved).due, "2026-12-31");
  EXPECT_EQ(now_of(moved).due_changes.front().reason, "要等项目批复");
  EXPECT_EQ(now_of(dropped).state, State::given_up);
  const auto post =
      database_->read([&](Reading& reading) { return *find_post(reading, county_.region, post_); });
  EXPECT_EQ(post.holder, successor_);
  // From here on the successor answers for it, and the predecessor no longer does.
  const Fields later{{"due", "2027-01-31"}, {"reason", "冬季停工"}};
  EXPECT_EQ(told(head_of_county(), kept, EventKind::due_changed, later), "promises.not_your_post");
  EXPECT_EQ(told(next_head(), kept, EventKind::due_changed, later), "taken");
}

TEST_F(Relays, are_made_and_signed_by_leaders_who_sit_in_no_unit_like_by_any_others) {
  const Context before = by(Role::leader, {}, account("zhou", "周海", Role::leader, {}));
  const Context after = by(Role::leader, {}, account("he", "何静", Role::leader, {}));
  const auto post = database_->write([&](Transaction& t) {
    return make_post(t, by(Role::system_admin, {}, admin_), government_, "县委书记",
                     before.actor.account);
  });
  ASSERT_TRUE(post);
  NewPromise made = some_promise();
  made.post = post->id;
  const auto promise = try_make(before, made);
  ASSERT_TRUE(promise) << promise.error().key;
  EXPECT_EQ(promise->said_by, "周海，县委书记");
  // No promise is theirs in a case that accuses them.
  const CaseId accusing = received().case_id;
  must(sender(), accusing, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"accused_person", before.actor.account.text()}});
  made.case_id = accusing;
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.unit_cannot unit");
  now_.unix_ms += 1000;
  const auto relay = database_->write(
      [&](Transaction& t) { return freeze(t, watcher(), post->id, after.actor.account); });
  ASSERT_TRUE(relay) << relay.error().key;
  const auto answered = database_->write([&](Transaction& t) {
    return promises::answer(t, after, relay->id, {1, Change::none, {}, {}});
  });
  ASSERT_TRUE(answered) << answered.error().key;
  EXPECT_EQ(signed_by(before, relay->id), "signed");
  EXPECT_EQ(signed_by(after, relay->id), "signed");
  EXPECT_EQ(told(after, promise->id, EventKind::due_changed,
                 {{"due", "2027-01-31"}, {"reason", "冬季停工"}}),
            "taken");
}

TEST_F(Relays, are_signed_by_nobody_in_a_colleagues_name_and_never_under_another_digest) {
  promised();
  const Relay relay = frozen();
  EXPECT_EQ(answered(relay.id, {1, Change::none, {}, {}}), "answered");
  Context stand_in = head_of_county();
  stand_in.actor.by_delegation = true;
  EXPECT_EQ(signed_by(stand_in, relay.id), "promises.no_such_relay");
  const std::string before = relay_now(relay.id).digest_to_sign();
  EXPECT_EQ(answered(relay.id, {1, Change::other, {}, "交给分管副县长办"}), "answered");
  const auto late = database_->write(
      [&](Transaction& t) { return sign(t, head_of_county(), relay.id, before, "given"); });
  EXPECT_EQ(late.error().key, "promises.changed_meanwhile");
}

TEST_F(Relays, are_frozen_by_neither_of_the_two_and_once_at_a_time) {
  const auto try_freeze = [&](const Context& context, AccountId incoming) {
    const auto relay =
        database_->write([&](Transaction& t) { return freeze(t, context, post_, incoming); });
    return relay ? "frozen" : relay.error().key;
  };
  EXPECT_EQ(try_freeze(head_of_county(), successor_), "promises.not_allowed");
  EXPECT_EQ(try_freeze(by(Role::supervisor, inspection_, head_), successor_),
            "promises.not_your_relay");
  EXPECT_EQ(try_freeze(watcher(), head_), "promises.same_person");
  EXPECT_EQ(try_freeze(watcher(), admin_), "promises.no_such_account");
  EXPECT_EQ(try_freeze(watcher(), successor_), "frozen");
  EXPECT_EQ(try_freeze(watcher(), successor_), "promises.relay_under_way");
}

TEST_F(Relays, that_are_sound_give_the_audit_nothing_to_find) {
  promised_in(received().case_id, true);
  promised();
  handed_over();
  now_.unix_ms += 1000;
  promised();  // after the list was frozen: not of it
  EXPECT_TRUE(findings().empty());
}

TEST_F(Relays, from_which_one_item_was_removed_are_found) {
  promised();
  promised();
  const Relay relay = handed_over();
  forge("DELETE FROM relay_item WHERE region_id = ?1 AND relay_id = ?2 AND item = 2",
        {param(county_.region), param(relay.id)});
  // Twice: it was frozen and is not there; it was owed and is not there.
  EXPECT_EQ(findings(), (std::vector<std::string>{"item_gone 2", "left_out"}));
}

TEST_F(Relays, in_which_one_item_was_altered_are_found) {
  promised();
  const Relay relay = handed_over();
  forge(
      "UPDATE relay_item SET line = replace(line, '2026-06-30', '2036-06-30') "
      "WHERE region_id = ?1 AND relay_id = ?2 AND item = 1",
      {param(county_.region), param(relay.id)});
  EXPECT_EQ(findings(), std::vector<std::string>{"item_altered 1"});
}

TEST_F(Relays, into_which_an_item_was_slipped_are_found) {
  promised();
  const Relay relay = handed_over();
  forge(
      "INSERT INTO relay_item(region_id, relay_id, item, kind, subject, line) "
      "SELECT region_id, relay_id, 2, kind, ?3, '{}' FROM relay_item "
      "WHERE region_id = ?1 AND relay_id = ?2",
      {param(county_.region), param(relay.id), param(post_)});
  const auto found = findings();
  EXPECT_NE(std::find(found.begin(), found.end(), "item_added 2"), found.end());
}

TEST_F(Relays, whose_list_and_digests_were_both_made_anew_are_found_by_what_the_post_owed) {
  promised();
  promised();
  const Relay relay = frozen();
  // Whoever can write the database makes a list of one that is sound in itself.
  const auto items = database_->read(
      [&](Reading& reading) { return load_items(reading, county_.region, relay.id); });
  const std::string digest = digest_of(items.front());
  auto events = database_->read(
      [&](Reading& reading) { return load_relay_events(reading, county_.region, relay.id); });
  events.front().facts["digests"] = digest;
  events.front().facts["list_digest"] = digest_of_list({digest});
  const std::string payload = payload_of(events.front().facts);
  forge("UPDATE relay_event SET payload = ?3 WHERE region_id = ?1 AND relay_id = ?2 AND seq = 0",
        {param(county_.region), param(relay.id), std::string_view(payload)});
  forge("DELETE FROM relay_item WHERE region_id = ?1 AND relay_id = ?2 AND item = 2",
        {param(county_.region), param(relay.id)});
  EXPECT_EQ(findings(), std::vector<std::string>{"left_out"});
}

TEST_F(Relays, in_which_an_answer_was_altered_after_it_was_signed_are_found) {
  promised();
  const Relay relay = handed_over();
  forge(
      "UPDATE relay_event SET kind = 'changed', "
      "payload = '{\"change\":\"other\",\"item\":\"1\",\"reason\":\"后来加的\"}' "
      "WHERE region_id = ?1 AND relay_id = ?2 AND seq = 1",
      {param(county_.region), param(relay.id)});
  EXPECT_EQ(findings(), (std::vector<std::string>{"signature_altered", "signature_altered"}));
}

TEST_F(Relays, that_wait_for_an_answer_for_more_than_thirty_days_are_found) {
  promised();
  const Relay relay = frozen();
  pass_days(30);
  EXPECT_TRUE(findings().empty());
  pass_days(1);
  EXPECT_EQ(findings(), std::vector<std::string>{"not_answered 1"});
  EXPECT_EQ(answered(relay.id, {1, Change::none, {}, {}}), "answered");
  EXPECT_TRUE(findings().empty());
}

TEST_F(Relays, that_were_deleted_altogether_are_found_by_whatever_came_through_them) {
  promised();
  const Relay relay = handed_over();
  for (const char* sql : {"DELETE FROM relay_item WHERE region_id = ?1 AND relay_id = ?2",
                          "DELETE FROM relay_event WHERE region_id = ?1 AND relay_id = ?2",
                          "DELETE FROM relay_file WHERE region_id = ?1 AND relay_id = ?2"}) {
    forge(sql, {param(county_.region), param(relay.id)});
  }
  EXPECT_EQ(findings(), (std::vector<std::string>{"relay_gone", "relay_gone"}));
}

TEST_F(Relays, are_missed_where_a_post_has_another_holder_without_one) {
  forge("UPDATE post_holder SET seq = 1 WHERE region_id = ?1 AND post_id = ?2",
        {param(county_.region), param(post_)});
  EXPECT_EQ(findings(), std::vector<std::string>{"holder_without_relay"});
}

TEST_F(Relays, whose_promise_was_made_to_disappear_are_found) {
  const PromiseId id = promised();
  handed_over();
  for (const char* sql : {"DELETE FROM promise_event WHERE region_id = ?1 AND promise_id = ?2",
                          "DELETE FROM promise_file WHERE region_id = ?1 AND promise_id = ?2"}) {
    forge(sql, {param(county_.region), param(id)});
  }
  EXPECT_EQ(findings(), std::vector<std::string>{"not_taken_over 1"});
}

}  // namespace

}  // namespace minhu::promises
