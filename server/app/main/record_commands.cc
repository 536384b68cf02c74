// Commands for the record and for whoever watches it: record, witness.
#include "app/commands.h"
#include "app/main/call.h"

namespace minhu::app {

void add_record(CLI::App& cli, Call& call) {
  auto& verified = call.keep<app::VerifyRecordOptions>();
  auto* record =
      cli.add_subcommand("record", "the record that nobody can change")->require_subcommand(1);
  auto* verify = file_command(*record, call, "verify", "whether a receipt stands in the record",
                              [&verified] { return app::verify_record(verified); });
  verify->add_option("FILE", verified.proof, "a .tlog-proof")->required();
  verify->add_option("--policy", verified.policy, "whose signatures to believe")->required();
  verify->add_option("--entry", verified.entry,
                     "the entry itself, for a proof that does not open it");
  command(*record, call, "key", "the name and the key of this record",
          [&call] { return app::show_record_key(call.foundation); });
  auto& new_policy = call.keep<std::filesystem::path>();
  command(*record, call, "policy", "whom a verifier of this record shall believe",
          [&call, &new_policy] { return app::record_policy(call.foundation, new_policy); })
      ->add_option("--set", new_policy, "check this file, and take it");
  command(*record, call, "status", "how far the record is, and what stands in its way",
          [&call] { return app::record_status(call.foundation); });

  verify->add_option("--sm2-key", verified.sm2_key, "a key of SM2 that must have signed, too");

  auto& signing_data = call.keep<std::filesystem::path>("var");
  file_command(*record, call, "sm2",
               "a second signature with SM2 and SM3: makes and prints its key",
               [&signing_data] { return app::sign_with_sm2(signing_data); })
      ->add_option("--data", signing_data, "the folder of this installation")
      ->capture_default_str();
  auto& sample = call.keep<app::SampleRecordOptions>();
  auto* sample_command =
      command(*record, call, "sample", "opens for an auditor what a later day has drawn",
              [&call, &sample] { return app::sample_record(call.foundation, sample); });
  sample_command->add_option("--checkpoint", sample.checkpoint, "a published one, to be audited")
      ->required();
  sample_command->add_option("--count", sample.count, "of leaves")->check(CLI::Range(1, 10'000));
  sample_command->add_option("--out", sample.out, "where to write")->required();
  auto& checked_sample = call.keep<app::CheckSampleOptions>();
  auto* check_sample_command =
      file_command(*record, call, "check-sample", "whether a sample is what the record says",
                   [&checked_sample] { return app::check_record_sample(checked_sample); });
  check_sample_command->add_option("FILE", checked_sample.sample)->required();
  check_sample_command->add_option("--policy", checked_sample.policy, "whose signatures to believe")
      ->required();
  check_sample_command->add_option("--history", checked_sample.history,
                                   "history of the day that drew, from a mirror");
  auto& complete = call.keep<app::CompleteRecordOptions>();
  auto* complete_command =
      command(*record, call, "complete",
              "states of a period who was answered, late, or not at all: everybody",
              [&call, &complete] { return app::complete_record(call.foundation, complete); });
  complete_command->add_option("--from", complete.from, "a month, 2026-01")->required();
  complete_command->add_option("--to", complete.to, "a month, in it")->required();
  complete_command->add_option("--out", complete.out, "where to write")->required();
  auto& checked_complete = call.keep<app::CheckCompleteOptions>();
  auto* check_complete =
      file_command(*record, call, "check-complete", "whether such a statement is whole and signed",
                   [&checked_complete] { return app::check_completeness(checked_complete); });
  check_complete->add_option("FILE", checked_complete.statement)->required();
  check_complete->add_option("--policy", checked_complete.policy, "whose signatures to believe")
      ->required();
  check_complete->add_option("--receipt", checked_complete.receipt,
                             "a .tlog-proof: how its speaker is counted");
  check_complete->add_option("--sample", checked_complete.sample,
                             "of record sample: whether its leaves are counted");
  auto& stated = call.keep<std::filesystem::path>();
  auto& monitored = call.keep<app::MonitorRecordOptions>();
  auto* audit =
      command(*record, call, "audit",
              "with --data: everything in it against everything else, with the keys; with --url: "
              "watched from outside, without any",
              [&call, &stated, &monitored] {
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
  auto& once = call.keep<bool>(false);
  audit->add_flag("--once", once, "one look; the default")->excludes(every);
  audit->add_flag("--full", monitored.full, "read everything again, however much it is");
  audit
      ->add_option("--stale-after", monitored.stale_after,
                   "seconds without a new checkpoint until it is an alarm")
      ->capture_default_str();

  auto& new_witness = call.keep<app::InitWitnessOptions>();
  auto* witness =
      cli.add_subcommand("witness", "an eye on somebody else's record")->require_subcommand(1);
  auto* witness_init = file_command(*witness, call, "init", "make a witness, and print its key",
                                    [&new_witness] { return app::init_witness(new_witness); });
  witness_init->add_option("--data", new_witness.data, "the folder of this witness")->required();
  witness_init->add_option("--name", new_witness.name, "what it is called in every signature")
      ->required();
  auto& serve_witness = call.keep<app::ServeWitnessOptions>();
  auto* witness_serve =
      file_command(*witness, call, "serve", "cosign what only grows until a signal ends it",
                   [&serve_witness] { return app::serve_witness(serve_witness); });
  witness_serve->add_option("--data", serve_witness.data, "the folder of this witness")->required();
  witness_serve->add_option("--address", serve_witness.address)->capture_default_str();
  witness_serve->add_option("--port", serve_witness.port, "0: any free one")->capture_default_str();
  witness_serve->add_option("--log", serve_witness.logs,
                            "verifier key of a log, as often as needed");
  witness_serve->add_option("--policy", serve_witness.policy, "a policy that names the logs");
}

}  // namespace minhu::app
