// names_somebody() (closure.h) of a row f of case_file, in a statement. The first is also what the
// index case_that_names is made under, so it stands there in these words.
#pragma once

#define MINHU_NAMES_SOMEBODY \
  "(length(f.complained_of) > 0 OR length(f.accused_people) > 0 OR length(f.recused) > 0)"
#define MINHU_NAMES_NOBODY                                                                   \
  "(coalesce(length(f.complained_of), 0) = 0 AND coalesce(length(f.accused_people), 0) = 0 " \
  "AND coalesce(length(f.recused), 0) = 0)"
