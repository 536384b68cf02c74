#include <algorithm>

#include "adapters/pages/draft_session.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/next_steps.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/phone.h"
#include "features/places_and_units/places_and_units.h"
#include "features/places_and_units/said_of_places.h"
#include "features/rights/publication.h"

namespace minhu::pages {

namespace {

std::string files_line(const Site& site, const http::Request& request, const drafts::Draft& draft) {
  const auto count = [&](std::string_view kind) {
    return std::count_if(draft.attachments.begin(), draft.attachments.end(),
                         [&](const auto& kept) { return kept.media_type.starts_with(kind); });
  };
  const auto recordings = count("audio/");
  const auto others = static_cast<std::ptrdiff_t>(draft.attachments.size()) - recordings;
  std::string line;
  if (others > 0) {
    line = site.say(request, "residents.check.photos_n", {{"n", std::to_string(others)}});
  }
  if (recordings > 0) {
    if (!line.empty()) line += " ";
    line += site.say(request, "residents.check.recordings_n", {{"n", std::to_string(recordings)}});
  }
  return line.empty() ? site.say(request, "residents.check.none") : line;
}

std::string place_line(const Site& site, const http::Request& request, const drafts::Draft& draft) {
  if (draft.place.empty() && draft.place_words.empty()) {
    return site.say(request, "residents.check.not_said");
  }
  if (draft.place.empty()) return draft.place_words;
  const std::string path = site.installation.database.read([&](Reading& reading) {
    return places_and_units::place_path(reading, site.installation.county.region, draft.place);
  });
  const std::string_view words = places_and_units::more_than_path(path, draft.place_words);
  if (words.empty()) return path;
  return site.say(request, "residents.check.place_both",
                  {{"path", path}, {"words", std::string(words)}});
}

std::string contact_line(const Site& site, const http::Request& request,
                         const drafts::Draft& draft) {
  if (!draft.contact) return site.say(request, "residents.check.self");
  const auto& contact = draft.contact->reveal_because("shown to the person who typed it");
  const std::string way = contact.way.empty()
                              ? site.say(request, "residents.mine.way.none")
                              : site.say(request, "residents.contact." + contact.way);
  const std::string to = contact.phone.empty() ? contact.address : mask_phone(contact.phone);
  const auto level = draft.identity_level.value_or(cases::IdentityLevel::confidential);
  std::string line = site.say(request, "residents.level." + std::string(cases::name(level)));
  for (const std::string& part : {contact.name, to.empty() ? way : way + " " + to}) {
    if (part.empty()) continue;
    line = site.say(request, "residents.check.contact", {{"before", line}, {"after", part}});
  }
  return line;
}

// The class that the speaker said it is, while it still is one of those that their words may be
// about: words can be changed after it was chosen, and a class can cease to be published.
std::optional<NearClass> chosen_class(const Site& site, const drafts::Draft& draft) {
  const auto same = classes::ClassId::parse(draft.same_class);
  if (!same) return std::nullopt;
  for (NearClass& one : classes_near(site, draft)) {
    if (one.published.id == *same) return std::move(one);
  }
  return std::nullopt;
}

http::Response check_page(const Site& site, const http::Request& request,
                          const drafts::Draft& draft, const Errors& errors) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("TOKEN", to_hex(draft.filing));
  values.show(draft.track == cases::Track::suggestion ? "SUGGESTION" : "PROBLEM");
  values.set("TEXT", draft.text.empty() ? say.say("residents.what.recording") : draft.text);
  values.set("FILES", files_line(site, request, draft));
  values.set("PLACE", place_line(site, request, draft));
  values.set("CONTACT", contact_line(site, request, draft));
  values.set("CALL", say.say(draft.may_be_called ? "residents.check.may_call"
                                                 : "residents.check.may_not_call"));
  if (const auto same = chosen_class(site, draft)) {
    values.add("SAME").set("TITLE", same->published.title);
  }
  const auto steps =
      next_steps(site.installation.county, draft.track, site.installation.clock.now(), say);
  for (const NextStep& step : steps) {
    values.add("STEP").set("WHAT", step.what).set("WHEN", step.when).set("BASIS", step.basis);
  }
  values.show_if(steps.empty(), "NO_RULES");
  values.show_if(request.form("publish") == "yes", "PUBLISH");
  errors.show(values);
  return site.surface.page(
      request, "check", values,
      {errors.title(site, request, say.say("residents.check.title")), errors.any() ? 503 : 200});
}

// As fresh as the filing is: coming back to it does not make its half hour longer.
http::Response to_receipt(const Site& site, const http::Request& request, const Begun& session,
                          const drafts::Filed& filed) {
  http::Response response = http::see_other(case_address(filed.number));
  give_pass(site, request, response, {filed.number, filed.query_code, filed.at, true});
  // The draft now holds the receipt alone: the answer to a second tap or a lost response.
  hold_draft(request, response, session.token);
  return response;
}

}  // namespace

