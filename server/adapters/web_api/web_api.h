// /api/v1 for programs: other systems of the county, the desk, and whoever writes a client. The
// contract is api/openapi.yaml; a test holds the two together.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/accounts/gate.h"
#include "features/accounts/guesses.h"
#include "features/accounts/openid_link.h"
#include "features/accusations/accusations.h"
#include "features/cases/installation.h"
#include "features/cases/receive.h"
#include "features/classes/matching.h"
#include "features/insight/sheets.h"
#include "features/matters/matters.h"
#include "kernel/sealed.h"
#include "ports/http.h"

namespace minhu::web_api {

// Makes a sent file presentable (features/attachments). Its Fault is told to the sender.
using TakeUpload = std::function<Result<cases::NewAttachment>(const http::Part&)>;

// What the running program knows of itself; nothing in it is about a person.
struct Health {
  std::string version;
  Instant started;
  std::uint64_t database_bytes = 0;  // with the log beside it
  std::uint64_t disk_free_bytes = 0;
  std::uint64_t commits = 0;
  std::uint64_t writes = 0;  // of which many share a commit
  std::int64_t messages_waiting = 0;
  std::int64_t messages_given_up = 0;
  std::optional<Instant> oldest_message;
  std::uint64_t messages_sent = 0;  // since the start
  std::uint64_t failed_tries = 0;
  // The record: "starting", "well", "waiting" for its witnesses or for room, "stopped" until
  // somebody has looked (`minhu record status` says why); and rows that somebody changed behind the
  // program.
  std::string record = "starting";
  std::uint64_t record_signed = 0;  // leaves
  std::uint64_t record_published = 0;
  std::int64_t record_findings = 0;
  bool gateway = false;  // false: messages are put into a folder for people to carry
};
// What the record says of a step of a case (features/record), to its speaker alone.
struct StepProof {
  bool is_promise = false;
  Sealed<std::string> text;  // a proof holds the key of the case
  std::uint64_t index = 0;   // of a proof, as size
  std::uint64_t size = 0;
  std::optional<Instant> at;  // when the witnesses saw it; the deadline of a promise
};
enum class Unproved : std::uint8_t { no_such_step, not_yet, does_not_fit };
struct Proofs {
  std::function<tl::expected<StepProof, Unproved>(Reading&, const cases::Context&, cases::CaseId,
                                                  std::int64_t seq)>
      of_step;
  // For the answer to whoever has just handed in words: made at once, a signed note; empty when
  // none can be made.
  std::function<std::string(Reading&, cases::CaseId)> promise;
};

// Makes a file for spreadsheet programs (adapters/sheets_xlsx); nothing when there is no room for
// it.
using WriteWorkbook = std::function<std::optional<std::string>(std::span<const insight::Sheet>)>;

// What the handlers work with, lent by the composition root; everything named here outlives the
// routes. An area that needs more adds a line.
struct Services {
  const cases::Installation& installation;
  const catalogue::Catalogues& catalogues;
  accounts::Gate& gate;
  accounts::Sessions& sessions;
  accounts::Guesses& guesses;
  TakeUpload take_upload;
  std::function<Health()> health;
  WriteWorkbook write_workbook;
  const matters::Matters& matters;
  const accusations::Ground& accusations;
  accounts::ProviderNames provider_names = {};  // empty: passwords alone
  const classes::Matching& matching = classes::by_category_and_place();
  Proofs proofs = {};
  // Version of the privacy notice that people are shown today.
  std::string privacy_notice = {};
};

std::vector<http::Route> routes(Services services);

// For every path below /api: application/problem+json (RFC 9457) in the language of
// Accept-Language.
http::Refusal refusal(const catalogue::Catalogues& catalogues);

}  // namespace minhu::web_api
