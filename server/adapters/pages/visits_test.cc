// Visits as residents meet them: the next day on the first page, the list, booking, the waiting
// list, cancelling, the calendar, and the public report.
#include "adapters/pages/test_browser.h"
#include "features/visits/booking.h"
#include "features/visits/calendars.h"
#include "features/visits/posting_photos.h"
#include "features/visits/queue.h"
#include "features/visits/steps.h"

namespace minhu::pages {
namespace {

using visits::VisitId;
using Kind = visits::EventKind;

class VisitPages : public PagesWorld {
 protected:
  // Ten days ahead of the day of these tests: two places to book, one kept for walk-ins.
  VisitId planned(std::int64_t capacity = 3) {
    visits::Planned made;
    made.form = visits::Form::going_down;
    made.unit = county_.petition_office;
    made.leader = {"沈国平", "县长", "县政府全面工作", visits::Rank::county_head};
    made.place = "339901101201";
    made.place_words = "文化礼堂";
    made.begins.unix_ms = start_of_day(to_date(now_)).unix_ms + std::int64_t{10} * day_ms +
                          std::int64_t{9} * 3'600'000;
    made.ends.unix_ms = made.begins.unix_ms + std::int64_t{3} * 3'600'000;
    made.capacity = capacity;
    made.walk_in_quota = 1;
    made.waiting_places = 1;
    made.topics = "用水<script>";
    made.accessibility = "一楼，门口有坡道";
    const auto visit = database_->write([&](Transaction& t) {
      return visits::plan(t, dispatcher(), made, {static_cast<std::uint8_t>(++tokens_), 3});
    });
    EXPECT_TRUE(visit) << visit.error().key << visit.error().field;
    return visit->id;
  }
  void take(VisitId id, Kind kind, Fields fields = {}, bool posted = false) {
    visits::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    if (posted) {
      step.postings = {{"board", "上溪村村口公告栏", "照片已存", ""},
                       {"broadcast", "村广播", "早晚各一次", ""},
                       {"web", "县政府网站", "首页", ""}};
    }
    const auto visit = database_->write(
        [&](Transaction& t) { return visits::take_step(t, dispatcher(), id, step); });
    ASSERT_TRUE(visit) << visit.error().key << ' ' << visit.error().field;
  }
  VisitId announced(std::int64_t capacity = 3) {
    const VisitId id = planned(capacity);
    take(id, Kind::published, {}, true);
    return id;
  }
  static std::string address(VisitId id) { return "/visits/" + id.text(); }
  http::Response booked(VisitId id, Form more = {}) {
    Form form{field("token", value_of(get(address(id)).body, "token"))};
    form.insert(form.end(), more.begin(), more.end());
    return post(address(id), form);
  }
  static constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
  int tokens_ = 0;
};

TEST_F(VisitPages, TheFirstPageNamesTheNextDayOnceItIsAnnounced) {
  EXPECT_FALSE(holds(get("/").body, "/visits"));
  const VisitId id = planned();
  EXPECT_FALSE(holds(get("/").body, "/visits"));
  EXPECT_EQ(get(address(id)).status, 404);
  take(id, Kind::published, {}, true);
  EXPECT_TRUE(holds(get("/").body, "href=\"/visits\""));
  EXPECT_TRUE(holds(get("/").body, "下次领导下访"));
  EXPECT_TRUE(holds(get("/?lang=en").body, "Next visit of a leader"));
}

TEST_F(VisitPages, TheListSaysWhoWhereWhatAndWhetherThereIsRoom) {
  EXPECT_TRUE(holds(get("/visits").body, "现在还没有公布的下访日子"));
  const VisitId id = announced();
  const std::string list = get("/visits").body;
  EXPECT_TRUE(holds(list, "县长 沈国平"));
  EXPECT_TRUE(holds(list, "竹源镇 上溪村 文化礼堂"));
  EXPECT_TRUE(holds(list, "还能预约2批"));
  EXPECT_TRUE(holds(list, "用水&lt;script&gt;"));
  EXPECT_FALSE(holds(list, "用水<script>"));
  EXPECT_TRUE(holds(list, "href=\"" + address(id) + "\""));
  EXPECT_LE(list.size(), 20U * 1024);
  const std::string page = get(address(id)).body;
  EXPECT_TRUE(holds(page, "一楼，门口有坡道"));
  EXPECT_TRUE(holds(page, "分管：县政府全面工作"));
  EXPECT_TRUE(holds(page, "上溪村村口公告栏"));
  EXPECT_LE(page.size(), 20U * 1024);
}

TEST_F(VisitPages, AnAnnouncedDayThatNobodyHeldDoesNotGoAwayByItself) {
  announced();
  EXPECT_FALSE(holds(get("/visits").body, "没有如期办"));
  now_.unix_ms += std::int64_t{11} * day_ms;
  const std::string list = get("/visits").body;
  EXPECT_TRUE(holds(list, "公布过、没有如期办的"));
  EXPECT_TRUE(holds(list, "竹源镇 上溪村 文化礼堂。没有说明原因。"));
  // The day and the place; who did not come is nobody's list.
  EXPECT_FALSE(holds(list, "沈国平"));
  EXPECT_TRUE(holds(get("/visits?lang=en").body, "Nobody said why."));
  now_.unix_ms += std::int64_t{190} * day_ms;
  EXPECT_FALSE(holds(get("/visits").body, "没有如期办"));
}

TEST_F(VisitPages, ADayThatWasMovedStandsThereWithItsReasonOnceItIsOver) {
  const VisitId id = announced();
  const std::string later = format_instant({now_.unix_ms + 20 * day_ms}).substr(0, 10);
  take(id, Kind::rescheduled,
       {{"reason", "当天防汛"},
        {"instead", "new_date"},
        {"begins", later + " 09:00"},
        {"ends", later + " 12:00"}},
       true);
  EXPECT_FALSE(holds(get("/visits").body, "公布过、没有如期办的"));
  now_.unix_ms += std::int64_t{11} * day_ms;
  EXPECT_TRUE(holds(get("/visits").body, "竹源镇 上溪村 文化礼堂。原因：当天防汛"));
}

TEST_F(VisitPages, APhotoOfTheBoardIsThereForEverybodyAndGoneWhenItIsReplaced) {
  const VisitId id = planned();
  const auto photo = visits::seal_photo(dispatcher(), {"image/jpeg", to_bytes("\xFF\xD8 a board")});
  ASSERT_TRUE(photo);
  const std::string image = address(id) + "/photos/" + photo->photo.sha256;
  EXPECT_EQ(get(image).status, 404);
  visits::Step step;
  step.kind = Kind::published;
  step.postings = {{"board", "上溪村村口<b>公告栏", "", "", photo->photo},
                   {"broadcast", "村广播", "早晚各一次", ""},
                   {"web", "县政府网站", "首页", ""}};
  step.photos = {*photo};
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return visits::take_step(t, dispatcher(), id, step); }));

  const std::string page = get(address(id)).body;
  EXPECT_TRUE(holds(page, "src=\"" + image + "\" alt=\"张贴照片：上溪村村口&lt;b&gt;公告栏\""));
  EXPECT_TRUE(holds(page, "loading=\"lazy\""));
  const auto shown = get(image);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, "\xFF\xD8 a board");
  EXPECT_EQ(header(shown, "Content-Type"), "image/jpeg");
  EXPECT_EQ(header(shown, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(shown, "Content-Security-Policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(header(shown, "Cache-Control"), "public, max-age=86400, immutable");
  EXPECT_EQ(get(address(id) + "/photos/" + std::string(64, '0')).status, 404);
  EXPECT_EQ(get("/visits/x/photos/" + photo->photo.sha256).status, 404);
  EXPECT_EQ(get(address(announced()) + "/photos/" + photo->photo.sha256).status, 404);

  take(id, Kind::photo_replaced, {{"photo", photo->photo.sha256}, {"reason", "有人入镜"}});
  EXPECT_EQ(get(image).status, 404);
  const std::string after = get(address(id)).body;
  EXPECT_FALSE(holds(after, image));
  EXPECT_TRUE(holds(after, "公告栏的一张照片已经撤下，原因：有人入镜"));
}

TEST_F(VisitPages, WithoutATelephoneOneBooksSeesAndGivesBack) {
  const VisitId id = announced();
  const auto ticket = booked(id, {field("people", "2"), field("need_step_free", "yes")});
  ASSERT_EQ(ticket.status, 200) << ticket.body;
  EXPECT_EQ(number_on(ticket.body), "1");
  const std::string code = code_on(ticket.body);
  EXPECT_EQ(code.size(), 14U);  // 1234 5678 9012
  EXPECT_TRUE(holds(ticket.body, "您是第一位，大约09:00轮到您"));
  EXPECT_EQ(header(ticket, "Cache-Control"), "no-store");

  const std::string mine = address(id) + "/mine";
  const auto seen = post(mine, {field("number", "1"), field("code", code)});
  EXPECT_EQ(seen.status, 200);
  EXPECT_TRUE(holds(seen.body, "有号，等着轮到您"));
  const auto wrong = post(mine, {field("number", "1"), field("code", "1234 5678 9012")});
  EXPECT_EQ(wrong.status, 404);
  EXPECT_GT(wrong.hold.count(), 0);
  EXPECT_FALSE(holds(wrong.body, "有号，等着轮到您"));
  const auto gone =
      post(mine, {field("number", "1"), field("code", code), field("withdraw", "yes")});
  EXPECT_TRUE(holds(gone.body, "已经取消"));
  EXPECT_TRUE(holds(get("/visits").body, "还能预约2批"));
}

TEST_F(VisitPages, TheSameFormSentTwiceIsOneBooking) {
  const VisitId id = announced();
  const std::string token = value_of(get(address(id)).body, "token");
  const auto once = post(address(id), {field("token", token), field("phone", "13800000001")});
  const auto twice = post(address(id), {field("token", token), field("phone", "13800000001")});
  EXPECT_EQ(code_on(once.body), code_on(twice.body));
  EXPECT_TRUE(holds(get("/visits").body, "还能预约1批"));
  const auto other = booked(id, {field("phone", "138-0000-0001"), field("name", "王大娘")});
  EXPECT_EQ(other.status, 409);
  EXPECT_TRUE(holds(other.body, "一个电话只能约一个号"));
  EXPECT_TRUE(holds(other.body, "王大娘"));  // what was filled in is kept
}

TEST_F(VisitPages, ANameThatIsTooLongIsSaidPlainlyHoweverLongItIs) {
  const VisitId id = announced();
  for (const std::size_t length : {std::size_t{41}, std::size_t{200}, std::size_t{1000}}) {
    std::string name;
    for (std::size_t i = 0; i < length; ++i) name += "王";
    const auto refused = booked(id, {field("phone", "13800000001"), field("name", name)});
    EXPECT_EQ(refused.status, 400) << length;
    EXPECT_TRUE(holds(refused.body, "名字最多 40 个字，所以还没有约上；您填的都还在")) << length;
    EXPECT_FALSE(holds(refused.body, "“name”"));
    EXPECT_TRUE(holds(refused.body, "value=\"" + name + "\""));
    EXPECT_TRUE(holds(refused.body, "value=\"13800000001\""));
  }
  EXPECT_EQ(booked(id, {field("name", std::string(40, 'w'))}).status, 200);
}

TEST_F(VisitPages, WhoGaveTheirNumberBackAndSendsTheOldFormIsToldSoAndGetsANewOneByTheNext) {
  const VisitId id = announced();
  const std::string token = value_of(get(address(id)).body, "token");
  const auto first = post(address(id), {field("token", token)});
  post(address(id) + "/mine",
       {field("number", "1"), field("code", code_on(first.body)), field("withdraw", "yes")});
  const auto again = post(address(id), {field("token", token)});
  EXPECT_EQ(again.status, 409);
  EXPECT_TRUE(holds(again.body, "这个号已经取消了"));
  EXPECT_FALSE(holds(again.body, code_on(first.body)));
  const std::string anew = value_of(again.body, "token");
  EXPECT_NE(anew, token);
  EXPECT_EQ(number_on(post(address(id), {field("token", anew)}).body), "2");
}

TEST_F(VisitPages, WhenItIsFullOneWaitsAndMovesUpAndIsThenToldPlainly) {
  const VisitId id = announced();
  const auto first = booked(id);
  booked(id);
  EXPECT_TRUE(holds(get(address(id)).body, "现在填的是候补"));
  EXPECT_TRUE(holds(get(address(id)).body, ">排候补</button>"));
  EXPECT_TRUE(holds(get("/visits").body, ">排这一天的候补<"));
  EXPECT_TRUE(holds(get("/visits").body, "还能排候补（现在还没有人候补）"));
  EXPECT_FALSE(holds(get("/visits").body, "预约这一天"));
  const auto listed = booked(id);
  EXPECT_TRUE(holds(listed.body, "排上候补了：第3号"));
  EXPECT_FALSE(holds(get(address(id)).body, "name=\"token\""));  // no form that leads nowhere
  EXPECT_TRUE(holds(get("/visits").body, "当天留有1个号给直接来的人"));
  EXPECT_TRUE(holds(get("/visits").body, ">看看这一天<"));
  const auto full = post(address(id), {field("token", std::string(32, 'a'))});
  EXPECT_EQ(full.status, 409);
  EXPECT_TRUE(holds(full.body, "已经约满，候补也排了 1 批"));
  post(address(id) + "/mine",
       {field("number", "1"), field("code", code_on(first.body)), field("withdraw", "yes")});
  const auto seen =
      post(address(id) + "/mine", {field("number", "3"), field("code", code_on(listed.body))});
  EXPECT_TRUE(holds(seen.body, "有号，等着轮到您"));
}

TEST_F(VisitPages, OtherSitesBookNothing) {
  const VisitId id = announced();
  http::Request request;
  request.method = http::Method::post;
  request.path = address(id);
  request.headers = {{"host", "minhu.test"}, {"sec-fetch-site", "cross-site"}};
  request.parts = {field("token", std::string(32, 'b'))};
  EXPECT_EQ(dispatch(request).status, 403);
  EXPECT_EQ(get("/visits/0190aaaa-0000-7000-8000-00000000cafe").status, 404);
  EXPECT_EQ(get("/visits/x").status, 404);
}

TEST_F(VisitPages, AMovedAndACancelledDaySayWhyAndWhatInstead) {
  const VisitId id = announced();
  const std::string code = code_on(booked(id).body);
  const auto own_page = [&] {
    return post(address(id) + "/mine", {field("number", "1"), field("code", code)}).body;
  };
  EXPECT_FALSE(holds(own_page(), "改过"));
  const std::string later = format_instant({now_.unix_ms + 17 * day_ms}).substr(0, 10);
  take(id, Kind::rescheduled,
       {{"reason", "县里开防汛会"},
        {"instead", "new_date"},
        {"begins", later + " 09:00"},
        {"ends", later + " 12:00"}},
       true);
  EXPECT_TRUE(holds(get("/visits").body, "县里开防汛会"));
  EXPECT_TRUE(holds(get(address(id)).body, "县里开防汛会"));
  EXPECT_TRUE(holds(own_page(), "县里开防汛会"));
  EXPECT_TRUE(holds(own_page(), "有号，等着轮到您"));
  take(id, Kind::cancelled,
       {{"reason", "台风"},
        {"instead", "substitute"},
        {"leader_name", "陈立"},
        {"leader_post", "县委书记"},
        {"leader_portfolio", "县委全面工作"},
        {"leader_rank", "county_head"}},
       true);
  const std::string list = get("/visits").body;
  EXPECT_TRUE(holds(list, "取消了"));
  EXPECT_TRUE(holds(list, "改由县委书记 陈立接待"));
  EXPECT_FALSE(holds(list, "href=\"" + address(id) + "\""));
  EXPECT_TRUE(holds(own_page(), "这一天取消了，您的号不用了"));
  EXPECT_TRUE(holds(own_page(), "改由县委书记 陈立接待"));
  EXPECT_FALSE(holds(own_page(), "等着轮到您"));
  EXPECT_FALSE(holds(get("/").body, "href=\"/visits\""));
}

TEST_F(VisitPages, TheCalendarsFollow) {
  const VisitId id = announced();
  const auto calendar = get("/visits.ics");
  EXPECT_EQ(header(calendar, "Content-Type"), "text/calendar; charset=utf-8");
  EXPECT_EQ(header(calendar, "Vary"), "Cookie, Accept-Language");
  EXPECT_TRUE(holds(calendar.body, "UID:" + id.text() + "@339901.minhu\r\n"));
  EXPECT_TRUE(holds(calendar.body, "SUMMARY:领导下访：县长 沈国平\r\n"));
  EXPECT_TRUE(holds(calendar.body, "SEQUENCE:0\r\n"));
  EXPECT_TRUE(holds(calendar.body, "STATUS:CONFIRMED\r\n"));

  planned();  // nobody else may know of it
  cases::Context leader = as(Role::leader, county_.petition_office);
  accounts::Account account;
  account.id = entropy_.id<accounts::AccountId>(now_);
  account.login = "leader-of-the-calendar";
  account.principal = {Role::leader, county_.petition_office, account.id};
  ASSERT_TRUE(database_->write([&](Transaction& t) {
    return accounts::create_account(t, county_.region, account, "", now_);
  }));
  leader.actor.account = account.id;
  const auto own =
      database_->write([&](Transaction& t) { return visits::make_calendar(t, leader, "沈国平"); });
  ASSERT_TRUE(own);
  const auto feed = get("/visits/calendar/" + own->token.reveal_because("test"));
  EXPECT_EQ(feed.status, 200);
  EXPECT_TRUE(holds(feed.body, "STATUS:TENTATIVE\r\n"));
  EXPECT_EQ(header(feed, "Cache-Control"), "private, no-store");
  EXPECT_EQ(get("/visits/calendar/" + std::string(64, '0')).status, 404);
  EXPECT_FALSE(holds(get("/visits.ics").body, "TENTATIVE"));
}

TEST_F(VisitPages, TheReportNamesNobodyAndCountsOnlyFromFive) {
  const VisitId id = announced(6);
  now_ = database_->read(
      [&](Reading& reading) { return visits::visit(reading, county_.region, id)->begins; });
  take(id, Kind::opened);
  for (std::uint8_t i = 1; i <= 4; ++i) {
    const auto group = database_->write([&](Transaction& t) {
      return visits::walk_in(t, dispatcher(), id, visits::Booking{}, cases::ClientToken{i, 8});
    });
    ASSERT_TRUE(group);
    const auto called = database_->write([&](Transaction& t) {
      return visits::call_next(t, dispatcher(), id, cases::ClientToken{i, 9});
    });
    ASSERT_TRUE(called);
    const auto receipt = receive_words(dispatcher(), some_words(static_cast<std::uint8_t>(40 + i)));
    ASSERT_TRUE(receipt);
    ASSERT_TRUE(database_->write_job([&](Transaction& t) {
      return visits::record_case(t, dispatcher(), id, group->group, receipt->case_id, true);
    }));
    ASSERT_TRUE(database_->write([&](Transaction& t) {
      return visits::move_group(t, dispatcher(), id, group->group, Kind::done,
                                cases::ClientToken{i, 10});
    }));
    must(dispatcher(), receipt->case_id, cases::EventKind::triaged, {{"category", "minhu:01"}});
    must(dispatcher(), receipt->case_id, cases::EventKind::answered_on_spot,
         {{"public_answer", "今天派人去修。"}, {"outcome", "supported"}});
  }
  take(id, Kind::instructed);
  take(id, Kind::assigned);
  take(id, Kind::followed_up, {{"words", "都看过现场。"}});
  take(id, Kind::reported, {{"words", "四件都当场答复。"}});
  const std::string list = get("/visits").body;
  EXPECT_TRUE(holds(list, "四件都当场答复。"));
  EXPECT_TRUE(holds(list, "接待群众不到5批"));
  EXPECT_FALSE(holds(list, "当场解决 4 件"));
}

}  // namespace
}  // namespace minhu::pages
