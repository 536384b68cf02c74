// toml++ as everything here includes it: a file that is wrong is an error with its line, never the
// end of the process.
//
// The library asserts that a section begins with a letter it allows before it says, two lines
// further on, that it does not: with asserts on, `[短信]` in a file of settings ended the program.
// Its own checks follow each of these asserts.
#pragma once

#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>
