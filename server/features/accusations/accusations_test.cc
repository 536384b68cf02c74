#include "features/accusations/accusations.h"

#include <algorithm>
#include <thread>

#include "features/accusations/test_seal.h"

namespace minhu::accusations {
namespace {

TEST_F(Seal, AHandlerOpensAReportWithThePassphraseAndWithNothingElse) {
  const auto handler = named("li");
  filed(some_report());
  const auto reports = list(handler);
  ASSERT_EQ(reports.size(), 1U);
  const auto opened = open_for(ground_, handler.principal, reports[0].id, passphrase);
  ASSERT_TRUE(opened) << opened.error().key;
  EXPECT_EQ(opened->letter.words, words);
  EXPECT_EQ(opened->listed.state, State::opened);
  const auto refused = open_for(ground_, handler.principal, reports[0].id, password);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "accusations.wrong_passphrase");
}

TEST_F(Seal, DatabaseAndKeyFileTogetherHoldNoWordNoNameAndNoCode) {
  named("li");
  Report report = some_report();
  report.level = Level::named;
  report.name = "陈秋菊";
  report.contact = "13800001111";
  const Filed receipt = filed(std::move(report));
  for (const std::string_view needle : {"王主任", "陈秋菊", "13800001111"}) {
    EXPECT_FALSE(stored(needle)) << needle;
  }
  EXPECT_FALSE(stored(receipt.code.reveal_because("it must not be there")));
  // The keys of the installation open the case's own key, and that opens nothing.
  EXPECT_EQ(count("SELECT count(*) FROM content"), 0);
  const auto id = database_->read([&](Reading& r) {
    return *r.first("SELECT case_id FROM accusation", {},
                    [](const Row& row) { return row.id<cases::CaseId>(0); });
  });
  database_->read_job([&](Reading& r) {
    const auto key = cases::load_case_key(r, county_.region, id, keyring_);
    ASSERT_TRUE(key);
    r.query("SELECT sealed FROM accusation_content", {},
            [&](const Row& row) { EXPECT_FALSE(open_sealed(key->key, row.bytes(0), {})); });
  });
}

TEST_F(Seal, NobodyButTheNamedFindsThatThereIsAny) {
  const auto handler = named("li");
  const auto other = official("zhao", Role::unit_head);
  filed(some_report());
  const auto id = list(handler)[0].id;
  EXPECT_TRUE(list(other).empty());
  const auto refused = open_for(ground_, other.principal, id, passphrase);
  ASSERT_FALSE(refused);
  const auto unknown =
      open_for(ground_, other.principal, entropy_.id<cases::CaseId>(now_), passphrase);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(refused.error(), unknown.error());
  accounts::Principal in_their_place = handler.principal;
  in_their_place.by_delegation = true;
  EXPECT_FALSE(open_for(ground_, in_their_place, id, passphrase));
  // Nor by the doors of ordinary cases.
  for (const Role role : {Role::clerk, Role::dispatcher, Role::supervisor, Role::system_admin}) {
    const auto seen = database_->read([&](Reading& r) {
      return cases::view_case(r, as(role, county_.petition_office), id).has_value();
    });
    EXPECT_FALSE(seen);
  }
}

TEST_F(Seal, NoAdministratorCanBeNamed) {
  for (const Role role :
       {Role::system_admin, Role::security_admin, Role::audit_admin, Role::auditor, Role::leader}) {
    const auto account = official(accounts::name(role).data(), role);
    write([&](Transaction& t) {
      const auto done = name_handler(t, ground_, security_, account.id);
      ASSERT_FALSE(done);
      EXPECT_EQ(done.error().key, "accusations.cannot_be_named");
    });
  }
}

TEST_F(Seal, WhoeverIsNamedLaterOpensNothingOfBeforeUntilAColleagueShares) {
  const auto first = named("li");
  filed(some_report());
  const auto second = named("zhou");
  EXPECT_TRUE(list(second).empty());
  const auto id = list(first)[0].id;
  ASSERT_TRUE(share(ground_, first.principal, id, passphrase, second.id));
  EXPECT_TRUE(open_for(ground_, second.principal, id, passphrase));
}

TEST_F(Seal, WhomTheReporterExcludedIsNeverLetIn) {
  const auto first = named("li");
  const auto accused = named("wang");
  Report report = some_report();
  report.kept_from = {accused.id};
  filed(std::move(report));
  EXPECT_TRUE(list(accused).empty());
  const auto id = list(first)[0].id;
  EXPECT_EQ(open_for(ground_, accused.principal, id, passphrase).error().key,
            "accusations.not_found");
  EXPECT_EQ(share(ground_, first.principal, id, passphrase, accused.id).error().key,
            "accusations.kept_from");
}

TEST_F(Seal, KeptFromEverybodyIsRefusedWithoutAnEscrowAndTakenWithOne) {
  const auto only = named("li");
  Report report = some_report();
  report.kept_from = {only.id};
  const auto refused = file_report(ground_, report);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "accusations.nobody_left");
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 0);
  ASSERT_TRUE(make_escrow(ground_, false));
  EXPECT_TRUE(file_report(ground_, report));
}

