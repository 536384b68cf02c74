#include "adapters/web_api/promises.h"

#include "adapters/web_api/class_requests.h"
#include "adapters/web_api/promise_shown.h"
#include "features/promises/holders.h"
#include "features/promises/proofs.h"
#include "features/promises/words_kept.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using Details = std::map<std::string, std::string>;
using promises::PromiseId;

struct PromiseRequest {
  cases::Context context;
  PromiseId id;
};
Result<PromiseRequest> admit_to_promise(const Api& api, const http::Request& request,
                                        std::string_view permission) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, permission));
  const auto id = PromiseId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "promises.no_such_promise");
  return PromiseRequest{context, *id};
}

// An id of one of our things; absent: the empty one.
template <class SomeId>
Result<SomeId> id_in(const Members& given, std::string_view name, const char* fault) {
  MINHU_TRY(const std::string_view text, given.text(name));
  if (text.empty()) return SomeId();
  const auto id = SomeId::parse(text);
  if (!id) {
    return fail(FaultCode::invalid_input, fault, std::string(name),
                Details{{"field", std::string(name)}});
  }
  return *id;
}

Result<promises::NewPromise> new_promise_in(const Members& given) {
  MINHU_CHECK_OK(given.only({"matter", "words", "promised_on", "due", "sponsored", "post", "unit",
                             "visit", "case", "place"}));
  promises::NewPromise made;
  MINHU_TRY(made.matter, given.text("matter"));
  MINHU_TRY(made.words, given.text("words"));
  MINHU_TRY(made.promised_on, given.text("promised_on"));
  MINHU_TRY(made.due, given.text("due"));
  MINHU_TRY(made.sponsored, given.flag("sponsored"));
  MINHU_TRY(made.place, given.text("place"));
  MINHU_TRY(made.post, id_in<promises::PostId>(given, "post", "promises.no_such_post"));
  MINHU_TRY(made.unit, id_in<UnitId>(given, "unit", "promises.no_such_unit"));
  MINHU_TRY(made.visit, id_in<visits::VisitId>(given, "visit", "promises.no_such_visit"));
  MINHU_TRY(made.case_id, id_in<cases::CaseId>(given, "case", "promises.field_wrong"));
  return made;
}

Result<bool> yes_in(const http::Request& request, const char* name) {
  const std::string_view value = request.query_value(name);
  if (!value.empty() && value != "yes") {
    return fail(FaultCode::invalid_input, "api.not_a_choice", name,
                Details{{"field", name}, {"choices", "yes"}});
  }
  return !value.empty();
}

Answer the_promise(const Api& api, const cases::Context& context, PromiseId id, int status = 200) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto promise = promises::view(reading, context, id);
    if (!promise) return fail(FaultCode::not_found, "promises.no_such_promise");
    const UnitNames units(reading, context.county.region);
    return json(promise_with_steps({reading, context, units}, *promise), status);
  });
}

Result<promises::Step> step_in(const http::Request& request, std::string_view text) {
  const auto kind = promises::named<promises::EventKind>(request.captures.at(1));
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  promises::Step step;
  step.kind = *kind;
  MINHU_TRY(step.token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(text));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"fields", "expected_seq"}));
  MINHU_TRY(step.fields, field_texts(given));
  MINHU_TRY(step.expected_seq, given.number("expected_seq"));
  return step;
}

Answer take(const Api& api, const PromiseRequest& asked, const promises::Step& step) {
  MINHU_TRY(const promises::Promise promise,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::take_step(transaction, asked.context, asked.id, step);
            }));
  return the_promise(api, asked.context, promise.id);
}

// A form of one part `step`, the JSON object, and parts `file`.
Outcome read_files(const Api& api, const http::Request& request, promises::Step& step) {
  for (const http::Part& part : request.parts) {
    if (&part == request.part("step")) continue;
    if (part.name != "file") {
      return fail(FaultCode::invalid_input, "api.unknown_field", sayable(part.name),
                  Details{{"field", sayable(part.name)}});
    }
    if (step.evidence.size() == cases::most_attachments) {
      return fail(FaultCode::too_large, "cases.too_many_attachments", "file",
                  Details{{"most", std::to_string(cases::most_attachments)}});
    }
    MINHU_TRY(cases::NewAttachment file, api.take_upload(part));
    step.evidence.push_back(std::move(file));
  }
  return {};
}

}  // namespace

