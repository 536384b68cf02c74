// Two tablets of the petition office: one that took a morning down three days ago and holds the
// numbers of the next reception, one that was lost. Nothing in what was said is a real text.
#include "features/demo/receptions.h"

#include <algorithm>
#include <array>

#include "features/demo/book.h"
#include "features/receptions/record.h"
#include "kernel/crypto.h"

namespace minhu::demo {

namespace {

using receptions::Decision;
using receptions::DeviceId;

constexpr std::int64_t minute_ms = 60'000;

struct Heard {
  std::string_view text;
  std::string_view request;
  std::string_view leader_words;
  Decision decision;
  std::string_view unit;    // of Decision::unit
  std::string_view answer;  // of Decision::on_spot
  std::int64_t people;
};
constexpr std::array morning{
    Heard{"村口的路灯坏了大半年，晚上孩子放学要打着手电走。", "把路灯修好。",
          "这个不难，住建局派人去看，一周里修好，修好了告诉大家。", Decision::unit, "housing", "",
          2},
    Heard{"三口水塘淤了十几年，天一旱田里就没有水。", "清一清淤。",
          "水利局先去量，能列进今年冬修的就列进去，列不进的把话讲清楚。", Decision::unit, "water",
          "", 5},
    Heard{"老人办补贴，窗口说缺一张表，跑了三趟。", "一次说清楚要带什么。",
          "就在这里办，缺的表我们自己找。", Decision::on_spot, "",
          "表由窗口从别的部门调取，当场受理；要带的材料已经写成一张单子交给老人。", 1},
    Heard{"村里的账贴出来看不懂，想知道修路的钱花在哪里。", "请人讲一讲。",
          "镇里派人到村里开会，一笔一笔讲。", Decision::none, "", "", 1},
};

cases::ClientToken token_of(std::string_view name) {
  const Digest digest = sha256(as_bytes("demo reception " + std::string(name)));
  cases::ClientToken token{};
  std::copy_n(digest.begin(), token.size(), token.begin());
  return token;
}
template <class SomeId>
SomeId id_of(std::string_view name) {
  return SomeId(Uuid(token_of(name)));
}

class Receiving {
 public:
  Receiving(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy,
            Date today)
      : county_(county), keyring_(keyring), entropy_(entropy), today_(today) {}

  Outcome put(Transaction& transaction) {
    transaction_ = &transaction;
    // A second time changes nothing.
    if (!receptions::devices(transaction, at(0, 0)).empty()) return {};
    MINHU_CHECK_OK(put_morning(id_of<DeviceId>("tablet 1")));
    return put_lost(id_of<DeviceId>("tablet 2"));
  }

 private:
  cases::Context at(int days_ago, std::int64_t minutes) const {
    const Date day = today_ - std::chrono::days(days_ago);
    const Instant now{start_of_day(day, county_.rules.zone).unix_ms + minutes * minute_ms};
    return {county_,
            keyring_,
            entropy_,
            now,
            {accounts::Role::dispatcher, county_.petition_office, account_id("xinfang-paidan")}};
  }

  Outcome put_morning(DeviceId tablet) {
    MINHU_TRY(const cases::GivenBlock block,
              receptions::allot(*transaction_, at(3, 8 * 60), tablet, {"接待平板一号", {}, 6},
                                token_of("block 1")));
    for (std::size_t i = 0; i < morning.size(); ++i) {
      const std::int64_t begun = 9 * 60 + static_cast<std::int64_t>(i) * 25;
      MINHU_CHECK_OK(keep(tablet, morning[i], block.numbers[i].number, begun));
    }
    // Of the reception that comes next, so that the tablet can go there without a network.
    const auto coming = visits::between(*transaction_, county_.region, at(0, 0).now, at(-8, 0).now);
    const auto next = std::find_if(coming.begin(), coming.end(), [](const visits::VisitRow& row) {
      return row.is_public && row.form != visits::Form::field;
    });
    if (next == coming.end()) return {};
    MINHU_TRY(const cases::GivenBlock ahead,
              receptions::allot(*transaction_, at(1, 16 * 60), tablet,
                                {"接待平板一号", next->id, 12}, token_of("block 2")));
    static_cast<void>(ahead);
    return {};
  }

  Outcome keep(DeviceId tablet, const Heard& heard, const std::string& number, std::int64_t begun) {
    receptions::Session session;
    session.id = id_of<receptions::SessionId>("session " + number);
    session.number = number;
    session.begun_at = at(3, begun).now;
    session.ended_at = at(3, begun + 20).now;
    session.people = heard.people;
    session.text = heard.text;
    session.request = heard.request;
    session.officials = "县委副书记、县长 沈国平\n信访局局长";
    session.leader_words = heard.leader_words;
    session.decision = heard.decision;
    session.answer = heard.answer;
    if (heard.decision == Decision::on_spot) {
      session.outcome = cases::name(cases::AnswerOutcome::supported);
    }
    if (heard.decision == Decision::unit) {
      session.unit = unit_id(heard.unit);
      session.due = format_date(today_ + std::chrono::days(10));
      session.sponsor = "县委副书记、县长 沈国平";
    }
    session.article27.solve = heard.decision != Decision::none;
    session.article27.explain = heard.decision == Decision::none;
    session.read_back = true;
    // The tablet came back into the network at noon.
    const cases::Context noon = at(3, 12 * 60);
    MINHU_TRY(const auto prepared, receptions::prepare(*transaction_, noon, tablet, session, {}));
    MINHU_TRY(const auto kept, receptions::keep(*transaction_, noon, tablet, prepared));
    static_cast<void>(kept);
    return {};
  }

  // Its numbers open nothing any more.
  Outcome put_lost(DeviceId tablet) {
    MINHU_TRY(const cases::GivenBlock block,
              receptions::allot(*transaction_, at(40, 8 * 60), tablet, {"接待平板二号", {}, 10},
                                token_of("block 3")));
    static_cast<void>(block);
    return receptions::take_out_of_use(*transaction_, at(38, 17 * 60), tablet);
  }

  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  const Date today_;
  Transaction* transaction_ = nullptr;
};

}  // namespace

Outcome put_receptions(Database& database, const cases::County& county,
                       const cases::Keyring& keyring, Entropy& entropy, Date today) {
  return database.write_job([&](Transaction& transaction) {
    return Receiving(county, keyring, entropy, today).put(transaction);
  });
}

}  // namespace minhu::demo
