// What is missing from the handing over of posts (features/promises/audit.h).
#include <fmt/core.h>

#include <cstdio>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/promises/audit.h"

namespace minhu::app {

int audit_relays(const FoundationOptions& options) {
  auto opened = Foundation::open(options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  const auto county = (*opened)->county();
  if (!county) return refuse(county.error());
  const Instant now = (*opened)->clock.now();
  const promises::Audited audited = (*opened)->database->read(
      [&](Reading& reading) { return promises::audit_relays(reading, county->region, now); });
  // One line a finding: what, which relay, which item, what it is about. No word of anybody.
  for (const promises::Finding& finding : audited.findings) {
    fmt::print("{} relay={} item={} subject={}\n", promises::name(finding.what),
               finding.relay.empty() ? "-" : finding.relay.text(), finding.item,
               finding.subject.empty() ? "-" : finding.subject);
  }
  // Not wrong, and not to be overlooked: somebody else signed for one of the two.
  for (const promises::InAbsence& one : audited.in_absence) {
    fmt::print("signed_in_absence relay={} side={} by={} at={}\n", one.relay.text(),
               promises::name(one.side), one.office.empty() ? "-" : one.office,
               format_instant(one.at));
  }
  finish(fmt::format("looked at {} relays with {} items, {} findings", audited.relays,
                     audited.items, audited.findings.size()));
  return audited.findings.empty() ? done : not_done;
}

}  // namespace minhu::app