Answer list_posts(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "post:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    bj::array shown;
    for (const promises::Post& post : promises::all_posts(reading, context.county.region)) {
      shown.push_back(shown_post({reading, context, units}, post));
    }
    return json({{"posts", std::move(shown)}});
  });
}

Answer list_post_holders(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "post:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const RegionId region = context.county.region;
    const UnitNames units(reading, region);
    bj::array shown;
    for (const promises::PossibleHolder& one : promises::possible_holders(reading, region)) {
      shown.push_back(bj::object{
          {"account", one.account.text()}, {"name", one.name}, {"unit", units.show(one.unit)}});
    }
    return json({{"holders", std::move(shown)}});
  });
}

Answer make_post(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "units:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"unit", "title", "holder"}));
  MINHU_TRY(const auto unit, id_in<UnitId>(given, "unit", "promises.no_such_unit"));
  MINHU_TRY(const auto title, given.text("title"));
  MINHU_TRY(const auto holder,
            id_in<accounts::AccountId>(given, "holder", "promises.no_such_account"));
  MINHU_TRY(const promises::Post post,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::make_post(transaction, context, unit, title, holder);
            }));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    return json({{"post", shown_post({reading, context, units}, post)}}, 201);
  });
}

Answer list_promises(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "promise:read"));
  MINHU_CHECK_OK(only_parameters(request, {"post", "mine", "open", "overdue"}));
  promises::Wanted wanted;
  if (const std::string_view text = request.query_value("post"); !text.empty()) {
    const auto post = promises::PostId::parse(text);
    if (!post) return fail(FaultCode::invalid_input, "promises.no_such_post", "post");
    wanted.post = *post;
  }
  MINHU_TRY(wanted.mine, yes_in(request, "mine"));
  MINHU_TRY(wanted.open, yes_in(request, "open"));
  MINHU_TRY(wanted.overdue, yes_in(request, "overdue"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    bj::array shown;
    for (const promises::Promise& promise : promises::list(reading, context, wanted)) {
      shown.push_back(shown_promise({reading, context, units}, promise));
    }
    return json({{"promises", std::move(shown)}});
  });
}

Answer make_promise(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "promise:make"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const promises::NewPromise made, new_promise_in(body.members()));
  MINHU_TRY(const promises::Promise promise,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::make(transaction, context, made, token);
            }));
  return the_promise(api, context, promise.id, 201);
}

Answer show_promise(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:read"));
  return the_promise(api, asked.context, asked.id);
}

Answer list_promise_proofs(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:verify"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto promise = promises::view(reading, asked.context, asked.id);
    if (!promise) return fail(FaultCode::not_found, "promises.no_such_promise");
    bj::array shown;
    for (const promises::PossibleProof& one :
         promises::possible_proofs(reading, asked.context, *promise)) {
      shown.push_back(bj::object{{"proof", promises::name(one.proof)},
                                 {"reference", one.reference},
                                 {"at", format_instant(one.at)},
                                 {"leader", maybe(one.leader)},
                                 {"place", maybe(one.place)}});
    }
    return json({{"proofs", std::move(shown)}});
  });
}

Answer take_promise_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:read"));
  MINHU_TRY(const promises::Step step, step_in(request, request.body));
  return take(api, asked, step);
}

Answer take_promise_step_with_files(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:carry_out"));
  const http::Part* given = request.part("step");
  if (given == nullptr) {
    return fail(FaultCode::invalid_input, "api.missing_field", "step", Details{{"field", "step"}});
  }
  if (!given->spooled.empty()) return fail(FaultCode::too_large, "api.case_part_too_large", "step");
  MINHU_TRY(promises::Step step, step_in(request, given->value));
  MINHU_CHECK_OK(read_files(api, request, step));
  return take(api, asked, step);
}

Answer show_promise_evidence(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto promise = promises::view(reading, asked.context, asked.id);
    if (!promise) return fail(FaultCode::not_found, "promises.no_such_promise");
    const auto content = cases::ContentId::parse(request.captures.at(1));
    for (const promises::Report& report : promise->reports) {
      if (!content || std::find(report.evidence.begin(), report.evidence.end(), *content) ==
                          report.evidence.end()) {
        continue;
      }
      const auto info =
          promises::evidence_info(reading, asked.context.county.region, *promise, *content);
      if (!info) break;
      MINHU_TRY(Bytes bytes, promises::read_evidence(reading, asked.context, *promise, *content));
      return attachment({info->media_type, std::move(bytes)}, *content);
    }
    return fail(FaultCode::not_found, "cases.no_content");
  });
}

}  // namespace minhu::web_api
