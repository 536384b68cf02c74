// What a person may ask of us about their own case, and what stays whatever they ask.
#include "features/rights/rights.h"

#include <boost/json.hpp>

#include "features/cases/test_world.h"

namespace minhu::rights {
namespace {

using cases::CaseId;
using cases::EventKind;

class Rights : public cases::Journey {
 protected:
  CaseId filed(bool with_contact = true, bool calls = true) {
    cases::Words words = some_words(++token_);
    words.notice = "2026-11";
    if (with_contact) {
      cases::Contact contact;
      contact.name = "王小明";
      contact.phone = "13800000021";
      contact.way = "sms";
      words.contact = Sealed(contact);
      words.may_be_called = calls;
    }
    words.attachments.push_back({"image/jpeg", to_bytes("a photo")});
    auto receipt = receive_words(as(Role::anyone), std::move(words));
    EXPECT_TRUE(receipt);
    return receipt->case_id;
  }
  Result<Stored> stored(CaseId id) { return stored_for(speaker(), id); }
  Result<Stored> stored_for(const cases::Context& context, CaseId id) {
    return database_->read([&](Reading& reading) { return everything(reading, context, id); });
  }
  std::string phone_of(CaseId id) {
    return stored(id)->contact->reveal_because("a test checks it").phone;
  }
  std::string copy_of(CaseId id) {
    return database_->read([&](Reading& reading) {
      return as_json(reading, county_, everything(reading, speaker(), id).value());
    });
  }
  Result<cases::Event> correct(CaseId id, std::string reach) {
    return database_->write([&](Transaction& t) {
      return correct_contact(t, speaker(), id, Sealed(std::move(reach)));
    });
  }
  Result<cases::Event> no_calls(CaseId id) {
    return database_->write([&](Transaction& t) { return stop_calls(t, speaker(), id); });
  }
  Result<cases::Event> erased(const cases::Context& context, CaseId id) {
    return database_->write([&](Transaction& t) { return erase(t, context, id); });
  }

  std::uint8_t token_ = 0;
};

TEST_F(Rights, ThePersonSeesEverythingThatIsStoredAndNobodyElseComesThisWay) {
  const CaseId id = filed();
  const auto own = stored(id);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->view.said.text, "村口的污水管破了，味道很大。");
  EXPECT_EQ(phone_of(id), "13800000021");
  EXPECT_EQ(own->notice, "2026-11");
  EXPECT_TRUE(own->looks.empty());
  for (const auto& who : {as(Role::anyone), dispatcher(), handler(), as(Role::supervisor),
                          as(Role::system), as(Role::system_admin)}) {
    EXPECT_EQ(stored_for(who, id).error().key, "cases.not_found");
    EXPECT_EQ(erased(who, id).error().key, "cases.not_found");
  }
}

TEST_F(Rights, TheCopyCanBeReadByAProgramAndHoldsAllOfIt) {
  const CaseId id = filed();
  must(speaker(), id, EventKind::supplemented, {{"words", "门牌是十二号"}, {"corrects", "yes"}});
  const auto copy = boost::json::parse(copy_of(id)).as_object();
  EXPECT_EQ(copy.at("format").as_string(), "minhu-copy/v1");
  EXPECT_EQ(copy.at("said").at("text").as_string(), "村口的污水管破了，味道很大。");
  EXPECT_EQ(copy.at("contact").at("phone").as_string(), "13800000021");
  EXPECT_EQ(copy.at("privacy_notice").as_string(), "2026-11");
  const auto& events = copy.at("events").as_array();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at("attachments").as_array().size(), 1U);
  EXPECT_EQ(events[1].at("texts").at(0).at("text").as_string(), "门牌是十二号");
}

TEST_F(Rights, TheCopyTellsWhichOfficeHadItAndNothingThatIsInternal) {
  const CaseId id = filed();
  answer(id);
  must(handler(), id, EventKind::noted, {{"note", "内部的话"}});
  const std::string copy = copy_of(id);
  EXPECT_NE(copy.find("县住建局"), std::string::npos);
  EXPECT_EQ(copy.find("内部的话"), std::string::npos);
}

