#include "adapters/web_api/queue_query.h"

#include "features/places_and_units/places_and_units.h"

namespace minhu::web_api {

namespace {

using Details = std::map<std::string, std::string>;

tl::unexpected<Fault> not_a_choice(std::string_view filter, std::string choices) {
  return fail(FaultCode::invalid_input, "api.not_a_choice", std::string(filter),
              Details{{"field", std::string(filter)}, {"choices", std::move(choices)}});
}

constexpr cases::Part parts[] = {
    cases::Part::dispatch,  cases::Part::lead,  cases::Part::co,     cases::Part::call_back,
    cases::Part::close,     cases::Part::asked, cases::Part::review, cases::Part::transcribe,
    cases::Part::ask_again, cases::Part::reopen};

Result<cases::Part> part_named(std::string_view text) {
  std::string choices;
  for (const cases::Part part : parts) {
    if (cases::name(part) == text) return part;
    if (!choices.empty()) choices += ", ";
    choices += cases::name(part);
  }
  return not_a_choice("part", std::move(choices));
}

// Sets `to` when the filter is given.
template <class Enum>
Outcome choose(const ValueOf& value, std::string_view filter, std::optional<Enum>& to) {
  const std::string_view text = value(filter);
  if (text.empty()) return {};
  to = cases::named<Enum>(text);
  if (!to) return not_a_choice(filter, "openapi.yaml");
  return {};
}
Outcome choose(const ValueOf& value, std::string_view filter, bool& to) {
  const std::string_view text = value(filter);
  if (!text.empty() && text != "yes") return not_a_choice(filter, "yes");
  to = text == "yes";
  return {};
}

}  // namespace

Result<cases::QueueQuery> queue_query_of(Reading& reading, RegionId region, const ValueOf& value) {
  namespace units = places_and_units;
  cases::QueueQuery query;
  MINHU_TRY(query.part, part_named(value("part")));
  if (const std::string_view due = value("due"); !due.empty()) {
    query.due = cases::due_within_named(due);
    if (!query.due) return not_a_choice("due", "overdue, today, three_days, week");
  }
  MINHU_CHECK_OK(choose(value, "state", query.state));
  MINHU_CHECK_OK(choose(value, "track", query.track));
  MINHU_CHECK_OK(choose(value, "channel", query.channel));
  query.category = value("category");
  if (!query.category.empty() && units::category_name(reading, region, query.category).empty()) {
    return fail(FaultCode::invalid_input, "desk.unknown_category", "category");
  }
  query.place = value("place");
  if (!query.place.empty() && !units::find_place(reading, region, query.place)) {
    return fail(FaultCode::invalid_input, "api.unknown_place", "place");
  }
  MINHU_CHECK_OK(choose(value, "returned", query.returned));
  MINHU_CHECK_OK(choose(value, "reopened", query.reopened));
  MINHU_CHECK_OK(choose(value, "redo", query.redo));
  MINHU_CHECK_OK(choose(value, "urged", query.urged));
  MINHU_CHECK_OK(choose(value, "joint_conference", query.joint_conference));
  return query;
}

}  // namespace minhu::web_api
