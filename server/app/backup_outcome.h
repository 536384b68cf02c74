// What went wrong with a backup, whoever threw it, as the sentence and the exit status of a
// command.
#pragma once

#include <functional>

#include "kernel/result.h"

namespace minhu::app {

int told_of_backup(const std::function<Outcome()>& work);

}  // namespace minhu::app
