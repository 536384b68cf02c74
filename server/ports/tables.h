// The tables of a database as they are, for moving a whole database from one engine to another.
#pragma once

#include <string>
#include <vector>

namespace minhu {

enum class ColumnKind { integer, text, bytes };

struct Column {
  std::string name;
  ColumnKind kind;
};

struct TableShape {
  std::string name;
  std::vector<Column> columns;

  // "a, b, c"
  std::string column_list() const {
    std::string list;
    for (const Column& column : columns) list += (list.empty() ? "" : ", ") + column.name;
    return list;
  }
};

}  // namespace minhu
