#include <algorithm>
#include <charconv>

#include "adapters/office_pages/case_page.h"
#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/queue_address.h"
#include "adapters/office_pages/typed_place.h"
#include "features/cases/closure.h"
#include "features/cases/guard.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/desk/office_drafts.h"

namespace minhu::office_pages {

namespace {

using cases::Edge;
using cases::Form;

std::optional<std::int64_t> seq_in(const http::Request& request) {
  const std::string_view text = request.form("expected_seq");
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return seq;
}

// The edge whose fields the form had: the one that is open, or, for a form sent twice after the
// case has moved on, any of that kind.
const Edge* edge_of(cases::EventKind kind, const cases::CaseFile& file) {
  if (const Edge* open = cases::open_edge(kind, file.state, file.track)) return open;
  for (const Edge& edge : cases::edges()) {
    if (edge.kind == kind && edge.tracks.has(file.track)) return &edge;
  }
  return nullptr;
}

struct Refused {
  Fault fault;
  std::vector<places_and_units::Place> places;
};

// People write names and numbers where the table wants codes and ids.
class FieldsOf {
 public:
  FieldsOf(Reading& reading, const cases::Context& context, const cases::CaseFile& file,
           const Typed& typed)
      : reading_(reading), context_(context), file_(file), typed_(typed) {}

  tl::expected<Typed, Refused> read(const Edge& edge) {
    Typed fields;
    for (const cases::Field& field : edge.fields) {
      const std::string text = value(field.name);
      if (text.empty()) continue;
      if (field.form == Form::place) {
        auto code = place(field.name, text);
        if (!code) return tl::unexpected<Refused>(std::move(code).error());
        fields.emplace(field.name, std::move(*code));
      } else if (field.form == Form::other_case) {
        auto id = other_case(field.name, text);
        if (!id) return tl::unexpected<Refused>({std::move(id).error(), {}});
        fields.emplace(field.name, std::move(*id));
      } else {
        fields.emplace(field.name, text);
      }
    }
    note_rule(edge, fields);
    return fields;
  }

 private:
  std::string value(std::string_view name) const {
    const auto found = typed_.find(name);
    return found == typed_.end() ? std::string() : found->second;
  }

  tl::expected<std::string, Refused> place(std::string_view name, const std::string& text) {
    if (const std::string chosen = value(std::string(name) + ".code"); !chosen.empty()) {
      return chosen;
    }
    FoundPlaces found = find_typed_place(reading_, context_.county.region, text);
    if (found.places.size() == 1) return found.places.front().code;
    const char* key = found.places.empty() ? "office.place_unknown" : "office.place_several";
    return tl::unexpected<Refused>(
        {{FaultCode::invalid_input, key, std::string(name)}, std::move(found.places)});
  }

  Result<std::string> other_case(std::string_view name, const std::string& text) {
    const auto number = cases::parse_number(text);
    if (!number) return fail(number.error().code, number.error().key, std::string(name));
    // A case that is not theirs is none: what would be said of the step tells them apart otherwise.
    const auto file = cases::Sight(reading_, context_).find(*number);
    if (!file) return fail(FaultCode::not_found, "cases.not_found", std::string(name));
    return file->id.text();
  }

  // Which rule led here is a fact only when the unit is the one that the rule names.
  void note_rule(const Edge& edge, Typed& fields) {
    const bool asks = std::any_of(edge.fields.begin(), edge.fields.end(),
                                  [](const auto& field) { return field.name == "rule_used"; });
    const auto unit = fields.find("unit");
    if (!asks || unit == fields.end()) return;
    const auto suggestion = places_and_units::suggest_unit(reading_, context_.county.region,
                                                           file_.category, file_.place);
    if (suggestion && suggestion->rule.unit.text() == unit->second) {
      fields["rule_used"] = suggestion->rule.code;
    } else {
      fields.erase("rule_used");
    }
  }

