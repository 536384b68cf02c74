// One question for many things. A list that asks for each of its lines by itself costs a database
// behind a network as many round trips as it has lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>

#include "ports/storage.h"

namespace minhu {

// Calls `ask` with the parameters of each group of so many values, behind those that stand first. A
// statement stays the same however many values there are, because the last group is filled up with
// its last value again. The parameters hold views of the values: they live for the call.
template <std::size_t size, class Values, class Ask>
void in_groups(const Values& values, std::initializer_list<Parameter> first, Ask&& ask) {
  for (std::size_t from = 0; from < values.size(); from += size) {
    Parameters parameters(first);
    for (std::size_t i = from; i < from + size; ++i) {
      parameters.add(param(values[std::min(i, values.size() - 1)]));
    }
    ask(parameters);
  }
}

}  // namespace minhu