http::Response show_check(const Site& site, const http::Request& request) {
  const auto session = begun(site, request);
  if (!session) return without_draft(session);
  // Back from the receipt with the browser's button: it has been filed, here is the receipt.
  if (const auto& filed = session->draft.filed) {
    return to_receipt(site, request, *session, *filed);
  }
  if (!says_something(session->draft)) return http::see_other("/report/what");
  return check_page(site, request, session->draft, {});
}

http::Response file_draft(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto session = begun(site, request);
  if (!session) return site.refuse(request, Fault(FaultCode::not_found, "drafts.none"));
  const auto token = token_of(request);
  // The page of another draft than the one this browser holds now: show what would be filed first.
  if (!token || *token != session->draft.filing) return http::see_other("/report/check");
  if (const auto& filed = session->draft.filed) {
    return to_receipt(site, request, *session, *filed);
  }
  if (!says_something(session->draft)) return http::see_other("/report/what");

  const auto context = site.anyone();
  // What the page did not show is not joined.
  const auto same = chosen_class(site, session->draft);
  const auto file = [&]() -> Result<cases::Receipt> {
    MINHU_TRY(cases::Words words, site.installation.database.read([&](Reading& reading) {
      return drafts::words_of(reading, context, session->token, session->draft);
    }));
    words.notice = current_notice;
    MINHU_TRY(const auto prepared, cases::prepare(context, std::move(words)));
    return site.installation.database.write(
        [&](Transaction& transaction) -> Result<cases::Receipt> {
          MINHU_TRY(cases::Receipt filed,
                    drafts::file(transaction, context, session->token, *prepared));
          if (same) MINHU_CHECK_OK(classes::join(transaction, context, filed, same->published.id));
          if (request.form("publish") == "yes" && !filed.repeated) {
            MINHU_CHECK_OK(rights::allow_publication(transaction, site.speaker(), filed.case_id,
                                                     current_notice));
          }
          return filed;
        });
  };
  const auto receipt = file();
  if (!receipt) {
    Errors errors;
    errors.add("send", site.say(request, "residents.check.error_send",
                                {{"why", site.surface.sentences(request).say(receipt.error())}}));
    return check_page(site, request, session->draft, errors);
  }
  return to_receipt(site, request, *session, {receipt->number, receipt->query_code, context.now});
}

http::Response put_receipt_away(const Site& site, const http::Request& request) {
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const bool left = request.query_value("said") == "left";
  http::Response response = http::see_other(left ? "/t?said=left" : case_address(*number));
  response.with("Cache-Control", "no-store");
  // What is being written about another matter stays; no other site can make a browser do this,
  // for the cookie of a draft is SameSite=Strict.
  const auto session = begun(site, request);
  const bool its_own = session && session->draft.filed && session->draft.filed->number == *number;
  if (its_own) forget_draft(site, request, response);
  return response;
}

}  // namespace minhu::pages
