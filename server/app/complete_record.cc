// `minhu record complete` and `check-complete`: of a period, each person counted.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>

#include "adapters/record_files/record_files.h"
#include "app/chronicles.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/record_setup.h"
#include "app/record_statement.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/merkle/receipt.h"
#include "features/record/completeness.h"

namespace minhu::app {

namespace {

using merkle::Counted;

constexpr std::size_t largest_statement = 256'000'000;  // bytes

Result<merkle::Months> months_of(const CompleteRecordOptions& options, Date today) {
  MINHU_TRY(const auto first, merkle::parse_month(options.from));
  MINHU_TRY(const auto last, merkle::parse_month(options.to));
  if (last < first) return fail(FaultCode::invalid_input, "merkle.not_a_month", "to");
  // While people still come in, two statements of one month would show who came between them.
  if (today <= Date(last / std::chrono::last)) {
    return fail(FaultCode::invalid_input, "record.complete_not_over", "to");
  }
  return merkle::Months{first, last};
}

Outcome write_signed(const std::filesystem::path& out, const merkle::Signer& log,
                     std::string text) {
  merkle::Note note{std::move(text), {}};
  note.signatures.push_back(merkle::sign_text(log, note.text));
  std::ofstream file(out, std::ios::binary);
  file << merkle::format_note(note) << std::flush;
  if (file) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", "out",
              std::map<std::string, std::string>{{"folder", out.string()}, {"reason", "-"}});
}

std::string sealed_sums_of(const merkle::SealedCounts& counts) {
  const auto said = [](const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string("hidden");
  };
  if (!counts.received) return "; under seal: fewer than five, or none";
  return fmt::format("; under seal: {} received = {} answered in time + {} answered late + {} open",
                     said(counts.received), said(counts.in_time), said(counts.late),
                     said(counts.open));
}

std::string sums_of(const merkle::CompletenessStatement& statement) {
  const std::string sums = fmt::format(
      "{} to {}: {} received = {} answered in time + {} answered late + {} listed",
      merkle::format_month(statement.months.first), merkle::format_month(statement.months.last),
      statement.cases.size(), statement.count(Counted::in_time), statement.count(Counted::late),
      statement.count(Counted::listed));
  return statement.sealed ? sums + sealed_sums_of(*statement.sealed) : sums;
}

const char* word_of(Counted as) {
  if (as == Counted::in_time) return "in-time";
  return as == Counted::late ? "late" : "listed";
}

void print_sheet(const merkle::CompletenessStatement& statement) {
  std::puts("counted,why,due,line");
  for (const merkle::CountedCase& one : statement.cases) {
    std::puts(fmt::format("{},{},{},{}", word_of(one.as), one.why,
                          one.due ? format_date(*one.due) : "", to_base64(one.line))
                  .c_str());
  }
}

void tell(std::string_view key, const catalogue::Details& details) {
  std::fprintf(stderr, "%s\n", terminal_language().say(key, details).c_str());
}

// How the speaker of that receipt is counted.
Outcome look_for(const std::filesystem::path& receipt, const merkle::TrustPolicy& policy,
                 const merkle::CompletenessStatement& statement) {
  MINHU_TRY(const std::string text, contents_of(receipt));
  MINHU_TRY(const merkle::LogProof proof, merkle::parse_log_proof(text));
  MINHU_TRY(const merkle::CheckedReceipt checked, merkle::check_receipt(policy, proof));
  const merkle::CountedCase* line =
      statement.find(merkle::line_of(statement.months, checked.opening.payload.case_id));
  if (line == nullptr) return fail(FaultCode::not_found, "record.complete_without_you", "receipt");
  tell(fmt::format("record.complete_{}", line->as == Counted::in_time ? "in_time"
                                         : line->as == Counted::late  ? "late"
                                                                      : "listed"),
       {{"line", to_base64(line->line)},
        {"why", line->why},
        {"due", line->due ? format_date(*line->due) : "-"}});
  return {};
}

std::string joined(const std::vector<std::uint64_t>& indexes) {
  std::string text;
  for (const std::uint64_t index : indexes) {
    text += (text.empty() ? "" : ", ") + std::to_string(index);
  }
  return text;
}

Outcome look_through(const std::filesystem::path& file, const merkle::TrustPolicy& policy,
                     const merkle::CheckedStatement& statement) {
  MINHU_TRY(const std::string text, contents_of(file, merkle::longest_sample));
  MINHU_TRY(const merkle::Sample sample, merkle::parse_sample(text));
  MINHU_TRY(const merkle::CheckedSample checked, merkle::check_sample(policy, sample));
  const auto found = merkle::compare(statement, checked, china_standard_time);
  tell("record.complete_sample",
       {{"received", std::to_string(found.received)}, {"counted", std::to_string(found.counted)}});
  if (!found.without_line.empty()) {
    tell("record.complete_without_line", {{"indexes", joined(found.without_line)}});
  }
  if (!found.after_checkpoint.empty()) {
    tell("record.complete_after_checkpoint", {{"indexes", joined(found.after_checkpoint)}});
  }
  if (found.answered_but_listed.empty()) return {};
  return fail(FaultCode::conflict, "record.complete_answered_but_listed", "sample",
              std::map<std::string, std::string>{{"indexes", joined(found.answered_but_listed)}});
}

}  // namespace

Result<merkle::CheckedStatement> read_statement(const std::filesystem::path& file,
                                                const merkle::TrustPolicy& policy) {
  MINHU_TRY(const std::string text, contents_of(file, largest_statement));
  return merkle::check_statement(policy, text);
}

int complete_record(const FoundationOptions& foundation_options,
                    const CompleteRecordOptions& options) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  const auto setup = read_record_setup(foundation.folder);
  if (!setup) return refuse(setup.error());
  const auto months = months_of(options, to_date(foundation.clock.now(), county->rules.zone));
  if (!months) return refuse(months.error());
  const record_files::FolderFiles files(record_files_folder(foundation.folder));
  const merkle::VerifierKey log = setup->log->verifier();
  const auto statement = record::state_completeness(
      {*foundation.database, county->region, foundation.keyring, files, chronicles(), &log},
      *county, *months, [](const Fault& finding) {
        std::fprintf(stderr, "minhu: %s\n", terminal_language().say(finding).c_str());
      });
  if (!statement) return refuse(statement.error());
  if (const auto written =
          write_signed(options.out, *setup->log, merkle::format_statement(*statement));
      !written) {
    return refuse(written.error());
  }
  return finish(sums_of(*statement));
}

int check_completeness(const CheckCompleteOptions& options) {
  const auto policy_text = contents_of(options.policy);
  if (!policy_text) return refuse(policy_text.error());
  const auto policy = merkle::parse_policy(*policy_text);
  if (!policy) return refuse(policy.error());
  const auto checked = read_statement(options.statement, *policy);
  if (!checked) return refuse(checked.error());
  if (!options.receipt.empty()) {
    const auto counted = look_for(options.receipt, *policy, checked->statement);
    if (!counted) return refuse(counted.error());
  }
  if (!options.sample.empty()) {
    const auto compared = look_through(options.sample, *policy, *checked);
    if (!compared) return refuse(compared.error());
  }
  print_sheet(checked->statement);
  return finish(sums_of(checked->statement));
}

}  // namespace minhu::app
