// The commands of the program, one file each. Each says what it did in its last line on standard
// output, in words that a script can read; what a person should know on the way goes to standard
// error. Exit status: 0 done, 1 not done (the sentence says why and what is kept), 2 the call
// itself is wrong, 70 the disk failed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/foundation.h"
#include "app/tours_files.h"

namespace minhu::app {

struct InitOptions {
  std::int64_t region = 0;
  std::string name;
  std::string organiser;
  std::string phone;
  std::string origin;  // of the record; empty: made of the region
};
int init(const FoundationOptions& foundation, const InitOptions& options);

struct AccountOptions {
  std::string login;
  std::string name;
  std::string role;
  std::string unit;  // code
};
// Both print a link that works once, within 24 hours: whoever has it sets the password.
int add_account(const FoundationOptions& foundation, const AccountOptions& options);
// For an account whose password or telephone is lost, and nobody is left to invite it again.
int invite_account(const FoundationOptions& foundation, const std::string& login);

int import_places(const FoundationOptions& foundation, const std::filesystem::path& file);
int import_units(const FoundationOptions& foundation, const std::filesystem::path& file);
int import_dispatch_rules(const FoundationOptions& foundation, const std::filesystem::path& file);
int import_categories(const FoundationOptions& foundation, const std::filesystem::path& file,
                      const std::string& scheme);

struct ImportPetitionsOptions {
  std::filesystem::path file;
  std::vector<std::string> maps;  // "column=field"
  std::string track = "petition";
  std::string source;
  std::filesystem::path rejects;  // empty: beside the file
};
int import_petitions(const FoundationOptions& foundation, const ImportPetitionsOptions& options);

struct DemoOptions {
  std::uint64_t seed = 7;
  int months = 24;
  std::int64_t cases = 20000;
  std::filesystem::path truth;  // a folder for the ground truth; empty: not written
};
int play_demo(const FoundationOptions& foundation, const DemoOptions& options);

// Many cases without a story, for benchmarks; into a demo county only.
int load_bulk(const FoundationOptions& foundation, std::int64_t cases);

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8480;
  std::size_t workers = 0;  // 0: the server's own default
  std::vector<std::string> trusted_proxies;
  // Which way of telling people goes where (adapters/outbound/settings.h); empty: everything into
  // the outbox folder.
  std::filesystem::path outbound;
  // The county's OpenID provider (adapters/openid/settings.h); empty: passwords alone.
  std::filesystem::path openid;
  std::filesystem::path record_batches;  // for ./dev bench intake
  bool without_record = false;           // for ./dev bench record
};
int serve(const FoundationOptions& foundation, const ServeOptions& options);

// Which petitions of a CSV file speak of the same concrete issue (engines/text/groups.h).
struct TextGroupOptions {
  std::filesystem::path file;
  std::filesystem::path out;
  unsigned workers = 0;  // 0: one a processor
};
int group_texts(const TextGroupOptions& options);

// An index of the petitions of a CSV file, without their words (engines/text/similar.h).
struct TextIndexOptions {
  std::filesystem::path file;
  std::filesystem::path out;
  unsigned workers = 0;  // 0: one a processor
};
int index_texts(const TextIndexOptions& options);

struct TextSimilarOptions {
  std::filesystem::path index;
  std::string query;
  std::string id;
  std::size_t most = 10;
};
int similar_texts(const TextSimilarOptions& options);

// Whom the petitions of a CSV file complain of (engines/text/accused.h).
struct TextAccusedOptions {
  std::filesystem::path file;
  std::filesystem::path units;  // CSV with code, name; empty: no units are matched
  std::filesystem::path out;
};
int find_accused_units(const TextAccusedOptions& options);

// What the answers of a CSV file lack (engines/text/replies.h).
struct TextRepliesOptions {
  std::filesystem::path file;
  std::filesystem::path out;
};
int check_replies(const TextRepliesOptions& options);

// "This text, this place → this unit, by this rule."
int explain_dispatch(const FoundationOptions& foundation, const std::string& text,
                     const std::string& place, const std::string& category);

struct SolveToursOptions {
  std::filesystem::path instance;  // a benchmark file; one named pr* has distances of two decimals
  int tours = 1;
  ToursWork work;
  std::filesystem::path out;  // empty: standard output
};
int solve_tours(const SolveToursOptions& options);

