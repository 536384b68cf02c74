#include <fmt/core.h>

#include <charconv>
#include <cstdio>
#include <fstream>

#include "app/commands.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "features/accounts/accounts.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visit_plans/draft.h"

namespace minhu::app {

namespace {

using namespace visit_plans;

// "7-11,14" of the month; nothing when it cannot be read.
std::optional<std::vector<Date>> dates_in(std::string_view text, const Month& month) {
  std::vector<Date> dates;
  const auto days = (month.until - month.from).count();
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto dash = part.find('-');
    const std::string_view first = part.substr(0, dash);
    const std::string_view last = dash == std::string_view::npos ? first : part.substr(dash + 1);
    const auto number = [](std::string_view digits) {
      long value = 0;
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return error == std::errc() && end == digits.data() + digits.size() ? value : 0L;
    };
    const long from = number(first);
    const long to = number(last);
    if (from < 1 || to < from || to > days) return std::nullopt;
    for (long day = from; day <= to; ++day) {
      dates.push_back(month.from + std::chrono::days(day - 1));
    }
  }
  return dates;
}

// What is given for that login, of options like "login=words".
std::string given_for(const std::vector<std::string>& options, const std::string& login) {
  for (const std::string& one : options) {
    if (one.starts_with(login + "=")) return one.substr(login.size() + 1);
  }
  return {};
}

Result<Order> order_of(Reading& reading, const cases::County& county, const Month& month,
                       const PlanVisitsOptions& options) {
  Order order;
  order.iterations = options.iterations;
  order.seed = options.seed;
  for (const std::string& given : options.leaders) {
    const auto equals = given.find('=');
    const std::string login = given.substr(0, equals);
    const auto account = accounts::find_account_by_login(reading, county.region, login);
    if (!account) {
      return fail(FaultCode::invalid_input, "plans.not_a_leader", "leaders",
                  std::map<std::string, std::string>{{"account", login}});
    }
    const auto dates = equals == std::string::npos
                           ? std::nullopt
                           : dates_in(std::string_view(given).substr(equals + 1), month);
    if (!dates) return fail(FaultCode::invalid_input, "plans.bad_date", "leaders");
    LeaderDays days;
    days.account = account->id;
    days.dates = *dates;
    days.post = given_for(options.posts, login);
    days.portfolio = given_for(options.portfolios, login);
    const std::string rank = given_for(options.ranks, login);
    days.rank = visits::named<visits::Rank>(rank);
    if (!days.rank && !rank.empty()) {
      return fail(FaultCode::invalid_input, "app.no_such_rank", "leaders",
                  std::map<std::string, std::string>{{"rank", rank}});
    }
    order.leaders.push_back(std::move(days));
  }
  return order;
}

void print(const PlanFile& plan, Reading& reading, RegionId region,
           const catalogue::Catalogue& language) {
  for (const PlanStop& stop : plan.stops) {
    std::string line = stop.place + " " + places_and_units::place_path(reading, region, stop.place);
    if (stop.outcome == StopOutcome::visited) {
      line += fmt::format(" {} {}-{}", format_date(*stop.date), format_day_time(stop.from),
                          format_day_time(stop.to));
    }
    std::printf("%s\n", line.c_str());
    for (const silence::Reason& reason : stop.reasons) {
      std::printf("  %s\n", language.say(reason.key, reason.facts).c_str());
    }
  }
}

Result<PlanFile> make(Foundation& foundation, const cases::County& county,
                      const PlanVisitsOptions& options) {
  const cases::Context context{county,
                               foundation.keyring,
                               foundation.entropy,
                               foundation.clock.now(),
                               {accounts::Role::dispatcher, county.petition_office, {}}};
  Database& database = *foundation.database;
  MINHU_TRY(const Month month, month_named(options.month));
  const auto frozen = database.read(
      [&](Reading& reading) { return load_cycle(reading, county.region, month.name); });
  if (!frozen) {
    progress("freezing the month");
    MINHU_TRY(const FrozenCycle prepared, database.read([&](Reading& reading) {
      return prepare_cycle(reading, context, month.name);
    }));
    MINHU_CHECK_OK(
        database.write_job([&](Transaction& t) { return publish_cycle(t, context, prepared); }));
  }
  MINHU_TRY(const Draft draft, database.read([&](Reading& reading) -> Result<Draft> {
    MINHU_TRY(const Order order, order_of(reading, county, month, options));
    return begin_draft(reading, context, month.name, order);
  }));
  tours::Work work = work_of(draft.order);
  work.tell = [](const tours::Progress& now) {
    progress(fmt::format("{:3.0f} %: {} villages", now.spent * 100, now.visits));
  };
  const tours::Plan plan = tours::make_plan(draft.problem, work);
  progress("");
  MINHU_TRY(const std::int64_t version,
            database.write([&](Transaction& t) { return keep_draft(t, context, draft, plan); }));
  return *database.read(
      [&](Reading& reading) { return load_plan(reading, county.region, month.name, version); });
}

}  // namespace

int plan_visits(const FoundationOptions& foundation_options, const PlanVisitsOptions& options) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  const auto plan = make(foundation, *county, options);
  progress("");
  if (!plan) return refuse(plan.error());
  if (!options.problem.empty()) {
    if (const Outcome written = write_tours_file(options.problem, plan->problem); !written) {
      return refuse(written.error());
    }
  }
  foundation.database->read_job([&](Reading& reading) {
    print(*plan, reading, county->region, sentences().of(options.language));
  });
  std::size_t visited = 0;
  for (const PlanStop& stop : plan->stops) visited += stop.outcome == StopOutcome::visited ? 1 : 0;
  return finish(fmt::format("planned {} of {} villages, version {}", visited, plan->stops.size(),
                            plan->version));
}

int import_villages(const FoundationOptions& foundation_options,
                    const std::filesystem::path& file) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return refuse(
        Fault(FaultCode::not_found, "app.cannot_read_file", "file", {{"file", file.string()}}));
  }
  const auto imported = foundation.database->write(
      [&](Transaction& t) { return visit_plans::import_villages(t, county->region, in); });
  if (!imported) return refuse(imported.error());
  for (const std::string& fault : imported->faults) std::fprintf(stderr, "%s\n", fault.c_str());
  return finish(
      fmt::format("villages {} kept, {} left out", imported->kept, imported->faults.size()));
}

}  // namespace minhu::app