TEST_F(Rights, ACorrectionStandsBesideWhatItCorrects) {
  const CaseId id = filed();
  must(speaker(), id, EventKind::supplemented, {{"words", "是东头的管子"}, {"corrects", "yes"}});
  ASSERT_TRUE(correct(id, "13900000042"));
  EXPECT_EQ(phone_of(id), "13900000042");
  EXPECT_EQ(stored(id)->contact->reveal_because("a test").name, "王小明");
  const auto own = stored(id);
  EXPECT_EQ(own->view.said.text, "村口的污水管破了，味道很大。");
  EXPECT_EQ(own->view.timeline.at(1).event.fact("corrects"), "yes");
  EXPECT_EQ(own->view.timeline.at(2).event.kind, EventKind::contact_changed);
  // The old contact is still there, sealed, until the case is erased.
  database_->read_job([&](Reading& reading) {
    const auto all = cases::list_content(reading, county_.region, id);
    EXPECT_EQ(std::count_if(all.begin(), all.end(),
                            [](const cases::ContentInfo& info) {
                              return info.role == cases::ContentRole::contact;
                            }),
              2);
  });
}

TEST_F(Rights, NothingIsPublishedUntilThePersonSaysSoAndNothingOnceTheyTakeItBack) {
  const CaseId id = filed();
  const auto published = [&] {
    return database_->read(
        [&](Reading& reading) { return may_be_published(reading, county_.region, id); });
  };
  const auto allow = [&](const cases::Context& who, std::string_view notice) {
    const auto event =
        database_->write([&](Transaction& t) { return allow_publication(t, who, id, notice); });
    return event ? std::string("taken") : event.error().key;
  };
  EXPECT_FALSE(published());
  EXPECT_EQ(allow(dispatcher(), "2026-11b"), "cases.not_found") << "nobody says it for them";
  EXPECT_EQ(allow(speaker(), ""), "rights.notice_missing");
  EXPECT_EQ(allow(speaker(), "2026-11b"), "taken");
  EXPECT_EQ(allow(speaker(), "2026-11b"), "rights.publication_as_before");
  EXPECT_TRUE(published());
  EXPECT_EQ(stored(id)->publication.notice, "2026-11b");
  EXPECT_NE(copy_of(id).find("\"may_be_published\":true"), std::string::npos);
  const auto refuse = [&] {
    return database_->write([&](Transaction& t) { return refuse_publication(t, speaker(), id); });
  };
  EXPECT_TRUE(refuse());
  EXPECT_EQ(refuse().error().key, "rights.publication_as_before");
  EXPECT_FALSE(published());
  EXPECT_FALSE(stored(id)->publication.allowed);
  // It can be said again; with the case it goes.
  EXPECT_EQ(allow(speaker(), "2026-11b"), "taken");
  must(speaker(), id, EventKind::withdrawn);
  ASSERT_TRUE(erased(speaker(), id));
  EXPECT_FALSE(published());
}

TEST_F(Rights, AReportUnderSealIsNeverPublished) {
  const CaseId id = filed();
  write([&](Transaction& t) { EXPECT_TRUE(allow_publication(t, speaker(), id, "2026-11b")); });
  must(dispatcher(), id, EventKind::held);
  database_->read([&](Reading& reading) {
    EXPECT_FALSE(may_be_published(reading, county_.region, id)) << "whatever was said before";
    return 0;
  });
  write([&](Transaction& t) {
    EXPECT_EQ(allow_publication(t, speaker(), id, "2026-11b").error().key,
              "rights.never_published");
  });
}

TEST_F(Rights, AContactIsPutRightOnlyWhereThereIsOneAndOnlyWithAnother) {
  EXPECT_EQ(correct(filed(false), "13900000042").error().key, "rights.no_contact");
  const CaseId id = filed();
  EXPECT_EQ(correct(id, "").error().key, "rights.contact_empty");
  EXPECT_EQ(phone_of(id), "13800000021");
}

