// R1a, after the words: at most three published classes that they may be about. Only what an office
// wrote for everybody is shown, never what anybody said; joining one is a receipt of one's own.
#include "adapters/pages/dates.h"
#include "adapters/pages/draft_session.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

http::Response similar_page(const Site& site, const http::Request& request,
                            const std::vector<NearClass>& near, const Errors& errors) {
  const auto& say = site.surface.sentences(request);
  const Date today = to_date(site.installation.clock.now(), site.installation.county.rules.zone);
  templates::Values values;
  values.set("TOKEN", new_token(site));
  for (const NearClass& one : near) {
    const classes::PublishedClass& shown = one.published;
    values.add("CLASS")
        .set("ID", shown.id.text())
        .set("TITLE", shown.title)
        .set("TEXT", shown.text)
        .set("WHERE", one.where.empty() ? say.say("residents.classes.where_county") : one.where)
        .set("STATE", say.say("residents.classes." + std::string(classes::name(shown.state))))
        .set("WHEN",
             say.say("residents.classes.since", {{"date", say_day(say, shown.since, today)}}));
  }
  errors.show(values);
  return site.surface.page(
      request, "similar", values,
      {errors.title(site, request, say.say("residents.similar.title")), errors.any() ? 400 : 200});
}

}  // namespace

std::vector<NearClass> classes_near(const Site& site, const drafts::Draft& draft) {
  if (draft.text.empty() || draft.track == cases::Track::suggestion) return {};
  return site.installation.database.read([&](Reading& reading) {
    std::vector<NearClass> near;
    const cases::County& county = site.installation.county;
    for (classes::PublishedClass& one : classes::nearby_published(
             reading, county, classes::AboutToSay{draft.text, {}, draft.place})) {
      std::string where = names_of_places(reading, county.region, one.definition.places);
      near.push_back({std::move(one), std::move(where)});
    }
    return near;
  });
}

http::Response show_similar(const Site& site, const http::Request& request) {
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  if (!says_something(session->draft)) return http::see_other("/report/what");
  const auto near = classes_near(site, session->draft);
  if (near.empty()) return http::see_other("/report/where");
  return similar_page(site, request, near, {});
}

http::Response take_similar(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  const auto session = begun(site, request);
  if (!session || session->draft.filed) return without_draft(session);
  const std::string_view same = request.form("same");
  const auto near = classes_near(site, session->draft);
  const bool known = std::any_of(near.begin(), near.end(), [&](const NearClass& one) {
    return one.published.id.text() == same;
  });
  if (!known && same != "none") {
    Errors errors;
    errors.add("same", site.say(request, "residents.similar.error"));
    return similar_page(site, request, near, errors);
  }
  const auto kept =
      change_draft(site, *session, [&](Transaction&, drafts::Draft& draft) -> Outcome {
        draft.same_class = known ? std::string(same) : std::string();
        return {};
      });
  if (!kept) return site.refuse(request, kept.error());
  return http::see_other(after(request, "/report/where"));
}

}  // namespace minhu::pages
