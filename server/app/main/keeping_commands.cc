// Commands that keep an installation whole: moving, backups, what is derived, messages, sealed
// reports, erasing.
#include "app/commands.h"
#include "app/main/call.h"

namespace minhu::app {

void add_keeping(CLI::App& cli, Call& call) {
  command(cli, call, "migrate-storage",
          "move everything out of the file onto the server that --storage names",
          [&call] { return app::migrate_storage(call.foundation); });

  command(cli, call, "migrate-keys",
          "move the keys of cases out of their file into the database that --key-storage names",
          [&call] { return app::migrate_keys(call.foundation); });

  auto& backup = call.keep<app::BackupOptions>();
  auto* backup_command =
      command(cli, call, "backup", "everything into a sealed file, while the server goes on",
              [&call, &backup] { return app::backup(call.foundation, backup); });
  backup_command->add_option("--to", backup.to, "a folder, or a file that is not there yet")
      ->required();
  backup_command->add_option("--key-file", backup.key_file, "the .pub that backup-key made")
      ->required();
  backup_command->add_option("--keys-to", backup.keys_to,
                             "a folder in another place for the keys of cases, kept seven days");
  auto& backup_key = call.keep<std::filesystem::path>();
  file_command(cli, call, "backup-key", "the key that opens backups, for the safe",
               [&backup_key] { return app::make_backup_key(backup_key); })
      ->add_option("--out", backup_key, "a file; its public part is written beside it as .pub")
      ->required();
  auto& restore = call.keep<app::RestoreOptions>();
  auto* restore_command =
      file_command(cli, call, "restore", "a folder out of a backup; without --data a trial",
                   [&restore] { return app::restore(restore); });
  restore_command->add_option("--from", restore.from, "what backup wrote")->required();
  restore_command->add_option("--key-file", restore.key_file, "what backup-key made")->required();
  restore_command->add_option("--data", restore.data, "a folder that is not there, or empty");
  restore_command->add_option("--keys", restore.keys, "what backup wrote with --keys-to");
  restore_command->add_option("--secrets", restore.secrets,
                              "a folder with minhu.key, record.key and record.sm2.key");
  restore_command->add_option("--storage", restore.storage,
                              "postgresql://…: an empty database for the rows, in place of a file");
  restore_command->add_flag("--verify", restore.verify,
                            "read everything back, look through it, open it, audit it");

  auto& rebuild = call.keep<app::RebuildOptions>();
  auto* rebuild_command =
      command(cli, call, "rebuild", "derive every row of today again and compare",
              [&call, &rebuild] { return app::rebuild(call.foundation, rebuild); });
  rebuild_command->add_flag("--repair", rebuild.repair, "write what differs anew");
  rebuild_command->add_option("--sample", rebuild.sample, "each n-th only");

  auto& write_figures_anew = call.keep<bool>(false);
  auto* figures = cli.add_subcommand("figures", "sums that are shown")->require_subcommand(1);
  command(*figures, call, "check", "add up every case again and compare with the stored sums",
          [&call, &write_figures_anew] {
            return app::check_figures(call.foundation, write_figures_anew);
          })
      ->add_flag("--repair", write_figures_anew, "write the sums anew where they differ");

  auto* relay = cli.add_subcommand("relay", "handing over of posts")->require_subcommand(1);
  command(*relay, call, "audit", "find what is missing from a hand-over of a post",
          [&call] { return app::audit_relays(call.foundation); });

  command(cli, call, "recompute-clocks", "move due dates to the calendars and rules of now",
          [&call] { return app::recompute_clocks(call.foundation); });

  auto& try_again = call.keep<bool>(false);
  command(cli, call, "messages", "messages to people that wait, and those that were given up",
          [&call, &try_again] { return app::mend_messages(call.foundation, try_again); })
      ->add_flag("--try-again", try_again, "try again what was given up");

  auto* escrow = cli.add_subcommand("escrow", "reports of wrongdoing: the key of three custodians")
                     ->require_subcommand(1);
  auto& anew = call.keep<bool>(false);
  command(*escrow, call, "init", "make the key and print its three papers, once", [&call, &anew] {
    return app::escrow_init(call.foundation, anew);
  })->add_flag("--anew", anew, "a new key for what comes; the old papers open what was");
  command(*escrow, call, "list", "what two papers could open: no words, no people",
          [&call] { return app::escrow_list(call.foundation); });
  auto& report = call.keep<std::string>();
  command(*escrow, call, "open", "open one with two papers; the case has it written down",
          [&call, &report] { return app::escrow_open(call.foundation, report); })
      ->add_option("REPORT", report)
      ->required();

  auto& number = call.keep<std::string>();
  auto& basis = call.keep<std::string>();
  auto* erase =
      command(cli, call, "erase", "destroy every word of a case; its facts stay",
              [&call, &number, &basis] { return app::erase(call.foundation, number, basis); });
  erase->add_option("NUMBER", number)->required();
  erase->add_option("--basis", basis, "short code of the legal ground")->required();
}

}  // namespace minhu::app
