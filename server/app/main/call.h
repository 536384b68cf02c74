// What the files of commands share while a call is read. CLI11 costs four seconds of compiling: it
// is included in this folder and nowhere else.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "app/foundation.h"

namespace minhu::app {

struct Call {
  FoundationOptions foundation;
  std::function<int()> command;  // what was called for, once the call is read

  // Options that live as long as the call: they are filled in after whoever named them has
  // returned.
  template <class Options, class... Given>
  Options& keep(Given&&... given) {
    auto options = std::make_shared<Options>(std::forward<Given>(given)...);
    kept.push_back(options);
    return *options;
  }
  std::vector<std::shared_ptr<void>> kept;
};

// A command that works on files alone: it has no installation.
CLI::App* file_command(CLI::App& parent, Call& call, const char* name, const char* what,
                       std::function<int()> run);
// One that works on an installation: with the options that say which.
CLI::App* command(CLI::App& parent, Call& call, const char* name, const char* what,
                  std::function<int()> run);

void add_serving(CLI::App& cli, Call& call);
void add_county(CLI::App& cli, Call& call);
void add_keeping(CLI::App& cli, Call& call);
void add_texts(CLI::App& cli, Call& call);
void add_record(CLI::App& cli, Call& call);

}  // namespace minhu::app
