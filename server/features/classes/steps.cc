#include "features/classes/steps.h"

#include <algorithm>

#include "features/classes/hindrances.h"
#include "features/classes/linking.h"
#include "features/classes/measuring.h"
#include "features/classes/office_words.h"
#include "features/classes/step_fields.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

using accounts::Relation;

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "classes.not_allowed");
}

Relation relation_to(const cases::Context& context, const ClassFile& file) {
  if (!file.treats(context.actor.unit)) return Relation::none;
  return context.actor.unit == file.lead_unit ? Relation::lead_unit : Relation::co_unit;
}

Event event_of(const cases::Context& context, const ClassFile& file, EventKind kind, Facts facts) {
  return {file.id,       file.seq + 1,    kind, std::max(context.now, file.last_at),
          context.actor, std::move(facts)};
}

// What makes a class: its number is taken from the year, its id from the request.
Result<ClassFile> detect(Transaction& transaction, const cases::Context& context,
                         const NewClass& made, const Digest& token) {
  const RegionId region = context.county.region;
  const Date today = to_date(context.now, context.county.rules.zone);
  const Edge* edge = open_edge(EventKind::redefined, State::detected);
  GivenFields definition{{"category", made.definition.category}};
  std::string places;
  for (const std::string& place : made.definition.places) {
    places += (places.empty() ? "" : " ") + place;
  }
  if (!places.empty()) definition["places"] = places;
  MINHU_TRY(Facts facts, check_fields(transaction, context, *edge, definition));
  facts["number"] = next_number(transaction, region, today);
  facts["found_by"] = made.found_by_rule ? "rule" : "person";
  if (!made.definition.group.empty()) facts["group"] = made.definition.group;
  if (made.from) facts["from"] = format_date(*made.from);
  if (made.to) facts["to"] = format_date(*made.to);
  if (made.counted) facts["counted"] = std::to_string(*made.counted);
  if (!made.expected.empty()) facts["expected"] = made.expected;
  ClassFile file;
  file.id = ClassId::from_bytes(BytesView(token).first(Uuid().size()));
  append(transaction, context.county, file,
         {event_of(context, file, EventKind::detected, std::move(facts))});
  return file;
}

// The class that this token made before, or the word that makes it.
Result<std::optional<ClassFile>> made_before(Transaction& transaction,
                                             const cases::Context& context, const Digest& token) {
  if (!accounts::decide(context.actor, "class:propose").allowed) return not_allowed();
  return load_class(transaction, context.county.region,
                    ClassId::from_bytes(BytesView(token).first(Uuid().size())));
}

// From here on the program looks whether it comes back, by a rule that is made now and stays.
Outcome add_watch(Reading& reading, const cases::Context& context, const Matching& matching,
                  const ClassFile& file, Facts& facts) {
  MINHU_TRY(const Series series, series_of(reading, context.county, matching, file, context.now));
  MINHU_ASSERT(series.effect.has_value());
  const Date today = to_date(context.now, context.county.rules.zone);
  MINHU_TRY(const Facts watch, watch_facts(*series.effect, format_date(today).substr(0, 7)));
  facts.insert(watch.begin(), watch.end());
  return {};
}

Result<ClassFile> run(Transaction& transaction, const cases::Context& context,
                      const Matching& matching, ClassFile&& file, const Edge& edge,
                      const GivenFields& given) {
  MINHU_TRY(Facts facts, check_fields(transaction, context, edge, given));
  MINHU_CHECK_OK(hindrance(transaction, context, file, edge.kind));
  MINHU_CHECK_OK(hindrance_of_fields(transaction, context, matching, file, edge.kind, facts));
  if (edge.kind == EventKind::redefined && !file.definition.group.empty()) {
    facts["group"] = file.definition.group;
  }
  if (edge.kind == EventKind::measured) {
    MINHU_TRY(const Series series,
              series_of(transaction, context.county, matching, file, context.now));
    MINHU_ASSERT(series.measurement.has_value());
    facts = facts_of(*series.measurement);
  }
  if (edge.kind == EventKind::verified) {
    MINHU_CHECK_OK(add_watch(transaction, context, matching, file, facts));
    const Heard heard = heard_since(transaction, context.county, file);
    facts["heard_solved"] = std::to_string(heard.solved);
    facts["heard_partly"] = std::to_string(heard.partly);
    facts["heard_not_solved"] = std::to_string(heard.not_solved);
  }
  append(transaction, context.county, file, {event_of(context, file, edge.kind, std::move(facts))});
  if (edge.kind == EventKind::selected) {
    let_leave_what_accuses_who_treats(transaction, context, file);
  }
  return std::move(file);
}

}  // namespace

