#include "features/cases/retaliation.h"

#include <algorithm>
#include <array>

#include "features/cases/access.h"
#include "features/cases/guard.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

// Facts of a step that say to whom the case went, or who was asked about it and read it.
bool brings_it_to_a_unit(EventKind kind) {
  constexpr std::array kinds{EventKind::transferred, EventKind::assigned,
                             EventKind::dispatched,  EventKind::co_handler_added,
                             EventKind::supervised,  EventKind::recommended};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

template <class SomeId>
std::string joined(std::vector<SomeId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::string text;
  for (const SomeId& id : ids) text += (text.empty() ? "" : " ") + id.text();
  return text;
}

void add_who_had_it(Reading& reading, RegionId region, const CaseFile& file,
                    std::vector<UnitId>& units) {
  for (const Event& event : load_events(reading, region, file.id)) {
    if (!brings_it_to_a_unit(event.kind)) continue;
    const auto unit = UnitId::parse(event.fact("unit"));
    // An answer of the body that dispatches is no unit's; it goes above that body anyway.
    if (unit && *unit != file.dispatching_unit) units.push_back(*unit);
  }
}

// Whom the case accuses, and everybody who ever had it, by itself or with one that it was merged
// into: whoever has that one reads and answers this one, too.
std::vector<UnitId> who_had_it(Reading& reading, RegionId region, const CaseFile& file) {
  std::vector<UnitId> units = file.complained_of;
  add_who_had_it(reading, region, file, units);
  for (const Event& event : load_events(reading, region, file.id)) {
    if (event.kind != EventKind::merged) continue;
    const auto into = CaseId::parse(event.fact("into"));
    const auto lead = into ? load_file(reading, region, *into) : std::nullopt;
    if (lead) add_who_had_it(reading, region, *lead, units);
  }
  return units;
}

}  // namespace

Result<Receipt> report_retaliation(Transaction& transaction, const Context& speaker, CaseId about,
                                   const PreparedWords& words) {
  const RegionId region = speaker.county.region;
  const auto file = load_file(transaction, region, about);
  if (!file || !decide(speaker, *file, "receipt:read").allowed) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  CaseFile report;
  report.complained_of = who_had_it(transaction, region, *file);
  std::sort(report.complained_of.begin(), report.complained_of.end());
  report.accused_people = file->accused_people;
  // An accusation is with nobody; what is done to its speaker is above who takes words in.
  report.dispatching_unit =
      file->dispatching_unit.empty() ? speaker.county.petition_office : file->dispatching_unit;
  const auto above = body_above(transaction, speaker, report);
  if (!above) return fail(FaultCode::conflict, "cases.nobody_above", "words");
  Facts more{{"dispatching_unit", above->text()}, {"retaliation_for", about.text()}};
  if (const auto units = joined(report.complained_of); !units.empty()) {
    more["accused_units"] = units;
  }
  if (const auto people = joined(report.accused_people); !people.empty()) {
    more["accused_people"] = people;
  }
  return receive_with(transaction, speaker, words, more);
}

std::vector<RetaliationReport> retaliation_reports(Reading& reading, const Context& speaker,
                                                   CaseId about) {
  std::vector<RetaliationReport> reports;
  const RegionId region = speaker.county.region;
  const auto file = load_file(reading, region, about);
  if (!file || !decide(speaker, *file, "receipt:read").allowed) return reports;
  for (const CaseId id : retaliation_reports_for(reading, region, about)) {
    const auto report = load_file(reading, region, id);
    if (!report) continue;
    reports.push_back({report->number, report->state,
                       report->lead_unit.empty() ? report->dispatching_unit : report->lead_unit,
                       report->received_at});
  }
  return reports;
}

}  // namespace minhu::cases
