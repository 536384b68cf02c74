// One question for many things. A list that asks for each of its lines by itself costs a database
// behind a network as many round trips as it has lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

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

// Which of these keys there are, in their order. `add` puts what makes one key up behind the
// parameters that stand first; the statement asks for so many of them and answers with the number
// of each that it finds, from 0: "SELECT 0 FROM … UNION ALL SELECT 1 FROM …".
template <std::size_t size, class Keys, class Add>
std::vector<bool> found_in_groups(Reading& reading, std::string_view sql, Parameter first,
                                  const Keys& keys, Add&& add) {
  std::vector<bool> found(keys.size());
  for (std::size_t from = 0; from < keys.size(); from += size) {
    Parameters parameters{first};
    for (std::size_t i = from; i < from + size; ++i) {
      add(parameters, keys[std::min(i, keys.size() - 1)]);
    }
    reading.query(sql, parameters, [&](const Row& row) {
      const std::size_t at = from + static_cast<std::size_t>(row.integer(0));
      if (at < keys.size()) found[at] = true;
    });
  }
  return found;
}

}  // namespace minhu
