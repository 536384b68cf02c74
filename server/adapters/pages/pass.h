// How a browser that has proved the query code goes on without sending it again.
//
// Chosen: a pass is number, code and an end, sealed (XChaCha20-Poly1305) under a key of the
// installation, in a cookie that goes to /t/{number} alone. The server keeps no table of sessions;
// each request opens the case with the code inside, so a code that was changed shuts every older
// pass at once. Weighed against it: a session row in the database (one more thing that links
// visits), and the code itself in the cookie or the address (readable by whoever holds the phone,
// or in logs).
//
// The same pass answers how the code is shown once. The POST that files answers 303 to /t/{number}
// with a pass marked fresh: a reload shows the same receipt, nothing of the code is in the address,
// the history or the log, and a lost response is repaired by tapping again, because the draft keeps
// the receipt (features/drafts). "I have noted it" swaps the pass for one that is not fresh; after
// half an hour it stops being fresh by itself.
//
// For an accusation no cookie is ever set: the pass travels in a hidden field of the pages
// themselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/pages/site.h"
#include "features/cases/access.h"

namespace minhu::pages {

inline constexpr std::int64_t pass_lasts_ms = 2 * 3'600'000;
inline constexpr std::int64_t pass_is_fresh_ms = 30 * 60'000;

struct Pass {
  std::string number;  // 12 characters, as stored
  Sealed<std::string> code;
  Instant made_at;
  bool fresh = false;  // the code may be shown again
};

std::string seal_pass(const Site& site, const Pass& pass);
// Nothing when it is not one of ours or its time is over. fresh is false once its half hour has
// passed.
std::optional<Pass> open_pass(const Site& site, std::string_view sealed);

void give_pass(const Site& site, const http::Request& request, http::Response& response,
               const Pass& pass);
void take_pass_back(const http::Request& request, http::Response& response,
                    std::string_view number);

// A case that this request may look at.
struct Opened {
  cases::CaseId id;
  Pass pass;
  bool by_hidden_field = false;
};
// A report of wrongdoing or of retaliation: its pages set no cookie.
bool is_quiet(const cases::CaseFile& file);
// By the hidden field or the cookie. Nothing when there is none for this number, or its code is no
// longer in force.
std::optional<Opened> opened(const Site& site, const http::Request& request,
                             std::string_view number);
// The pass of this request, even when its code has just been replaced.
std::optional<Pass> carried_pass(const Site& site, const http::Request& request,
                                 std::string_view number);

// With number and code as typed. Fault unauthenticated cases.wrong_number_or_code, whatever was
// wrong.
Result<Opened> open_with(const Site& site, std::string_view number, std::string_view code);

std::string case_address(std::string_view number);  // "/t/MH-XXXX-XXXX-XXXX"

}  // namespace minhu::pages
