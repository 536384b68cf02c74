// 200 people press "book" in the same moment; there are 20 places. Real sockets, real threads, the
// real server, the real database: 20 have a place, the others are told plainly, nobody has two, and
// the order can be proved from the events.
#include <atomic>
#include <map>
#include <thread>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "adapters/http_beast/server_for_tests.h"
#include "adapters/pages/test_browser.h"
#include "features/visits/audit_queue.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"

namespace minhu::pages {
namespace {

constexpr int people = 200;
constexpr std::int64_t places = 20;
constexpr std::int64_t on_the_list = 30;

class ACrowd : public PagesWorld {
 protected:
  visits::VisitId announced() {
    visits::Planned made;
    made.form = visits::Form::going_down;
    made.unit = county_.petition_office;
    made.leader = {"沈国平", "县长", "县政府全面工作", visits::Rank::county_head};
    made.place = "339901101201";
    made.place_words = "文化礼堂";
    made.begins.unix_ms = now_.unix_ms + std::int64_t{10} * 24 * 3'600'000;
    made.ends.unix_ms = made.begins.unix_ms + std::int64_t{2} * 3'600'000;
    made.capacity = places + 4;
    made.walk_in_quota = 4;
    made.waiting_places = on_the_list;
    made.accessibility = "一楼";
    visits::Step step;
    step.kind = visits::EventKind::published;
    step.postings = {{"board", "村口公告栏", "照片已存", ""},
                     {"broadcast", "村广播", "早晚各一次", ""},
                     {"web", "县政府网站", "首页", ""}};
    const auto visit = database_->write([&](Transaction& t) -> Result<visits::Visit> {
      MINHU_TRY(const visits::Visit planned, visits::plan(t, dispatcher(), made, {1}));
      return visits::take_step(t, dispatcher(), planned.id, step);
    });
    EXPECT_TRUE(visit) << visit.error().key;
    return visit->id;
  }

  static std::string request(visits::VisitId id, int who, const std::string& phone) {
    char token[33];
    std::snprintf(token, sizeof token, "%032x", who + 1);
    const std::string body = std::string("token=") + token + "&people=1&phone=" + phone;
    return "POST /visits/" + id.text() +
           " HTTP/1.1\r\nHost: minhu.test\r\nSec-Fetch-Site: same-origin\r\n"
           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  // Everybody at once; the answer of each.
  static std::vector<http_beast::RawAnswer> all_at_once(std::uint16_t port,
                                                        const std::vector<std::string>& requests) {
    std::vector<http_beast::RawAnswer> answers(requests.size());
    std::atomic<bool> go = false;
    std::vector<std::thread> crowd;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      crowd.emplace_back([&, i] {
        http_beast::RawClient client(port);
        while (!go) std::this_thread::yield();
        client.send(requests[i]);
        answers[i] = client.answer();
      });
    }
    go = true;
    for (std::thread& one : crowd) one.join();
    return answers;
  }
  std::vector<visits::Event> events_of(visits::VisitId id) {
    return database_->read(
        [&](Reading& reading) { return visits::load_events(reading, county_.region, id); });
  }
};

TEST_F(ACrowd, OfTwoHundredTwentyHaveAPlaceAndEverybodyIsToldPlainly) {
  const visits::VisitId id = announced();
  http_beast::TestServer server(routes_);
  std::vector<std::string> requests;
  for (int i = 0; i < people; ++i) {
    requests.push_back(request(id, i, "138" + std::to_string(10000000 + i)));
  }
  const auto answers = all_at_once(server.port(), requests);
  std::int64_t booked = 0;
  std::int64_t listed = 0;
  std::int64_t full = 0;
  std::map<std::string, std::string> codes;  // by number
  for (const auto& answer : answers) {
    const std::string number = number_on(answer.body);
    if (answer.status == 200) {
      EXPECT_TRUE(codes.emplace(number, code_on(answer.body)).second) << "double: " << number;
      const bool waits = holds(answer.body, "排上候补了");
      ++(waits ? listed : booked);
      EXPECT_EQ(holds(answer.body, "约上了"), !waits);
      EXPECT_EQ(std::stoll(number) > places, waits);
    } else {
      EXPECT_EQ(answer.status, 409);
      EXPECT_TRUE(holds(answer.body, "已经约满，候补也排了 30 批"));
      ++full;
    }
  }
  EXPECT_EQ(booked, places);
  EXPECT_EQ(listed, on_the_list);
  EXPECT_EQ(full, people - places - on_the_list);
  const auto events = events_of(id);
  EXPECT_TRUE(visits::audit_queue(events).empty());
  const visits::Visit visit = visits::visit_from(events);
  EXPECT_EQ(visit.taken(), places);
  EXPECT_EQ(visit.groups.size(), static_cast<std::size_t>(places + on_the_list));
}

TEST_F(ACrowd, OneTelephoneFromManyWindowsHasOnePlace) {
  const visits::VisitId id = announced();
  http_beast::TestServer server(routes_);
  std::vector<std::string> requests;
  for (int i = 0; i < 40; ++i) requests.push_back(request(id, i, "13800000001"));
  const auto answers = all_at_once(server.port(), requests);
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(),
                          [](const auto& answer) { return answer.status == 200; }),
            1);
  EXPECT_EQ(visits::visit_from(events_of(id)).groups.size(), 1U);
}

TEST_F(ACrowd, OneFormSentAgainAndAgainIsOneBooking) {
  const visits::VisitId id = announced();
  http_beast::TestServer server(routes_);
  const std::vector<std::string> requests(40, request(id, 7, "13800000001"));
  const auto answers = all_at_once(server.port(), requests);
  for (const auto& answer : answers) {
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(number_on(answer.body), "1");
    EXPECT_EQ(code_on(answer.body), code_on(answers[0].body));
  }
  EXPECT_EQ(visits::visit_from(events_of(id)).groups.size(), 1U);
}

}  // namespace
}  // namespace minhu::pages
