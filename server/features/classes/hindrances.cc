#include "features/classes/hindrances.h"

#include <charconv>

#include "features/classes/measuring.h"
#include "features/classes/queries.h"

namespace minhu::classes {

namespace {

using Details = std::map<std::string, std::string>;
using recurrence::Verdict;

tl::unexpected<Fault> not_now(const char* key, Details details = {}) {
  return fail(FaultCode::conflict, key, std::string(), std::move(details));
}

tl::unexpected<Fault> malformed(const char* key, const char* field, Details details = {}) {
  details.emplace("field", field);
  return fail(FaultCode::invalid_input, key, field, std::move(details));
}

Outcome no_open_case(Reading& reading, const cases::Context& context, const ClassFile& file) {
  const CaseCounts counts = count_cases(reading, context, file.id);
  if (counts.open > 0) {
    return not_now("classes.cases_open", {{"open", std::to_string(counts.open)}});
  }
  return {};
}

// Domain: at least three periods under the threshold, the speakers asked, intake not narrowed.
Outcome may_be_verified(Reading& reading, const cases::Context& context, const ClassFile& file) {
  // Of what this judge may know: the numbers that are told must not say that there is more.
  const ClassFile seen = as_seen_by(reading, context, file);
  if (seen.members.empty()) return not_now("classes.no_cases");
  MINHU_CHECK_OK(no_open_case(reading, context, file));
  const auto measurement = measurement_of(file);
  MINHU_ASSERT(measurement && file.measured_at);
  const std::int64_t age_ms = context.now.unix_ms - file.measured_at->unix_ms;
  if (age_ms > measurement_days * 24 * 3'600'000) return not_now("classes.measured_long_ago");
  if (measurement->intake == recurrence::Access::narrowed) {
    return not_now("classes.intake_narrowed");
  }
  if (measurement->verdict != Verdict::fewer) return not_now("classes.not_fewer");
  if (measurement->periods_below < periods_needed) {
    return not_now("classes.too_few_months",
                   {{"months", std::to_string(measurement->periods_below)},
                    {"needed", std::to_string(periods_needed)}});
  }
  const Heard heard = heard_since(reading, context.county, seen);
  const std::int64_t needed = to_be_heard(static_cast<std::int64_t>(seen.members.size()));
  if (heard.all() < needed) {
    return not_now("classes.too_few_heard",
                   {{"heard", std::to_string(heard.all())}, {"needed", std::to_string(needed)}});
  }
  if (heard.solved * 2 < heard.all()) return not_now("classes.speakers_disagree");
  return {};
}

Outcome may_be_approved(const cases::Context& context, const ClassFile& file) {
  if (!file.summary || file.summary->approved_at) return not_now("classes.no_summary_waiting");
  if (file.summary->written_by == context.actor.account) {
    return fail(FaultCode::not_allowed, "classes.own_summary");
  }
  return {};
}

bool is_in_the_future(const cases::Context& context, std::string_view day) {
  return *parse_date(day) > to_date(context.now, context.county.rules.zone);
}

std::int64_t number_in(const Facts& facts, std::string_view name) {
  const std::string& text = facts.find(name)->second;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Outcome may_report(const cases::Context& context, const ClassFile& file, const Facts& facts) {
  const std::int64_t number = number_in(facts, "measure");
  if (number < 1 || number > static_cast<std::int64_t>(file.measures.size())) {
    return malformed("classes.field_wrong", "measure");
  }
  const Measure& measure = file.measures[static_cast<std::size_t>(number) - 1];
  if (context.actor.unit != file.lead_unit && context.actor.unit != measure.unit) {
    return fail(FaultCode::not_allowed, "classes.not_your_measure");
  }
  if (is_in_the_future(context, facts.find("done_on")->second)) {
    return malformed("classes.in_the_future", "done_on");
  }
  return {};
}

}  // namespace

Outcome hindrance(Reading& reading, const cases::Context& context, const ClassFile& file,
                  EventKind kind) {
  switch (kind) {
    case EventKind::plan_published:
      return file.measures.empty() ? Outcome(not_now("classes.no_measure")) : Outcome();
    case EventKind::measure_done:
      return file.measures.empty() ? Outcome(not_now("classes.no_measure")) : Outcome();
    case EventKind::verified:
      return may_be_verified(reading, context, file);
    case EventKind::closed:
      return no_open_case(reading, context, file);
    case EventKind::summary_approved:
      return may_be_approved(context, file);
    case EventKind::summary_withdrawn:
      return file.summary ? Outcome() : Outcome(not_now("classes.no_summary_waiting"));
    default:
      return {};
  }
}

Outcome hindrance_of_fields(Reading& reading, const cases::Context& context,
                            const Matching& matching, const ClassFile& file, EventKind kind,
                            const Facts& facts) {
  switch (kind) {
    case EventKind::plan_published: {
      const std::int64_t most =
          highest_threshold(reading, context.county, matching, file, context.now);
      if (number_in(facts, "threshold") > most) {
        return malformed("classes.threshold_too_high", "threshold",
                         {{"most", std::to_string(most)}});
      }
      return {};
    }
    case EventKind::treatment_begun: {
      const std::string& day = facts.find("treated_on")->second;
      if (is_in_the_future(context, day)) return malformed("classes.in_the_future", "treated_on");
      // A new treatment is another one: it does not begin before the last.
      if (day < file.treated_on) return malformed("classes.field_wrong", "treated_on");
      return {};
    }
    case EventKind::measure_done:
      return may_report(context, file, facts);
    default:
      return {};
  }
}

}  // namespace minhu::classes
