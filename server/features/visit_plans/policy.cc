#include "features/visit_plans/policy.h"

#include <algorithm>

#include "features/accounts/permissions.h"
#include "features/visit_plans/reason.h"
#include "kernel/assert.h"
#include "kernel/toml.h"
#include "minhu_visit_policy.h"

namespace minhu::visit_plans {

namespace {

using Details = std::map<std::string, std::string>;

tl::unexpected<Fault> bad(std::string where, std::string reason) {
  return fail(FaultCode::invalid_input, "plans.bad_policy", "policy",
              Details{{"where", std::move(where)}, {"reason", std::move(reason)}});
}

// Reads one table; the first thing that is wrong is kept, the rest is not looked at.
class Table {
 public:
  Table(const toml::table& file, std::string_view name, std::string& wrong)
      : table_(file[name].as_table()), name_(name), wrong_(wrong) {
    if (table_ == nullptr) note("", "missing");
  }
  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most) {
    const auto value = node(key) == nullptr ? std::nullopt : node(key)->value<std::int64_t>();
    if (!value || *value < least || *value > most) {
      note(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
      return least;
    }
    return *value;
  }
  double number(std::string_view key, double least, double most) {
    const auto value = node(key) == nullptr ? std::nullopt : node(key)->value<double>();
    if (!value || !(*value >= least && *value <= most)) {
      note(key, "a number from " + std::to_string(least) + " to " + std::to_string(most));
      return least;
    }
    return *value;
  }
  tours::Hours hours(std::string_view key) {
    const toml::array* pair = node(key) == nullptr ? nullptr : node(key)->as_array();
    const auto at = [&](std::size_t i) {
      const auto text = pair == nullptr || pair->size() != 2
                            ? std::string()
                            : pair->get(i)->value_or(std::string());
      return parse_day_time(text);
    };
    const auto from = at(0);
    const auto to = at(1);
    if (!from || !to || *from >= *to) {
      note(key, "two times of day, as 08:30");
      return {};
    }
    return {*from, *to};
  }
  std::map<std::string, std::int64_t, std::less<>> weights(std::int64_t most) {
    std::map<std::string, std::int64_t, std::less<>> all;
    if (table_ == nullptr) return all;
    for (const auto& [key, value] : *table_)
      all[std::string(key.str())] = whole(key.str(), 0, most);
    return all;
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> all;
    const toml::array* list = node(key) == nullptr ? nullptr : node(key)->as_array();
    if (list == nullptr) {
      note(key, "a list of texts");
      return all;
    }
    for (const auto& one : *list) all.push_back(one.value_or(std::string()));
    return all;
  }

 private:
  const toml::node* node(std::string_view key) const {
    return table_ == nullptr ? nullptr : table_->get(key);
  }
  void note(std::string_view key, std::string reason) {
    if (wrong_.empty()) wrong_ = name_ + "." + std::string(key) + ": " + std::move(reason);
  }

  const toml::table* table_;
  std::string name_;
  std::string& wrong_;
};

}  // namespace

std::optional<tours::DayTime> parse_day_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto two = [&](std::size_t at) {
    const bool digits =
        text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
    return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : 99;
  };
  const int hour = two(0);
  const int minute = two(3);
  if (hour > 24 || minute > 59) return std::nullopt;
  return hour * 3600 + minute * 60;
}

