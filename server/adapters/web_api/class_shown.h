// Classes of matters as JSON: each function is an allow-list. Inner header.
#pragma once

#include "adapters/web_api/shown_parts.h"
#include "features/classes/publishing.h"
#include "features/classes/queries.h"
#include "features/classes/steps.h"

namespace minhu::web_api {

using ClassShowing = OfficeShowing;

boost::json::object class_line(const ClassShowing& showing, const classes::ClassRow& row);
boost::json::object whole_class(const ClassShowing& showing, const classes::ClassFile& file,
                                const std::vector<classes::Event>& events);
boost::json::object open_class_step(const ClassShowing& showing, const classes::OpenStep& step);
boost::json::object class_measurement(const ClassShowing& showing,
                                      const classes::Measurement& measured, Instant at);
boost::json::object class_counts(const ClassShowing& showing, const classes::ClassRow& row);
boost::json::object class_of_case(const ClassShowing& showing, const classes::ClassOfCase& found);
boost::json::object published_class(const ClassShowing& showing,
                                    const classes::PublishedClass& published);
boost::json::object ledger_line(const ClassShowing& showing, const classes::LedgerLine& line);

boost::json::value class_category(const ClassShowing& showing, const std::string& code);
boost::json::array class_places(const ClassShowing& showing, const std::vector<std::string>& codes);
std::string say(const catalogue::Catalogue& say, const recurrence::Sentence& sentence);

}  // namespace minhu::web_api
