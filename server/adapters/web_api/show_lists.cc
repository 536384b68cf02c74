#include "adapters/web_api/show_lists.h"

#include <map>

#include "adapters/web_api/show.h"
#include "features/classes/queries.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

// Names of places and categories, each read once for a list.
class Names {
 public:
  Names(Reading& reading, RegionId region) : reading_(reading), region_(region) {}

  bj::value place(const std::string& code) {
    return named(places_, code, [&] {
      const auto found = places_and_units::find_place(reading_, region_, code);
      return found ? found->name : std::string();
    });
  }
  bj::value category(const std::string& code) {
    return named(categories_, code,
                 [&] { return places_and_units::category_name(reading_, region_, code); });
  }

 private:
  template <class Read>
  static bj::value named(std::map<std::string, std::string>& known, const std::string& code,
                         Read&& read) {
    if (code.empty()) return nullptr;
    auto found = known.find(code);
    if (found == known.end()) found = known.emplace(code, read()).first;
    return found->second.empty() ? bj::value(nullptr) : bj::value(found->second);
  }

  Reading& reading_;
  RegionId region_;
  std::map<std::string, std::string> places_;
  std::map<std::string, std::string> categories_;
};

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
  Names names(reading, region);
  std::vector<cases::CaseId> ids;
  std::vector<UnitId> leads;
  for (const cases::QueueLine& line : lines) {
    ids.push_back(line.file.id);
    leads.push_back(line.file.lead_unit);
  }
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
        {"place_name", names.place(file.place)},
        {"category", maybe(file.category)},
        {"category_name", names.category(file.category)},
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
