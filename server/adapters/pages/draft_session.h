// The draft that a browser has begun: its token lies in a cookie that goes to /report alone.
#pragma once

#include <optional>

#include "adapters/pages/site.h"
#include "features/drafts/drafts.h"

namespace minhu::pages {

struct Begun {
  drafts::Token token;
  drafts::Draft draft;
};
// Nothing when there is none, it was forgotten, or what became of it was filed more than half an
// hour ago.
std::optional<Begun> begun(const Site& site, const http::Request& request);
Begun begin_anew(const Site& site, cases::Track track);

void hold_draft(const http::Request& request, http::Response& response, const drafts::Token& token);
bool holds_draft(const http::Request& request);
// Deletes it here and in the browser.
void forget_draft(const Site& site, const http::Request& request, http::Response& response);

// Changes the draft as it lies in the database now, so that two requests at once lose nothing.
Outcome change_draft(const Site& site, const Begun& session,
                     const std::function<Outcome(Transaction&, drafts::Draft&)>& change);

// Where a page of the draft leads when there is none to go on with: to the receipt of what was
// filed half an hour ago at most, else to the first page, which says that nothing was found.
http::Response without_draft(const std::optional<Begun>& session);

// Something to file: words, or a voice.
bool says_something(const drafts::Draft& draft);
// Back to the summary when somebody came from there to change one thing.
std::string after(const http::Request& request, std::string_view next);

}  // namespace minhu::pages
