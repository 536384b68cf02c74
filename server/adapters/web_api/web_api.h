// /api/v1 for programs: other systems of the county, the desk, and whoever writes a client. The
// contract is api/openapi.yaml; a test holds the two together.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/accounts/gate.h"
#include "features/accounts/guesses.h"
#include "features/cases/installation.h"
#include "features/cases/receive.h"
#include "features/insight/sheets.h"
#include "ports/http.h"

namespace minhu::web_api {

// Makes a sent file presentable (features/attachments). Its Fault is told to the sender.
using TakeUpload = std::function<Result<cases::NewAttachment>(const http::Part&)>;

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
  WriteWorkbook write_workbook;
};

std::vector<http::Route> routes(Services services);

// For every path below /api: application/problem+json (RFC 9457) in the language of
// Accept-Language.
http::Refusal refusal(const catalogue::Catalogues& catalogues);

}  // namespace minhu::web_api
