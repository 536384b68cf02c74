// Every row of a table on a server, through a cursor: the whole of a large table would not fit into
// memory at once, nor would some thousands of its rows where each holds a piece of a photograph.
#pragma once

#include <deque>
#include <functional>
#include <string>

#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::app {

using EachRow = std::function<void(const Row&)>;

// How many rows to ask for next, where `largest` is that of the largest so far in bytes and
// `before` were asked for: ten times as many at most, 5,000 at most, and not above
// most_bytes_at_once where ten are below it.
inline constexpr std::size_t most_bytes_at_once = std::size_t{32} << 20U;
int rows_to_ask_for(int before, std::size_t largest);

// Outlives the connections it reads from: they keep its statements by their address.
class CursorRows {
 public:
  // In the view of `reading`, of a PostgresDatabase.
  void read(Reading& reading, const TableShape& table, const EachRow& each);

 private:
  std::deque<std::string> statements_;
};

}  // namespace minhu::app
