// The officials' pages as HTML from the server: sign in, the queue, one case with every step that
// is open, the clerk's form, and the bench on which dispatch rules are tried. All of it works
// without JavaScript; nothing here decides what may be done — the table of edges and the table of
// permissions do.
#pragma once

#include <functional>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/accounts/gate.h"
#include "features/accounts/guesses.h"
#include "features/accounts/openid_link.h"
#include "features/cases/installation.h"
#include "features/cases/receive.h"
#include "features/places_and_units/county.h"
#include "ports/http.h"

namespace minhu::office_pages {

// Makes one uploaded file presentable, or says why it is not taken (features/attachments).
using TakeUpload = std::function<Result<cases::NewAttachment>(const http::Part&)>;

// Everything passed by reference outlives the routes. Throws std::runtime_error, naming the file,
// when a template does not fit its sentences: a program that was built wrong does not start.
std::vector<http::Route> routes(const cases::Installation& installation,
                                const catalogue::Catalogues& catalogues,
                                const places_and_units::CountyProfile& county, accounts::Gate& gate,
                                accounts::Sessions& sessions, accounts::Guesses& guesses,
                                TakeUpload take_upload,
                                accounts::ProviderNames provider_names = {});

// Pages in front of the door, for a way of signing in that has no pages of its own.
struct DoorPages {
  // Leads to `address` at once, and by a link where the browser does not follow.
  std::function<http::Response(const http::Request&, const std::string& address)> go_on;
  // The sentence of the fault, and a link back to a page of ours.
  std::function<http::Response(const http::Request&, const Fault&, const std::string& back)> refuse;
};
DoorPages door_pages(const cases::Installation& installation,
                     const catalogue::Catalogues& catalogues,
                     const places_and_units::CountyProfile& county, accounts::Gate& gate,
                     accounts::Sessions& sessions, accounts::Guesses& guesses);

}  // namespace minhu::office_pages
