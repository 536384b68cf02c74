// What commands say to the one at the terminal.
#pragma once

#include <string>

#include "kernel/fault.h"

namespace minhu::app {

constexpr int done = 0;
constexpr int not_done = 1;

// The sentence of the fault on standard error; gives `not_done`.
int refuse(const Fault& fault);
// The last line, on standard output.
int finish(const std::string& line);
// Where the first security administrator sets up their account; on standard error, for it is no
// line for a script, and whoever keeps standard output keeps no key to the house.
void tell_first_link(const std::string& link);
// A line that replaces itself on a terminal and is silent elsewhere.
void progress(const std::string& line);

}  // namespace minhu::app
