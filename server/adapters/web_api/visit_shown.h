// Visits as JSON: each function is an allow-list. Who booked is in none of them but contact().
// Inner header.
#pragma once

#include <boost/json/array.hpp>

#include "adapters/web_api/shown_parts.h"
#include "features/visits/audit_queue.h"
#include "features/visits/booking.h"
#include "features/visits/calendars.h"
#include "features/visits/figures.h"
#include "features/visits/steps.h"

namespace minhu::web_api {

using VisitShowing = OfficeShowing;

boost::json::object visit_line(const VisitShowing& showing, const visits::VisitRow& row);
// With its queue, what has to be prepared, what happened, and whether the order was kept.
boost::json::object whole_visit(const VisitShowing& showing, const visits::Visit& visit,
                                const std::vector<visits::Event>& events);
boost::json::object open_visit_step(const VisitShowing& showing, const visits::OpenStep& step);
boost::json::object visit_group(const VisitShowing& showing, const visits::Group& group);
boost::json::object visit_figures(const visits::Figures& figures);
boost::json::object visit_calendar(const visits::Calendar& calendar);
boost::json::object visit_contact(const visits::Contact& contact);

}  // namespace minhu::web_api
