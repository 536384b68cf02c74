#include "adapters/web_api/show.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "features/accounts/accounts.h"
#include "features/cases/access.h"
#include "features/cases/clocks.h"
#include "features/cases/guard.h"
#include "kernel/utf8.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using cases::EventKind;
using cases::Form;

bj::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}
bj::value maybe(const std::string& text) {
  return text.empty() ? bj::value(nullptr) : bj::value(view(text));
}
bj::value maybe(const std::optional<Instant>& instant) {
  return instant ? bj::value(view(format_instant(*instant))) : bj::value(nullptr);
}
template <class Enum>
bj::value maybe_name(const std::optional<Enum>& value) {
  return value ? bj::value(view(cases::name(*value))) : bj::value(nullptr);
}

constexpr std::string_view form_names[] = {"words",    "choice", "unit",  "other_case", "place",
                                           "category", "date",   "count", "flag",       "official"};

bj::array words_of_list(std::string_view list) {
  bj::array words;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    words.push_back(view(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

bj::object field(const cases::Field& field) {
  bj::object shown{{"name", view(field.name)},
                   {"form", view(form_names[static_cast<std::size_t>(field.form)])},
                   {"required", field.need == cases::Need::required}};
  if (field.form == Form::choice && !field.choices.empty()) {
    shown["choices"] = words_of_list(field.choices);
  }
  return shown;
}

bj::array clocks(const Showing& showing, const cases::CaseFile& file) {
  bj::array shown;
  for (const cases::RunningClock& clock : file.clocks) {
    shown.push_back(bj::object{
        {"rule", view(clock.rule)},
        {"pack", view(clock.pack)},
        {"label", cases::label_of(showing.context.county, clock, showing.language)},
        {"explanation", cases::explain_clock(showing.context.county, clock, showing.language)},
        {"started", format_instant(clock.started)},
        {"due", format_instant(clock.due)},
        {"paused_at", maybe(clock.paused_at)},
        {"met_at", maybe(clock.met_at)},
        {"provisional", clock.provisional},
        {"yours", clock.citizen},
        {"left", clock.met_at ? bj::value(nullptr)
                              : bj::value(time_left(cases::time_left(showing.context.county, clock,
                                                                     showing.context.now)))}});
  }
  return shown;
}

bj::object place(const Showing& showing, const cases::CaseFile& file) {
  return {{"code", maybe(file.place)},
          {"path", places_and_units::place_path(showing.reading, showing.context.county.region,
                                                file.place)}};
}

bj::value category(const Showing& showing, const cases::CaseFile& file) {
  if (file.category.empty()) return nullptr;
  return bj::object{{"code", view(file.category)},
                    {"name", places_and_units::category_name(
                                 showing.reading, showing.context.county.region, file.category)}};
}

bj::object words(const cases::Said& said) {
  return {{"title", view(said.title)},
          {"text", view(said.text)},
          {"place_words", view(said.place_words)}};
}

// What a speaker learns of an event besides its texts. A fact that is not named here stays inside.
constexpr std::string_view facts_for_speakers[] = {
    "outcome",   "solved", "satisfaction", "asks_rehandling", "line", "road",
    "review_on", "days",   "reached",      "because",         "way",  "unit"};

bool is_content(const cases::Event& event, std::string_view value) {
  if (event.contents.empty()) return false;
  const auto id = cases::ContentId::parse(value);
  return id && std::any_of(event.contents.begin(), event.contents.end(),
                           [&](const cases::ContentRef& ref) { return ref.id == *id; });
}

// Whom a case accuses and who stays out of it: shown to whoever sorts or decides, in fields of
// their own, and to nobody else.
bool is_about_an_official(std::string_view fact) {
  return fact == "accused_person" || fact == "not_accused_person" || fact == "official";
}

bj::object facts(const cases::Event& event, cases::Reader reader, const UnitNames& units) {
  bj::object shown;
  for (const auto& [name, value] : event.facts) {
    if (is_content(event, value)) continue;  // its text stands in texts, for those who may read it
    if (is_about_an_official(name)) continue;
    if (reader == cases::Reader::speaker &&
        std::find(std::begin(facts_for_speakers), std::end(facts_for_speakers), name) ==
            std::end(facts_for_speakers)) {
      continue;
    }
    if (reader == cases::Reader::office) {
      shown[view(name)] = view(value);
    } else if (const auto unit = UnitId::parse(value)) {
      const bj::value named = units.show(*unit);
      if (named.is_object()) shown[view(name)] = named.at("name");
    } else {
      shown[view(name)] = view(value);
    }
  }
  return shown;
}

bj::object happening(const cases::TimelineEntry& entry, cases::Reader reader,
                     const UnitNames& units) {
  bj::array texts;
  for (const cases::TextOfEvent& text : entry.texts) {
    texts.push_back(bj::object{{"field", view(text.field)}, {"text", view(text.text)}});
  }
  bj::array attachments;
  for (const cases::AttachmentOfEvent& file : entry.attachments) {
    attachments.push_back(bj::object{
        {"id", file.id.text()}, {"media_type", view(file.media_type)}, {"size", file.size}});
  }
  const cases::Event& event = entry.event;
  bj::object line{{"kind", view(cases::name(event.kind))},
                  {"happened_at", format_instant(event.happened_at)},
                  {"recorded_at", format_instant(event.recorded_at)},
                  // An office and a role. Which official it was is nobody's to count.
                  {"role", view(accounts::name(event.actor.role))},
                  {"unit", units.show(event.actor.unit)},
                  {"facts", facts(event, reader, units)},
                  {"texts", std::move(texts)},
                  {"attachments", std::move(attachments)}};
  if (reader == cases::Reader::office) line["seq"] = event.seq;
  return line;
}

bj::array timeline(const cases::CaseView& case_view, cases::Reader reader, const UnitNames& units) {
  bj::array shown;
  for (const cases::TimelineEntry& entry : case_view.timeline) {
    shown.push_back(happening(entry, reader, units));
  }
  return shown;
}

// Whose steps they were, and whose the case is: what every view of it names.
std::vector<UnitId> units_in(const cases::CaseView& case_view) {
  const cases::CaseFile& file = case_view.file;
  std::vector<UnitId> units{file.dispatching_unit, file.first_unit, file.lead_unit,
                            file.review_unit};
  for (const cases::TimelineEntry& entry : case_view.timeline) {
    units.push_back(entry.event.actor.unit);
  }
  return units;
}

// What both sides see.
bj::object common(const Showing& showing, const cases::CaseView& case_view,
                  const UnitNames& units) {
  const cases::CaseFile& file = case_view.file;
  return {{"number", cases::show_number(file.number)},
          {"track", view(cases::name(file.track))},
          {"channel", view(cases::name(file.channel))},
          {"state", view(cases::name(file.state))},
          {"seq", file.seq},
          {"received_at", format_instant(file.received_at)},
          {"changed_at", format_instant(file.changed_at)},
          {"place", place(showing, file)},
          {"category", category(showing, file)},
          {"lead_unit", units.show(file.lead_unit)},
          {"outcome", maybe_name(file.outcome)},
          {"answered_at", maybe(file.answered_at)},
          {"solved", maybe_name(file.solved)},
          {"satisfaction", maybe_name(file.satisfaction)},
          {"returned", file.returned},
          {"reopened", file.reopened},
          {"urged", file.urged},
          {"erased", file.erased},
          {"words", words(case_view.said)},
          {"clocks", clocks(showing, file)}};
}

bj::array shown_units(const UnitNames& units, const std::vector<UnitId>& ids) {
  bj::array shown;
  for (const UnitId id : ids) shown.push_back(units.show(id));
  return shown;
}

// Officials whom it accuses, for whoever sorts it, who may have named one by mistake; for everybody
// else there are none.
bj::array accused_people(const Showing& showing, const cases::CaseFile& file) {
  bj::array shown;
  if (!cases::decide(showing.context, file, "case:triage").allowed) return shown;
  for (const accounts::AccountId id : file.accused_people) {
    const auto found = accounts::find_account(showing.reading, showing.context.county.region, id);
    if (!found) continue;
    shown.push_back(bj::object{
        {"id", id.text()}, {"login", found->login}, {"display_name", found->display_name}});
  }
  return shown;
}

// The request for more time that nobody has decided yet.
bj::value extension_asked(const cases::CaseView& case_view, const UnitNames& units) {
  const cases::Event* asked = nullptr;
  for (const cases::TimelineEntry& entry : case_view.timeline) {
    switch (entry.event.kind) {
      case EventKind::extension_requested:
        asked = &entry.event;
        break;
      case EventKind::extended:
      case EventKind::extension_refused:
      case EventKind::answered:
      case EventKind::taken_back:
        asked = nullptr;
        break;
      default:
        break;
    }
  }
  int days = 0;
  if (asked == nullptr) return nullptr;
  const std::string_view text = asked->fact("days");
  std::from_chars(text.data(), text.data() + text.size(), days);
  return bj::object{{"days", days},
                    {"asked_at", format_instant(asked->happened_at)},
                    {"unit", units.show(asked->actor.unit)}};
}

bj::array joined(const cases::CaseView& case_view) {
  bj::array shown;
  for (const cases::JoinedCase& member : case_view.joined) {
    bj::array added;
    for (const std::string& text : member.added) added.push_back(bj::value(view(text)));
    shown.push_back(bj::object{{"id", member.id.text()},
                               {"number", cases::show_number(member.number)},
                               {"urged", member.urged},
                               {"words", words(member.said)},
                               {"added", std::move(added)}});
  }
  return shown;
}

bj::array decided_permissions(const cases::Context& context, const cases::CaseFile& file) {
  bj::array may;
  for (const std::string_view permission : accounts::permissions_of(context.actor.role)) {
    if (!permission.starts_with("case:")) continue;
    if (cases::decide(context, file, permission).allowed)
      may.push_back(bj::value(view(permission)));
  }
  return may;
}

// A recording that nobody has written down yet.
bool voice_only(const cases::CaseView& case_view) {
  return !case_view.file.erased && case_view.said.text.empty() && case_view.said.title.empty();
}

}  // namespace

http::Response json(const boost::json::object& body, int status) {
  http::Response response = http::json(bj::serialize(body), status);
  response.with("Cache-Control", "no-store");
  return response;
}

http::Response no_content() {
  http::Response response{204, {}, {}, {}};
  response.with("Cache-Control", "no-store");
  return response;
}

http::Response attachment(cases::Attachment&& attachment, cases::ContentId id) {
  http::Response response{200, {}, to_text(attachment.bytes), {}};
  // A browser must save it, whatever it thinks that it is: nothing a person sent runs on our pages.
  response.with("Content-Type", std::move(attachment.media_type))
      .with("Content-Disposition", "attachment; filename=\"" + id.text() + "\"")
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "default-src 'none'; sandbox")
      .with("Cache-Control", "no-store");
  return response;
}

const std::optional<std::string>& UnitNames::known(UnitId id) const {
  static const std::optional<std::string> none;
  if (id.empty()) return none;
  if (const auto found = names_.find(id); found != names_.end()) return found->second;
  std::vector<UnitId> asked = std::exchange(expected_, {});
  std::erase_if(asked, [&](UnitId one) { return one.empty() || names_.contains(one); });
  asked.push_back(id);
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  for (auto& [unit, name] : places_and_units::unit_names(reading_, region_, asked)) {
    names_.emplace(unit, std::move(name));
  }
  for (const UnitId one : asked) names_.try_emplace(one);
  return names_.at(id);
}

bj::value UnitNames::show(UnitId id) const {
  const auto& name = known(id);
  if (!name) return nullptr;
  return bj::object{{"id", id.text()}, {"name", view(*name)}};
}

std::string UnitNames::name(UnitId id) const {
  return known(id).value_or(std::string());
}

bj::array happenings_after(const Showing& showing, const cases::CaseView& case_view,
                           std::int64_t seq) {
  const UnitNames units(showing.reading, showing.context.county.region);
  bj::array shown;
  for (const cases::TimelineEntry& entry : case_view.timeline) {
    if (entry.event.seq > seq) shown.push_back(happening(entry, cases::Reader::office, units));
  }
  return shown;
}

bj::object speakers_facts(const Showing& showing, const cases::Event& event) {
  return facts(event, cases::Reader::speaker,
               UnitNames(showing.reading, showing.context.county.region));
}

bj::object own_case(const Showing& showing, const cases::CaseView& case_view) {
  const UnitNames units(showing.reading, showing.context.county.region, units_in(case_view));
  bj::object shown = common(showing, case_view, units);
  shown["activated"] = case_view.file.activated;
  shown["timeline"] = timeline(case_view, cases::Reader::speaker, units);
  shown["steps"] = shown_steps(showing.context, case_view.file)["steps"];
  return shown;
}

bj::object office_case(const Showing& showing, const cases::CaseView& case_view) {
  const UnitNames units(showing.reading, showing.context.county.region, units_in(case_view));
  const cases::CaseFile& file = case_view.file;
  bj::object shown = common(showing, case_view, units);
  shown["id"] = file.id.text();
  shown["urgency"] = view(cases::name(file.urgency));
  shown["dispatching_unit"] = units.show(file.dispatching_unit);
  shown["first_unit"] = units.show(file.first_unit);
  shown["review_unit"] = units.show(file.review_unit);
  shown["co_units"] = shown_units(units, file.co_units);
  shown["extended_days"] = file.extended_days;
  shown["callback_attempts"] = file.callback_attempts;
  shown["may_be_called"] = file.may_be_called;
  shown["merged_into"] =
      file.merged_into.empty() ? bj::value(nullptr) : bj::value(view(file.merged_into.text()));
  shown["timeline"] = timeline(case_view, cases::Reader::office, units);
  shown["left"] = time_left(cases::time_left(showing.context.county, file, showing.context.now));
  shown["headline"] = file.erased ? std::string() : cases::headline(case_view.said);
  shown["voice_only"] = voice_only(case_view);
  shown["designated"] = file.designated;
  shown["joint_conference"] = file.joint_conference;
  shown["complained_of"] = shown_units(units, file.complained_of);
  shown["accused_people"] = accused_people(showing, file);
  shown["supervised_units"] = shown_units(units, file.supervised_units);
  shown["recommended_units"] = shown_units(units, file.recommended_units);
  shown["extension_asked"] = extension_asked(case_view, units);
  shown["joined"] = joined(case_view);
  shown["may"] = decided_permissions(showing.context, file);
  shown["may_ask_for_phone"] = cases::may_ask_for_phone(showing.context, file);
  return shown;
}

bj::object shown_steps(const cases::Context& context, const cases::CaseFile& file) {
  bj::array steps;
  for (const cases::Edge* edge : cases::open_steps(context, file)) {
    bj::array fields;
    for (const cases::Field& each : edge->fields) fields.push_back(field(each));
    steps.push_back(bj::object{{"kind", view(cases::name(edge->kind))},
                               {"basis", view(edge->basis)},
                               {"fields", std::move(fields)}});
  }
  return {{"seq", file.seq}, {"steps", std::move(steps)}};
}

bj::object taken_step(const cases::Event& event, const cases::CaseFile& file) {
  return {{"kind", view(cases::name(event.kind))},
          {"seq", event.seq},
          {"happened_at", format_instant(event.happened_at)},
          {"recorded_at", format_instant(event.recorded_at)},
          {"state", view(cases::name(file.state))}};
}

bj::object time_left(const cases::TimeLeft& left) {
  return {{"count", left.count},
          {"unit", view(cases::name(left.unit))},
          {"over", left.over},
          {"tone", view(cases::name(left.nearness))}};
}

}  // namespace minhu::web_api
