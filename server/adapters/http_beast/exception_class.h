// The class of the exception being handled, for the log. Its text stays out of it: it may quote
// what a person wrote.
#pragma once

#include <string>

namespace minhu::http_beast {

std::string class_of_current_exception();  // only inside a catch block

}  // namespace minhu::http_beast
