#include "app/surfaces.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <limits>
#include <stdexcept>

#include "adapters/desk_files/desk_files.h"
#include "adapters/floods/guarded.h"
#include "adapters/images_vips/vips_images.h"
#include "adapters/metrics/hourly_count.h"
#include "adapters/metrics/metrics.h"
#include "adapters/office_pages/office_pages.h"
#include "adapters/openid/openid.h"
#include "adapters/outbound/resting.h"
#include "adapters/outbound/settings.h"
#include "adapters/outbound/spool.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/pages.h"
#include "adapters/record_http/record_http.h"
#include "adapters/sheets_xlsx/sheets_xlsx.h"
#include "adapters/web_api/web_api.h"
#include "app/record_service.h"
#include "app/sentences.h"
#include "features/accounts/account_log.h"
#include "features/accounts/gate.h"
#include "features/accounts/guesses.h"
#include "features/accounts/own_account.h"
#include "features/accusations/keeping.h"
#include "features/attachments/attachments.h"
#include "features/cases/keeping_away.h"
#include "features/classes/linking.h"
#include "features/classes/marking.h"
#include "features/classes/watching.h"
#include "features/desk/office_drafts.h"
#include "features/drafts/drafts.h"
#include "features/matters/changes.h"
#include "features/matters/learning.h"
#include "features/matters/matters.h"
#include "features/messages/codes.h"
#include "features/messages/messenger.h"
#include "features/rechecks/rechecks.h"
#include "features/visits/contacts.h"
#include "features/visits/telling.h"

namespace minhu::app {

namespace {

constexpr std::uint64_t no_body = 0;

void append(std::vector<http::Route>& all, std::vector<http::Route> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Bytes; NaN where the disk does not say, which no alarm takes for room.
double room_left(const std::filesystem::path& folder) {
  std::error_code unknown;
  const auto room = std::filesystem::space(folder, unknown);
  if (unknown) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(room.available);
}

// A built-in page that does not fit its sentences: the program was built wrong and does not start.
template <class T>
T built_in(Result<T> made) {
  if (!made) throw std::runtime_error(sentences().of("en").say(made.error()));
  return std::move(*made);
}

}  // namespace

struct Surfaces::Parts {
  Parts(Foundation& the_foundation, const cases::Installation& the_installation, Turns& turns,
        const places_and_units::CountyProfile& the_profile,
        std::vector<accounts::DemoLogin> demo_logins, std::unique_ptr<Outbound> the_outbound,
        std::optional<openid::Settings> the_provider)
      : foundation(the_foundation),
        installation(the_installation),
        once(turns.once()),
        profile(the_profile),
        sessions(*the_foundation.database, the_profile.region, the_foundation.entropy, hasher,
                 {the_foundation.keyring.account_seal, the_foundation.keyring.account_hash},
                 std::move(demo_logins)),
        gate(sessions, the_foundation.clock),
        attachments(images),
        outbound(std::move(the_outbound)),
        resting(*outbound, the_foundation.clock),
        messenger(turns.once(), sentences(), resting),
        codes(turns.once(), sentences(), resting),
        provider(std::move(the_provider)),
        record(the_foundation, the_installation, turns,
               open_record(the_foundation.folder, *the_foundation.database, the_profile.region,
                           the_foundation.entropy, std::string(), turns.are_shared())) {
    add_figures();
  }

  Foundation& foundation;
  const cases::Installation& installation;
  const cases::Installation& once;  // for jobs: app/turns.h
  const places_and_units::CountyProfile& profile;
  accounts::PasswordHasher hasher;
  // Codes of reports wait for each other, never for a sign-in.
  accounts::PasswordHasher hasher_of_reports;
  accusations::Ground accusations{installation, hasher_of_reports};
  accusations::Ground accusations_once{once, hasher_of_reports};
  accounts::Sessions sessions;
  accounts::Gate gate;
  accounts::Guesses guesses;
  pages::PublicCache public_cache;
  floods::Gate flood_gate;
  images_vips::VipsImages images;
  attachments::Attachments attachments;
  std::unique_ptr<Outbound> outbound;
  outbound::Resting resting;  // around it
  messages::Messenger messenger;
  messages::CodeSender codes;
  visits::ToldUnrecorded told_unrecorded;
  std::optional<openid::Settings> provider;
  metrics::Metrics metrics;
  metrics::HourlyCount reports_path;
  RecordService record;
  matters::Matters matters{installation};
  Instant started = foundation.clock.now();

  Result<cases::NewAttachment> take(const http::Part& part) { return attachments.take(part); }

