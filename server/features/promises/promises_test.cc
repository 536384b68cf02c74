#include "features/cases/retaliation.h"
#include "features/promises/proofs.h"
#include "features/promises/test_promises.h"
#include "features/rights/publication.h"

namespace minhu::promises {

namespace {

using Promises = PromisesWorld;

TEST_F(Promises, are_kept_in_the_words_in_which_they_were_made_and_never_in_an_event) {
  const PromiseId id = promised();
  const Promise promise = now_of(id);
  EXPECT_EQ(promise.state, State::made);
  EXPECT_EQ(promise.said_by, "沈国平，县长");
  database_->read([&](Reading& reading) {
    EXPECT_EQ(read_words(reading, clerk(), promise, promise.words), some_promise().words);
    for (const Event& event : load_events(reading, county_.region, id)) {
      EXPECT_EQ(payload_of(event.facts).find("加压泵"), std::string::npos);
    }
    return 0;
  });
}

TEST_F(Promises, written_down_late_were_said_by_whoever_held_the_post_then) {
  handed_over();
  now_.unix_ms += std::int64_t{5} * 24 * 3'600'000;
  NewPromise made = some_promise();
  made.promised_on = "2026-03-01";
  EXPECT_EQ(now_of(promised(made)).said_by, "沈国平，县长");
  made.promised_on = "2026-03-05";
  EXPECT_EQ(now_of(promised(made)).said_by, "林秀英，县长");
  write([&](Transaction& t) { accounts::disable_account(t, county_.region, successor_, now_); });
  EXPECT_EQ(now_of(promised(made)).said_by, "县长");
}

TEST_F(Promises, sent_twice_are_made_once) {
  const auto client = token();
  const auto make_it = [&] {
    return database_->write(
        [&](Transaction& t) { return promises::make(t, clerk(), some_promise(), client); });
  };
  EXPECT_EQ(make_it()->id, make_it()->id);
  EXPECT_EQ(database_->read([&](Reading& r) { return every_promise(r, county_.region).size(); }),
            1U);
}

TEST_F(Promises, that_lack_something_are_told_what) {
  NewPromise made = some_promise();
  made.words = " ";
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.field_missing words");
  made = some_promise();
  made.matter = "打13812345678找老王";
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.personal_details matter");
  made = some_promise();
  made.due = "2026-03-01";
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.due_before due");
  made = some_promise();
  made.promised_on = "2026-03-03";
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.in_the_future promised_on");
  made = some_promise();
  made.sponsored = true;
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.needs_a_case case");
  made = some_promise();
  made.post = PostId();
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.no_such_post post");
  made = some_promise();
  made.visit = visits::VisitId(entropy_.id<visits::VisitId>(now_));
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.no_such_visit visit");
  EXPECT_EQ(refused_to_make(carrier(), some_promise()), "promises.not_allowed ");
}

TEST_F(Promises, in_a_case_are_erased_with_its_words) {
  const CaseId case_id = received().case_id;
  const Promise promise = now_of(promised_in(case_id));
  write([&](Transaction& t) { cases::erase_content(t, county_.region, case_id); });
  database_->read([&](Reading& reading) {
    EXPECT_EQ(read_words(reading, clerk(), promise, promise.words), std::nullopt);
    return 0;
  });
}

TEST_F(Promises, never_go_to_a_unit_that_the_case_accuses) {
  const CaseId case_id = received().case_id;
  must(dispatcher(), case_id, cases::EventKind::triaged,
       {{"category", "minhu:01"}, {"complained_of", water_.text()}});
  NewPromise made = some_promise();
  made.case_id = case_id;
  EXPECT_EQ(refused_to_make(clerk(), made), "promises.unit_cannot unit");
  made.unit = housing_;
  EXPECT_EQ(refused_to_make(clerk(), made), "made");
  // And somebody of the accused unit sees none of it, although a leader may read promises.
  database_->read([&](Reading& reading) {
    EXPECT_EQ(list(reading, by(Role::leader, government_), {}).size(), 1U);
    EXPECT_EQ(list(reading, by(Role::leader, water_), {}).size(), 0U);
    return 0;
  });
}

TEST_F(Promises, of_a_case_that_is_held_are_seen_by_nobody) {
  const CaseId case_id = received().case_id;
  const PromiseId id = promised_in(case_id);
  EXPECT_EQ(told(sender(), id, EventKind::published, {{"words", "六月底以前装好加压泵"}}), "taken");
  must(dispatcher(), case_id, cases::EventKind::held);
  database_->read([&](Reading& reading) {
    EXPECT_EQ(view(reading, watcher(), id), std::nullopt);
    const PublicList all = for_everybody(reading, county_, now_);
    EXPECT_TRUE(all.promises.empty());
    EXPECT_EQ(all.not_yet_shown, 0);
    return 0;
  });
}

TEST_F(Promises, are_reported_by_the_unit_that_carries_them_out_and_by_no_other) {
  const PromiseId id = promised();
  EXPECT_EQ(told(head_of_county(), id, EventKind::report_asked), "taken");
  EXPECT_EQ(now_of(id).state, State::report_asked);
  EXPECT_EQ(told(by(Role::unit_head, housing_), id, EventKind::reported_done,
                 {{"report", "好了"}, {"done_on", "2026-03-02"}}),
            "promises.no_such_promise");
  EXPECT_EQ(told(carrier(), id, EventKind::progress_told, {{"report", "泵已订货"}}), "taken");
  EXPECT_EQ(now_of(id).state, State::made);
  EXPECT_EQ(told(carrier(), id, EventKind::reported_done,
                 {{"report", "好了"}, {"done_on", "2026-03-03"}}),
            "promises.in_the_future");
  report_done(id);
  EXPECT_EQ(now_of(id).state, State::reported);
}

TEST_F(Promises, keep_the_photos_that_show_them_done) {
  const PromiseId id = promised();
  const auto promise =
      take(carrier(), id, EventKind::reported_done, {{"report", "装好了"}, {"done_on", today()}},
           {{"image/jpeg", Bytes{1, 2, 3}}});
  ASSERT_TRUE(promise) << promise.error().key;
  database_->read([&](Reading& reading) {
    const auto bytes =
        read_evidence(reading, clerk(), *promise, promise->reports.back().evidence.front());
    EXPECT_EQ(*bytes, (Bytes{1, 2, 3}));
    return 0;
  });
}

TEST_F(Promises, are_verified_only_by_a_later_visit_to_the_place_that_was_held) {
  NewPromise made = some_promise();
  made.visit = held_visit();
  const PromiseId id = promised(made);
  const visits::VisitId too_early = held_visit();
  pass_days(30);
  const visits::VisitId before_it_was_done = held_visit();
  pass_days(5);
  report_done(id);
  const auto verify = [&](const Fields& fields) {
    return told(watcher(), id, EventKind::verified, fields);
  };
  EXPECT_EQ(verify({{"proof", "visit"}, {"finding", "看过"}}), "promises.field_missing");
  Fields unknown = by_visit(entropy_.id<visits::VisitId>(now_));
  EXPECT_EQ(verify(unknown), "promises.not_on_record no_such_visit");
  EXPECT_EQ(verify(by_visit(made.visit)), "promises.not_on_record same_visit");
  EXPECT_EQ(verify(by_visit(too_early)), "promises.not_on_record too_early");
  EXPECT_EQ(verify(by_visit(before_it_was_done)), "promises.not_on_record too_early");
  write([&](Transaction& t) {
    places_and_units::put_place(t, county_.region, {"339901102", "339901", "石门镇"});
  });
  EXPECT_EQ(verify(by_visit(held_visit("339901102"))), "promises.not_on_record other_place");
  const visits::VisitId there = held_visit("339901101");
  database_->read([&](Reading& reading) {
    const auto proofs =
        possible_proofs(reading, watcher(), *load_promise(reading, county_.region, id));
    std::string offered;
    for (const PossibleProof& one : proofs) offered += one.reference + ' ';
    EXPECT_EQ(offered, there.text() + ' ');  // of all visits the one that would be taken
    return 0;
  });
  EXPECT_EQ(verify(by_visit(there)), "taken");
  EXPECT_EQ(now_of(id).state, State::verified);
}

TEST_F(Promises, are_not_verified_by_who_carried_them_out) {
  const PromiseId id = promised();
  report_done(id);
  EXPECT_EQ(told(by(Role::supervisor, water_), id, EventKind::verified, by_visit(held_visit())),
            "promises.not_allowed");
}

TEST_F(Promises, are_verified_by_a_call_in_which_the_reporter_said_so) {
  const PromiseId id = promised_in(received().case_id);
  report_done(id);
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_call("verdict")),
            "promises.not_on_record no_such_call");
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_call("7")),
            "promises.not_on_record no_such_call");
  EXPECT_EQ(told(telephone(), id, EventKind::verdict_given, {{"verdict", "kept"}}), "taken");
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_call("verdict")), "taken");
}