TEST_F(Seal, WhoIsNoLongerNamedHasNoBoxAnyMore) {
  const auto handler = named("li");
  filed(some_report());
  const auto id = list(handler)[0].id;
  write([&](Transaction& t) { ASSERT_TRUE(unname_handler(t, ground_, security_, handler.id)); });
  EXPECT_FALSE(open_for(ground_, handler.principal, id, passphrase));
  EXPECT_EQ(count("SELECT count(*) FROM accusation_box"), 0);
}

TEST_F(Seal, ThePassphraseCanBeChangedAndTheReportsStay) {
  const auto handler = named("li");
  filed(some_report());
  const auto id = list(handler)[0].id;
  const Sealed<std::string> other{std::string("nine magpies on the roof")};
  ASSERT_TRUE(change_passphrase(ground_, handler, passphrase, other));
  EXPECT_FALSE(open_for(ground_, handler.principal, id, passphrase));
  EXPECT_TRUE(open_for(ground_, handler.principal, id, other));
}

TEST_F(Seal, WrongPassphrasesHaveToWait) {
  const auto handler = named("li");
  filed(some_report());
  const auto id = list(handler)[0].id;
  for (int i = 0; i < 5; ++i) (void)open_for(ground_, handler.principal, id, password);
  EXPECT_EQ(open_for(ground_, handler.principal, id, passphrase).error().key,
            "accounts.too_many_passphrases");
  now_.unix_ms += 60'000;
  EXPECT_TRUE(open_for(ground_, handler.principal, id, passphrase));
}

TEST_F(Seal, OfManyPassphrasesAtOnceFiveAreLookedAt) {
  const auto handler = named("li");
  filed(some_report());
  const auto id = list(handler)[0].id;
  std::vector<std::string> said(8);
  std::vector<std::thread> at_once;
  for (std::string& one : said) {
    at_once.emplace_back(
        [&] { one = open_for(ground_, handler.principal, id, password).error().key; });
  }
  for (std::thread& one : at_once) one.join();
  EXPECT_EQ(std::count(said.begin(), said.end(), "accusations.wrong_passphrase"), 5);
  EXPECT_EQ(std::count(said.begin(), said.end(), "accounts.too_many_passphrases"), 3);
}

TEST_F(Seal, TheReporterComesBackWithTheCodeAndBothSidesRead) {
  const auto handler = named("li");
  const Filed receipt = filed(some_report());
  const auto id = list(handler)[0].id;
  ASSERT_TRUE(
      accusations::answer(ground_, handler.principal, id, passphrase, {"收条还在吗？", {}}));
  auto seen = look_after(ground_, receipt.code);
  ASSERT_TRUE(seen) << seen.error().key;
  EXPECT_EQ(seen->letter.words, words);
  ASSERT_EQ(seen->messages.size(), 1U);
  EXPECT_EQ(seen->messages[0].words, "收条还在吗？");
  EXPECT_EQ(seen->messages[0].unit, "县住建局");
  ASSERT_TRUE(say_more(ground_, receipt.code, {{3}, "在，放在娘家。"}));
  ASSERT_TRUE(say_more(ground_, receipt.code, {{3}, "在，放在娘家。"}));  // a double tap
  const auto opened = open_for(ground_, handler.principal, id, passphrase);
  ASSERT_EQ(opened->messages.size(), 2U);
  EXPECT_EQ(opened->messages[1].words, "在，放在娘家。");
  EXPECT_FALSE(stored("娘家"));
  EXPECT_FALSE(stored("收条还在吗"));
}

TEST_F(Seal, AWrongCodeSaysNothing) {
  named("li");
  filed(some_report());
  const auto wrong = look_after(ground_, make_code(keyring_, {77}));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().key, "accusations.wrong_code");
}

