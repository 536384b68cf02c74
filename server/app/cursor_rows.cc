#include "app/cursor_rows.h"

#include <algorithm>
#include <array>

namespace minhu::app {

namespace {

struct Portion {
  int rows;
  std::string_view fetch;
};
constexpr std::array<Portion, 4> portions{{{10, "FETCH 10 FROM rows_of_table"},
                                           {100, "FETCH 100 FROM rows_of_table"},
                                           {1000, "FETCH 1000 FROM rows_of_table"},
                                           {5000, "FETCH 5000 FROM rows_of_table"}}};

std::size_t size_of(const TableShape& table, const Row& row) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (row.is_null(column)) continue;
    switch (table.columns[i].kind) {
      case ColumnKind::integer:
        size += sizeof(std::int64_t);
        break;
      case ColumnKind::text:
        size += row.text(column).size();
        break;
      case ColumnKind::bytes:
        size += row.bytes(column).size();
        break;
    }
  }
  return size;
}

}  // namespace

int rows_to_ask_for(int before, std::size_t largest) {
  int rows = portions.front().rows;
  for (const Portion& portion : portions) {
    const bool fits = static_cast<std::size_t>(portion.rows) * largest <= most_bytes_at_once;
    if (fits && portion.rows <= before * 10) rows = portion.rows;
  }
  return rows;
}

void CursorRows::read(Reading& reading, const TableShape& table, const EachRow& each) {
  statements_.push_back("DECLARE rows_of_table NO SCROLL CURSOR FOR SELECT " + table.column_list() +
                        " FROM " + table.name);
  reading.query(statements_.back(), {}, [](const Row&) {});
  std::size_t largest = 0;
  int rows = portions.front().rows;
  for (bool there_is_more = true; there_is_more;) {
    there_is_more = false;
    const auto portion = std::find_if(portions.begin(), portions.end(),
                                      [&](const Portion& one) { return one.rows == rows; });
    reading.query(portion->fetch, {}, [&](const Row& row) {
      there_is_more = true;
      largest = std::max(largest, size_of(table, row));
      each(row);
    });
    rows = rows_to_ask_for(rows, largest);
  }
  reading.query("CLOSE rows_of_table", {}, [](const Row&) {});
}

}  // namespace minhu::app