struct PlanToursOptions {
  std::filesystem::path problem;   // JSON; docs/tours.md
  std::string language = "zh-CN";  // of the reasons
  ToursWork work;
  std::filesystem::path out;  // empty: standard output
};
int plan_tours(const PlanToursOptions& options);

// A month of visits from the command line, where no desk is at hand: freezes it if it is not
// frozen, plans it, and prints every village with its reason.
struct PlanVisitsOptions {
  std::string month;                 // 2026-12
  std::vector<std::string> leaders;  // "login=7-11,14": whose days
  // "login=县委书记", "login=全面工作", "login=county_head": what no register says, or to be told
  // otherwise than it says
  std::vector<std::string> posts;
  std::vector<std::string> portfolios;
  std::vector<std::string> ranks;
  std::string language = "zh-CN";
  std::int64_t iterations = 20'000;
  std::uint64_t seed = 1;
  std::filesystem::path
      problem;  // where the problem is written, for `minhu tours plan`; may be empty
};
int plan_visits(const FoundationOptions& foundation, const PlanVisitsOptions& options);
struct CheckLotOptions {
  std::filesystem::path file;    // as GET /api/v1/plans/{month}/lot gives it
  std::filesystem::path proof;   // as GET /visits/lots/{month}/proof gives it; empty: not asked
  std::filesystem::path policy;  // whose signatures the proof needs
};
// Draws a lot again from what was published of it, and, with the proof, whether and when the record
// had what was committed to; before the lot is over that alone. Needs no county.
int check_lot(const CheckLotOptions& options);
// Where villages lie: code,lon,lat,people[,signal,languages,hours,minutes].
int import_villages(const FoundationOptions& foundation, const std::filesystem::path& file);

struct RebuildOptions {
  bool repair = false;
  std::int64_t sample = 1;
};
// Out of the file of the folder onto the server that foundation.storage names; the server stopped.
int migrate_storage(const FoundationOptions& foundation);
// The keys of cases out of DATA/keys.db into the database of options.key_storage, each compared; so
// that several servers can share them.
int migrate_keys(const FoundationOptions& options);
int rebuild(const FoundationOptions& foundation, const RebuildOptions& options);

struct BackupOptions {
  std::filesystem::path to;        // a file that is not there, or a folder
  std::filesystem::path key_file;  // the public part of a backup key
  std::filesystem::path keys_to;   // a folder elsewhere for the keys of cases; empty: not copied
};
// The server may be running.
int backup(const FoundationOptions& foundation, const BackupOptions& options);
int make_backup_key(const std::filesystem::path& file);

struct RestoreOptions {
  std::filesystem::path from;
  std::filesystem::path data;      // becomes a folder; empty: tried and thrown away
  std::filesystem::path key_file;  // the backup key itself
  std::filesystem::path keys;      // a backup of keys; may be empty
  std::filesystem::path secrets;   // a folder with minhu.key and record.key; may be empty
  std::string storage;             // postgresql://… in place of a file
  bool verify = false;
};
int restore(const RestoreOptions& options);
int check_figures(const FoundationOptions& foundation, bool write_anew);

struct VisitsAuditOptions {
  std::string from;  // 2026-11-01; empty: the month before this one
  std::string to;    // the last day; empty: today, where `from` is given
};
// Prints what did not go as it was announced (features/visits/audit_period.h).
int audit_visits(const FoundationOptions& foundation, const VisitsAuditOptions& options);
// Prints what is missing from the handing over of posts (features/promises).
int audit_relays(const FoundationOptions& foundation);
int recompute_clocks(const FoundationOptions& foundation);
// How many messages wait and how many were given up; with `try_again` those are tried once more by
// the next `minhu serve`.
int mend_messages(const FoundationOptions& foundation, bool try_again);
// escrow.cc
int escrow_init(const FoundationOptions& foundation, bool anew);
int escrow_list(const FoundationOptions& foundation);
int escrow_open(const FoundationOptions& foundation, const std::string& report);
int erase(const FoundationOptions& foundation, const std::string& number, const std::string& basis);

