#include <charconv>

#include "adapters/web_api/own_receipt.h"
#include "adapters/web_api/show.h"
#include "features/cases/access.h"
#include "features/cases/store.h"

namespace minhu::web_api {

Result<Credentials> credentials_of(const http::Request& request) {
  Credentials credentials;
  MINHU_TRY(credentials.number, cases::parse_number(request.captures.at(0)));
  std::string_view code = request.header("x-query-code");
  const std::string_view authorization = request.header("authorization");
  if (constexpr std::string_view scheme = "Receipt "; authorization.starts_with(scheme)) {
    const std::string_view pair = authorization.substr(scheme.size());
    const auto colon = pair.find(':');
    const auto number = cases::parse_number(pair.substr(0, colon));
    if (colon == std::string_view::npos || !number || *number != credentials.number) {
      return fail(FaultCode::unauthenticated, "cases.wrong_number_or_code");
    }
    code = pair.substr(colon + 1);
  }
  if (code.empty()) return fail(FaultCode::unauthenticated, "api.code_missing");
  MINHU_TRY(credentials.code, cases::parse_query_code(code));
  return credentials;
}

http::Response wrong(const Api& api, const http::Request& request, const Fault& fault) {
  http::Response response = api.refuse(request, fault);
  response.hold = api.guesses.wrong(request.client, api.installation.clock.now());
  return response;
}

namespace {

deadlines::Language spoken(const Api& api, const http::Request& request) {
  return api.language(request).language() == "en" ? deadlines::Language::english
                                                  : deadlines::Language::chinese;
}

// Which step is to be proved; the first is what was handed in.
Result<std::int64_t> step_number(const http::Request& request) {
  const std::string_view text = request.query_value("step");
  if (text.empty()) return 0;
  std::int64_t seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc() || end != text.data() + text.size() || seq < 0) {
    return fail(FaultCode::invalid_input, "api.not_a_choice", "step",
                std::map<std::string, std::string>{{"field", "step"}, {"choices", "0, 1, 2, …"}});
  }
  return seq;
}

Answer unproved(Unproved why) {
  switch (why) {
    case Unproved::no_such_step:
      break;
    case Unproved::not_yet:
      return fail(FaultCode::unavailable, "record.not_yet");
    case Unproved::does_not_fit:
      return fail(FaultCode::unavailable, "record.does_not_fit");
  }
  return fail(FaultCode::not_found, "cases.not_found");
}

boost::json::object shown(const StepProof& proof) {
  const std::string& text =
      proof.text.reveal_because("it is the answer to whoever holds the receipt");
  boost::json::value at = nullptr;
  if (proof.at) at = format_instant(*proof.at);
  if (proof.is_promise) return {{"kind", "promise"}, {"text", text}, {"deadline", at}};
  return {{"kind", "proof"},
          {"text", text},
          {"index", proof.index},
          {"size", proof.size},
          {"witnessed_at", at}};
}

http::Response new_code(const std::string& number, const Sealed<std::string>& code) {
  return json({{"number", cases::show_number(number)},
               {"query_code", cases::show_query_code(code.reveal_because("it is the answer"))}});
}

}  // namespace

Answer show_receipt(const Api& api, const http::Request& request) {
  return with_own_case(api, request, [&](const cases::Context& context, cases::CaseId id) {
    return api.installation.database.read([&](Reading& reading) -> Answer {
      MINHU_TRY(const cases::CaseView view, cases::view_case(reading, context, id));
      return json(own_case({reading, context, spoken(api, request)}, view));
    });
  });
}

Answer show_proof(const Api& api, const http::Request& request) {
  MINHU_TRY(const std::int64_t seq, step_number(request));
  return with_own_case(api, request, [&](const cases::Context& context, cases::CaseId id) {
    return api.installation.database.read([&](Reading& reading) -> Answer {
      if (!api.proofs.of_step) return unproved(Unproved::not_yet);
      const auto proof = api.proofs.of_step(reading, context, id, seq);
      return proof ? Answer(json(shown(*proof))) : unproved(proof.error());
    });
  });
}

Answer show_receipt_attachment(const Api& api, const http::Request& request) {
  return with_own_case(api, request, [&](const cases::Context& context, cases::CaseId id) {
    return api.installation.database.read([&](Reading& reading) -> Answer {
      const auto content = cases::ContentId::parse(request.captures.at(1));
      if (!content) return fail(FaultCode::not_found, "cases.no_content");
      MINHU_TRY(cases::Attachment file, cases::view_attachment(reading, context, id, *content));
      return attachment(std::move(file), *content);
    });
  });
}

Answer take_own_step(const Api& api, const http::Request& request, cases::EventKind kind) {
  return with_own_case(
      api, request, [&](const cases::Context& context, cases::CaseId id) -> Answer {
        MINHU_TRY(const cases::Step step, step_of(request, kind));
        return api.installation.database.write([&](Transaction& transaction) -> Answer {
          MINHU_TRY(const cases::Event event, cases::take_step(transaction, context, id, step));
          const auto file = cases::load_file(transaction, context.county.region, id);
          return json(taken_step(event, *file));
        });
      });
}

Answer replace_code(const Api& api, const http::Request& request) {
  MINHU_TRY(const Credentials credentials, credentials_of(request));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  const cases::Context context = api.installation.as(a_speaker);
  const auto id = api.installation.database.read([&](Reading& reading) -> Result<cases::CaseId> {
    auto opened = cases::open_with_code(reading, context, credentials.number, credentials.code);
    // The answer to the first try was lost: its sender holds the old code and the token that made
    // the new one.
    if (!opened) {
      const auto repeated = cases::open_with_token(reading, context, credentials.number, token);
      if (repeated) return *repeated;
    }
    return opened;
  });
  if (!id) return wrong(api, request, id.error());
  api.guesses.right(request.client);
  MINHU_TRY(const auto code, api.installation.database.write([&](Transaction& transaction) {
    return cases::replace_code(transaction, context, *id, token);
  }));
  return new_code(credentials.number, code);
}

Answer activate_receipt(const Api& api, const http::Request& request) {
  MINHU_TRY(const Credentials credentials, credentials_of(request));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  const cases::Context context = api.installation.as(a_speaker);
  const auto code = api.installation.database.write([&](Transaction& transaction) {
    return cases::activate(transaction, context, credentials.number, credentials.code, token);
  });
  if (!code) {
    if (code.error().code == FaultCode::unauthenticated) return wrong(api, request, code.error());
    return tl::unexpected<Fault>(code.error());
  }
  api.guesses.right(request.client);
  return new_code(credentials.number, *code);
}

}  // namespace minhu::web_api
