// `minhu <command> --data DIR …`: reads the call and hands it to the command.
#include <sys/stat.h>

#include <cstdio>
#include <exception>
#include <string_view>

#include "adapters/images_vips/images_child.h"
#include "app/main/call.h"
#include "app/memory.h"
#include "kernel/crypto.h"

namespace {

int run(int argc, char** argv) {
  namespace app = minhu::app;
  CLI::App cli{"民呼 Minhu: every word recorded, every person answered."};
  cli.require_subcommand(1);
  app::Call call;
  // In this order they stand in the help.
  app::add_serving(cli, call);
  app::add_county(cli, call);
  app::add_keeping(cli, call);
  app::add_texts(cli, call);
  app::add_record(cli, call);

  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : 2;
  }
  return call.command();
}

}  // namespace

int main(int argc, char** argv) {
  namespace images = minhu::images_vips;
  if (argc > 1 && std::string_view(argv[1]) == images::images_child_verb) {
    return images::run_images_child(argc, argv);
  }
  ::umask(077);  // what this program writes is for its own account alone
  minhu::app::keep_few_arenas();
  minhu::start_crypto();
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "minhu: %s\n", error.what());
    return 1;
  }
}
