// What the law gives to whoever holds a receipt, for programs: what is kept, a copy, correcting,
// taking a consent back, erasing. The rules are those of the pages (features/rights); so is the
// wait for a wrong code.
#include <functional>

#include "adapters/web_api/own_receipt.h"
#include "adapters/web_api/show.h"
#include "features/cases/key_tending.h"
#include "features/rights/rights.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::size_t longest_reach = 200;
constexpr std::size_t longest_version = 20;

bj::value moment(const std::optional<Instant>& at) {
  return at ? bj::value(format_instant(*at)) : bj::value(nullptr);
}

bj::value or_null(const std::string& text) {
  return text.empty() ? bj::value(nullptr) : bj::value(text);
}

bj::array shown_looks(Reading& reading, RegionId region, const rights::Stored& own) {
  const UnitNames units(reading, region);
  bj::array looks;
  for (const auto& look : own.looks) {
    looks.push_back(bj::object{{"at", format_instant(look.at)},
                               {"unit", units.show(look.by.unit)},
                               {"role", std::string(accounts::name(look.by.role))},
                               {"why", or_null(look.why)}});
  }
  return looks;
}

// No name, no telephone, no word: those are in the copy alone.
bj::object shown(const Api& api, const http::Request& request, Reading& reading,
                 const rights::Stored& own) {
  const cases::CaseFile& file = own.view.file;
  std::size_t attachments = 0;
  for (const auto& entry : own.view.timeline) attachments += entry.attachments.size();
  const Outcome may_erase = rights::may_erase(file);
  bj::object erasure{{"possible", may_erase.has_value()},
                     {"why_not", nullptr},
                     {"days_until_unrecoverable", cases::days_until_unrecoverable}};
  if (!may_erase) erasure["why_not"] = api.language(request).say(may_erase.error());
  return {{"number", cases::show_number(file.number)},
          {"erased", file.erased},
          {"steps", own.view.timeline.size()},
          {"attachments", attachments},
          {"contact_kept", own.contact.has_value()},
          {"may_be_called", file.may_be_called},
          {"publication", bj::object{{"allowed", own.publication.allowed},
                                     {"notice", or_null(own.publication.notice)},
                                     {"said_at", moment(own.publication.said_at)}}},
          {"notice", or_null(own.notice)},
          {"present_notice", or_null(api.privacy_notice)},
          {"looks", shown_looks(reading, api.installation.county.region, own)},
          {"erasure", std::move(erasure)}};
}

Answer show(const Api& api, const http::Request& request, const cases::Context& context,
            cases::CaseId id) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const rights::Stored own, rights::everything(reading, context, id));
    return json(shown(api, request, reading, own));
  });
}

// Takes one step of the speaker, then shows what is kept now. `read` makes the step of the request:
// after the code, so that nobody without it hears what is wrong with what they sent.
template <class Read>
Answer change(const Api& api, const http::Request& request, const Read& read) {
  return with_own_case(
      api, request, [&](const cases::Context& context, cases::CaseId id) -> Answer {
        MINHU_TRY(const auto step, read(request));
        MINHU_CHECK_OK(api.installation.database.write(
            [&](Transaction& transaction) { return step(transaction, context, id); }));
        return show(api, request, context, id);
      });
}

// The one member that the body has.
Result<std::string> only_text(const http::Request& request, std::string_view name,
                              std::size_t most) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({name}));
  MINHU_TRY(const auto text, given.short_text(name, most, Presence::required));
  return std::string(text);
}

using Step =
    std::function<Result<cases::Event>(Transaction&, const cases::Context&, cases::CaseId)>;

}  // namespace

Answer show_rights(const Api& api, const http::Request& request) {
  return with_own_case(api, request, [&](const cases::Context& context, cases::CaseId id) {
    return show(api, request, context, id);
  });
}

Answer take_copy(const Api& api, const http::Request& request) {
  return with_own_case(api, request, [&](const cases::Context& context, cases::CaseId id) {
    return api.installation.database.read([&](Reading& reading) -> Answer {
      MINHU_TRY(const rights::Stored own, rights::everything(reading, context, id));
      http::Response response = http::json(rights::as_json(reading, api.installation.county, own));
      response.with("Content-Disposition", "attachment; filename=\"minhu-copy.json\"");
      return response;
    });
  });
}

Answer correct_contact(const Api& api, const http::Request& request) {
  return change(api, request, [](const http::Request& sent) -> Result<Step> {
    MINHU_TRY(std::string reach, only_text(sent, "reach", longest_reach));
    return [reach = Sealed(std::move(reach))](Transaction& transaction,
                                              const cases::Context& context, cases::CaseId id) {
      return rights::correct_contact(transaction, context, id, reach);
    };
  });
}

Answer stop_calls(const Api& api, const http::Request& request) {
  return change(api, request,
                [](const http::Request&) -> Result<Step> { return Step(rights::stop_calls); });
}

Answer allow_publication(const Api& api, const http::Request& request) {
  return change(api, request, [&api](const http::Request& sent) -> Result<Step> {
    MINHU_TRY(std::string notice, only_text(sent, "notice", longest_version));
    // Whoever agrees has read the one in force.
    if (notice != api.privacy_notice) {
      return fail(FaultCode::invalid_input, "rights.notice_not_in_force", "notice",
                  std::map<std::string, std::string>{{"version", api.privacy_notice}});
    }
    return [notice = std::move(notice)](Transaction& transaction, const cases::Context& context,
                                        cases::CaseId id) {
      return rights::allow_publication(transaction, context, id, notice);
    };
  });
}

Answer refuse_publication(const Api& api, const http::Request& request) {
  return change(api, request, [](const http::Request&) -> Result<Step> {
    return Step(rights::refuse_publication);
  });
}

Answer erase_case(const Api& api, const http::Request& request) {
  return change(api, request, [](const http::Request& sent) -> Result<Step> {
    RequestBody body;
    MINHU_CHECK_OK(body.read(sent.body));
    const Members given = body.members();
    MINHU_CHECK_OK(given.only({"sure"}));
    MINHU_TRY(const bool sure, given.flag("sure"));
    if (!sure) return fail(FaultCode::invalid_input, "rights.not_sure", "sure");
    return Step(rights::erase);
  });
}

}  // namespace minhu::web_api
