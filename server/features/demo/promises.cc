// What leaders of the demo county promised: kept, owed, overdue, moved, one case taken on; and a
// post whose hand-over waits for the second signature, which whoever plays the leader can give.
#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/promises/relays.h"
#include "features/promises/steps.h"
#include "kernel/crypto.h"

namespace minhu::demo {

namespace {

using accounts::Role;
using promises::EventKind;
using promises::PromiseId;
using Fields = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view leader_login = "xian-lingdao";
constexpr std::string_view predecessor_login = "yanshi-qianren";

struct Said {
  std::string matter;
  std::string words;
  std::string in_public;
  std::string_view unit;
  int days_ago = 0;
  int days_to_go = 0;  // from today; below zero: overdue
};

class Promising {
 public:
  Promising(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy,
            Date today)
      : county_(county), keyring_(keyring), entropy_(entropy), today_(today) {}

  Outcome put(Transaction& transaction) {
    transaction_ = &transaction;
    // A second time changes nothing.
    if (!promises::all_posts(transaction, county_.region).empty()) return {};
    MINHU_CHECK_OK(put_holders());
    MINHU_TRY(const auto deputy, post("分管副县长", leader_login));
    MINHU_TRY(const auto second, post("副县长（联系东片乡镇）", predecessor_login));
    MINHU_CHECK_OK(put_owed(deputy));
    MINHU_CHECK_OK(put_kept(deputy));
    MINHU_CHECK_OK(put_case(deputy));
    return put_relay(second);
  }

 private:
  cases::Context as(Role role, std::string_view unit, std::string_view login, int days_ago) {
    const Date day = today_ - std::chrono::days(days_ago);
    const Instant now{start_of_day(day, county_.rules.zone).unix_ms + 10 * 3'600'000};
    return {
        county_, keyring_, entropy_, now, {role, unit_id(unit), account_id(std::string(login))}};
  }
  cases::Context clerk(int days_ago) {
    return as(Role::clerk, "petition", "xinfang-jiedai", days_ago);
  }
  cases::Context sender(int days_ago) {
    return as(Role::dispatcher, "petition", "xinfang-paidan", days_ago);
  }
  cases::Context watcher(int days_ago) {
    return as(Role::supervisor, "inspection", "ducha", days_ago);
  }
  cases::Context leader(int days_ago) {
    return as(Role::leader, "government", leader_login, days_ago);
  }
  std::string day(int days_from_today) const {
    return format_date(today_ + std::chrono::days(days_from_today));
  }

  // Holders of posts are accounts of the county; who plays the leader has the demo's login.
  Outcome put_holders() {
    for (const auto& [login, name] :
         {std::pair{leader_login, "县领导"}, std::pair{predecessor_login, "演示副县长丙"}}) {
      if (accounts::find_account_by_login(*transaction_, county_.region, login)) continue;
      accounts::Account account;
      account.id = account_id(std::string(login));
      account.login = login;
      account.display_name = name;
      account.principal = {Role::leader, unit_id("government"), account.id};
      MINHU_TRY(const auto made, accounts::create_account(*transaction_, county_.region, account,
                                                          "", leader(200).now));
      static_cast<void>(made);
    }
    return {};
  }
  Result<promises::PostId> post(std::string_view title, std::string_view holder) {
    MINHU_TRY(
        const promises::Post made,
        promises::make_post(*transaction_, as(Role::system_admin, "service", "xitong-guanli", 200),
                            unit_id("government"), title, account_id(std::string(holder))));
    return made.id;
  }
  Result<promises::Promise> promised(promises::PostId owner, const Said& said) {
    promises::NewPromise made;
    made.matter = said.matter;
    made.words = said.words;
    made.promised_on = day(-said.days_ago);
    made.due = day(said.days_to_go);
    made.post = owner;
    made.unit = unit_id(said.unit);
    const Digest digest = sha256(as_bytes("demo promise " + said.matter));
    cases::ClientToken token{};
    std::copy_n(digest.begin(), token.size(), token.begin());
    MINHU_TRY(promises::Promise promise,
              promises::make(*transaction_, clerk(said.days_ago), made, token));
    if (!said.in_public.empty()) {
      MINHU_CHECK_OK(take(sender(said.days_ago), promise.id, EventKind::published,
                          {{"words", said.in_public}}));
    }
    return promise;
  }
  Outcome take(const cases::Context& context, PromiseId id, EventKind kind, Fields fields = {}) {
    promises::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    const auto taken = promises::take_step(*transaction_, context, id, step);
    if (!taken) return tl::unexpected<Fault>(taken.error());
    return {};
  }

