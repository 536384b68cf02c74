// The petitions of a CSV as the engine compares them, one after the other: a million never stand in
// memory as texts.
#pragma once

#include <fstream>

#include "engines/text/matter_terms.h"
#include "kernel/csv.h"

namespace bench {

// `take` is called with the terms of each row that has any. Columns: title, detail.
template <class Take>
void each_matter(const char* file, const Take& take) {
  std::ifstream in(file, std::ios::binary);
  minhu::CsvReader reader(in);
  minhu::CsvRow row;
  if (!reader.next(row).value_or(false)) return;
  const std::size_t title = minhu::column_of(row, "title").value();
  const std::size_t detail = minhu::column_of(row, "detail").value();
  minhu::text::TermReader terms_of;
  minhu::text::MatterTerms terms;
  while (reader.next(row).value_or(false)) {
    if (terms_of.read(row.fields[title], row.fields[detail], terms)) take(terms);
  }
}

}  // namespace bench