  pages::RecordOffered record_offered() const {
    const record::Record& kept = record.record();
    return {[&kept] { return kept.identity().policy; },
            [&kept](Reading& reading, const cases::Context& context, cases::CaseId id,
                    std::int64_t seq) { return kept.receipt_of(reading, context, id, seq); },
            [&kept](Reading& reading, const state_machine::Chronicle& chronicle,
                    const Uuid& subject, std::int64_t seq) {
              return kept.public_receipt_of(reading, chronicle, subject, seq);
            }};
  }

  void add_figures() {
    const auto standing = [this] {
      return foundation.database->read(
          [&](Reading& reading) { return messages::standing(reading, profile.region); });
    };
    const auto commits = [this] { return foundation.database->figures(); };
    metrics.gauge("minhu_messages_waiting", "Messages to people that no gateway has taken yet.",
                  [standing] { return static_cast<double>(standing().waiting); });
    metrics.gauge("minhu_messages_given_up", "Messages that ten tries did not get rid of.",
                  [standing] { return static_cast<double>(standing().given_up); });
    metrics.gauge("minhu_ways_down", "Ways of sending that did not answer when asked last.",
                  [this] { return static_cast<double>(resting.down().size()); });
    metrics.count("minhu_messages_sent_total", "Messages that a gateway took.",
                  [this] { return static_cast<double>(messenger.traffic().sent); });
    metrics.count("minhu_messages_failed_tries_total", "Tries that a gateway did not take.",
                  [this] { return static_cast<double>(messenger.traffic().failed_tries); });
    metrics.count("minhu_messages_dropped_total", "Messages with nobody left to tell.",
                  [this] { return static_cast<double>(messenger.traffic().dropped); });
    metrics.count("minhu_reports_path_requests_total",
                  "Requests to the pages of reports, as it stood when the hour began.", [this] {
                    return static_cast<double>(reports_path.shown(foundation.clock.now()));
                  });
    const auto record_standing = [this] { return record.standing(); };
    metrics.gauge("minhu_record_signed_leaves", "Leaves of the tree that was signed last.",
                  [record_standing] { return static_cast<double>(record_standing().signed_size); });
    metrics.gauge(
        "minhu_record_published_leaves", "Leaves of the tree that was published last.",
        [record_standing] { return static_cast<double>(record_standing().published_size); });
    metrics.gauge(
        "minhu_record_stands_still",
        "1 while the record does not go well: its witnesses are away, or it was stopped.",
        [record_standing] { return record_standing().going == record::Going::well ? 0.0 : 1.0; });
    metrics.gauge("minhu_record_findings",
                  "Rows that do not fit what was recorded: changed outside the program.",
                  [this] { return static_cast<double>(record.findings()); });
    metrics.count("minhu_floods_held_back_total",
                  "Requests that were asked to wait because more came in than can be read.",
                  [this] { return static_cast<double>(flood_gate.held_back()); });
    metrics.gauge("minhu_matters_read_percent",
                  "Of the cases there were at the start, how many have been read for likeness.",
                  [this] { return static_cast<double>(matters.standing().percent); });
    metrics.gauge("minhu_data_free_bytes", "Room left on the disk of the folder of data.",
                  [this] { return room_left(foundation.folder.root); });
    metrics.count("minhu_database_commits_total", "Durable commits.",
                  [commits] { return static_cast<double>(commits().commits); });
    metrics.count("minhu_database_jobs_total", "Writes, of which many share a commit.",
                  [commits] { return static_cast<double>(commits().jobs); });
    metrics.count("minhu_database_checkpoints_total", "Times the log was folded into the file.",
                  [commits] { return static_cast<double>(commits().checkpoints); });
  }

  // Sizes are asked of the disk each time: somebody looks, seldom.
  web_api::Health health() const {
    web_api::Health now;
    now.version = MINHU_VERSION;
    now.started = started;
    std::error_code none;
    const auto file = foundation.folder.database();
    for (const char* beside : {"", "-wal"}) {
      const auto size = std::filesystem::file_size(file.string() + beside, none);
      if (!none) now.database_bytes += size;
    }
    const auto space = std::filesystem::space(foundation.folder.root, none);
    if (!none) now.disk_free_bytes = space.available;
    const auto figures = foundation.database->figures();
    now.commits = figures.commits;
    now.writes = figures.jobs;
    const auto messages = foundation.database->read(
        [&](Reading& reading) { return messages::standing(reading, profile.region); });
    now.messages_waiting = messages.waiting;
    now.messages_given_up = messages.given_up;
    now.oldest_message = messages.oldest;
    now.messages_sent = messenger.traffic().sent;
    now.failed_tries = messenger.traffic().failed_tries;
    const auto standing = record.standing();
    now.record = name(standing.going);
    now.record_signed = standing.signed_size;
    now.record_published = standing.published_size;
    now.record_findings = record.findings();
    now.gateway = dynamic_cast<const outbound::Spool*>(outbound.get()) == nullptr;
    return now;
  }

