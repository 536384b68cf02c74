// Leaders' visits of the demo county: two that are over, with what came of them, and those of the
// next weeks with their bookings. The matters of a day that is over are cases that came in on it,
// so that the visits change no case.
#include <algorithm>
#include <array>
#include <map>

#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/visits/booking.h"
#include "features/visits/queue.h"
#include "features/visits/steps.h"
#include "kernel/crypto.h"

namespace minhu::demo {

namespace {

using visits::EventKind;
using visits::Visit;
using Fields = std::map<std::string, std::string, std::less<>>;

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::size_t most_groups = 7;
constexpr std::int64_t announced_before = 10;

cases::ClientToken token_of(const std::string& name) {
  const Digest digest = sha256(as_bytes("demo visit " + name));
  cases::ClientToken token{};
  std::copy_n(digest.begin(), token.size(), token.begin());
  return token;
}

struct MatterOfTheDay {
  cases::CaseId id;
  std::string place;
};
using Days = std::map<Date, std::vector<MatterOfTheDay>>;

struct Plan {
  std::string name;
  visits::Leader leader;
  Date day;
  std::string place;
  std::string place_words;
  std::string topics;
};

class Visiting {
 public:
  Visiting(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy, Date today)
      : county_(county), keyring_(keyring), entropy_(entropy), today_(today) {}

  Outcome put(Database& database) {
    return database.write_job([&](Transaction& transaction) -> Outcome {
      transaction_ = &transaction;
      MINHU_CHECK_OK(put_past());
      return put_coming();
    });
  }