accounts::Decision decide(const cases::Context& context, const ClassFile& file,
                          std::string_view permission) {
  return accounts::decide(context.actor, permission, relation_to(context, file));
}

Result<ClassFile> propose(Transaction& transaction, const cases::Context& context,
                          const NewClass& made, const cases::ClientToken& token) {
  const Digest hash = cases::hash_of_token(context.keyring, "class", token);
  MINHU_TRY(auto known, made_before(transaction, context, hash));
  if (known) return std::move(*known);
  const Edge* edge = open_edge(EventKind::proposed, State::detected);
  MINHU_TRY(Facts facts, check_fields(transaction, context, *edge,
                                      {{"title", made.title}, {"statement", made.statement}}));
  MINHU_TRY(ClassFile file, detect(transaction, context, made, hash));
  append(transaction, context.county, file,
         {event_of(context, file, EventKind::proposed, std::move(facts))});
  MINHU_TRY(const auto links, links_for(transaction, context, file, made.cases));
  append(transaction, context.county, file, links);
  return file;
}

Result<ClassFile> dismiss(Transaction& transaction, const cases::Context& context,
                          const Definition& definition, std::string_view reason,
                          const cases::ClientToken& token) {
  const Digest hash = cases::hash_of_token(context.keyring, "class dismissed", token);
  MINHU_TRY(auto known, made_before(transaction, context, hash));
  if (known) return std::move(*known);
  MINHU_TRY(const std::string why, office_words(reason, "reason", 500));
  NewClass made;
  made.definition = definition;
  made.found_by_rule = true;
  MINHU_TRY(ClassFile file, detect(transaction, context, made, hash));
  append(
      transaction, context.county, file,
      {event_of(context, file, EventKind::rejected, {{"because", "no_class"}, {"reason", why}})});
  return file;
}

Result<ClassFile> take_step(Transaction& transaction, const cases::Context& context,
                            const Matching& matching, ClassId id, const Step& step) {
  const RegionId region = context.county.region;
  auto file = load_class(transaction, region, id);
  if (!file) return fail(FaultCode::not_found, "classes.no_such_class");
  Digest token{};
  if (step.token) {
    token = cases::hash_of_token(context.keyring, name(step.kind), *step.token);
    if (class_of_request(transaction, region, token) == id) return std::move(*file);
  }
  const bool may_ever = state_machine::may_ever_take(edges(), step.kind, [&](const Edge& one) {
    return decide(context, *file, one.permission).allowed;
  });
  if (!may_ever) return not_allowed();
  const Edge* edge = is_about_a_case(step.kind) ? nullptr : open_edge(step.kind, file->state);
  MINHU_CHECK_OK(
      state_machine::may_be_taken_now(step.expected_seq, file->step_seq, edge != nullptr,
                                      {"classes.changed_meanwhile", "classes.step_not_open"}));
  MINHU_TRY(ClassFile now,
            run(transaction, context, matching, std::move(*file), *edge, step.fields));
  if (step.token) remember_request(transaction, region, token, id);
  return now;
}

std::vector<OpenStep> open_steps(Reading& reading, const cases::Context& context,
                                 const ClassFile& file) {
  std::vector<OpenStep> open;
  for (const Edge& edge : edges()) {
    if (is_about_a_case(edge.kind) || !edge.from.has(file.state)) continue;
    if (!decide(context, file, edge.permission).allowed) continue;
    const Outcome hindered = hindrance(reading, context, file, edge.kind);
    open.push_back({&edge, hindered ? std::nullopt : std::optional(hindered.error())});
  }
  return open;
}

}  // namespace minhu::classes