TEST_F(Seal, SentTwiceIsOneReportWithOneCode) {
  const auto handler = named("li");
  Report report = some_report();
  report.complaint = "村口路灯坏了半年。";
  const Filed first = filed(report);
  const Filed second = filed(report);
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(second.repeated);
  const auto shown = [](const Sealed<std::string>& code) {
    return code.reveal_because("two receipts are compared");
  };
  EXPECT_EQ(shown(first.code), shown(second.code));
  EXPECT_EQ(first.complaint->number, second.complaint->number);
  EXPECT_EQ(list(handler).size(), 1U);
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 2);
}

TEST_F(Seal, AComplaintInItIsACaseOfItsOwnWithoutATraceOfTheReport) {
  const auto handler = named("li");
  Report report = some_report();
  report.complaint = "村口路灯坏了半年。";
  report.level = Level::named;
  report.name = "陈秋菊";
  const Filed receipt = filed(std::move(report));
  ASSERT_TRUE(receipt.complaint);
  const auto file_of_complaint = file(receipt.complaint->case_id);
  EXPECT_EQ(file_of_complaint.state, cases::State::registered);
  EXPECT_EQ(file_of_complaint.track, county_.default_track);
  EXPECT_TRUE(file_of_complaint.contact.empty());
  const auto report_id = list(handler)[0].id;
  // Neither case names the other anywhere; the number lies inside the seal alone.
  database_->read_job([&](Reading& r) {
    const auto& events = cases::load_events(r, county_.region, receipt.complaint->case_id);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(cases::payload_of(events[0]).find(report_id.text()), std::string::npos);
    for (const auto& event : cases::load_events(r, county_.region, report_id)) {
      EXPECT_EQ(cases::payload_of(event).find(receipt.complaint->number), std::string::npos);
    }
  });
  const auto opened = open_for(ground_, handler.principal, report_id, passphrase);
  EXPECT_EQ(opened->letter.complaint, receipt.complaint->number);
}

TEST_F(Seal, AHandlerMarksAPartAsAComplaintAndTheReporterGetsItsReceipt) {
  const auto handler = named("li");
  const Filed receipt = filed(some_report());
  const auto id = list(handler)[0].id;
  const Complaint part{{5}, "盖章收费没有依据，请退还。", ""};
  ASSERT_TRUE(make_complaint(ground_, handler.principal, id, passphrase, part));
  ASSERT_TRUE(make_complaint(ground_, handler.principal, id, passphrase, part));
  EXPECT_EQ(count("SELECT count(*) FROM case_file WHERE state = 'registered'"), 1);
  const auto seen = look_after(ground_, receipt.code);
  ASSERT_EQ(seen->messages.size(), 1U);
  EXPECT_EQ(seen->messages[0].decision, "complaint_made");
  EXPECT_EQ(seen->messages[0].words.substr(0, 3), "MH-");
  // The event of the complaint names nobody.
  EXPECT_EQ(count("SELECT count(*) FROM case_event e JOIN case_file f ON f.case_id = e.case_id "
                  "WHERE f.state = 'registered' AND e.account_id IS NOT NULL"),
            0);
}

TEST_F(Seal, ANameIsSeenByTwoPersonsTogetherAndTheReporterReadsEachStep) {
  const auto handler = named("li");
  const auto colleague = named("wu");
  Report report = some_report();
  report.level = Level::confidential;
  report.name = "陈秋菊";
  const Filed receipt = filed(std::move(report));
  const auto id = list(handler)[0].id;
  const auto ask = [&](const accounts::Account& who, const char* reason) {
    now_.unix_ms += 1000;
    const auto done = ask_for_identity(ground_, who.principal, id, passphrase, reason);
    return done ? "asked" : done.error().key;
  };
  const auto decide = [&](const accounts::Account& who, bool agreed) {
    now_.unix_ms += 1000;
    const auto done = decide_on_identity(ground_, who.principal, id, passphrase, agreed);
    return done ? "decided" : done.error().key;
  };
  const auto look = [&](const accounts::Account& who) {
    now_.unix_ms += 1000;
    const auto seen = open_identity(ground_, who.principal, id, passphrase);
    return seen ? seen->reveal_because("the test looks").name : seen.error().key;
  };
  EXPECT_EQ(look(handler), "accusations.name_not_agreed");
  EXPECT_EQ(decide(colleague, true), "accusations.name_not_asked");
  EXPECT_EQ(ask(handler, " "), "cases.reason_missing");
  EXPECT_EQ(ask(handler, "要当面核实收条"), "asked");
  EXPECT_EQ(ask(colleague, "我也要看"), "accusations.name_already_asked");
  EXPECT_EQ(decide(handler, true), "seal.same_person");
  EXPECT_EQ(look(handler), "accusations.name_not_agreed");
  EXPECT_EQ(open_for(ground_, colleague.principal, id, passphrase)->name.state, NameState::waiting);
  EXPECT_EQ(decide(colleague, true), "decided");
  EXPECT_EQ(look(colleague), "accusations.name_not_agreed");  // another's request
  EXPECT_EQ(look(handler), "陈秋菊");
  EXPECT_EQ(look(handler), "accusations.name_not_agreed");  // once

  // Refused, and agreed to but not used within a day.
  EXPECT_EQ(ask(handler, "再看一次"), "asked");
  EXPECT_EQ(decide(colleague, false), "decided");
  EXPECT_EQ(look(handler), "accusations.name_not_agreed");
  EXPECT_EQ(ask(handler, "寄送结果"), "asked");
  EXPECT_EQ(decide(colleague, true), "decided");
  now_.unix_ms += std::int64_t{25} * 3'600'000;
  EXPECT_EQ(look(handler), "accusations.name_not_agreed");

  const auto seen = look_after(ground_, receipt.code);
  std::vector<std::string> told;
  for (const Message& message : seen->messages) told.push_back(message.decision + message.words);
  EXPECT_EQ(told, (std::vector<std::string>{"name_asked要当面核实收条", "name_agreed",
                                            "name_opened要当面核实收条", "name_asked再看一次",
                                            "name_declined", "name_asked寄送结果", "name_agreed"}));
}

