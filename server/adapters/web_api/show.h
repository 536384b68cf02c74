// What is shown, as JSON: each function is an allow-list. Nothing here knows who a speaker is.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/deadlines/deadlines.h"
#include "features/cases/reading.h"
#include "features/cases/steps.h"
#include "features/cases/time_left.h"
#include "features/places_and_units/places_and_units.h"
#include "features/places_and_units/unit_names.h"
#include "ports/http.h"

namespace minhu::web_api {

http::Response json(const boost::json::object& body, int status = 200);
http::Response no_content();
http::Response attachment(cases::Attachment&& attachment, cases::ContentId id);

// The names of the units that one answer shows, each read once, when it is asked for: reading those
// of the whole county costs more than most answers. Lives as long as the reading.
class UnitNames {
 public:
  // `expected` are read at once, as far as they are needed at all.
  UnitNames(Reading& reading, RegionId region, std::span<const UnitId> expected = {})
      : reading_(reading), region_(region), expected_(expected.begin(), expected.end()) {}
  boost::json::value show(UnitId id) const;  // {"id", "name"}, or null
  std::string name(UnitId id) const;         // empty for none

 private:
  const std::optional<std::string>& known(UnitId id) const;

  Reading& reading_;
  RegionId region_;
  mutable std::vector<UnitId> expected_;
  mutable std::map<UnitId, std::optional<std::string>> names_;  // nothing for what is no unit
};

// Everything that a view of a case is made of, apart from the view.
struct Showing {
  Reading& reading;
  const cases::Context& context;
  deadlines::Language language;
};

boost::json::object own_case(const Showing& showing, const cases::CaseView& view);
boost::json::object office_case(const Showing& showing, const cases::CaseView& view);
boost::json::object shown_steps(const cases::Context& context, const cases::CaseFile& file);
boost::json::object taken_step(const cases::Event& event, const cases::CaseFile& file);
boost::json::object time_left(const cases::TimeLeft& left);
// The happenings of a case after `seq`, as an office reads them.
boost::json::array happenings_after(const Showing& showing, const cases::CaseView& view,
                                    std::int64_t seq);
// What a speaker learns of an event besides its texts.
boost::json::object speakers_facts(const Showing& showing, const cases::Event& event);

}  // namespace minhu::web_api