TEST_F(Promises, are_verified_by_the_call_about_the_answer_of_their_case) {
  const CaseId case_id = received().case_id;
  const PromiseId id = promised_in(case_id);
  report_done(id);
  answer(case_id);
  must(caller(), case_id, cases::EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}});
  const std::string seq = std::to_string(file(case_id).seq);
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_call(seq.c_str())), "taken");
}

TEST_F(Promises, are_owed_again_when_the_reporter_says_that_they_were_not_kept) {
  const CaseId case_id = received().case_id;
  const PromiseId id = promised_in(case_id);
  report_done(id);
  pass_days(1);
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_visit(held_visit())), "taken");
  const auto given = database_->write([&](Transaction& t) {
    return give_verdict(t, speaker(), case_id, id, "not_kept", "二楼还是没有水。");
  });
  // Nobody has proved the code of another case.
  EXPECT_TRUE(given);
  EXPECT_EQ(now_of(id).state, State::report_asked);
  report_done(id);
  EXPECT_EQ(told(watcher(), id, EventKind::verified, by_visit(held_visit())),
            "promises.reporter_says_no");
  const CaseId other = received(2).case_id;
  const auto stranger = database_->write(
      [&](Transaction& t) { return give_verdict(t, speaker(), other, id, "kept", ""); });
  EXPECT_EQ(stranger.error().key, "promises.no_such_promise");
  const auto office = database_->write(
      [&](Transaction& t) { return give_verdict(t, carrier(), case_id, id, "kept", ""); });
  EXPECT_EQ(office.error().key, "cases.not_found");
}

