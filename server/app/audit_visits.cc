// What did not go as it was announced: visits and receptions of a period, the promises that were
// made, and the handing over of posts.
#include <fmt/core.h>

#include <cstdio>

#include "app/commands.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "features/promises/audit.h"
#include "features/visits/audit_period.h"

namespace minhu::app {

namespace {

struct Period {
  Date from;
  Date until;  // the day after
};

// By default the month before this one.
Result<Period> period_of(const VisitsAuditOptions& options, Date today) {
  const std::chrono::year_month_day civil(today);
  const auto this_month = civil.year() / civil.month();
  Period period{std::chrono::sys_days((this_month - std::chrono::months(1)) / 1),
                std::chrono::sys_days(this_month / 1)};
  if (!options.from.empty()) {
    MINHU_TRY(period.from, parse_date(options.from));
    period.until = today + std::chrono::days(1);
  }
  if (!options.to.empty()) {
    MINHU_TRY(const Date last, parse_date(options.to));
    period.until = last + std::chrono::days(1);
  }
  if (period.until <= period.from) {
    return fail(FaultCode::invalid_input, "visits.audit_period", "to");
  }
  return period;
}

void tell(const std::vector<Fault>& findings) {
  for (const Fault& finding : findings) {
    std::fprintf(stderr, "minhu: %s\n", terminal_language().say(finding).c_str());
  }
}

struct Audits {
  visits::PeriodAudit visits;
  promises::PromisesAudited promises;
  promises::Audited relays;
};

}  // namespace

int audit_visits(const FoundationOptions& options, const VisitsAuditOptions& asked) {
  auto opened = Foundation::open(options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  const cases::Context context{*county,
                               foundation.keyring,
                               foundation.entropy,
                               foundation.clock.now(),
                               {accounts::Role::system, {}, {}}};
  const auto period = period_of(asked, to_date(context.now, county->rules.zone));
  if (!period) return refuse(period.error());
  const Audits audits = foundation.database->read([&](Reading& reading) {
    return Audits{visits::audit_period(reading, context, period->from, period->until),
                  promises::audit_promises(reading, county->region),
                  promises::audit_relays(reading, county->region, context.now)};
  });
  tell(audits.visits.findings);
  tell(audits.promises.findings);
  std::vector<Fault> relays;
  for (const promises::Finding& finding : audits.relays.findings) {
    relays.push_back(promises::as_fault(finding));
  }
  tell(relays);
  const visits::PeriodAudit& days = audits.visits;
  finish(
      fmt::format("visits {} to {}: {} days planned = {} held + {} moved or cancelled with a "
                  "reason + {} not held + {} to come",
                  format_date(period->from), format_date(period->until - std::chrono::days(1)),
                  days.planned, days.held, days.moved, days.not_held, days.open));
  finish(fmt::format("heard {} groups, {} with number and notice in hand before they left",
                     days.heard, days.receipts));
  finish(fmt::format("{} photos of postings are there and unaltered, {} were replaced for a reason",
                     days.photos, days.photos_replaced));
  finish(
      fmt::format("{} promises, each with an owner and a date: {} without; {} relays with {} "
                  "items: {} findings",
                  audits.promises.promises, audits.promises.findings.size(), audits.relays.relays,
                  audits.relays.items, audits.relays.findings.size()));
  const std::size_t findings =
      days.findings.size() + audits.promises.findings.size() + audits.relays.findings.size();
  finish(fmt::format("{} findings", findings));
  return findings == 0 ? done : not_done;
}

}  // namespace minhu::app
