#include "adapters/http_beast/exception_class.h"

#include <cxxabi.h>

#include <boost/core/demangle.hpp>
#include <typeinfo>

namespace minhu::http_beast {

std::string class_of_current_exception() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  return type == nullptr ? "none" : boost::core::demangle(type->name());
}

}  // namespace minhu::http_beast
