#include "features/promises/on_record.h"

#include <algorithm>
#include <charconv>

#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visits/visits.h"

namespace minhu::promises {

namespace {

// `why` is a word of a closed list; the sentence for it lies with the messages.
tl::unexpected<Fault> not_there(const char* why) {
  return fail(FaultCode::conflict, "promises.not_on_record", "reference",
              std::map<std::string, std::string>{{"why", why}});
}

// One of them lies in the other: a visit to the town sees its villages.
bool same_ground(Reading& reading, RegionId region, std::string_view a, std::string_view b) {
  const auto lies_in = [&](std::string_view inner, std::string_view outer) {
    const auto line = places_and_units::place_line(reading, region, inner);
    return std::find(line.begin(), line.end(), outer) != line.end();
  };
  return lies_in(a, b) || lies_in(b, a);
}

Outcome by_visit(Reading& reading, const cases::Context& context, const Promise& promise,
                 const Report& report, std::string_view reference) {
  const RegionId region = context.county.region;
  const auto id = visits::VisitId::parse(reference);
  if (!id) return not_there("no_such_visit");
  const auto visit = visits::visit(reading, region, *id);
  if (!visit) return not_there("no_such_visit");
  if (!visit->opened_at || visit->state == visits::State::cancelled) return not_there("not_held");
  if (visit->id == promise.visit) return not_there("same_visit");
  const std::string held_on = format_date(to_date(*visit->opened_at, context.county.rules.zone));
  if (held_on < report.done_on || held_on <= promise.promised_on) return not_there("too_early");
  if (!promise.place.empty() && !same_ground(reading, region, visit->place, promise.place)) {
    return not_there("other_place");
  }
  return {};
}

// What the reporter told a caller about this promise, or the call about the answer of its case.
Outcome by_call(Reading& reading, const cases::Context& context, const Promise& promise,
                const Report& report, std::string_view reference) {
  if (reference == "verdict") {
    if (!promise.verdict || promise.verdict->way != Way::call || promise.verdict->at < report.at) {
      return not_there("no_such_call");
    }
    return {};
  }
  std::int64_t seq = 0;
  const auto [end, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), seq);
  if (promise.case_id.empty() || error != std::errc() ||
      end != reference.data() + reference.size()) {
    return not_there("no_such_call");
  }
  for (const cases::Event& event :
       cases::load_events(reading, context.county.region, promise.case_id)) {
    if (event.seq != seq || event.kind != cases::EventKind::callback_done) continue;
    if (event.happened_at < report.at) return not_there("too_early");
    if (event.fact("solved") == cases::name(cases::Solved::no)) {
      return fail(FaultCode::conflict, "promises.reporter_says_no");
    }
    // Three calls that nobody answered are on record, and say nothing.
    if (event.fact("solved").empty()) return not_there("no_such_call");
    return {};
  }
  return not_there("no_such_call");
}

}  // namespace

Outcome on_record(Reading& reading, const cases::Context& context, const Promise& promise,
                  const Facts& facts) {
  // The state `reported` comes of a report, and the latest is the one that is verified.
  const Report& report = promise.reports.back();
  if (promise.verdict && promise.verdict->verdict == Verdict::not_kept &&
      promise.verdict->at >= report.at) {
    return fail(FaultCode::conflict, "promises.reporter_says_no");
  }
  const std::string_view reference = facts.find("reference")->second;
  if (facts.find("proof")->second == name(Proof::visit)) {
    return by_visit(reading, context, promise, report, reference);
  }
  return by_call(reading, context, promise, report, reference);
}

}  // namespace minhu::promises
