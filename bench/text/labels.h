// What the benches of the text engine share: rows of a CSV by column, and honest shares.
#pragma once

#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/csv.h"

namespace bench {

using Row = std::map<std::string, std::string>;

// Empty when the file is not there.
inline std::vector<Row> rows_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Row> rows;
  if (!in) return rows;
  minhu::CsvReader reader(in);
  minhu::CsvRow header;
  minhu::CsvRow row;
  if (!reader.next(header).value_or(false)) return rows;
  while (reader.next(row).value_or(false)) {
    Row fields;
    for (std::size_t column = 0; column < header.fields.size(); ++column) {
      if (column < row.fields.size()) fields[header.fields[column]] = row.fields[column];
    }
    rows.push_back(std::move(fields));
  }
  return rows;
}

// Wilson's 95 % interval, to standard error; `name value share goal` to standard output.
inline void tell_share(const std::string& name, double part, double whole, const char* goal) {
  if (whole == 0) return;
  constexpr double z = 1.96;
  const double share = part / whole;
  const double divisor = 1 + z * z / whole;
  const double centre = (share + z * z / (2 * whole)) / divisor;
  const double half =
      z * std::sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / divisor;
  std::fprintf(stderr, "%-44s %4.0f of %4.0f, 95 %% between %.3f and %.3f\n", name.c_str(), part,
               whole, centre - half, centre + half);
  std::printf("%s %.3f share %s\n", name.c_str(), share, goal);
}

}  // namespace bench
