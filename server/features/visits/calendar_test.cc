#include "features/visits/calendar.h"

#include "features/visits/calendars.h"
#include "features/visits/test_visits.h"
#include "kernel/test_dice.h"
#include "kernel/utf8.h"

namespace minhu::visits {
namespace {

CalendarEntry some_entry() {
  CalendarEntry entry;
  entry.uid = "018f-1@minhu";
  entry.sequence = 2;
  entry.stamp = *parse_instant("2026-03-02 09:00");
  entry.begins = *parse_instant("2026-03-12 09:00");
  entry.ends = *parse_instant("2026-03-12 12:00");
  entry.summary = "县长下访";
  return entry;
}

std::vector<std::string> lines_of(const std::string& calendar) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < calendar.size();) {
    const std::size_t end = calendar.find("\r\n", at);
    EXPECT_NE(end, std::string::npos);
    lines.push_back(calendar.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// As a client reads it: lines that go on are joined.
std::string unfolded(const std::string& calendar) {
  std::string out;
  for (std::size_t i = 0; i < calendar.size(); ++i) {
    if (calendar.compare(i, 3, "\r\n ") == 0) {
      i += 2;
    } else {
      out.push_back(calendar[i]);
    }
  }
  return out;
}

TEST(ACalendar, SaysWhatWhenAndWhetherInUtc) {
  const std::string calendar = to_icalendar("青溪县领导下访", {some_entry()});
  EXPECT_TRUE(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  for (const char* line :
       {"UID:018f-1@minhu", "DTSTAMP:20260302T010000Z", "SEQUENCE:2", "DTSTART:20260312T010000Z",
        "DTEND:20260312T040000Z", "STATUS:CONFIRMED", "SUMMARY:县长下访"}) {
    EXPECT_NE(calendar.find(std::string("\r\n") + line + "\r\n"), std::string::npos) << line;
  }
}

TEST(ACalendar, TellsOfACancelledVisitThatItIs) {
  CalendarEntry entry = some_entry();
  entry.status = EntryStatus::cancelled;
  EXPECT_NE(to_icalendar("", {entry}).find("STATUS:CANCELLED\r\n"), std::string::npos);
}

TEST(ACalendar, EscapesWhatWouldEndAValue) {
  CalendarEntry entry = some_entry();
  entry.location = "礼堂; 二楼, 东\\西\n门口";
  EXPECT_NE(to_icalendar("", {entry}).find("LOCATION:礼堂\\; 二楼\\, 东\\\\西\\n门口\r\n"),
            std::string::npos);
  // Nobody writes a property of their own into it.
  entry.location = "x\r\nATTENDEE:y";
  EXPECT_EQ(unfolded(to_icalendar("", {entry})).find("\r\nATTENDEE"), std::string::npos);
}

TEST(ACalendar, FoldsAtSeventyFiveOctetsNeverInsideACharacter) {
  Dice dice(seed_of_this_run());
  constexpr std::array<std::string_view, 5> pieces{"a", "é", "访", "𠮷", "，"};
  for (int round = 0; round < 200; ++round) {
    CalendarEntry entry = some_entry();
    entry.description.clear();
    const std::int64_t length = dice.between(0, 300);
    for (std::int64_t i = 0; i < length; ++i) entry.description += dice.one_of(pieces);
    const std::string calendar = to_icalendar("青溪县", {entry});
    for (const std::string& line : lines_of(calendar)) {
      ASSERT_LE(line.size(), 75U);
      ASSERT_TRUE(is_valid_utf8(line)) << line;
    }
    if (entry.description.empty()) continue;
    ASSERT_NE(unfolded(calendar).find("DESCRIPTION:" + entry.description + "\r\n"),
              std::string::npos);
  }
}

class Calendars : public VisitsWorld {
 protected:
  Context leader() { return leader_in(county_.petition_office); }
  Context leader_in(UnitId unit) {
    accounts::Account account;
    account.id = entropy_.id<accounts::AccountId>(now_);
    account.login = "leader-" + std::to_string(++leaders_);
    account.display_name = "沈国平";
    account.principal = {Role::leader, unit, account.id};
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, account, "", now_));
    });
    Context context = as(Role::leader, unit);
    context.actor.account = account.id;
    return context;
  }
  int leaders_ = 0;
};

TEST_F(Calendars, OpenNothingOnceWhoeverMadeThemHasLeft) {
  planned_visit();
  const Context who = leader();
  const auto made =
      database_->write([&](Transaction& t) { return make_calendar(t, who, "沈国平"); });
  ASSERT_TRUE(made);
  const auto opens = [&] {
    return database_->read([&](Reading& reading) {
      return calendar_of(reading, anyone(), made->token.reveal_because("test")).has_value();
    });
  };
  EXPECT_TRUE(opens());
  write([&](Transaction& t) {
    accounts::disable_account(t, county_.region, who.actor.account, now_);
  });
  EXPECT_FALSE(opens());
}

TEST_F(Calendars, TheCountysHoldsWhatIsPublicAndALeadersTheirOwn) {
  const VisitId announced = published_visit();
  planned_visit();
  const auto in_public =
      database_->read([&](Reading& reading) { return public_calendar(reading, anyone()); });
  ASSERT_EQ(in_public.size(), 1U);
  EXPECT_EQ(in_public[0].id, announced);

  const Context who = leader();
  const auto made =
      database_->write([&](Transaction& t) { return make_calendar(t, who, "沈国平"); });
  ASSERT_TRUE(made);
  const std::string token = made->token.reveal_because("test");
  const auto count = [&](std::string_view given) {
    return database_->read([&](Reading& reading) {
      const auto own = calendar_of(reading, anyone(), given);
      return own ? static_cast<int>(own->visits.size()) : -1;
    });
  };
  EXPECT_EQ(count(token), 2);
  EXPECT_EQ(count(token + "0"), -1);
  EXPECT_EQ(count(""), -1);

  const auto revoked = [&](const Context& context) {
    const Outcome outcome = database_->write_job(
        [&](Transaction& t) { return revoke_calendar(t, context, made->calendar.id); });
    return outcome ? std::string("revoked") : outcome.error().key;
  };
  EXPECT_EQ(revoked(leader()), "visits.no_such_calendar");  // somebody else's
  EXPECT_EQ(revoked(who), "revoked");
  EXPECT_EQ(count(token), -1);
}

TEST_F(Calendars, KnowANameHoweverItsBlanksAreSet) {
  planned_visit();
  Planned spaced = some_visit();
  spaced.leader.name = "沈　国 平";
  ASSERT_TRUE(try_plan(spaced));
  const Context who = leader_in({});  // as the head of a county
  const auto made =
      database_->write([&](Transaction& t) { return make_calendar(t, who, "沈 国平"); });
  ASSERT_TRUE(made);
  const auto own = database_->read([&](Reading& reading) {
    return calendar_of(reading, anyone(), made->token.reveal_because("test"));
  });
  ASSERT_TRUE(own);
  EXPECT_EQ(own->visits.size(), 2U);
}

TEST_F(Calendars, AreMadeByWhoeverPlansOrGoes) {
  const auto made = database_->write(
      [&](Transaction& t) { return make_calendar(t, as(Role::handler, water_), "沈国平"); });
  EXPECT_EQ(made.error().key, "visits.not_allowed");
}

}  // namespace
}  // namespace minhu::visits
