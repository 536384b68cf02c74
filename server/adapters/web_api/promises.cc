#include "adapters/web_api/promises.h"

#include "adapters/web_api/promise_shown.h"
#include "adapters/web_api/request_parts.h"
#include "features/promises/holders.h"
#include "features/promises/proofs.h"
#include "features/promises/words_kept.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using promises::PromiseId;

using PromiseRequest = Asked<PromiseId>;
Result<PromiseRequest> admit_to_promise(const Api& api, const http::Request& request,
                                        std::string_view permission) {
  return admit_to<PromiseId>(api, request, permission, "promises.no_such_promise");
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

Answer the_promise(const Api& api, const cases::Context& context, PromiseId id, int status = 200) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto promise = promises::view(reading, context, id);
    if (!promise) return fail(FaultCode::not_found, "promises.no_such_promise");
    const UnitNames units(reading, context.county.region);
    return json(promise_with_steps({reading, context, units}, *promise), status);
  });
}

Result<promises::Step> promise_step_in(const http::Request& request, std::string_view text) {
  return step_in<promises::Step>(request, text,
                                 promises::named<promises::EventKind>(request.captures.at(1)));
}

Answer take(const Api& api, const PromiseRequest& asked, const promises::Step& step) {
  MINHU_TRY(const promises::Promise promise,
            api.installation.database.write([&](Transaction& transaction) {
              return promises::take_step(transaction, asked.context, asked.id, step);
            }));
  return the_promise(api, asked.context, promise.id);
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
          {"id", one.account.text()}, {"name", one.name}, {"unit", units.show(one.unit)}});
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
  MINHU_TRY(const promises::Step step, promise_step_in(request, request.body));
  return take(api, asked, step);
}

Answer take_promise_step_with_files(const Api& api, const http::Request& request) {
  MINHU_TRY(const PromiseRequest asked, admit_to_promise(api, request, "promise:carry_out"));
  MINHU_TRY(const std::string_view given, json_part(request, "step"));
  MINHU_TRY(promises::Step step, promise_step_in(request, given));
  MINHU_TRY(step.evidence, files_beside(api, request, "step"));
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
