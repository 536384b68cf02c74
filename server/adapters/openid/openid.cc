#include "adapters/openid/openid.h"

#include "adapters/openid/crossing.h"
#include "features/accounts/gate.h"
#include "features/accounts/invitation.h"
#include "features/accounts/signed_in_anew.h"

namespace minhu::openid {

namespace {

constexpr std::uint64_t short_form = std::uint64_t{4} * 1024;
constexpr std::size_t longest_code = 4096;
constexpr std::size_t longest_invitation = 200;

class Door {
 public:
  Door(Services services, Settings settings)
      : services_(std::move(services)),
        provider_(std::move(settings), services_.clock),
        key_(crossing_key(services_.sessions.ground().keys)) {}

  http::Response begin(const http::Request& request) {
    const std::string next = page_of_ours(request.query_value("next"));
    const bool anew = request.query_value("anew") == "1";
    const auto begun = crossing_to(next, {}, anew);
    if (!begun) return refuse(request, begun.error(), anew ? next : sign_in_page(next));
    http::Response response = http::see_other(begun->address);
    return response.with("Set-Cookie", begun->cookie).with("Cache-Control", "no-store");
  }

  // The invitation comes in a form, so that it stands in no address. The answer is a page of ours:
  // a form of ours must lead nowhere else (form-action 'self'), a redirect included.
  http::Response begin_invited(const http::Request& request) {
    const std::string next = page_of_ours({});
    const std::string_view token = request.form("token");
    if (token.empty() || token.size() > longest_invitation) {
      return refuse(request, {FaultCode::not_found, "accounts.no_such_invitation"},
                    sign_in_page(next));
    }
    const auto begun = crossing_to(next, std::string(token), false);
    if (!begun) return refuse(request, begun.error(), sign_in_page(next));
    return services_.pages.go_on(request, begun->address).with("Set-Cookie", begun->cookie);
  }

  http::Response come_back(const http::Request& request) {
    const Instant now = services_.clock.now();
    const auto crossing = open_crossing(request.cookie(crossing_cookie), key_, now);
    const std::string next = crossing ? crossing->next : page_of_ours({});
    const auto opened = session_of(request, crossing, now);
    // Whoever was to prove it again sits at the desk still.
    const std::string back = crossing && crossing->anew ? next : sign_in_page(next);
    http::Response response =
        opened ? services_.pages.go_on(request, next) : refuse(request, opened.error(), back);
    // Whatever came of it: this crossing is over.
    response.with("Set-Cookie", forget_crossing_header());
    if (!opened) return response;
    response.with("Set-Cookie", accounts::session_cookie_header(opened->token));
    if (opened->anew) {
      response.with("Set-Cookie", accounts::anew_cookie_header(services_.sessions.ground().keys,
                                                               opened->account, next, now));
    }
    return response;
  }

 private:
  struct Begun {
    std::string address;
    std::string cookie;
  };
  struct Opened {
    std::string token;
    accounts::AccountId account;
    bool anew = false;  // with a second factor, after we had asked for it
  };
  Result<Begun> crossing_to(const std::string& next, std::string invitation, bool anew) {
    const Crossing crossing{new_binding(services_.entropy), next, std::move(invitation),
                            services_.clock.now(), anew};
    MINHU_TRY(std::string address, provider_.sign_in_address(crossing.binding, anew));
    return Begun{std::move(address),
                 crossing_header(seal_crossing(crossing, key_, services_.entropy))};
  }

  // A provider that passes over what it was asked, and lets in whoever it still knows, says so by
  // its time; one that does not say when is not believed.
  static bool is_from_before(const Identity& identity, const Crossing& crossing) {
    return !identity.signed_in_at ||
           identity.signed_in_at->unix_ms < crossing.begun_at.unix_ms - skew_seconds * 1000;
  }

