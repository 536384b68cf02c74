#include "adapters/web_api/class_shown.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "features/classes/edges.h"
#include "features/classes/kept_from.h"
#include "features/classes/publishing.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using classes::ClassFile;
using classes::Event;

bj::value number_of(const std::string& text) {
  if (text.empty()) return nullptr;
  std::int64_t whole = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, whole).ptr == end) return whole;
  double number = 0;
  std::from_chars(text.data(), end, number);
  return number;
}

bj::array units_of(const UnitNames& units, const std::vector<UnitId>& ids) {
  bj::array shown;
  for (const UnitId id : ids) shown.push_back(units.show(id));
  return shown;
}

bj::array tests_of(const ClassFile& file) {
  bj::array shown;
  for (std::size_t i = 0; i < file.tests.size(); ++i) {
    shown.push_back(bj::object{{"test", word(classes::test_names[i])},
                               {"score", file.tests[i].score},
                               {"evidence", file.tests[i].evidence}});
  }
  return shown;
}

bj::array measures_shown(const ClassShowing& showing,
                         const std::vector<classes::Measure>& measures) {
  const std::string today =
      format_date(to_date(showing.context.now, showing.context.county.rules.zone));
  bj::array shown;
  for (const classes::Measure& measure : measures) {
    shown.push_back(bj::object{{"number", measure.number},
                               {"text", measure.text},
                               {"unit", showing.units.show(measure.unit)},
                               {"due", measure.due},
                               {"moves", measure.moves},
                               {"done_on", maybe(measure.done_on)},
                               {"report", maybe(measure.report)},
                               {"overdue", measure.done_on.empty() && measure.due < today}});
  }
  return shown;
}

bj::value document(const std::string& kind, const std::string& text, const std::string& link) {
  if (kind.empty()) return nullptr;
  return bj::object{{"kind", kind}, {"text", text}, {"link", link}};
}

bj::value cause_of(const ClassFile& file) {
  if (!file.cause) return nullptr;
  return bj::object{{"kind", word(classes::name(*file.cause))}, {"text", file.cause_text}};
}

bj::value summary_of(const ClassFile& file) {
  if (!file.summary) return nullptr;
  return bj::object{{"title", file.summary->title},
                    {"text", file.summary->text},
                    {"written_at", format_instant(file.summary->written_at)},
                    {"approved_at", maybe(file.summary->approved_at)}};
}

bj::value rejection_of(const ClassFile& file) {
  if (file.rejected_because.empty()) return nullptr;
  return bj::object{{"because", file.rejected_because}, {"reason", file.rejection}};
}

bj::value watch_of(const ClassShowing& showing, const ClassFile& file) {
  const auto watched = classes::watched(file);
  if (!watched) return nullptr;
  return bj::object{{"from", watched->from},
                    {"false_alarms_a_year", watched->rule.false_alarms_a_year},
                    {"can_see", watched->rule.can_see},
                    {"sentence", say(showing.say, watched->rule.sentence)}};
}

bj::object heard(const ClassShowing& showing, const ClassFile& file) {
  const classes::Heard said = classes::heard_since(showing.reading, showing.context.county, file);
  return {{"needed", classes::to_be_heard(static_cast<std::int64_t>(file.members.size()))},
          {"solved", said.solved},
          {"partly", said.partly},
          {"not_solved", said.not_solved}};
}

// For people: names where a fact holds ids and codes.
std::string in_words(const ClassShowing& showing, classes::Form form, const std::string& value) {
  std::string shown;
  const auto add = [&](const std::string& one) { shown += (shown.empty() ? "" : "、") + one; };
  switch (form) {
    case classes::Form::unit:
    case classes::Form::units:
      for (const std::string& id : classes::words_of(value)) {
        add(showing.units.name(UnitId::parse(id).value_or(UnitId())));
      }
      return shown;
    case classes::Form::places:
      for (const std::string& code : classes::words_of(value)) {
        add(places_and_units::place_path(showing.reading, showing.region(), code));
      }
      return shown;
    case classes::Form::category:
      return places_and_units::category_name(showing.reading, showing.region(), value);
    default:
      return value;
  }
}