  // For whoever runs the machine, asked on the machine itself. What comes through the proxy comes
  // from outside, also where somebody forgot to close this address there.
  http::Response figures(const http::Request& request) const {
    for (const char* sign : {"x-forwarded-for", "x-forwarded-proto", "forwarded", "via"}) {
      if (request.header(sign).empty()) continue;
      http::Response nothing{404, {}, "There is no such page.\n", {}};
      return nothing.with("Content-Type", "text/plain; charset=utf-8");
    }
    http::Response response{200, {}, metrics.exposition(), {}};
    return response.with("Content-Type", std::string(metrics::Metrics::content_type));
  }

  // What a load balancer asks: is the process there, does the database answer.
  http::Response ready() const {
    foundation.database->read_job(
        [&](Reading& reading) { (void)places_and_units::find_county_profile(reading); });
    return http::json("{\"status\":\"ready\"}\n");
  }
};

Surfaces::Surfaces(Foundation& foundation, const cases::Installation& installation, Turns& turns,
                   const places_and_units::CountyProfile& profile,
                   std::vector<accounts::DemoLogin> demo_logins, std::unique_ptr<Outbound> outbound,
                   std::optional<openid::Settings> provider)
    : parts_(std::make_unique<Parts>(foundation, installation, turns, profile,
                                     std::move(demo_logins), std::move(outbound),
                                     std::move(provider))) {}
Surfaces::~Surfaces() = default;

std::vector<http::Route> Surfaces::routes(std::set<std::string, std::less<>> local) {
  Parts& parts = *parts_;
  parts.flood_gate.leave_alone(std::move(local));
  const auto take = [&parts](const http::Part& part) { return parts.take(part); };
  std::vector<http::Route> all{
      {http::Method::get, "/healthz", "public", http::Body::none, no_body,
       [](const http::Request&) { return http::json("{\"status\":\"alive\"}\n"); }},
      {http::Method::get, "/readyz", "public", http::Body::none, no_body,
       [&parts](const http::Request&) { return parts.ready(); }},
      {http::Method::get, "/metrics", "public", http::Body::none, no_body,
       [&parts](const http::Request& request) { return parts.figures(request); }},
  };
  const auto admit = [&parts](const http::Request& request) {
    return floods::admit(parts.flood_gate, parts.foundation.clock, request);
  };
  append(all, built_in(pages::routes(parts.installation, sentences(), parts.profile, take, admit,
                                     parts.guesses, parts.public_cache, parts.record_offered(),
                                     parts.accusations)));
  const auto provider_names = parts.provider ? parts.provider->names : accounts::ProviderNames();
  append(all, office_pages::routes(parts.installation, sentences(), parts.profile, parts.gate,
                                   parts.sessions, parts.guesses, take, provider_names));
  auto door = office_pages::door_pages(parts.installation, sentences(), parts.profile, parts.gate,
                                       parts.sessions, parts.guesses);
  append(all, openid::routes({parts.sessions,
                              parts.foundation.clock,
                              parts.foundation.entropy,
                              {std::move(door.go_on), std::move(door.refuse)},
                              [](const std::string& reason) { spdlog::warn("{}", reason); }},
                             parts.provider));
  append(all, web_api::routes({parts.installation, sentences(), parts.gate, parts.sessions,
                               parts.guesses, take, [&parts] { return parts.health(); },
                               sheets_xlsx::workbook, parts.matters, parts.accusations,
                               provider_names, classes::by_category_and_place(),
                               proofs_of(parts.record.record(), parts.foundation.clock),
                               std::string(pages::current_notice)}));
  append(all, record_http::routes(parts.record.files(), parts.record.record().identity().policy));
  append(all, desk_files::routes(desk_files::built_in()));
  return floods::guarded(std::move(all), parts.flood_gate, parts.foundation.clock, refusal());
}

http::Refusal Surfaces::refusal() {
  auto page = built_in(pages::refusal_page(sentences(), parts_->profile));
  auto problem = web_api::refusal(sentences());
  return [page = std::move(page), problem = std::move(problem)](const http::Request& request,
                                                                int status, const Fault& fault) {
    return request.path.starts_with("/api/") ? problem(request, status, fault)
                                             : page(request, status, fault);
  };
}

void Surfaces::seen(const http_beast::Seen& seen) {
  // When somebody was on the path of reports is nobody's business.
  if (seen.pattern.starts_with("/jubao")) {
    parts_->reports_path.add(parts_->foundation.clock.now());
    return;
  }
  parts_->metrics.observe(seen.pattern, seen.status, seen.took);
}

bool Surfaces::can_sign() const {
  return parts_->record.can_sign();
}

// Half a second at most lies between what somebody hands in and the batch that takes it.
void Surfaces::add_record_job(Jobs& own_thread) {
  Parts& parts = *parts_;
  own_thread.every(std::chrono::milliseconds(400), "record", [&parts, &own_thread] {
    parts.record.run_once([&own_thread] { return own_thread.stopping(); });
  });
}

void Surfaces::add_watch_job(Jobs& own_thread) {
  Parts& parts = *parts_;
  own_thread.every(std::chrono::minutes(4), "put together what everybody may read",
                   [&parts] { parts.public_cache.renew(parts.installation); });
  own_thread.every(std::chrono::seconds(17), "look for changed rows", [&parts, &own_thread] {
    parts.record.look_around([&own_thread] { return own_thread.stopping(); });
  });
}

void Surfaces::add_jobs(Jobs& each, Jobs& once) {
  Parts& parts = *parts_;
  once.every(std::chrono::seconds(5), "messages", [&parts, &once] {
    parts.messenger.run_once(parts.foundation.clock.now(), [&once] { return once.stopping(); });
  });
  once.every(std::chrono::seconds(2), "codes that work once", [&parts] { parts.codes.run_once(); });
  once.every(std::chrono::minutes(30), "ask whether it is still solved",
             [&parts] { (void)rechecks::run_once(parts.once); });
  once.every(std::chrono::hours(1), "watch solved classes", [&parts] {
    const auto round = classes::watch_once(parts.once, classes::by_category_and_place());
    if (round.relapsed > 0) spdlog::info("{} classes of matters have come back", round.relapsed);
  });
  once.every(std::chrono::seconds(10), "tell who booked visits", [&parts] {
    const auto round =
        visits::tell_who_booked(parts.once, sentences(), parts.resting, parts.told_unrecorded);
    if (!round) return spdlog::warn("telling who booked visits: {}", round.error().key);
    if (round->given_up > 0) {
      spdlog::warn("{} who booked visits could not be told of a change", round->given_up);
    }
  });
  once.every(std::chrono::hours(1), "forget who booked visits", [&parts] {
    const auto forgotten =
        parts.once.database.write([&](Transaction& transaction) -> Result<std::int64_t> {
          const auto context = parts.once.as({accounts::Role::system, {}, {}});
          return visits::destroy_old_contacts(transaction, context);
        });
    if (!forgotten) spdlog::warn("forgetting who booked visits: {}", forgotten.error().key);
  });
  // A register of units or officials changed: nobody sees what they must not from that moment; here
  // somebody else becomes responsible, well within a minute.
  once.every(std::chrono::seconds(15), "keep away from the accused", [&parts] {
    (void)cases::keep_all_away(parts.once);
    (void)classes::keep_all_away(parts.once);
  });
  once.every(std::chrono::minutes(10), "mark who names nobody",
             [&parts] { (void)classes::mark_members(parts.once.database, parts.profile.region); });
  each.every(std::chrono::seconds(2), "read what is new",
             [&parts, &each] { parts.matters.catch_up([&each] { return each.stopping(); }); });
  once.every(std::chrono::hours(1), "make outdated models anew",
             [&parts] { (void)matters::renew_models(parts.once); });
  once.every(std::chrono::hours(1), "forget drafts", [&parts] {
    (void)parts.once.database.write_job([&](Transaction& t) -> Outcome {
      const Instant now = parts.foundation.clock.now();
      drafts::forget_expired(t, parts.profile.region, now);
      desk::forget_old_drafts(t, parts.profile.region, now);
      matters::forget_old_changes(t, parts.profile.region, now);
      return {};
    });
  });
  once.every(std::chrono::minutes(10), "seal what was held",
             [&parts] { (void)accusations::seal_what_was_held(parts.accusations_once); });
  once.every(std::chrono::hours(1), "shred closed reports",
             [&parts] { (void)accusations::shred_what_is_closed(parts.accusations_once); });
  once.every(std::chrono::hours(24), "forget old account events", [&parts] {
    (void)parts.once.database.write_job([&](Transaction& t) -> Outcome {
      accounts::forget_old_events(t, parts.profile.region, parts.foundation.clock.now());
      accounts::forget_unlock_passphrases(t, parts.profile.region);
      return {};
    });
  });
}

}  // namespace minhu::app