// The classifier of engines/text, on files: no installation is needed or touched.
struct TrainClassifierOptions {
  std::filesystem::path labelled;  // id,title,detail,category
  std::filesystem::path out;
};
int train_classifier(const TrainClassifierOptions& options);
struct ClassifyOptions {
  std::filesystem::path model;
  std::filesystem::path input;  // id,title,detail
  std::filesystem::path out;    // id,category,confidence,why
};
int classify_file(const ClassifyOptions& options);
struct CompareModelsOptions {
  std::filesystem::path first;
  std::filesystem::path second;
  std::filesystem::path labelled;  // best: petitions that neither was trained on
};
int compare_models(const CompareModelsOptions& options);

struct VerifyRecordOptions {
  std::filesystem::path proof;   // a .tlog-proof
  std::filesystem::path policy;  // whom to believe
  std::filesystem::path entry;   // the entry's bytes; empty: opened by the receipt itself
  std::string sm2_key;           // must have signed, too; may be empty
};
// Needs no installation, no network and nobody's word: what the receipt proves, or what is wrong
// with it.
int verify_record(const VerifyRecordOptions& options);

// Public figures, audited by leaves that a later day drew (engines/merkle/sample.h).
struct SampleRecordOptions {
  std::filesystem::path checkpoint;  // published, as the auditor has it
  std::size_t count = 100;           // of leaves, 1 to 10,000
  std::filesystem::path out;
};
int sample_record(const FoundationOptions& foundation, const SampleRecordOptions& options);
// Prints what each leaf stands for, as CSV without names, for whoever compares it with the figures.
struct CheckSampleOptions {
  std::filesystem::path sample;
  std::filesystem::path policy;
  std::filesystem::path history;  // of the day that drew, from a mirror; may be empty
};
int check_record_sample(const CheckSampleOptions& options);

// The completeness statement of a period (features/record/completeness.h), signed with the key of
// the record.
struct CompleteRecordOptions {
  std::string from;  // months: "2026-01"
  std::string to;
  std::filesystem::path out;
};
int complete_record(const FoundationOptions& foundation, const CompleteRecordOptions& options);
// From outside, offline: whether the statement is whole and signed; prints it as a sheet (CSV).
struct CheckCompleteOptions {
  std::filesystem::path statement;
  std::filesystem::path policy;
  std::filesystem::path receipt;  // whose line to look for; may be empty
  std::filesystem::path sample;   // leaves to compare it with; may be empty
};
int check_completeness(const CheckCompleteOptions& options);

// A second signature of the record with SM2 and SM3: makes its key once, and prints the line that a
// verifier is given. The server signs with it from its next start on.
int sign_with_sm2(const std::filesystem::path& data);

// Watches a record from outside and keeps a mirror of what was good (engines/merkle/
// outside_monitor.h). Exit status 3: something is not as it must be, and the alarm file says what;
// 1: nothing could be learnt.
struct MonitorRecordOptions {
  std::string url;                            // http(s)://…/record, or a folder with its files
  std::filesystem::path policy;               // whom to believe, and which witnesses to ask
  std::filesystem::path state;                // the mirror
  std::filesystem::path alarm;                // may be empty
  std::uint64_t every = 0;                    // seconds; 0: one look
  std::uint64_t stale_after = 7 * 24 * 3600;  // seconds
  bool full = false;                          // reads everything again, however much it is
};
constexpr int alarm = 3;
int monitor_record(const MonitorRecordOptions& options);

// What stands outside the record: docs/witness.md.
struct InitWitnessOptions {
  std::filesystem::path data;
  std::string name;  // in every signature of it: "npc-office.pujiang.example"
};
// Makes a witness and prints the line that a county puts into its policy.
int init_witness(const InitWitnessOptions& options);
struct ServeWitnessOptions {
  std::filesystem::path data;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8490;
  std::vector<std::string> logs;  // verifier keys
  std::filesystem::path policy;   // whose log lines count, too; may be empty
};
int serve_witness(const ServeWitnessOptions& options);
// The record of this installation: its name and key, whom a verifier shall believe (`set`: a file
// to check and take; empty: shown), how it goes.
int show_record_key(const FoundationOptions& foundation);
int record_policy(const FoundationOptions& foundation, const std::filesystem::path& set);
int record_status(const FoundationOptions& foundation);
// From inside, with the keys: every event, leaf, batch, file and checkpoint against each other; and
// the statement of completeness that was given before, where one is named.
int audit_record(const FoundationOptions& foundation, const std::filesystem::path& statement);

}  // namespace minhu::app
