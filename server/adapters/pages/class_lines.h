// One class of the public ledger as a page shows it: its facts, and before and after as two dots on
// one line.
#pragma once

#include "adapters/pages/ledger_kept.h"
#include "engines/catalogue/catalogue.h"
#include "engines/templates/templates.h"

namespace minhu::pages {

// The most cases a month of any line, so that all pictures of a page have one scale.
double most_a_month(const std::vector<KeptLine>& lines);
// Fills one CLASS of classes.html or done.html.
void show_class(const catalogue::Catalogue& say, Date today, double most, const KeptLine& kept,
                templates::Values& values);

}  // namespace minhu::pages