TEST_F(Promises, get_another_day_only_from_who_holds_the_post_and_with_a_reason_for_everybody) {
  const PromiseId id = promised();
  const Fields later{{"due", "2026-09-30"}, {"reason", "水泵厂家延期交货"}};
  EXPECT_EQ(told(watcher(), id, EventKind::due_changed, later), "promises.not_allowed");
  EXPECT_EQ(told(next_head(), id, EventKind::due_changed, later), "promises.not_your_post");
  EXPECT_EQ(told(head_of_county(), id, EventKind::due_changed, {{"due", "2026-09-30"}}),
            "promises.field_missing");
  EXPECT_EQ(told(head_of_county(), id, EventKind::due_changed, later), "taken");
  const Promise promise = now_of(id);
  EXPECT_EQ(promise.due, "2026-09-30");
  EXPECT_EQ(promise.first_due, "2026-06-30");
  EXPECT_EQ(promise.due_changes.front().reason, "水泵厂家延期交货");
}

TEST_F(Promises, that_are_overdue_stand_first_on_the_public_page_and_what_was_given_up_stays) {
  const PromiseId first = promised();
  NewPromise later = some_promise();
  later.due = "2026-12-31";
  const PromiseId second = promised(later);
  const PromiseId third = promised();
  for (const PromiseId id : {first, second, third}) {
    // Whoever wrote it down approves nothing.
    EXPECT_EQ(told(by(Role::dispatcher, county_.petition_office, now_of(id).recorded_by), id,
                   EventKind::published, {{"words", "装好加压泵"}}),
              "promises.your_own_words");
    EXPECT_EQ(told(sender(), id, EventKind::published, {{"words", "装好加压泵"}}), "taken");
  }
  promised();  // and one that nobody has approved yet
  EXPECT_EQ(told(head_of_county(), third, EventKind::given_up, {{"reason", "改由市里统一供水"}}),
            "taken");
  now_ = *parse_instant("2026-07-01 09:00");
  const PublicList all =
      database_->read([&](Reading& reading) { return for_everybody(reading, county_, now_); });
  ASSERT_EQ(all.promises.size(), 3U);
  EXPECT_EQ(all.not_yet_shown, 1);
  EXPECT_EQ(all.promises[0].id, first);
  EXPECT_TRUE(all.promises[0].overdue);
  EXPECT_EQ(all.promises[1].id, second);
  EXPECT_EQ(all.promises[2].reason, "改由市里统一供水");
}

