// Reading what a form brought.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/office_pages/office.h"

namespace minhu::office_pages {

// By name of the input, exactly as typed.
using Typed = std::map<std::string, std::string, std::less<>>;

// The text of a field; one so long that it was spooled to a file is read back up to the size that
// any words may have.
std::string text_of(const http::Part& part);
// Every field that is not a file.
Typed typed_in(const http::Request& request);

// The form's own 128 bits: sent twice, it means the same request. Fault cases.bad_token.
Result<cases::ClientToken> token_in(const http::Request& request);
// The token together with what was typed. Somebody who goes back, writes other words into the same
// form and sends it means another request; taking it for a repeat would lose those words.
cases::ClientToken bound_to(const cases::ClientToken& token, const Typed& typed);
std::string new_token(Entropy& entropy);

// The files of the inputs named "files". Faults: too_large cases.too_many_attachments, and whatever
// is said about a single file.
Result<std::vector<cases::NewAttachment>> uploads_in(const Office& office,
                                                     const http::Request& request);
bool brings_files(const http::Request& request);

}  // namespace minhu::office_pages
