#include <algorithm>

#include "adapters/pages/draft_session.h"
#include "adapters/pages/file_response.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t most_forms_remembered = 16;

std::string file_label(const Site& site, const http::Request& request, std::string_view type) {
  return site.say(request, type.starts_with("image/")   ? "residents.what.photo"
                           : type.starts_with("audio/") ? "residents.what.recording"
                                                        : "residents.what.file");
}

http::Response what_page(const Site& site, const http::Request& request, const drafts::Draft& draft,
                         std::string_view text, const Errors& errors) {
  const bool suggestion = draft.track == cases::Track::suggestion;
  templates::Values values;
  values.set("TEXT", text).set("TOKEN", new_token(site));
  values.show(suggestion ? "SUGGESTION" : "PROBLEM");
  values.show_if(request.query_value("from") == "check" || request.form("from") == "check",
                 "FROM_CHECK");
  values.show_if(request.query_value("said") == "gone", "GONE");
  if (!draft.attachments.empty()) {
    templates::Values& kept = values.add("KEPT");
    int photos = 0;
    for (const auto& one : draft.attachments) {
      templates::Values& row = kept.add("FILE");
      row.set("ID", one.id.text());
      row.set("LABEL", file_label(site, request, one.media_type) + " " + std::to_string(++photos));
      row.show_if(one.media_type.starts_with("image/"), "PICTURE");
      row.show_if(one.media_type.starts_with("audio/"), "SOUND");
    }
  }
  errors.show(values);
  const std::string title =
      site.say(request, suggestion ? "residents.what.suggest_title" : "residents.what.title");
  return site.surface.page(request, "what", values,
                           {errors.title(site, request, title), errors.any() ? 400 : 200});
}

bool is_suggestion(const drafts::Draft& draft) {
  return draft.track == cases::Track::suggestion;
}

drafts::Draft empty_draft(const Site& site, bool suggestion) {
  drafts::Draft draft;
  draft.track = suggestion ? cases::Track::suggestion : site.installation.county.default_track;
  return draft;
}

std::string_view typed_words(const http::Request& request) {
  const std::string_view typed = request.form("words");
  return is_valid_utf8(typed) ? typed : std::string_view();
}

// Nothing of this form is kept, and what was typed stands in it again.
http::Response full(const Site& site, const http::Request& request, const drafts::Draft& draft,
                    const Fault& why) {
  Errors errors;
  errors.add("words", site.surface.sentences(request).say(why));
  http::Response response = what_page(site, request, draft, typed_words(request), errors);
  response.status = http::status_of(why.code);
  return response;
}

http::Response show(const Site& site, const http::Request& request, bool suggestion) {
  const auto session = begun(site, request);
  if (session && !session->draft.filed && is_suggestion(session->draft) == suggestion) {
    return what_page(site, request, session->draft, session->draft.text, {});
  }
  return what_page(site, request, empty_draft(site, suggestion), "", {});
}

}  // namespace

http::Response show_what(const Site& site, const http::Request& request) {
  // Coming back from a later page of a suggestion, it is still a suggestion. Not to /suggest, which
  // is for beginning one: the cookie of a draft goes to addresses below /report alone.
  const auto session = begun(site, request);
  const bool back =
      request.query_value("from") == "check" || request.query_value("track") == "suggestion";
  const bool suggestion = back && session && !session->draft.filed && is_suggestion(session->draft);
  return show(site, request, suggestion);
}

http::Response show_suggestion(const Site& site, const http::Request& request) {
  return show(site, request, true);
}

