#include "adapters/web_api/api.h"
#include "adapters/web_api/show.h"
#include "features/cases/guard.h"
#include "features/cases/store.h"
#include "features/desk/office_drafts.h"

namespace minhu::web_api {

Answer show_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    return json(office_case({reading, admitted.context, api.spoken(request)}, view));
  });
}

Answer show_attachment(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto content = cases::ContentId::parse(request.captures.at(1));
    if (!content) return fail(FaultCode::not_found, "cases.no_content");
    MINHU_TRY(cases::Attachment file,
              cases::view_attachment(reading, admitted.context, admitted.id, *content));
    return attachment(std::move(file), *content);
  });
}

Answer show_steps(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    return json(shown_steps(admitted.context, view.file));
  });
}

Answer take_office_step(const Api& api, const http::Request& request) {
  // Which step it is decides what it needs (cases/edges.cc); whoever may take any may also read.
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  const auto kind = cases::named<cases::EventKind>(request.captures.at(1));
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  MINHU_TRY(const cases::Step step, step_of(request, *kind));
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const cases::Event event,
              cases::take_step(transaction, admitted.context, admitted.id, step));
    // What was typed has become the step.
    desk::forget_draft_of(transaction, admitted.context, admitted.id, step.kind);
    const auto file = cases::load_file(transaction, admitted.context.county.region, admitted.id);
    return json(taken_step(event, *file));
  });
}

Answer reveal_phone(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:reveal_phone"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"reason"}));
  MINHU_TRY(const auto reason, body.members().short_text("reason", 500, Presence::required));
  MINHU_TRY(const cases::Identity identity,
            api.installation.database.write([&](Transaction& transaction) {
              return cases::reveal(transaction, admitted.context, admitted.id, reason);
            }));
  return json({{"phone", identity.phone.reveal_because("the speaker asked to be phoned")}});
}

}  // namespace minhu::web_api
