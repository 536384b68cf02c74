// What people say of a place beside the place that was found for it.
#pragma once

#include <string>
#include <string_view>

namespace minhu::places_and_units {

// What was said, to stand behind the path of the place: nothing where it only says the end of the
// path again, with or without the spaces ("竹源镇上溪村" or "上溪村" of "竹源镇 上溪村").
std::string_view more_than_path(std::string_view path, std::string_view said);

// Both in one line: "竹源镇 上溪村 老磨坊旁边". Either may be empty.
std::string path_as_said(std::string_view path, std::string_view said);

}  // namespace minhu::places_and_units