TEST_F(Rights, AContactIsPutRightWhereItIsUsedAndNeverInThePlaceOfTheOther) {
  struct Row {
    cases::Contact left;
    const char* typed;
    const char* phone;
    const char* address;
    const char* fault;
    bool calls = true;
  };
  const std::vector<Row> rows{
      {{"", "13800000021", "", "sms", ""}, "+86 139 0000 0042", "13900000042", "", ""},
      {{"", "13800000021", "", "sms", ""}, "0579-88880000", "", "", "rights.contact_mobile"},
      {{"", "13800000021", "", "sms", ""}, "明天再说", "", "", "rights.contact_phone"},
      {{"", "13800000021", "", "voice", ""}, "0579-88880000", "057988880000", "", ""},
      {{"", "13800000021", "", "voice", ""}, "li@example.org", "", "", "rights.contact_phone"},
      // An address for news, and a number to be called: each is put right by itself.
      {{"", "13800000021", "li@example.org", "mail", ""},
       "13900000042",
       "13900000042",
       "li@example.org",
       ""},
      {{"", "13800000021", "li@example.org", "mail", ""},
       "wang@example.org",
       "13800000021",
       "wang@example.org",
       ""},
      {{"", "", "li@example.org", "mail", ""}, "13900000042", "", "", "rights.contact_mail", false},
      {{"", "", "上溪村12号", "paper", ""}, "上溪村15号", "", "上溪村15号", "", false},
      {{"", "", "上溪村12号", "paper", ""}, "13900000042", "", "", "rights.contact_address", false},
      // No news wished: a number to be called, or however they said.
      {{"王小明", "13800000021", "", "", ""}, "13900000042", "13900000042", "", ""},
      {{"王小明", "13800000021", "", "", ""}, "找我弟弟", "", "", "rights.contact_phone"},
      {{"", "13800000021", "", "", ""}, "找我弟弟", "", "找我弟弟", "", false},
  };
  for (const Row& row : rows) {
    cases::Words words = some_words(++token_);
    words.contact = Sealed(row.left);
    words.may_be_called = row.calls;
    const CaseId id = receive_words(as(Role::anyone), std::move(words))->case_id;
    const auto done = correct(id, row.typed);
    EXPECT_EQ(done ? "" : done.error().key, row.fault) << row.left.way << ' ' << row.typed;
    const cases::Contact now = stored(id)->contact->reveal_because("a test checks it");
    EXPECT_EQ(now.phone, done ? row.phone : row.left.phone) << row.left.way << ' ' << row.typed;
    EXPECT_EQ(now.address, done ? row.address : row.left.address) << row.typed;
  }
}

TEST_F(Rights, AConsentIsTakenBackAtAnyTimeAndTheCaseGoesOn) {
  const CaseId id = filed();
  answer(id);
  ASSERT_TRUE(no_calls(id));
  EXPECT_FALSE(file(id).may_be_called);
  EXPECT_EQ(file(id).state, cases::State::answered);
  EXPECT_EQ(no_calls(id).error().key, "rights.no_calls_wished");
  EXPECT_EQ(no_calls(filed(true, false)).error().key, "rights.no_calls_wished");
}

TEST_F(Rights, ErasingWaitsUntilNoOfficeMustReadItAnyMore) {
  const CaseId id = filed();
  EXPECT_EQ(erased(speaker(), id).error().key, "rights.still_open");
  must(speaker(), id, EventKind::withdrawn);
  ASSERT_TRUE(erased(speaker(), id));
  const auto own = stored(id);
  ASSERT_TRUE(own);
  EXPECT_TRUE(own->view.said.text.empty());
  EXPECT_FALSE(own->contact);
  EXPECT_TRUE(own->view.file.erased);
  // What happened, and when, is still told; a copy can still be taken of it.
  EXPECT_EQ(own->view.timeline.size(), 3U);
  EXPECT_EQ(copy_of(id).find("污水"), std::string::npos);
  EXPECT_EQ(copy_of(id).find("13800000021"), std::string::npos);
  EXPECT_EQ(erased(speaker(), id).error().key, "cases.erased");
  EXPECT_EQ(correct(id, "13900000042").error().key, "cases.erased");
}

}  // namespace
}  // namespace minhu::rights
