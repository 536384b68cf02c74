// The sentences that are built into the program, in every language of the house.
#pragma once

#include "engines/catalogue/catalogue.h"

namespace minhu::app {

// Aborts when the built-in files are broken: the tests of every build read them first.
const catalogue::Catalogues& sentences();
// For whoever sits at the terminal: by LC_ALL, LC_MESSAGES or LANG.
const catalogue::Catalogue& terminal_language();

}  // namespace minhu::app