  Result<Opened> session_of(const http::Request& request, const std::optional<Crossing>& crossing,
                            Instant now) {
    if (!crossing || !equal_in_constant_time(as_bytes(request.query_value("state")),
                                             as_bytes(crossing->binding.state))) {
      return fail(FaultCode::invalid_input, "openid.not_begun_here");
    }
    const std::string_view code = request.query_value("code");
    if (!request.query_value("error").empty() || code.empty() || code.size() > longest_code) {
      return fail(FaultCode::not_allowed, "openid.declined");
    }
    MINHU_TRY(const Identity identity,
              provider_.who(code, request.query_value("iss"), crossing->binding));
    if (crossing->anew && is_from_before(identity, *crossing)) {
      return fail(FaultCode::not_allowed, "openid.not_anew", std::string(),
                  std::map<std::string, std::string>{
                      {"reason", identity.signed_in_at ? "signed in before" : "no auth_time"}});
    }
    MINHU_TRY(const accounts::Account account, account_of(identity, crossing->invitation, now));
    const bool gave_second = provider_.gave_second_factor(identity);
    MINHU_TRY(std::string token,
              services_.sessions.open_for(
                  account,
                  gave_second ? accounts::SecondFactor::given : accounts::SecondFactor::owed, now));
    return Opened{std::move(token), account.id, crossing->anew && gave_second};
  }

  Result<accounts::Account> account_of(const Identity& identity, const std::string& invitation,
                                       Instant now) {
    const accounts::Ground& ground = services_.sessions.ground();
    const Digest subject =
        accounts::openid_subject_hash(ground.keys, provider_.settings().issuer, identity.subject);
    if (!invitation.empty()) {
      return accounts::accept_invitation_for_openid(ground, invitation, subject, now);
    }
    auto account = ground.database.read([&](Reading& reading) {
      return accounts::find_by_openid(reading, ground.region, subject);
    });
    if (!account) return fail(FaultCode::not_allowed, "openid.unknown_person");
    return std::move(*account);
  }

  static std::string sign_in_page(const std::string& next) {
    return next.starts_with("/office") ? "/office/sign-in" : "/desk/sign-in";
  }

  http::Response refuse(const http::Request& request, const Fault& fault,
                        const std::string& back) const {
    if (const auto reason = fault.details.find("reason"); reason != fault.details.end()) {
      services_.note(fault.key + ": " + reason->second);
    }
    return services_.pages.refuse(request, fault, back);
  }

  Services services_;
  Provider provider_;
  Key key_;
};

}  // namespace

std::vector<http::Route> routes(Services services, std::optional<Settings> settings) {
  using http::Body;
  using http::Method;
  using Step = http::Response (Door::*)(const http::Request&);
  const auto pages = services.pages;
  const auto door =
      settings ? std::make_shared<Door>(std::move(services), std::move(*settings)) : nullptr;
  const auto step = [&](Step what) {
    return [door, pages, what](const http::Request& request) {
      // The return is sent by another site by its nature; what protects it is its state.
      if (request.method == Method::post && accounts::comes_from_elsewhere(request)) {
        return pages.refuse(request, {FaultCode::not_allowed, "accounts.foreign_request"},
                            "/desk/sign-in");
      }
      if (door) return ((*door).*what)(request);
      // What another site sends is refused as everywhere, whether there is a provider or not.
      if (request.method != http::Method::get && accounts::comes_from_elsewhere(request)) {
        return pages.refuse(request, {FaultCode::not_allowed, "accounts.foreign_request"},
                            "/desk/sign-in");
      }
      return pages.refuse(request, {FaultCode::not_found, "openid.not_set_up"}, "/desk/sign-in");
    };
  };
  return {
      {Method::get, "/session/openid", "public", Body::none, 0, step(&Door::begin)},
      {Method::post, "/session/openid", "public", Body::form, short_form,
       step(&Door::begin_invited)},
      {Method::get, "/session/openid/return", "public", Body::none, 0, step(&Door::come_back)},
  };
}

}  // namespace minhu::openid