// The fields of its step in their order, and nothing else: no case, no account, nothing that the
// program keeps for itself (measurements and watches are shown as what they are).
bj::array facts_of(const ClassShowing& showing, const Event& event) {
  bj::array shown;
  const auto edge = std::find_if(classes::edges().begin(), classes::edges().end(),
                                 [&](const classes::Edge& one) { return one.kind == event.kind; });
  if (event.kind == classes::EventKind::detected) {
    const auto definition =
        std::find_if(classes::edges().begin(), classes::edges().end(),
                     [](const auto& one) { return one.kind == classes::EventKind::redefined; });
    Event redefined = event;
    redefined.kind = definition->kind;
    return facts_of(showing, redefined);
  }
  if (edge == classes::edges().end()) return shown;
  for (const classes::Field& field : edge->fields) {
    const std::string value(event.fact(field.name));
    if (value.empty() || field.form == classes::Form::one_case) continue;
    shown.push_back(bj::object{{"name", word(field.name)},
                               {"value", value},
                               {"shown", in_words(showing, field.form, value)}});
  }
  if (event.kind == classes::EventKind::measured || event.kind == classes::EventKind::relapsed) {
    const std::string json(event.fact("sentence"));
    shown.push_back(bj::object{{"name", "sentence"},
                               {"value", ""},
                               {"shown", say(showing.say, classes::sentence_in(json))}});
  }
  return shown;
}

bj::array timeline(const ClassShowing& showing, const std::vector<Event>& events) {
  bj::array shown;
  for (const Event& event : events) {
    if (classes::is_about_a_case(event.kind)) continue;
    // Counted without the links of cases: a gap would say that there are some.
    shown.push_back(bj::object{{"seq", static_cast<std::int64_t>(shown.size())},
                               {"kind", word(classes::name(event.kind))},
                               {"recorded_at", format_instant(event.recorded_at)},
                               {"role", word(accounts::name(event.actor.role))},
                               {"unit", showing.units.show(event.actor.unit)},
                               {"facts", facts_of(showing, event)}});
  }
  return shown;
}

}  // namespace

std::string say(const catalogue::Catalogue& catalogue, const recurrence::Sentence& sentence) {
  return catalogue.say(sentence.key, sentence.details);
}

bj::value class_category(const ClassShowing& showing, const std::string& code) {
  if (code.empty()) return nullptr;
  return bj::object{
      {"code", code},
      {"name", places_and_units::category_name(showing.reading, showing.region(), code)}};
}

bj::array class_places(const ClassShowing& showing, const std::vector<std::string>& codes) {
  bj::array shown;
  for (const std::string& code : codes) {
    shown.push_back(bj::object{
        {"code", code},
        {"path", places_and_units::place_path(showing.reading, showing.region(), code)}});
  }
  return shown;
}

bj::object class_line(const ClassShowing& showing, const classes::ClassRow& row) {
  const classes::CaseCounts counts = classes::count_cases(showing.reading, showing.context, row.id);
  const classes::Owes owes = classes::owed_by(row.state);
  return {{"id", row.id.text()},
          {"number", row.number},
          {"title", row.title},
          {"state", word(classes::name(row.state))},
          {"seq", row.seq},
          {"category", class_category(showing, row.definition.category)},
          {"places", class_places(showing, row.definition.places)},
          {"group", !row.definition.group.empty()},
          {"lead_unit", showing.units.show(row.lead_unit)},
          {"sponsor", maybe(row.sponsor)},
          {"theme", maybe(row.theme)},
          {"cases", counts.all},
          {"open_cases", counts.open},
          {"detected_at", format_instant(row.detected_at)},
          {"changed_at", format_instant(row.changed_at)},
          {"treated_on", maybe(row.treated_on)},
          {"published", row.published},
          {"public_words",
           word(classes::name(classes::public_words(showing.reading, showing.context, row)))},
          {"relapses", row.relapses},
          {"waits_for", owes == classes::Owes::nobody ? bj::value(nullptr)
                                                      : bj::value(word(classes::name(owes)))}};
}

bj::object class_counts(const ClassShowing& showing, const classes::ClassRow& row) {
  const classes::CaseCounts counts = classes::count_cases(showing.reading, showing.context, row.id);
  const auto unrelated =
      classes::without_kept_from(showing.reading, showing.context,
                                 classes::unrelated_of(showing.reading, showing.region(), row.id));
  return {{"all", counts.all},
          {"open", counts.open},
          {"answered", counts.answered},
          {"solved", counts.solved},
          {"not_solved", counts.not_solved},
          {"unrelated", unrelated.size()}};
}

