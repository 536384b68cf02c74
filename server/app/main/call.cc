#include "app/main/call.h"

namespace minhu::app {

// A command that works on files alone: it has no installation.
CLI::App* file_command(CLI::App& parent, Call& call, const char* name, const char* what,
                       std::function<int()> run) {
  CLI::App* sub = parent.add_subcommand(name, what);
  sub->callback([&call, run = std::move(run)] { call.command = run; });
  return sub;
}

CLI::App* command(CLI::App& parent, Call& call, const char* name, const char* what,
                  std::function<int()> run) {
  CLI::App* sub = file_command(parent, call, name, what, std::move(run));
  sub->add_option("--data", call.foundation.data, "the folder of this installation")
      ->capture_default_str();
  sub->add_option("--storage", call.foundation.storage,
                  "postgresql://…: a database server for the data; default: what DIR/minhu.toml "
                  "says, or a file in DIR")
      ->envname("MINHU_STORAGE");
  sub->add_option("--key-storage", call.foundation.key_storage,
                  "postgresql://…: another database, for the keys of cases alone; default: what "
                  "DIR/minhu.toml says, or DIR/keys.db")
      ->envname("MINHU_KEY_STORAGE");
  sub->add_option("--policies", call.foundation.policies,
                  "a folder of rule packs and calendars in place of the built-in ones");
  return sub;
}

}  // namespace minhu::app
