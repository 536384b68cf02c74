// `minhu <command> --data DIR …`: reads the call and hands it to the command. CLI11 costs four
// seconds of compiling, so it is included here and nowhere else.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string_view>

#include "adapters/images_vips/images_child.h"
#include "app/commands.h"
#include "app/memory.h"
#include "kernel/crypto.h"

namespace {

using minhu::app::FoundationOptions;

struct Call {
  FoundationOptions foundation;
  std::function<int()> command;
};

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

void limit_tours(CLI::App& sub, minhu::app::ToursWork& work) {
  sub.add_option("--seconds", work.seconds, "how long to search")->capture_default_str();
  sub.add_option("--iterations", work.iterations,
                 "in place of seconds: the same result on every machine under any load");
  sub.add_option("--seed", work.seed)->capture_default_str();
  sub.add_option("--threads", work.threads, "default: one a processor");
}

int run(int argc, char** argv) {
  namespace app = minhu::app;
  CLI::App cli{"民呼 Minhu: every word recorded, every person answered."};
  cli.require_subcommand(1);
  Call call;

  app::InitOptions init;
  auto* init_command = command(cli, call, "init", "set up an empty installation for a county",
                               [&] { return app::init(call.foundation, init); });
  init_command->add_option("--region", init.region, "national division code")->required();
  init_command->add_option("--name", init.name, "name of the county")->required();
  init_command->add_option("--organiser", init.organiser, "who runs the service")->required();
  init_command->add_option("--phone", init.phone, "phone of the reception desk")->required();

  init_command->add_option("--origin", init.origin,
                           "name of the record for ever: the address of the service without "
                           "https://, and /record");

  app::ServeOptions serve;
  auto* serve_command =
      command(cli, call, "serve", "serve pages and the API until a signal ends it", [&] {
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

  app::DemoOptions demo;
  auto* demo_command =
      command(cli, call, "demo", "a county that does not exist, alive for two years",
              [&] { return app::play_demo(call.foundation, demo); });
  demo_command->add_option("--seed", demo.seed)->capture_default_str();
  demo_command->add_option("--months", demo.months)->capture_default_str();
  demo_command->add_option("--cases", demo.cases)->capture_default_str();
  demo_command->add_option("--truth", demo.truth, "a folder for what is really behind the cases");

  std::int64_t bulk_cases = 1'000'000;
  command(cli, call, "bulk", "many cases without a story into a demo county, for benchmarks",
          [&] { return app::load_bulk(call.foundation, bulk_cases); })
      ->add_option("--cases", bulk_cases)
      ->capture_default_str();

  app::AccountOptions account;
  auto* accounts = cli.add_subcommand("account", "accounts of officials")->require_subcommand(1);
  auto* add =
      command(*accounts, call, "add", "add an account and print the link that sets its password",
              [&] { return app::add_account(call.foundation, account); });
  add->add_option("--login", account.login)->required();
  add->add_option("--name", account.name)->required();
  add->add_option("--role", account.role, "clerk, dispatcher, caller, handler, unit_head, …")
      ->required();
  add->add_option("--unit", account.unit, "code of the unit");
  std::string invited_login;
  command(*accounts, call, "invite", "a new link for an account whose password or phone is lost",
          [&] { return app::invite_account(call.foundation, invited_login); })
      ->add_option("--login", invited_login)
      ->required();

  std::filesystem::path file;
  std::string scheme = "minhu";
  auto* imports = cli.add_subcommand("import", "bring files in")->require_subcommand(1);
  app::ImportPetitionsOptions petitions;
  auto* petitions_command =
      command(*imports, call, "petitions", "petitions out of a CSV file; safe to run twice",
              [&] { return app::import_petitions(call.foundation, petitions); });
  petitions_command->add_option("FILE", petitions.file)->required();
  petitions_command->add_option("--map", petitions.maps, "column=field, as often as needed");
  petitions_command->add_option("--track", petitions.track)->capture_default_str();
  petitions_command->add_option("--source", petitions.source, "name of the source");
  petitions_command->add_option(
      "--rejects", petitions.rejects,
      "where rows that cannot be taken are written; default: beside FILE");
  command(*imports, call, "places", "the administrative tree",
          [&] { return app::import_places(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  command(*imports, call, "units", "units (code,name,kind,level,parent,place,leader_post,phone)",
          [&] { return app::import_units(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  command(*imports, call, "rules", "dispatch rules (code,category,area,unit,source)",
          [&] { return app::import_dispatch_rules(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  auto* categories = command(*imports, call, "categories", "a category tree of three levels",
                             [&] { return app::import_categories(call.foundation, file, scheme); });
  categories->add_option("FILE", file)->required();
  categories->add_option("--scheme", scheme)->capture_default_str();

  std::string text;
  std::string place;
  std::string category;
  auto* units = cli.add_subcommand("units", "who is there for what")->require_subcommand(1);
  auto* explain =
      command(*units, call, "explain", "this text, this place: which unit, by which rule",
              [&] { return app::explain_dispatch(call.foundation, text, place, category); });
  explain->add_option("--text", text);
  explain->add_option("--place", place, "code of the place");
  explain->add_option("--category", category, "scheme:code, in place of the text's own");

  auto* tours = cli.add_subcommand("tours", "who goes where on which day")->require_subcommand(1);
  app::SolveToursOptions solve;
  auto* solve_command = command(*tours, call, "solve", "tours for an instance of the benchmarks",
                                [&] { return app::solve_tours(solve); });
  solve_command->add_option("INSTANCE", solve.instance)->required();
  solve_command->add_option("--tours", solve.tours, "how many")->capture_default_str();
  solve_command->add_option("--out", solve.out, "where to write; default: standard output");
  limit_tours(*solve_command, solve.work);
  app::PlanToursOptions plan;
  auto* plan_command = command(*tours, call, "plan", "visits of several people over several days",
                               [&] { return app::plan_tours(plan); });
  plan_command->add_option("PROBLEM", plan.problem, "JSON as in docs/tours.md")->required();
  plan_command->add_option("--language", plan.language, "of the reasons: zh-CN or en")
      ->capture_default_str();
  plan_command->add_option("--out", plan.out, "where to write; default: standard output");
  limit_tours(*plan_command, plan.work);

  auto* visits = cli.add_subcommand("visits", "where leaders go")->require_subcommand(1);
  command(*visits, call, "villages", "where villages lie (code,lon,lat,people[,signal,…])",
          [&] { return app::import_villages(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  app::VisitsAuditOptions visits_audit;
  auto* visits_audit_command =
      command(*visits, call, "audit", "find what did not go as it was announced",
              [&] { return app::audit_visits(call.foundation, visits_audit); });
  visits_audit_command->add_option("--from", visits_audit.from,
                                   "first day, like 2026-11-01; default: the month before this");
  visits_audit_command->add_option("--to", visits_audit.to, "last day");
  app::CheckLotOptions lot;
  auto* lot_command = command(*visits, call, "check-lot", "draws a published lot again",
                              [&] { return app::check_lot(lot); });
  lot_command->add_option("FILE", lot.file, "of /api/v1/plans/MONTH/lot")->required();
  auto* proof = lot_command->add_option("--proof", lot.proof, "of /visits/lots/MONTH/proof");
  lot_command->add_option("--policy", lot.policy, "whose signatures it needs")->needs(proof);
  proof->needs("--policy");
  app::PlanVisitsOptions month;
  auto* month_command =
      command(*visits, call, "plan", "a month of visits, with a reason for every village",
              [&] { return app::plan_visits(call.foundation, month); });
  month_command->add_option("MONTH", month.month, "like 2026-12")->required();
  month_command->add_option("--leader", month.leaders, "login=7-11,14: whose days")->required();
  month_command->add_option("--post", month.posts, "login=县委书记: where no register says it");
  month_command->add_option("--portfolio", month.portfolios, "login=全面工作: as --post");
  month_command->add_option("--rank", month.ranks,
                            "login=county_head: nobody of a lower one comes");
  month_command->add_option("--language", month.language, "of the reasons: zh-CN or en")
      ->capture_default_str();
  month_command->add_option("--iterations", month.iterations)->capture_default_str();
  month_command->add_option("--seed", month.seed)->capture_default_str();
  month_command->add_option("--problem", month.problem, "the problem, for `minhu tours plan`");

  command(cli, call, "migrate-storage",
          "move everything out of the file onto the server that --storage names",
          [&] { return app::migrate_storage(call.foundation); });

  command(cli, call, "migrate-keys",
          "move the keys of cases out of their file into the database that --key-storage names",
          [&] { return app::migrate_keys(call.foundation); });

  app::BackupOptions backup;
  auto* backup_command =
      command(cli, call, "backup", "everything into a sealed file, while the server goes on",
              [&] { return app::backup(call.foundation, backup); });
  backup_command->add_option("--to", backup.to, "a folder, or a file that is not there yet")
      ->required();
  backup_command->add_option("--key-file", backup.key_file, "the .pub that backup-key made")
      ->required();
  backup_command->add_option("--keys-to", backup.keys_to,
                             "a folder in another place for the keys of cases, kept seven days");
  std::filesystem::path backup_key;
  file_command(cli, call, "backup-key", "the key that opens backups, for the safe",
               [&] { return app::make_backup_key(backup_key); })
      ->add_option("--out", backup_key, "a file; its public part is written beside it as .pub")
      ->required();
  app::RestoreOptions restore;
  auto* restore_command =
      file_command(cli, call, "restore", "a folder out of a backup; without --data a trial",
                   [&] { return app::restore(restore); });
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

  app::RebuildOptions rebuild;
  auto* rebuild_command =
      command(cli, call, "rebuild", "derive every row of today again and compare",
              [&] { return app::rebuild(call.foundation, rebuild); });
  rebuild_command->add_flag("--repair", rebuild.repair, "write what differs anew");
  rebuild_command->add_option("--sample", rebuild.sample, "each n-th only");

  bool write_figures_anew = false;
  auto* figures = cli.add_subcommand("figures", "sums that are shown")->require_subcommand(1);
  command(*figures, call, "check", "add up every case again and compare with the stored sums", [&] {
    return app::check_figures(call.foundation, write_figures_anew);
  })->add_flag("--repair", write_figures_anew, "write the sums anew where they differ");

  auto* relay = cli.add_subcommand("relay", "handing over of posts")->require_subcommand(1);
  command(*relay, call, "audit", "find what is missing from a hand-over of a post",
          [&] { return app::audit_relays(call.foundation); });

  command(cli, call, "recompute-clocks", "move due dates to the calendars and rules of now",
          [&] { return app::recompute_clocks(call.foundation); });

  bool try_again = false;
  command(cli, call, "messages", "messages to people that wait, and those that were given up", [&] {
    return app::mend_messages(call.foundation, try_again);
  })->add_flag("--try-again", try_again, "try again what was given up");

  auto* escrow = cli.add_subcommand("escrow", "reports of wrongdoing: the key of three custodians")
                     ->require_subcommand(1);
  bool anew = false;
  command(*escrow, call, "init", "make the key and print its three papers, once", [&] {
    return app::escrow_init(call.foundation, anew);
  })->add_flag("--anew", anew, "a new key for what comes; the old papers open what was");
  command(*escrow, call, "list", "what two papers could open: no words, no people",
          [&] { return app::escrow_list(call.foundation); });
  std::string report;
  command(*escrow, call, "open", "open one with two papers; the case has it written down",
          [&] { return app::escrow_open(call.foundation, report); })
      ->add_option("REPORT", report)
      ->required();

  std::string number;
  std::string basis;
  auto* erase = command(cli, call, "erase", "destroy every word of a case; its facts stay",
                        [&] { return app::erase(call.foundation, number, basis); });
  erase->add_option("NUMBER", number)->required();
  erase->add_option("--basis", basis, "short code of the legal ground")->required();

  auto* texts =
      cli.add_subcommand("text", "reading petitions: files in, files out")->require_subcommand(1);
  app::TrainClassifierOptions train;
  auto* train_command =
      file_command(*texts, call, "train", "learn categories from id,title,detail,category",
                   [&] { return app::train_classifier(train); });
  train_command->add_option("LABELLED", train.labelled)->required();
  train_command->add_option("--out", train.out, "where the model is written")->required();
  app::ClassifyOptions classify;
  auto* classify_command =
      file_command(*texts, call, "classify", "suggest a category for each id,title,detail",
                   [&] { return app::classify_file(classify); });
  classify_command->add_option("MODEL", classify.model)->required();
  classify_command->add_option("INPUT", classify.input)->required();
  classify_command->add_option("--out", classify.out, "id,category,confidence,why")->required();
  app::TextAccusedOptions accused;
  auto* accused_command =
      file_command(*texts, call, "accused", "which offices and posts the texts complain of",
                   [&] { return app::find_accused_units(accused); });
  accused_command->add_option("INPUT", accused.file, "CSV: id,title,detail")->required();
  accused_command->add_option("--out", accused.out, "CSV: a row for each mention")->required();
  accused_command->add_option("--units", accused.units, "CSV: code,name of the county's units");
  app::TextRepliesOptions replies;
  auto* replies_command =
      file_command(*texts, call, "replies", "what the answers to petitions lack",
                   [&] { return app::check_replies(replies); });
  replies_command->add_option("INPUT", replies.file, "CSV: id,title,detail,reply")->required();
  replies_command->add_option("--out", replies.out, "CSV: a row for each hint")->required();
  app::CompareModelsOptions compare;
  app::TextGroupOptions group;
  auto* group_command =
      file_command(*texts, call, "group", "which petitions speak of the same issue",
                   [&] { return app::group_texts(group); });
  group_command->add_option("INPUT", group.file, "CSV: id,title,detail")->required();
  group_command->add_option("--out", group.out, "CSV: id,group,why; no group: alone")->required();
  group_command->add_option("--workers", group.workers, "threads; default: one a processor");

  app::TextIndexOptions index;
  auto* index_command =
      file_command(*texts, call, "index", "an index of petitions to ask for similar ones",
                   [&] { return app::index_texts(index); });
  index_command->add_option("INPUT", index.file, "CSV: id,title,detail")->required();
  index_command->add_option("--out", index.out, "the index")->required();
  index_command->add_option("--workers", index.workers, "threads; default: one a processor");

  app::TextSimilarOptions similar;
  auto* similar_command =
      file_command(*texts, call, "similar", "the petitions nearest to a text, or to one of them",
                   [&] { return app::similar_texts(similar); });
  similar_command->add_option("INDEX", similar.index)->required();
  auto* query_option = similar_command->add_option("--query", similar.query, "a text");
  similar_command->add_option("--id", similar.id, "a petition of the index")
      ->excludes(query_option);
  similar_command->add_option("--most", similar.most)->capture_default_str();

  auto* compare_command =
      file_command(*texts, call, "compare", "two models on the same labelled petitions",
                   [&] { return app::compare_models(compare); });
  compare_command->add_option("FIRST", compare.first)->required();
  compare_command->add_option("SECOND", compare.second)->required();
  compare_command->add_option("LABELLED", compare.labelled)->required();

  app::VerifyRecordOptions verified;
  auto* record =
      cli.add_subcommand("record", "the record that nobody can change")->require_subcommand(1);
  auto* verify = file_command(*record, call, "verify", "whether a receipt stands in the record",
                              [&] { return app::verify_record(verified); });
  verify->add_option("FILE", verified.proof, "a .tlog-proof")->required();
  verify->add_option("--policy", verified.policy, "whose signatures to believe")->required();
  verify->add_option("--entry", verified.entry,
                     "the entry itself, for a proof that does not open it");
  command(*record, call, "key", "the name and the key of this record",
          [&] { return app::show_record_key(call.foundation); });
  std::filesystem::path new_policy;
  command(*record, call, "policy", "whom a verifier of this record shall believe", [&] {
    return app::record_policy(call.foundation, new_policy);
  })->add_option("--set", new_policy, "check this file, and take it");
  command(*record, call, "status", "how far the record is, and what stands in its way",
          [&] { return app::record_status(call.foundation); });

  verify->add_option("--sm2-key", verified.sm2_key, "a key of SM2 that must have signed, too");

  std::filesystem::path signing_data = "var";
  file_command(*record, call, "sm2",
               "a second signature with SM2 and SM3: makes and prints its key",
               [&] { return app::sign_with_sm2(signing_data); })
      ->add_option("--data", signing_data, "the folder of this installation")
      ->capture_default_str();
  app::SampleRecordOptions sample;
  auto* sample_command =
      command(*record, call, "sample", "opens for an auditor what a later day has drawn",
              [&] { return app::sample_record(call.foundation, sample); });
  sample_command->add_option("--checkpoint", sample.checkpoint, "a published one, to be audited")
      ->required();
  sample_command->add_option("--count", sample.count, "of leaves")->check(CLI::Range(1, 10'000));
  sample_command->add_option("--out", sample.out, "where to write")->required();
  app::CheckSampleOptions checked_sample;
  auto* check_sample_command =
      file_command(*record, call, "check-sample", "whether a sample is what the record says",
                   [&] { return app::check_record_sample(checked_sample); });
  check_sample_command->add_option("FILE", checked_sample.sample)->required();
  check_sample_command->add_option("--policy", checked_sample.policy, "whose signatures to believe")
      ->required();
  check_sample_command->add_option("--history", checked_sample.history,
                                   "history of the day that drew, from a mirror");
  app::CompleteRecordOptions complete;
  auto* complete_command =
      command(*record, call, "complete",
              "states of a period who was answered, late, or not at all: everybody",
              [&] { return app::complete_record(call.foundation, complete); });
  complete_command->add_option("--from", complete.from, "a month, 2026-01")->required();
  complete_command->add_option("--to", complete.to, "a month, in it")->required();
  complete_command->add_option("--out", complete.out, "where to write")->required();
  app::CheckCompleteOptions checked_complete;
  auto* check_complete =
      file_command(*record, call, "check-complete", "whether such a statement is whole and signed",
                   [&] { return app::check_completeness(checked_complete); });
  check_complete->add_option("FILE", checked_complete.statement)->required();
  check_complete->add_option("--policy", checked_complete.policy, "whose signatures to believe")
      ->required();
  check_complete->add_option("--receipt", checked_complete.receipt,
                             "a .tlog-proof: how its speaker is counted");
  check_complete->add_option("--sample", checked_complete.sample,
                             "of record sample: whether its leaves are counted");
  std::filesystem::path stated;
  app::MonitorRecordOptions monitored;
  auto* audit =
      command(*record, call, "audit",
              "with --data: everything in it against everything else, with the keys; with --url: "
              "watched from outside, without any",
              [&] {
                return monitored.url.empty() ? app::audit_record(call.foundation, stated)
                                             : app::monitor_record(monitored);
              });
  auto* url =
      audit->add_option("--url", monitored.url, "http(s)://…/record, or a folder with its files");
  audit->add_option("--statement", stated, "of record complete: whether it still follows")
      ->excludes(url);
  auto* believed = audit->add_option("--policy", monitored.policy, "whom to believe");
  auto* state = audit->add_option("--state", monitored.state, "a folder for what was seen before");
  url->needs(believed)->needs(state);
  audit->add_option("--alarm", monitored.alarm, "a file for what is not as it must be")->needs(url);
  auto* every = audit->add_option("--every", monitored.every, "seconds from look to look");
  bool once = false;
  audit->add_flag("--once", once, "one look; the default")->excludes(every);
  audit->add_flag("--full", monitored.full, "read everything again, however much it is");
  audit
      ->add_option("--stale-after", monitored.stale_after,
                   "seconds without a new checkpoint until it is an alarm")
      ->capture_default_str();

  app::InitWitnessOptions new_witness;
  auto* witness =
      cli.add_subcommand("witness", "an eye on somebody else's record")->require_subcommand(1);
  auto* witness_init = file_command(*witness, call, "init", "make a witness, and print its key",
                                    [&] { return app::init_witness(new_witness); });
  witness_init->add_option("--data", new_witness.data, "the folder of this witness")->required();
  witness_init->add_option("--name", new_witness.name, "what it is called in every signature")
      ->required();
  app::ServeWitnessOptions serve_witness;
  auto* witness_serve =
      file_command(*witness, call, "serve", "cosign what only grows until a signal ends it",
                   [&] { return app::serve_witness(serve_witness); });
  witness_serve->add_option("--data", serve_witness.data, "the folder of this witness")->required();
  witness_serve->add_option("--address", serve_witness.address)->capture_default_str();
  witness_serve->add_option("--port", serve_witness.port, "0: any free one")->capture_default_str();
  witness_serve->add_option("--log", serve_witness.logs,
                            "verifier key of a log, as often as needed");
  witness_serve->add_option("--policy", serve_witness.policy, "a policy that names the logs");

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