TEST_F(Seal, AnonymousKeepsNoNameWhateverTheFormHeld) {
  const auto handler = named("li");
  Report report = some_report();
  report.name = "陈秋菊";
  filed(std::move(report));
  EXPECT_EQ(ask_for_identity(ground_, handler.principal, list(handler)[0].id, passphrase, "核实")
                .error()
                .key,
            "accusations.no_identity");
}

TEST_F(Seal, AFileIsShownWithoutTracesAndTheOriginalIsAStepOfItsOwn) {
  const auto handler = named("li");
  Report report = some_report();
  report.files = {{{"image/jpeg", to_bytes("stripped")},
                   cases::NewAttachment{"image/jpeg", to_bytes("with GPS")}}};
  filed(std::move(report));
  const auto id = list(handler)[0].id;
  const auto opened = open_for(ground_, handler.principal, id, passphrase);
  ASSERT_EQ(opened->letter.files.size(), 1U);
  const auto& entry = opened->letter.files[0];
  EXPECT_EQ(to_text(open_file(ground_, handler.principal, id, entry.id, passphrase)->bytes),
            "stripped");
  EXPECT_EQ(to_text(open_file(ground_, handler.principal, id, entry.original, passphrase)->bytes),
            "with GPS");
  EXPECT_EQ(open_file(ground_, handler.principal, id, SealedId(), passphrase).error().key,
            "accusations.not_found");
  database_->read_job([&](Reading& r) {
    std::int64_t originals = 0;
    for (const auto& event : cases::load_events(r, county_.region, id)) {
      if (event.fact("what") == "original_opened") ++originals;
    }
    EXPECT_EQ(originals, 1);
  });
}

TEST_F(Seal, TheNoticeThatWasShownIsKeptWithTheReport) {
  const auto handler = named("li");
  Report report = some_report();
  report.notice = "2026-11";
  filed(std::move(report));
  const auto id = list(handler)[0].id;
  const auto history = database_->read(
      [&](Reading& reading) { return cases::load_events(reading, county_.region, id); });
  EXPECT_EQ(history.front().fact("notice"), "2026-11");
}

TEST_F(Seal, EveryStepIsAnEventThatHoldsFactsAlone) {
  const auto handler = named("li");
  filed(some_report());
  const auto id = list(handler)[0].id;
  ASSERT_TRUE(accusations::answer(ground_, handler.principal, id, passphrase,
                                  {"已受理。", State::accepted}));
  ASSERT_TRUE(accusations::answer(ground_, handler.principal, id, passphrase,
                                  {"属实，已立案。", State::concluded}));
  EXPECT_EQ(
      accusations::answer(ground_, handler.principal, id, passphrase, {"再受理", State::accepted})
          .error()
          .key,
      "accusations.decision_not_open");
  database_->read_job([&](Reading& r) {
    std::vector<std::string> steps;
    for (const auto& event : cases::load_events(r, county_.region, id)) {
      steps.emplace_back(event.fact("what"));
      EXPECT_TRUE(event.contents.empty());
    }
    EXPECT_EQ(steps, (std::vector<std::string>{"", "written", "decided", "decided"}));
  });
}

}  // namespace
}  // namespace minhu::accusations
