#include "adapters/pages/draft_session.h"

#include <algorithm>

#include "adapters/pages/cookies.h"
#include "adapters/pages/pass.h"

namespace minhu::pages {

namespace {

constexpr std::string_view draft_cookie = "minhu-draft";
constexpr std::string_view draft_path = "/report";

}  // namespace

std::optional<Begun> begun(const Site& site, const http::Request& request) {
  const auto token = drafts::Token::parse(request.cookie(draft_cookie));
  if (!token) return std::nullopt;
  const auto context = site.anyone();
  auto draft = site.installation.database.read(
      [&](Reading& reading) { return drafts::open(reading, context, *token); });
  if (!draft) return std::nullopt;
  const bool over =
      draft->filed && context.now.unix_ms - draft->filed->at.unix_ms >= pass_is_fresh_ms;
  if (over) return std::nullopt;
  return Begun{*token, std::move(*draft)};
}

Begun begin_anew(const Site& site, cases::Track track) {
  auto& entropy = site.installation.entropy;
  return {drafts::Token::make(entropy), drafts::begin(entropy, track)};
}

void hold_draft(const http::Request& request, http::Response& response,
                const drafts::Token& token) {
  set_cookie(request, response,
             {draft_cookie, token.text(), draft_path, drafts::kept_for_ms / 1000});
}

bool holds_draft(const http::Request& request) {
  return !request.cookie(draft_cookie).empty();
}

void forget_draft(const Site& site, const http::Request& request, http::Response& response) {
  if (const auto token = drafts::Token::parse(request.cookie(draft_cookie))) {
    const auto context = site.anyone();
    // Nothing to tell the person if the disk is full: the draft goes by itself after a day.
    (void)site.installation.database.write_job([&](Transaction& transaction) -> Outcome {
      drafts::discard(transaction, context, *token);
      return {};
    });
  }
  set_cookie(request, response, {draft_cookie, "", draft_path, 0});
}

Outcome change_draft(const Site& site, const Begun& session,
                     const std::function<Outcome(Transaction&, drafts::Draft&)>& change) {
  const auto context = site.anyone();
  return site.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    auto stored = drafts::open(transaction, context, session.token);
    drafts::Draft draft = stored ? std::move(*stored) : session.draft;
    MINHU_CHECK_OK(change(transaction, draft));
    drafts::keep(transaction, context, session.token, draft);
    return {};
  });
}

http::Response without_draft(const std::optional<Begun>& session) {
  return http::see_other(session ? "/report/check" : "/report/what?said=gone");
}

bool says_something(const drafts::Draft& draft) {
  return !draft.text.empty() ||
         std::any_of(draft.attachments.begin(), draft.attachments.end(),
                     [](const auto& kept) { return kept.media_type.starts_with("audio/"); });
}

std::string after(const http::Request& request, std::string_view next) {
  return request.form("from") == "check" ? "/report/check" : std::string(next);
}

}  // namespace minhu::pages
