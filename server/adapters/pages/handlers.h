// One function a page, named after what it does; pages.cc binds them to their addresses.
#pragma once

#include "adapters/pages/pass.h"
#include "adapters/pages/site.h"
#include "features/drafts/drafts.h"

namespace minhu::pages {

// information.cc
http::Response show_home(const Site& site, const http::Request& request);
http::Response show_help(const Site& site, const http::Request& request);
http::Response show_privacy(const Site& site, const http::Request& request);
http::Response show_offline(const Site& site, const http::Request& request);
http::Response show_done(const Site& site, const http::Request& request);

// verify.cc
http::Response show_verify(const Site& site, const http::Request& request);

// classes.cc
http::Response show_classes(const Site& site, const http::Request& request);

// promises.cc: what leaders promised, for everybody
http::Response show_promises(const Site& site, const http::Request& request);
// own_promises.cc: what was promised in one's own case, and whether it was kept
http::Response show_own_promises(const Site& site, const http::Request& request);
http::Response take_verdict(const Site& site, const http::Request& request);

// visits.cc, visit_booking.cc, visit_lots.cc, visit_photos.cc
http::Response show_visits(const Site& site, const http::Request& request);
http::Response show_visit_calendar(const Site& site, const http::Request& request);
http::Response show_own_visit_calendar(const Site& site, const http::Request& request);
http::Response show_lots(const Site& site, const http::Request& request);
http::Response show_lot_proof(const Site& site, const http::Request& request);
http::Response show_visit(const Site& site, const http::Request& request);
http::Response take_visit_booking(const Site& site, const http::Request& request);
http::Response show_posting_photo(const Site& site, const http::Request& request);
http::Response show_own_booking(const Site& site, const http::Request& request);
http::Response take_own_booking(const Site& site, const http::Request& request);

// figures.cc
http::Response show_figures(const Site& site, const http::Request& request);
http::Response show_figure_offices(const Site& site, const http::Request& request);
http::Response download_figures_csv(const Site& site, const http::Request& request);
http::Response download_figures_json(const Site& site, const http::Request& request);

// report_what.cc, report_where.cc, report_contact.cc, report_check.cc
http::Response show_what(const Site& site, const http::Request& request);
http::Response show_suggestion(const Site& site, const http::Request& request);
http::Response take_what(const Site& site, const http::Request& request);
http::Response show_draft_file(const Site& site, const http::Request& request);
// report_similar.cc: published classes that a draft may be about, with the names of their places.
struct NearClass {
  classes::PublishedClass published;
  std::string where;
};
std::vector<NearClass> classes_near(const Site& site, const drafts::Draft& draft);
http::Response show_similar(const Site& site, const http::Request& request);
http::Response take_similar(const Site& site, const http::Request& request);
http::Response show_where(const Site& site, const http::Request& request);
http::Response take_where(const Site& site, const http::Request& request);
http::Response show_places(const Site& site, const http::Request& request);
http::Response show_contact(const Site& site, const http::Request& request);
http::Response take_contact(const Site& site, const http::Request& request);
http::Response show_check(const Site& site, const http::Request& request);
http::Response file_draft(const Site& site, const http::Request& request);
// Whoever has noted the code, or leaves: what was the draft shows the receipt no more, and leads
// on.
http::Response put_receipt_away(const Site& site, const http::Request& request);

// jubao.cc, jubao_look.cc: reports of wrongdoing
http::Response show_jubao(const Site& site, const http::Request& request);
http::Response file_jubao(const Site& site, const http::Request& request);
http::Response show_jubao_look(const Site& site, const http::Request& request);
http::Response take_jubao_look(const Site& site, const http::Request& request);
http::Response leave_jubao(const Site& site, const http::Request& request);
// From the address that pages link to: forgets the draft of the ordinary way, then leads on.
http::Response to_jubao(const Site& site, const http::Request& request);

// open.cc
http::Response show_open(const Site& site, const http::Request& request);
http::Response take_open(const Site& site, const http::Request& request);
http::Response show_activate(const Site& site, const http::Request& request);
http::Response take_activate(const Site& site, const http::Request& request);
// The form for number and code where a case was asked for without proof.
http::Response ask_for_code(const Site& site, const http::Request& request,
                            std::string_view number);
// The same for a step that was already filled in: what was written goes along and is sent with the
// code.
http::Response ask_for_code_again(const Site& site, const http::Request& request,
                                  std::string_view number);

// lost.cc
http::Response show_lost(const Site& site, const http::Request& request);
http::Response take_lost(const Site& site, const http::Request& request);

// receipt.cc, track.cc
http::Response show_case(const Site& site, const http::Request& request);
http::Response show_receipt(const Site& site, const http::Request& request, const Opened& opened);
http::Response show_progress(const Site& site, const http::Request& request, const Opened& opened,
                             std::string_view notice);
// Into a case that was just opened, filed or given a new code: with a cookie, or for an accusation
// without.
http::Response enter_case(const Site& site, const http::Request& request, Opened opened);
http::Response show_print(const Site& site, const http::Request& request);
http::Response show_case_file(const Site& site, const http::Request& request);
http::Response keep_receipt(const Site& site, const http::Request& request);
http::Response leave_case(const Site& site, const http::Request& request);

// retaliation.cc
http::Response show_retaliation(const Site& site, const http::Request& request);
http::Response file_retaliation(const Site& site, const http::Request& request);
// proof.cc
http::Response show_proof(const Site& site, const http::Request& request);

// mine.cc: what is stored about the speaker, and their rights to it
http::Response show_mine(const Site& site, const http::Request& request);
http::Response download_copy(const Site& site, const http::Request& request);
http::Response take_contact_correction(const Site& site, const http::Request& request);
http::Response take_no_calls(const Site& site, const http::Request& request);
http::Response take_publication(const Site& site, const http::Request& request);
http::Response show_erase(const Site& site, const http::Request& request);
http::Response take_erase(const Site& site, const http::Request& request);
http::Response show_looks(const Site& site, const http::Request& request);

// steps.cc, revoke.cc
http::Response show_step(const Site& site, const http::Request& request);
http::Response take_speakers_step(const Site& site, const http::Request& request);
http::Response show_revoke(const Site& site, const http::Request& request);
http::Response take_revoke(const Site& site, const http::Request& request);

}  // namespace minhu::pages