 private:
  // At that hour of that day.
  cases::Context as(accounts::Role role, Date day, std::int64_t minutes) {
    const Instant now{start_of_day(day, county_.rules.zone).unix_ms + minutes * 60'000};
    return {county_, keyring_, entropy_, now, {role, unit_for(role), {}}};
  }
  UnitId unit_for(accounts::Role role) const {
    if (role == accounts::Role::anyone || role == accounts::Role::system) return {};
    return role == accounts::Role::supervisor ? unit_id("inspection") : county_.petition_office;
  }

  Outcome take(const Visit& visit, accounts::Role role, Date day, std::int64_t minutes,
               EventKind kind, Fields fields = {}, std::vector<visits::Posting> postings = {}) {
    visits::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    step.postings = std::move(postings);
    const auto taken = visits::take_step(*transaction_, as(role, day, minutes), visit.id, step);
    if (!taken) return tl::unexpected<Fault>(taken.error());
    return {};
  }
  std::vector<visits::Posting> postings(const Plan& plan) {
    return {{"board", plan.place_words + "门口公告栏", "照片已存档，村务监督委员会到场", ""},
            {"broadcast", "全村广播", "早晚各播一次，连播五天", ""},
            {"household", "网格员入户告知", "入户登记表已存档", ""},
            {"web", "县政府网站公示栏", "首页置顶", ""}};
  }

  // Nothing when it was put before.
  Result<std::optional<Visit>> announced(const Plan& plan) {
    visits::Planned planned;
    planned.form = visits::Form::going_down;
    planned.unit = county_.petition_office;
    planned.leader = plan.leader;
    planned.place = plan.place;
    planned.place_words = plan.place_words;
    planned.begins = as(accounts::Role::clerk, plan.day, 9 * 60).now;
    planned.ends.unix_ms = planned.begins.unix_ms + 3 * hour_ms;
    planned.topics = plan.topics;
    planned.accessibility = "一楼，门口有坡道；听不清、走不动的，有人接、有人陪";
    planned.languages = "普通话、本地话、手语";
    const Date day = std::min(plan.day, today_) - std::chrono::days(announced_before);
    MINHU_TRY(const Visit visit,
              visits::plan(*transaction_, as(accounts::Role::dispatcher, day, 9 * 60), planned,
                           token_of(plan.name)));
    if (visit.state != visits::State::planned) return std::optional<Visit>();
    MINHU_CHECK_OK(take(visit, accounts::Role::dispatcher, day, 10 * 60, EventKind::published, {},
                        postings(plan)));
    return std::optional(visit);
  }

  Outcome book(const Visit& visit, const std::string& name, Date day, int serial) {
    visits::Contact contact;
    // No network of China gives numbers that begin so.
    contact.phone = "0000" + std::to_string(7'000'000 + serial);
    if (serial % 3 == 0) contact.needs.push_back(visits::Need::step_free);
    if (serial % 5 == 0) contact.needs.push_back(visits::Need::interpreter);
    visits::Booking booking;
    booking.way = serial % 4 == 0 ? visits::Way::phone : visits::Way::page;
    booking.people = 1 + serial % 3;
    booking.contact = Sealed(std::move(contact));
    const auto role =
        booking.way == visits::Way::page ? accounts::Role::anyone : accounts::Role::clerk;
    const auto booked = visits::book(*transaction_, as(role, day, 11 * 60 + serial), visit.id,
                                     booking, token_of(name + " " + std::to_string(serial)));
    if (!booked) return tl::unexpected<Fault>(booked.error());
    return {};
  }

  // Days with the matters that came in on them, of the last three months.
  Days matters() {
    Days days;
    const auto at = [&](Date day) { return start_of_day(day, county_.rules.zone).unix_ms; };
    transaction_->query(
        "SELECT case_id, received_at, place FROM case_file WHERE region_id = ?1 "
        "AND received_at >= ?2 AND received_at < ?3 AND track = 'petition' "
        "AND channel IN ('visit', 'face_to_face', 'phone', 'letter') AND state <> 'held' "
        "AND state <> 'registered' AND state <> 'triaged' AND erased = 0 ORDER BY case_id",
        {param(county_.region), at(today_ - std::chrono::days(100)),
         at(today_ - std::chrono::days(15))},
        [&](const Row& row) {
          const Date day = to_date(row.instant(1), county_.rules.zone);
          const unsigned weekday = std::chrono::weekday(day).iso_encoding();
          if (weekday > 5) return;
          days[day].push_back({row.id<cases::CaseId>(0), std::string(row.text(2))});
        });
    return days;
  }

  Outcome put_past() {
    const Days days = matters();
    std::vector<Date> fullest;
    for (const auto& [day, list] : days) fullest.push_back(day);
    std::stable_sort(fullest.begin(), fullest.end(),
                     [&](Date a, Date b) { return days.at(a).size() > days.at(b).size(); });
    if (fullest.size() > 2) fullest.resize(2);
    int serial = 0;
    for (const Date day : fullest) {
      const auto& list = days.at(day);
      const std::string place =
          list.front().place.empty() ? std::to_string(county_.region.value) : list.front().place;
      const Plan plan{"past " + format_date(day),
                      {"沈国平", "县委副书记、县长", "县政府全面工作", visits::Rank::county_head},
                      day,
                      place,
                      "文化礼堂",
                      "用水、道路、村里的账"};
      MINHU_CHECK_OK(held(plan, list, ++serial));
    }
    return {};
  }

  Outcome held(const Plan& plan, const std::vector<MatterOfTheDay>& list, int serial) {
    MINHU_TRY(const auto visit, announced(plan));
    if (!visit) return {};
    const Date booked_on = plan.day - std::chrono::days(announced_before);
    const std::size_t groups = std::min(list.size(), most_groups);
    for (std::size_t i = 0; i < groups; ++i) {
      MINHU_CHECK_OK(book(*visit, plan.name, booked_on, serial * 100 + static_cast<int>(i)));
      if (i + 2 >= groups) break;  // the others walk in
    }
    const auto clerk = [&](std::int64_t minutes) {
      return as(accounts::Role::clerk, plan.day, minutes);
    };
    MINHU_CHECK_OK(take(*visit, accounts::Role::clerk, plan.day, 9 * 60, EventKind::opened));
    std::int64_t minutes = 9 * 60;
    for (std::size_t i = 0; i < groups; ++i, minutes += 20) {
      const auto now = visits::visit(*transaction_, county_.region, visit->id);
      if (visits::next_in(*now) == nullptr) {
        const auto came =
            visits::walk_in(*transaction_, clerk(minutes), visit->id, visits::Booking{},
                            token_of(plan.name + " walk-in " + std::to_string(i)));
        if (!came) return tl::unexpected<Fault>(came.error());
      }
      MINHU_TRY(const visits::Group group,
                visits::call_next(*transaction_, clerk(minutes + 1), visit->id,
                                  token_of(plan.name + " next " + std::to_string(i))));
      for (const EventKind kind : {EventKind::speaking, EventKind::done}) {
        if (kind == EventKind::done) {
          MINHU_CHECK_OK(visits::record_case(*transaction_, clerk(minutes + 15), visit->id,
                                             group.id, list[i].id, true));
        }
        MINHU_TRY(const Visit moved,
                  visits::move_group(*transaction_, clerk(minutes + 15), visit->id, group.id, kind,
                                     token_of(plan.name + " step " + std::to_string(i))));
        (void)moved;
      }
    }
    MINHU_CHECK_OK(take(*visit, accounts::Role::clerk, plan.day, 13 * 60, EventKind::instructed));
    const Date week = plan.day + std::chrono::days(7);
    MINHU_CHECK_OK(take(*visit, accounts::Role::clerk, week, 9 * 60, EventKind::assigned));
    const Date after = plan.day + std::chrono::days(14);
    MINHU_CHECK_OK(take(*visit, accounts::Role::clerk, after, 9 * 60, EventKind::followed_up,
                        {{"words", "承办单位逐件回头看，没有办完的已经催办。"}}));
    return take(
        *visit, accounts::Role::dispatcher, after, 10 * 60, EventKind::reported,
        {{"words", "来的群众都当面听了，每一件都登记、给了编号，没有办完的由承办单位接着办。"},
         {"why_not_possible", "政策没有规定的，已经当面说明，并告知可以走的别的路。"}});
  }

  Outcome put_coming() {
    const visits::Leader head{"沈国平", "县委副书记、县长", "县政府全面工作",
                              visits::Rank::county_head};
    const visits::Leader deputy{"叶静", "副县长", "水利、农业农村", visits::Rank::county_deputy};
    const auto places = two_places();
    if (places.empty()) return {};
    const std::array<Plan, 3> plans{
        Plan{"coming 1", deputy, workday(6), places.front(), "便民服务中心一楼", "用水、灌溉"},
        Plan{"coming 2", head, workday(12), places.back(), "文化礼堂", "道路、村里的账"},
        Plan{"coming 3", deputy, workday(20), places.front(), "文化礼堂", ""}};
    const std::array<int, 3> bookings{9, 3, 0};
    for (std::size_t i = 0; i < plans.size(); ++i) {
      MINHU_TRY(const auto visit, announced(plans[i]));
      if (!visit) continue;
      const Date booked_on = today_ - std::chrono::days(announced_before);
      for (int serial = 0; serial < bookings[i]; ++serial) {
        MINHU_CHECK_OK(
            book(*visit, plans[i].name, booked_on, 1000 * static_cast<int>(i + 1) + serial));
      }
      if (i != 1) continue;
      // Announced for one day and moved to another: everybody is told why.
      const std::string later = format_date(workday(14));
      MINHU_CHECK_OK(take(*visit, accounts::Role::dispatcher, today_ - std::chrono::days(1), 9 * 60,
                          EventKind::rescheduled,
                          {{"reason", "原定那天县里开防汛会商会，改后两天。"},
                           {"instead", "new_date"},
                           {"begins", later + " 09:00"},
                           {"ends", later + " 12:00"}},
                          postings(plans[i])));
    }
    return {};
  }

  Date workday(int days) const {
    Date day = today_ + std::chrono::days(days);
    while (std::chrono::weekday(day).iso_encoding() > 5) day += std::chrono::days(1);
    return day;
  }
  // Of the county, by code: the first village and the last.
  std::vector<std::string> two_places() {
    auto codes = transaction_->all("SELECT code FROM place WHERE region_id = ?1 ORDER BY code",
                                   {param(county_.region)},
                                   [](const Row& row) { return std::string(row.text(0)); });
    constexpr std::size_t digits_of_a_village = 12;
    std::erase_if(codes,
                  [](const std::string& code) { return code.size() != digits_of_a_village; });
    if (codes.size() > 2) codes = {codes.front(), codes.back()};
    return codes;
  }

  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  const Date today_;
  Transaction* transaction_ = nullptr;
};

}  // namespace

Outcome put_visits(Database& database, const cases::County& county, const cases::Keyring& keyring,
                   Entropy& entropy, Date today) {
  return Visiting(county, keyring, entropy, today).put(database);
}

}  // namespace minhu::demo