Result<Policy> read_policy(std::string_view text) {
  toml::table file;
  try {
    file = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return bad(std::to_string(error.source().begin.line), std::string(error.description()));
  }
  Policy policy;
  std::string wrong;
  policy.id = file["id"].value_or(std::string());
  policy.version = file["version"].value_or(std::int64_t{0});
  if (policy.id.empty() || policy.version < 1) return bad("id, version", "missing");

  Table value(file, "value", wrong);
  policy.weights.silence = value.whole("silence", 0, 100'000);
  policy.weights.age = value.whole("age", 0, 100'000);
  policy.months = static_cast<int>(value.whole("months_between_visits", 1, 240));
  policy.one_visit = value.whole("one_visit_deals_with", 1, 1000);
  policy.record_months = static_cast<int>(value.whole("record_months", 3, 60));
  Table unannounced(file, "unannounced", wrong);
  policy.unannounced_percent = static_cast<int>(unannounced.whole("percent", 0, 100));
  policy.not_again_within_days =
      static_cast<int>(unannounced.whole("not_again_within_days", 0, 3650));
  Table visit(file, "visit", wrong);
  policy.minutes = static_cast<int>(visit.whole("minutes", 10, 600));
  policy.most_a_day = static_cast<int>(visit.whole("most_a_day", 1, 20));
  policy.hours = visit.hours("hours");
  policy.lunch = visit.hours("lunch");
  policy.speed_kmh = visit.number("speed_kmh", 1, 120);
  policy.detour = visit.number("detour", 1, 5);
  constexpr std::int64_t heaviest = 20'000;
  policy.of_urgency = Table(file, "urgency", wrong).weights(heaviest);
  policy.of_category = Table(file, "category", wrong).weights(heaviest);
  policy.single_family = Table(file, "single_family", wrong).texts("categories");
  if (!wrong.empty())
    return bad(wrong.substr(0, wrong.find(": ")), wrong.substr(wrong.find(": ") + 2));
  policy.toml = text;
  return policy;
}

const Policy& usual_policy() {
  static const Policy usual = [] {
    auto read = read_policy(embedded::visit_policy().front().text);
    MINHU_ASSERT(read.has_value());
    return std::move(*read);
  }();
  return usual;
}

Policy policy_of(Reading& reading, RegionId region) {
  const auto decided =
      reading.first("SELECT toml FROM plan_policy WHERE region_id = ?1 ORDER BY seq DESC LIMIT 1",
                    {param(region)}, [](const Row& row) { return std::string(row.text(0)); });
  if (!decided) return usual_policy();
  auto read = read_policy(*decided);
  if (!read) throw StorageFailure("a policy that was decided cannot be read");
  return std::move(*read);
}

Result<Policy> decide_policy(Transaction& transaction, const cases::Context& context,
                             std::string_view toml, std::string_view reason) {
  if (!accounts::decide(context.actor, "plan:decide").allowed) {
    return fail(FaultCode::not_allowed, "plans.not_allowed");
  }
  MINHU_TRY(Policy policy, read_policy(toml));
  MINHU_TRY(const std::string why, written_reason(reason));
  const std::int64_t seq =
      1 + transaction
              .first("SELECT MAX(seq) FROM plan_policy WHERE region_id = ?1",
                     {param(context.county.region)}, [](const Row& row) { return row.integer(0); })
              .value_or(0);
  transaction.execute(
      "INSERT INTO plan_policy(region_id, seq, toml, reason, account_id, decided_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(context.county.region), seq, toml, std::string_view(why), param(context.actor.account),
       param(context.now)});
  return policy;
}

std::vector<Decided> policy_decisions(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT seq, decided_at, toml, reason FROM plan_policy WHERE region_id = ?1 "
      "ORDER BY seq DESC",
      {param(region)}, [](const Row& row) {
        const auto read = read_policy(row.text(2));
        return Decided{row.integer(0), row.instant(1),
                       read ? read->id + "@" + std::to_string(read->version) : std::string(),
                       std::string(row.text(3))};
      });
}

std::int64_t severity_of(const Policy& policy, cases::Urgency urgency,
                         const std::vector<std::string>& line) {
  std::int64_t severity = 1000;
  if (const auto found = policy.of_urgency.find(cases::name(urgency));
      found != policy.of_urgency.end()) {
    severity = found->second;
  }
  for (const std::string& category : line) {
    const auto found = policy.of_category.find(category);
    if (found == policy.of_category.end()) continue;
    severity = std::max(severity, found->second);
    break;
  }
  return severity;
}

bool of_one_family(const Policy& policy, const std::vector<std::string>& line) {
  return std::any_of(line.begin(), line.end(), [&](const std::string& category) {
    return std::find(policy.single_family.begin(), policy.single_family.end(), category) !=
           policy.single_family.end();
  });
}

}  // namespace minhu::visit_plans