  Outcome put_owed(promises::PostId owner) {
    MINHU_TRY(const auto late,
              promised(owner, {"农贸市场后巷排水", "两个月里把后巷的沟挖通，挖不通你们再找我。",
                               "两个月里挖通农贸市场后巷的排水沟", "housing", 80, -20}));
    MINHU_CHECK_OK(take(leader(12), late.id, EventKind::report_asked));
    MINHU_TRY(const auto moved,
              promised(owner, {"东片自来水水压", "十个星期里把加压泵装好，二楼也要有水。",
                               "十个星期里装好加压泵，二楼也有水", "water", 60, 10}));
    MINHU_CHECK_OK(take(leader(15), moved.id, EventKind::due_changed,
                        {{"due", day(45)}, {"reason", "水泵厂家延期交货，已换一家"}}));
    // Just written down: nobody has approved its public words.
    MINHU_TRY(
        const auto fresh,
        promised(owner, {"村小学门口减速带", "一个月里装好减速带和路灯。", {}, "town-103", 2, 30}));
    static_cast<void>(fresh);
    return {};
  }

  // One that a visit saw, one that only the unit calls done.
  Outcome put_kept(promises::PostId owner) {
    struct Held {
      std::string id;
      Date on;
    };
    const auto visit = transaction_->first(
        "SELECT visit_id, begins_at FROM visit_file WHERE region_id = ?1 AND state = 'reported' "
        "ORDER BY begins_at DESC",
        {param(county_.region)}, [&](const Row& row) {
          return Held{row.id<visits::VisitId>(0).text(),
                      to_date(row.instant(1), county_.rules.zone)};
        });
    MINHU_TRY(const auto done,
              promised(owner, {"垃圾清运时间", "一个星期里把清运改到早上六点以前。",
                               "清运改到早上六点以前", "housing", 140, -110}));
    MINHU_CHECK_OK(
        take(as(Role::unit_head, "housing", "housing-fuze", 120), done.id, EventKind::reported_done,
             {{"report", "已调整路线和班次，早上五点半前清完。"}, {"done_on", day(-120)}}));
    if (visit) {
      const int since = static_cast<int>((today_ - visit->on).count());
      MINHU_CHECK_OK(take(watcher(since - 1), done.id, EventKind::verified,
                          {{"proof", "visit"},
                           {"reference", visit->id},
                           {"finding", "早上去看过，六点前已经清完。"}}));
    }
    MINHU_TRY(const auto said_done, promised(owner, {"河堤缺口", "七十天里把缺口补上。",
                                                     "七十天里补好河堤缺口", "water", 50, 20}));
    return take(as(Role::handler, "water", "water-banli", 5), said_done.id,
                EventKind::reported_done, {{"report", "缺口已用石料砌好。"}, {"done_on", day(-6)}});
  }

  // 包案: the first open case that its unit and the post may have.
  Outcome put_case(promises::PostId owner) {
    struct Open {
      cases::CaseId id;
      UnitId unit;
    };
    const auto open = transaction_->all(
        "SELECT case_id, lead_unit FROM case_file WHERE region_id = ?1 AND state = 'accepted' "
        "AND track = 'petition' AND erased = 0 AND lead_unit IS NOT NULL ORDER BY case_id",
        {param(county_.region)},
        [](const Row& row) { return Open{row.id<cases::CaseId>(0), row.id<UnitId>(1)}; });
    for (const Open& one : open) {
      promises::NewPromise made;
      made.matter = "多年没有办成的一件事";
      made.words = "这件事我来包，办到解决为止。";
      made.promised_on = day(-10);
      made.due = day(60);
      made.sponsored = true;
      made.post = owner;
      made.unit = one.unit;
      made.case_id = one.id;
      const auto promise = promises::make(*transaction_, leader(10), made, cases::ClientToken{77});
      if (promise) return {};
      if (promise.error().code != FaultCode::invalid_input) {
        return tl::unexpected<Fault>(promise.error());
      }
    }
    return {};
  }

  Outcome put_relay(promises::PostId second) {
    for (const Said& said : {Said{"东片公交末班车", "四个月里把末班车延到晚上八点。",
                                  "东片公交末班车延到晚上八点", "housing", 90, 25},
                             Said{"敬老院供暖", "两个月里把锅炉换好。", "两个月里换好敬老院锅炉",
                                  "housing", 70, -5}}) {
      MINHU_TRY(const auto promise, promised(second, said));
      static_cast<void>(promise);
    }
    MINHU_TRY(promises::Relay relay, promises::freeze(*transaction_, watcher(4), second,
                                                      account_id(std::string(leader_login))));
    for (std::size_t i = 1; i <= relay.digests.size(); ++i) {
      MINHU_TRY(relay,
                promises::answer(*transaction_, leader(3), relay.id,
                                 {static_cast<std::int64_t>(i), promises::Change::none, {}, {}}));
    }
    const auto signed_once =
        promises::sign(*transaction_, as(Role::leader, "government", predecessor_login, 2),
                       relay.id, relay.digest_to_sign(), "demo");
    if (!signed_once) return tl::unexpected<Fault>(signed_once.error());
    return {};
  }

  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  Date today_;
  Transaction* transaction_ = nullptr;
};

}  // namespace

Outcome put_promises(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Date today) {
  return database.write_job([&](Transaction& transaction) {
    return Promising(county, keyring, entropy, today).put(transaction);
  });
}

}  // namespace minhu::demo
