#include <algorithm>

#include "adapters/pages/draft_session.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/place_search.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_place = 200;
constexpr std::size_t most_choices = 8;

std::vector<PlaceChoice> choices_for(const Site& site, std::string_view text) {
  return site.installation.database.read([&](Reading& reading) {
    return places_meant(reading, site.installation.county.region, text, most_choices);
  });
}

void show_choices(templates::Values& values, const std::vector<PlaceChoice>& choices,
                  std::string_view asked, std::string_view chosen) {
  if (choices.empty()) return;
  templates::Values& section = values.add("CHOICES");
  section.set("ASKED", asked);
  for (const PlaceChoice& choice : choices) {
    section.add("CHOICE")
        .set("CODE", choice.code)
        .set("PATH", choice.path)
        .show_if(choice.code == chosen || choices.size() == 1, "CHECKED");
  }
}

struct Asked {
  std::string_view text;
  const std::vector<PlaceChoice>& choices;
  std::string_view chosen;
};

http::Response where_page(const Site& site, const http::Request& request,
                          const drafts::Draft& draft, const Asked& asked, const Errors& errors) {
  templates::Values values;
  values.set("TEXT", asked.text).set("TOKEN", new_token(site));
  // Each kind of draft has its own first page: the other one is empty, as if all were lost.
  values.set("BACK", draft.track == cases::Track::suggestion ? "/report/what?track=suggestion"
                                                             : "/report/what");
  values.show_if(request.query_value("from") == "check" || request.form("from") == "check",
                 "FROM_CHECK");
  show_choices(values, asked.choices, asked.text, asked.chosen);
  errors.show(values);
  return site.surface.page(request, "where", values,
                           {errors.title(site, request, site.say(request, "residents.where.title")),
                            errors.any() ? 400 : 200});
}

}  // namespace

http::Response show_where(const Site& site, const http::Request& request) {
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  const auto& draft = session->draft;
  std::vector<PlaceChoice> choices;
  if (!draft.place.empty()) choices = choices_for(site, draft.place_words);
  return where_page(site, request, draft, {draft.place_words, choices, draft.place}, {});
}

http::Response take_where(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  const bool skip = request.part("skip") != nullptr;
  auto text =
      skip ? Result<std::string>(std::string()) : text_of(request, "place_words", longest_place);
  Errors errors;
  if (!text) {
    errors.add("place_words", text.error().key == "cases.words_too_long"
                                  ? site.say(request, "residents.where.error_long")
                                  : site.surface.sentences(request).say(text.error()));
    const auto typed = request.form("place_words");
    return where_page(site, request, session->draft,
                      {is_valid_utf8(typed) ? typed : std::string_view(), {}, ""}, errors);
  }
  const auto choices = choices_for(site, *text);
  const auto chosen = request.form("place");
  const bool was_asked = request.form("asked") == *text;
  std::string place;
  if (was_asked) {
    const bool offered = std::any_of(choices.begin(), choices.end(),
                                     [&](const auto& one) { return one.code == chosen; });
    if (offered) place = chosen;
  } else if (choices.size() == 1) {
    place = choices.front().code;  // no doubt; the summary shows it and offers to change it
  } else if (!choices.empty()) {
    return where_page(site, request, session->draft, {*text, choices, ""}, {});
  }
  const auto kept =
      change_draft(site, *session, [&](Transaction&, drafts::Draft& draft) -> Outcome {
        draft.place_words = *text;
        draft.place = place;
        return {};
      });
  if (!kept) return site.refuse(request, kept.error());
  return http::see_other(after(request, "/report/contact"));
}

http::Response show_places(const Site& site, const http::Request& request) {
  // A POST, because what somebody types about a place belongs in no address and no log.
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto text = text_of(request, "place_words", longest_place);
  templates::Values values;
  if (text) show_choices(values, choices_for(site, *text), *text, "");
  return site.surface.piece(request, "places", values);
}

}  // namespace minhu::pages
