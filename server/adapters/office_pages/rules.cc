#include "adapters/office_pages/form.h"
#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"
#include "adapters/office_pages/proposal.h"
#include "adapters/office_pages/typed_place.h"

namespace minhu::office_pages {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : "、") + word;
  return all;
}

struct Trial {
  std::vector<places_and_units::Category> categories;
  FoundPlaces where;
  std::string place;  // its path
  std::optional<Proposal> proposal;
};

Trial try_out(Reading& reading, RegionId region, const Typed& typed) {
  const auto value = [&](std::string_view name) {
    const auto found = typed.find(name);
    return found == typed.end() ? std::string() : found->second;
  };
  Trial trial;
  trial.categories = categories_like(reading, region, {});
  if (typed.empty()) return trial;
  trial.where = find_typed_place(
      reading, region, value("place.code").empty() ? value("place") : value("place.code"));
  if (trial.where.places.size() > 1 || (trial.where.places.empty() && !value("place").empty())) {
    return trial;
  }
  const std::string place = trial.where.places.empty() ? "" : trial.where.places.front().code;
  trial.place = places_and_units::place_path(reading, region, place);
  trial.proposal = propose(reading, region, value("category"), place, value("text"));
  return trial;
}

void put_result(templates::Values& values, const Wording& wording, const Trial& trial) {
  const Proposal& proposal = *trial.proposal;
  values.show("RESULT");
  if (proposal.category.empty()) {
    values.show("NO_CATEGORY");
  } else {
    values.show("CATEGORY")
        .set("CATEGORY_LABEL",
             wording.say(proposal.guess ? "office.rules.guessed" : "office.rules.chosen"))
        .set("CATEGORY_NAME", proposal.category_name)
        .set("CATEGORY_CODE", proposal.category);
  }
  if (proposal.guess) values.show("FOUND").set("FOUND_WORDS", joined(proposal.guess->words));
  values.set("WHERE", trial.place.empty() ? wording.say("office.rules.no_place") : trial.place);
  if (!proposal.suggestion) {
    values.show("NO_RULE");
    return;
  }
  const auto& suggestion = *proposal.suggestion;
  values.show("RULE")
      .set("UNIT", suggestion.unit_name)
      .set("RULE_CODE", suggestion.rule.code)
      .set("BECAUSE", suggestion.because)
      .set("BEATEN", suggestion.beaten.empty() ? wording.say("office.rules.no_beaten")
                                               : joined(suggestion.beaten));
  if (proposal.unit_closed) {
    values.show("IMPOSSIBLE")
        .set("IMPOSSIBLE_WHY",
             wording.say("office.rules.unit_closed", {{"unit", suggestion.unit_name}}));
  } else if (proposal.refused) {
    values.show("IMPOSSIBLE").set("IMPOSSIBLE_WHY", wording.fault(*proposal.refused));
  } else {
    values.show("POSSIBLE");
  }
}

http::Response rules_page(const Office& office, const http::Request& request,
                          const accounts::Account& who, const Typed& typed) {
  const RegionId region = office.installation.county.region;
  const Trial trial = office.installation.database.read(
      [&](Reading& reading) { return try_out(reading, region, typed); });

  Page page(office, request, &who);
  const Wording& wording = page.wording();
  auto& values = page.values();
  const auto value = [&](std::string_view name) {
    const auto found = typed.find(name);
    return found == typed.end() ? std::string() : found->second;
  };
  values.set("TEXT_TYPED", value("text")).set("PLACE_TYPED", value("place"));
  for (const auto& category : trial.categories) {
    const std::string code = category.scheme + ':' + category.code;
    values.add("OPTION")
        .set("VALUE", code)
        .set("TEXT", category.name)
        .show_if(code == value("category"), "CHOSEN");
  }
  const std::string title = wording.say("office.rules.title");
  if (typed.empty()) return page.answer("rules", title);
  if (trial.proposal) {
    put_result(values, wording, trial);
    return page.answer("rules", title);
  }
  const bool several = !trial.where.places.empty();
  values.show("REFUSED").set(
      "WHY", wording.say(several ? "office.place_several" : "office.place_unknown"));
  values.show_if(several, "SEVERAL");
  for (const auto& place : trial.where.places) {
    values.add("PLACE").set("CODE", place.code).set("PLACE_NAME", place.name);
  }
  return page.answer("rules", title, http::status_of(FaultCode::invalid_input));
}

}  // namespace

http::Response show_rules(const Office& office, const http::Request& request,
                          const accounts::Account& who) {
  return rules_page(office, request, who, {});
}

http::Response try_rules(const Office& office, const http::Request& request,
                         const accounts::Account& who) {
  return rules_page(office, request, who, typed_in(request));
}

}  // namespace minhu::office_pages