http::Response take_what(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const bool suggestion = request.form("track") == "suggestion";
  const auto track = empty_draft(site, suggestion).track;
  auto session = begun(site, request);
  if (const Outcome admitted = site.admit(request); !admitted) {
    return full(site, request,
                session && !session->draft.filed ? session->draft : empty_draft(site, suggestion),
                admitted.error());
  }
  // A suggestion and a problem are two drafts: the photos of the one are nothing of the other.
  const bool is_new =
      !session || session->draft.filed || is_suggestion(session->draft) != suggestion;
  if (is_new) session = begin_anew(site, track);

  Errors errors;
  const auto text = text_of(request, "words", cases::longest_words);
  if (!text) {
    errors.add("words", text.error().key == "cases.words_too_long"
                            ? site.say(request, "residents.what.error_long")
                            : site.surface.sentences(request).say(text.error()));
  }
  // The same form sent twice brings its photos once.
  const auto token = token_of(request);
  const std::string form_token = token ? to_hex(*token) : std::string();
  const bool again = std::find(session->draft.forms_taken.begin(), session->draft.forms_taken.end(),
                               form_token) != session->draft.forms_taken.end();
  const auto context = site.anyone();
  std::vector<drafts::SealedAttachment> files;
  if (!again) {
    const Uploads uploads = take_uploads(site, request);
    for (const auto& taken : uploads.taken) {
      files.push_back(drafts::seal_attachment(context, session->token, taken));
    }
    for (const std::string& why : uploads.refused) {
      errors.add("photos", site.say(request, "residents.what.error_file", {{"why", why}}));
    }
  }
  const auto remove = drafts::AttachmentId::parse(request.form("remove"));

  bool too_many = false;
  drafts::Draft now;
  const auto kept =
      change_draft(site, *session, [&](Transaction& transaction, drafts::Draft& draft) -> Outcome {
        if (text) draft.text = *text;
        draft.track = track;
        if (remove) {
          drafts::remove_attachment(transaction, context, session->token, draft, *remove);
        }
        const auto& taken = draft.forms_taken;
        if (std::find(taken.begin(), taken.end(), form_token) == taken.end()) {
          for (const auto& file : files) {
            too_many = too_many ||
                       !drafts::add_attachment(transaction, context, session->token, draft, file);
          }
          if (token) draft.forms_taken.push_back(form_token);
          if (draft.forms_taken.size() > most_forms_remembered) {
            draft.forms_taken.erase(draft.forms_taken.begin());
          }
        }
        now = draft;
        return {};
      });
  if (!kept) errors.add("words", site.surface.sentences(request).say(kept.error()));
  if (too_many) errors.add("photos", site.say(request, "residents.what.error_many"));
  if (kept && text && !remove && !errors.any() && !says_something(now)) {
    errors.add("words", site.say(request, "residents.what.error_empty"));
  }

  http::Response response;
  if (errors.any()) {
    response = what_page(site, request, kept ? now : empty_draft(site, suggestion),
                         typed_words(request), errors);
  } else if (remove) {
    response = http::see_other(request.form("from") == "check" ? "/report/what?from=check"
                               : suggestion                    ? "/report/what?track=suggestion"
                                                               : "/report/what");
  } else {
    // Whoever comes back from the summary to change a word is not asked again.
    const bool asks = request.form("from") != "check" && !classes_near(site, now).empty();
    response = http::see_other(asks ? "/report/similar" : after(request, "/report/where"));
  }
  // A form sent empty does not take the place of what had been begun.
  const bool something = !now.text.empty() || !now.attachments.empty();
  if (kept && (!is_new || something)) hold_draft(request, response, session->token);
  return response;
}

http::Response show_draft_file(const Site& site, const http::Request& request) {
  const auto session = begun(site, request);
  const auto id = drafts::AttachmentId::parse(request.captures.at(0));
  if (!session || !id) return site.refuse(request, Fault(FaultCode::not_found, "drafts.none"));
  const auto context = site.anyone();
  const auto file = site.installation.database.read([&](Reading& reading) {
    return drafts::read_attachment(reading, context, session->token, session->draft, *id);
  });
  if (!file) return site.refuse(request, file.error());
  return file_response(file->media_type, file->bytes);
}

}  // namespace minhu::pages