bj::object class_measurement(const ClassShowing& showing, const classes::Measurement& measured,
                             Instant at) {
  constexpr std::string_view intakes[] = {"open", "narrowed", "unknown"};
  const auto month = [](const std::optional<classes::Months>& months, auto member) {
    return months ? bj::value((*months).*member) : bj::value(nullptr);
  };
  bj::array notes;
  for (const auto& note : measured.notes) notes.push_back(bj::value(say(showing.say, note)));
  return {{"measured_at", format_instant(at)},
          {"verdict", word(recurrence::name(measured.verdict))},
          {"before_from", month(measured.before, &classes::Months::from)},
          {"before_to", month(measured.before, &classes::Months::to)},
          {"after_from", month(measured.after, &classes::Months::from)},
          {"after_to", month(measured.after, &classes::Months::to)},
          {"before", measured.cases_before},
          {"after", measured.cases_after},
          {"before_a_month", measured.before_a_month},
          {"after_a_month", measured.after_a_month},
          {"expected_a_month", measured.expected_a_month},
          {"percent", maybe(measured.percent)},
          {"percent_low", maybe(measured.percent_low)},
          {"percent_high", maybe(measured.percent_high)},
          {"periods_below", measured.periods_below},
          {"intake", word(intakes[static_cast<std::size_t>(measured.intake)])},
          {"few", measured.few},
          {"notes", std::move(notes)},
          {"sentence", say(showing.say, measured.sentence)}};
}

bj::object whole_class(const ClassShowing& showing, const ClassFile& file,
                       const std::vector<Event>& events) {
  const classes::ClassRow row = classes::row_of(file);
  const auto measured = classes::measurement_of(file);
  return {
      {"line", class_line(showing, row)},
      {"statement", file.statement},
      {"found_by", file.found_by},
      {"window", bj::object{{"from", maybe(file.window_from)}, {"to", maybe(file.window_to)}}},
      {"counted", number_of(file.counted)},
      {"expected", number_of(file.expected)},
      {"tests", tests_of(file)},
      {"rejected", rejection_of(file)},
      {"baseline", maybe(file.baseline)},
      {"supporting_units", units_of(showing.units, file.supporting_units)},
      {"cause", cause_of(file)},
      {"plan", maybe(file.plan)},
      {"measures", measures_shown(showing, file.measures)},
      {"measurement", measured ? bj::value(class_measurement(showing, *measured, *file.measured_at))
                               : bj::value(nullptr)},
      {"heard", heard(showing, file)},
      {"made_permanent", document(file.permanent_kind, file.permanent_text, file.permanent_link)},
      {"threshold", maybe(file.threshold)},
      {"watch", watch_of(showing, file)},
      {"summary", summary_of(file)},
      {"cases", class_counts(showing, row)},
      {"timeline", timeline(showing, events)}};
}

bj::object open_class_step(const ClassShowing& showing, const classes::OpenStep& step) {
  bj::array fields = open_fields(step.edge->fields, [](classes::Form form) {
    return form == classes::Form::text || form == classes::Form::link;
  });
  return {
      {"kind", word(classes::name(step.edge->kind))},
      {"basis", word(step.edge->basis)},
      {"hindered", step.hindered ? bj::value(showing.say.say(*step.hindered)) : bj::value(nullptr)},
      {"fields", std::move(fields)}};
}

bj::object class_of_case(const ClassShowing& showing, const classes::ClassOfCase& found) {
  bj::array proposed;
  for (const classes::ClassRow& row : found.proposed) proposed.push_back(class_line(showing, row));
  return {{"class", found.row ? bj::value(class_line(showing, *found.row)) : bj::value(nullptr)},
          {"proposed", std::move(proposed)}};
}

bj::object published_class(const ClassShowing& showing, const classes::PublishedClass& published) {
  return {{"id", published.id.text()},
          {"number", published.number},
          {"title", published.title},
          {"text", published.text},
          {"state", word(classes::name(published.state))},
          {"category", class_category(showing, published.definition.category)},
          {"places", class_places(showing, published.definition.places)},
          {"lead_unit", showing.units.show(published.lead_unit)},
          {"cases", published.cases},
          {"since", format_date(published.since)}};
}

bj::object ledger_line(const ClassShowing& showing, const classes::LedgerLine& line) {
  return {
      {"published", published_class(showing, line.published)},
      {"sponsor", maybe(line.sponsor)},
      {"baseline", maybe(line.baseline)},
      {"cause", line.cause ? bj::value(word(classes::name(*line.cause))) : bj::value(nullptr)},
      {"plan", maybe(line.plan)},
      {"measures", measures_shown(showing, line.measures)},
      {"treated_on", maybe(line.treated_on)},
      {"months", maybe(line.months)},
      {"before", maybe(line.before)},
      {"after", maybe(line.after)},
      {"percent", maybe(line.percent)},
      {"sentence",
       line.sentence ? bj::value(say(showing.say, *line.sentence)) : bj::value(nullptr)},
      {"solved_on", line.solved_on ? bj::value(format_date(*line.solved_on)) : bj::value(nullptr)},
      {"document", document(line.permanent_kind, line.permanent_text, line.permanent_link)},
      {"relapses", line.relapses},
      {"reason", maybe(line.reason)}};
}

}  // namespace minhu::web_api
