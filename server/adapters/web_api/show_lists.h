// The lines of lists, as JSON: an allow-list like those of show.h.
#pragma once

#include <boost/json/array.hpp>
#include <vector>

#include "features/cases/queue.h"

namespace minhu::web_api {

boost::json::array queue_lines(Reading& reading, const cases::Context& context,
                               const std::vector<cases::QueueLine>& lines);

}  // namespace minhu::web_api
