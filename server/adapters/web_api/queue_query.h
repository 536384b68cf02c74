// The filters of a queue as a client names them, in an address or in a saved view. Inner header.
#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <functional>
#include <string_view>

#include "features/cases/queue.h"
#include "ports/http.h"

namespace minhu::web_api {

inline constexpr std::array<std::string_view, 12> queue_filters{
    "part",  "due",      "state",    "track", "channel", "category",
    "place", "returned", "reopened", "redo",  "urged",   "joint_conference"};

// The value of a filter, or "" where it is not given.
using ValueOf = std::function<std::string_view(std::string_view filter)>;
// Every value is one of ours: none of them can hold words of a person. Faults invalid_input
// api.not_a_choice, api.unknown_place, desk.unknown_category.
Result<cases::QueueQuery> queue_query_of(Reading& reading, RegionId region, const ValueOf& value);

}  // namespace minhu::web_api
