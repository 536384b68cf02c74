#include "adapters/web_api/show_lists.h"

#include <map>

#include "adapters/web_api/show.h"
#include "features/classes/queries.h"
#include "features/places_and_units/names_of_many.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

bj::value name_in(const std::map<std::string, std::string>& names, const std::string& code) {
  const auto found = names.find(code);
  return found == names.end() || found->second.empty() ? bj::value(nullptr)
                                                       : bj::value(found->second);
}

bj::value maybe(const std::string& text) {
  return text.empty() ? bj::value(nullptr) : bj::value(text);
}

// The class that the case belongs to: how many are like it.
bj::value class_of(const std::map<cases::CaseId, classes::SameClass>& classes, cases::CaseId id) {
  const auto found = classes.find(id);
  if (found == classes.end()) return nullptr;
  const classes::SameClass& same = found->second;
  return bj::object{{"id", same.id.text()},
                    {"number", same.number},
                    {"title", same.title},
                    {"cases", same.cases}};
}

}  // namespace

bj::array queue_lines(Reading& reading, const cases::Context& context,
                      const std::vector<cases::QueueLine>& lines) {
  const RegionId region = context.county.region;
  std::vector<cases::CaseId> ids;
  std::vector<UnitId> leads;
  std::vector<std::string> places;
  std::vector<std::string> categories;
  for (const cases::QueueLine& line : lines) {
    ids.push_back(line.file.id);
    leads.push_back(line.file.lead_unit);
    places.push_back(line.file.place);
    categories.push_back(line.file.category);
  }
  const auto place_names = places_and_units::place_names(reading, region, places);
  const auto category_names = places_and_units::category_names(reading, region, categories);
  const UnitNames units(reading, region, leads);
  const auto same_class = classes::same_classes(reading, context, ids);
  bj::array shown;
  shown.reserve(lines.size());
  for (const cases::QueueLine& line : lines) {
    const cases::CaseFile& file = line.file;
    shown.push_back(bj::object{
        {"id", file.id.text()},
        {"number", cases::show_number(file.number)},
        {"track", std::string(cases::name(file.track))},
        {"channel", std::string(cases::name(file.channel))},
        {"state", std::string(cases::name(file.state))},
        {"seq", file.seq},
        {"headline", line.headline},
        {"due", line.left.due ? bj::value(format_instant(*line.left.due)) : bj::value(nullptr)},
        {"left", time_left(line.left)},
        {"received_at", format_instant(file.received_at)},
        {"changed_at", format_instant(file.changed_at)},
        {"place", maybe(file.place)},
        {"place_name", name_in(place_names, file.place)},
        {"category", maybe(file.category)},
        {"category_name", name_in(category_names, file.category)},
        {"lead_unit", units.show(file.lead_unit)},
        {"urgency", std::string(cases::name(file.urgency))},
        {"returned", file.returned},
        {"reopened", file.reopened},
        {"urged", file.urged},
        {"redo", cases::to_be_done_again(file)},
        {"joint_conference", file.joint_conference},
        {"joined", line.joined},
        {"half_gone", line.half_gone},
        {"news", line.news},
        {"class", class_of(same_class, file.id)}});
  }
  return shown;
}

}  // namespace minhu::web_api