TEST_F(Promises, to_a_reporter_are_published_without_the_day_on_which_they_stood_there) {
  const PromiseId id = promised_in(received().case_id);
  EXPECT_EQ(told(sender(), id, EventKind::published, {{"words", "装好加压泵"}}), "taken");
  const PublicList all =
      database_->read([&](Reading& reading) { return for_everybody(reading, county_, now_); });
  EXPECT_EQ(all.promises.front().promised_on, "2026-03");
  EXPECT_EQ(all.promises.front().place, "");
}

TEST_F(Promises, to_a_reporter_say_what_was_promised_only_while_the_reporter_agrees) {
  const CaseId case_id = received().case_id;
  const PromiseId id = promised_in(case_id);
  EXPECT_EQ(told(sender(), id, EventKind::published, {{"words", "装好加压泵"}}), "taken");
  const auto in_public = [&] {
    return database_->read([&](Reading& reading) { return for_everybody(reading, county_, now_); })
        .promises.front();
  };
  EXPECT_TRUE(in_public().withheld) << "nobody was asked";
  EXPECT_EQ(in_public().words, "");
  EXPECT_EQ(in_public().due, now_of(id).due) << "that it is owed, and until when, is told";
  write([&](Transaction& t) {
    EXPECT_TRUE(rights::allow_publication(t, speaker(), case_id, "2026-11b"));
  });
  EXPECT_FALSE(in_public().withheld);
  EXPECT_EQ(in_public().words, "装好加压泵");
  write([&](Transaction& t) { EXPECT_TRUE(rights::refuse_publication(t, speaker(), case_id)); });
  EXPECT_EQ(in_public().words, "") << "taken back: from the next reading on";
}

TEST_F(Promises, in_a_report_of_retaliation_or_an_erased_case_are_told_to_nobody) {
  county_.upper_body = inspection_;
  const CaseId first = received(1).case_id;
  cases::Words words = some_words(2);
  words.text = "反映以后，他们停了我的工。";
  const auto prepared = cases::prepare(speaker(), std::move(words));
  ASSERT_TRUE(prepared);
  const auto report = database_->write(
      [&](Transaction& t) { return cases::report_retaliation(t, speaker(), first, **prepared); });
  ASSERT_TRUE(report) << report.error().key;
  const Context above = by(Role::clerk, inspection_);
  for (const CaseId id : {first, report->case_id}) {
    NewPromise made = some_promise();
    made.case_id = id;
    const auto promise = try_make(id == first ? clerk() : above, made);
    ASSERT_TRUE(promise) << promise.error().key;
    EXPECT_EQ(told(sender(), promise->id, EventKind::published, {{"words", "装好加压泵"}}),
              "taken");
  }
  const auto in_public = [&] {
    return database_->read([&](Reading& reading) { return for_everybody(reading, county_, now_); })
        .promises.size();
  };
  EXPECT_EQ(in_public(), 1U) << "the report of retaliation is not hinted at";
  must(speaker(), first, cases::EventKind::withdrawn);
  write([&](Transaction& t) {
    EXPECT_TRUE(cases::erase(t, as(Role::system), first, "asked_by_speaker"));
  });
  EXPECT_EQ(in_public(), 0U) << "nor what somebody had erased";
}

}  // namespace

}  // namespace minhu::promises
