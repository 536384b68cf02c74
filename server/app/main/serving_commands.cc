// Commands that set an installation up and run it: init, serve, demo, bulk, account.
#include "app/commands.h"
#include "app/main/call.h"

namespace minhu::app {

void add_serving(CLI::App& cli, Call& call) {
  auto& init = call.keep<app::InitOptions>();
  auto* init_command = command(cli, call, "init", "set up an empty installation for a county",
                               [&call, &init] { return app::init(call.foundation, init); });
  init_command->add_option("--region", init.region, "national division code")->required();
  init_command->add_option("--name", init.name, "name of the county")->required();
  init_command->add_option("--organiser", init.organiser, "who runs the service")->required();
  init_command->add_option("--phone", init.phone, "phone of the reception desk")->required();

  init_command->add_option("--origin", init.origin,
                           "name of the record for ever: the address of the service without "
                           "https://, and /record");

  auto& serve = call.keep<app::ServeOptions>();
  auto* serve_command = command(cli, call, "serve",
                                "serve pages and the API until a signal ends it", [&call, &serve] {
                                  call.foundation.record_batches = !serve.record_batches.empty();
                                  return app::serve(call.foundation, serve);
                                });
  serve_command->add_option("--address", serve.address)->capture_default_str();
  serve_command->add_option("--port", serve.port, "0: any free one")->capture_default_str();
  serve_command->add_option("--workers", serve.workers, "threads that run requests");
  serve_command->add_option("--trusted-proxy", serve.trusted_proxies,
                            "address or network of the proxy that ends TLS");
  serve_command->add_option(
      "--outbound", serve.outbound,
      "a TOML file that says how people are told; default: the outbox folder");
  serve_command->add_option(
      "--openid", serve.openid,
      "a TOML file that names the county's OpenID provider; default: passwords alone");
  serve_command->add_option("--record-batches", serve.record_batches,
                            "write the size of each group commit to this file at the end");
  serve_command->add_flag("--without-record", serve.without_record,
                          "for benchmarks: what comes in is taken into the record at the next "
                          "start without this");

  auto& demo = call.keep<app::DemoOptions>();
  auto* demo_command =
      command(cli, call, "demo", "a county that does not exist, alive for two years",
              [&call, &demo] { return app::play_demo(call.foundation, demo); });
  demo_command->add_option("--seed", demo.seed)->capture_default_str();
  demo_command->add_option("--months", demo.months)->capture_default_str();
  demo_command->add_option("--cases", demo.cases)->capture_default_str();
  demo_command->add_option("--truth", demo.truth, "a folder for what is really behind the cases");

  auto& bulk_cases = call.keep<std::int64_t>(1'000'000);
  command(cli, call, "bulk", "many cases without a story into a demo county, for benchmarks",
          [&call, &bulk_cases] { return app::load_bulk(call.foundation, bulk_cases); })
      ->add_option("--cases", bulk_cases)
      ->capture_default_str();

  auto& account = call.keep<app::AccountOptions>();
  auto* accounts = cli.add_subcommand("account", "accounts of officials")->require_subcommand(1);
  auto* add =
      command(*accounts, call, "add", "add an account and print the link that sets its password",
              [&call, &account] { return app::add_account(call.foundation, account); });
  add->add_option("--login", account.login)->required();
  add->add_option("--name", account.name)->required();
  add->add_option("--role", account.role, "clerk, dispatcher, caller, handler, unit_head, …")
      ->required();
  add->add_option("--unit", account.unit, "code of the unit");
  auto& invited_login = call.keep<std::string>();
  command(*accounts, call, "invite", "a new link for an account whose password or phone is lost",
          [&call, &invited_login] { return app::invite_account(call.foundation, invited_login); })
      ->add_option("--login", invited_login)
      ->required();
}

}  // namespace minhu::app