  Reading& reading_;
  const cases::Context& context_;
  const cases::CaseFile& file_;
  const Typed& typed_;
};

struct Asked {
  cases::Step step;
  std::optional<Refused> refused;
};

Result<Asked> read_request(Reading& reading, const cases::Context& context, cases::CaseId id,
                           cases::EventKind kind, const Typed& typed) {
  const auto file = cases::Sight(reading, context).find(id);
  if (!file) return fail(FaultCode::not_found, "cases.not_found");
  Asked asked;
  asked.step.kind = kind;
  const Edge* edge = edge_of(kind, *file);
  if (edge == nullptr) return asked;  // take_step says that it is not open
  auto fields = FieldsOf(reading, context, *file, typed).read(*edge);
  if (fields) {
    asked.step.fields = std::move(*fields);
  } else {
    asked.refused = std::move(fields).error();
  }
  return asked;
}

// The step, and whether the case is still the actor's to see afterwards.
Result<bool> take(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                  const cases::Step& step) {
  MINHU_TRY(const cases::Event event, cases::take_step(transaction, context, id, step));
  desk::forget_draft_of(transaction, context, id, step.kind);
  const auto file = cases::load_file(transaction, context.county.region, id);
  return file && cases::may_know(transaction, context, *file);
}

http::Response done(cases::CaseId id, cases::EventKind kind, bool still_theirs,
                    std::string_view from) {
  std::string done = "?done=" + std::string(cases::name(kind));
  if (still_theirs && part_named(from)) done += "&from=" + std::string(from);
  http::Response response =
      http::see_other((still_theirs ? "/office/cases/" + id.text() : "/office") + done);
  response.with("Cache-Control", "no-store");
  return response;
}

}  // namespace

http::Response take_step(const Office& office, const http::Request& request,
                         const accounts::Account& who) {
  const auto id = case_in(request);
  const auto kind = cases::named<cases::EventKind>(
      request.captures.size() < 2 ? std::string_view() : std::string_view(request.captures[1]));
  if (!id || !kind) {
    return refuse(office, request, {FaultCode::not_found, "cases.not_found"}, &who);
  }
  const auto context = office.installation.as(who.principal);
  const Typed typed = typed_in(request);
  auto asked = office.installation.database.read(
      [&](Reading& reading) { return read_request(reading, context, *id, *kind, typed); });
  if (!asked) return refuse(office, request, asked.error(), &who);

  const auto token = token_in(request);
  const auto seq = seq_in(request);
  const auto give_back = [&](Fault fault, std::vector<places_and_units::Place> places = {}) {
    Addition addition;
    addition.attempt =
        Attempt{*kind, typed, std::move(fault), std::move(places), brings_files(request)};
    addition.read_up_to = seq;
    if (token) addition.token = request.form("token");
    return case_page(office, request, who, *id, addition);
  };
  if (asked->refused) return give_back(asked->refused->fault, asked->refused->places);
  if (!token || !seq) return give_back({FaultCode::invalid_input, "cases.bad_token"});
  auto attachments = uploads_in(office, request);
  if (!attachments) return give_back(attachments.error());
  asked->step.attachments = std::move(*attachments);
  asked->step.token = bound_to(*token, typed);
  asked->step.expected_seq = *seq;

  const auto taken = office.installation.database.write(
      [&](Transaction& transaction) { return take(transaction, context, *id, asked->step); });
  if (!taken) return give_back(taken.error());
  return done(*id, *kind, *taken, request.form("from"));
}

http::Response reveal_phone(const Office& office, const http::Request& request,
                            const accounts::Account& who) {
  const auto id = case_in(request);
  if (!id) return refuse(office, request, id.error(), &who);
  const auto context = office.installation.as(who.principal);
  const std::string reason(request.form("reason"));
  auto identity = office.installation.database.write(
      [&](Transaction& transaction) { return cases::reveal(transaction, context, *id, reason); });
  Addition addition;
  if (identity) {
    addition.phone = std::move(identity->phone);
  } else {
    addition.reveal_refused = identity.error();
    addition.reveal_reason = reason;
  }
  return case_page(office, request, who, *id, addition);
}

}  // namespace minhu::office_pages
