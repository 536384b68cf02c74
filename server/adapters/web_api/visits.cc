#include "adapters/web_api/visits.h"

#include "adapters/web_api/visit_requests.h"
#include "features/visits/hindrances.h"
#include "features/visits/store.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using Details = std::map<std::string, std::string>;

constexpr std::int64_t most_days = 400;
constexpr std::int64_t most_counted_days = 800;  // two years, as the desk asks for them
constexpr std::size_t most_postings = 20;

struct Window {
  Date from;
  Date to;
};
// Days of `from` and `to`; a month back and three ahead where they are absent. Fault invalid_input
// visits.bad_window.
Result<Window> window_of(const http::Request& request, const cases::Context& context,
                         std::int64_t most) {
  const Date today = to_date(context.now, context.county.rules.zone);
  Window window{today - std::chrono::days(31), today + std::chrono::days(92)};
  for (const auto& [field, day] : {std::pair{"from", &window.from}, std::pair{"to", &window.to}}) {
    const std::string_view text = request.query_value(field);
    if (text.empty()) continue;
    const auto parsed = parse_date(text);
    if (!parsed)
      return fail(FaultCode::invalid_input, "visits.bad_window", field,
                  Details{{"most", std::to_string(most)}});
    *day = *parsed;
  }
  const auto days = (window.to - window.from).count();
  if (days < 1 || days > most) {
    return fail(FaultCode::invalid_input, "visits.bad_window", "to",
                Details{{"most", std::to_string(most)}});
  }
  return window;
}

Result<visits::Planned> planned_in(const Members& given) {
  MINHU_CHECK_OK(given.only({"form", "unit", "leader", "place", "place_words", "begins", "ends",
                             "slot_minutes", "capacity", "walk_in_quota", "waiting_places",
                             "topics", "accessibility", "languages"}));
  visits::Planned planned;
  MINHU_TRY(const std::string_view form, given.text("form", Presence::required));
  const auto known_form = visits::named<visits::Form>(form);
  if (!known_form) return not_a_choice("form", "openapi.yaml");
  planned.form = *known_form;
  MINHU_TRY(const std::string_view unit, given.text("unit", Presence::required));
  const auto id = UnitId::parse(unit);
  if (!id) return fail(FaultCode::invalid_input, "api.unknown_unit", "unit");
  planned.unit = *id;
  MINHU_TRY(const auto leader, given.members("leader"));
  if (leader) {
    MINHU_CHECK_OK(leader->only({"name", "post", "portfolio", "rank"}));
    MINHU_TRY(planned.leader.name, leader->text("name"));
    MINHU_TRY(planned.leader.post, leader->text("post"));
    MINHU_TRY(planned.leader.portfolio, leader->text("portfolio"));
    MINHU_TRY(const std::string_view rank, leader->text("rank"));
    const auto known =
        rank.empty() ? std::optional(visits::Rank::town_head) : visits::named<visits::Rank>(rank);
    if (!known) return not_a_choice(leader->name_of("rank"), "openapi.yaml");
    planned.leader.rank = *known;
  }
  MINHU_TRY(planned.place, given.text("place", Presence::required));
  MINHU_TRY(planned.place_words, given.text("place_words"));
  for (const auto& [field, time] :
       {std::pair{"begins", &planned.begins}, std::pair{"ends", &planned.ends}}) {
    MINHU_TRY(const auto instant, given.time(field));
    if (!instant) {
      return fail(FaultCode::invalid_input, "api.missing_field", field, Details{{"field", field}});
    }
    *time = *instant;
  }
  for (const auto& [field, number] :
       {std::pair{"slot_minutes", &planned.slot_minutes}, std::pair{"capacity", &planned.capacity},
        std::pair{"walk_in_quota", &planned.walk_in_quota},
        std::pair{"waiting_places", &planned.waiting_places}}) {
    MINHU_TRY(const auto given_number, given.number(field));
    if (given_number) *number = *given_number;
  }
  MINHU_TRY(planned.topics, given.text("topics"));
  MINHU_TRY(planned.accessibility, given.text("accessibility"));
  MINHU_TRY(planned.languages, given.text("languages"));
  return planned;
}

// The photos beside a step, in order; a posting names one by its number, from 1.
using Photos = std::vector<visits::NewPhoto>;

// Faults too_large visits.too_many_photos, unsupported_media visits.photo_not_a_photo, and those of
// Services::take_upload; the field is "file." and the number of the photo.
Result<Photos> photos_beside(const Api& api, const http::Request& request,
                             const cases::Context& context) {
  std::size_t given = 0;
  for (const http::Part& part : request.parts) {
    if (part.name == "file") {
      ++given;
    } else if (part.name != "step") {
      return fail(FaultCode::invalid_input, "api.unknown_field", sayable(part.name),
                  Details{{"field", sayable(part.name)}});
    }
  }
  if (given > visits::most_photos) {
    return fail(
        FaultCode::too_large, "visits.too_many_photos", "file",
        Details{{"most", std::to_string(visits::most_photos)}, {"given", std::to_string(given)}});
  }
  Photos photos;
  for (const http::Part& part : request.parts) {
    if (part.name != "file") continue;
    const std::string number = std::to_string(photos.size() + 1);
    Result<visits::NewPhoto> photo = api.take_upload(part).and_then(
        [&](const cases::NewAttachment& file) { return visits::seal_photo(context, file); });
    if (!photo) {
      Fault fault = std::move(photo).error();
      if (fault.code == FaultCode::unsupported_media) {
        fault = Fault(fault.code, "visits.photo_not_a_photo", std::string(),
                      Details{{"number", number}});
      }
      fault.field = "file." + number;
      return tl::unexpected<Fault>(std::move(fault));
    }
    photos.push_back(std::move(*photo));
  }
  return photos;
}

Result<std::vector<visits::Posting>> postings_in(const Members& given, const Photos& photos) {
  std::vector<visits::Posting> postings;
  MINHU_TRY(const bj::array* list, list_in(given, "postings", most_postings));
  if (list == nullptr) return postings;
  for (const bj::value& one : *list) {
    if (!one.is_object()) return wrong_in_list(given, "postings", "object");
    const Members members(one.get_object(), "postings.");
    MINHU_CHECK_OK(members.only({"channel", "where", "proof", "posted_on", "photo"}));
    visits::Posting posting;
    MINHU_TRY(posting.channel, members.text("channel", Presence::required));
    MINHU_TRY(posting.where, members.text("where"));
    MINHU_TRY(posting.proof, members.text("proof"));
    MINHU_TRY(posting.posted_on, members.text("posted_on"));
    MINHU_TRY(const auto number, members.number("photo"));
    if (number) {
      if (*number < 1 || static_cast<std::size_t>(*number) > photos.size()) {
        return fail(FaultCode::invalid_input, "visits.photo_wrong", members.name_of("photo"));
      }
      posting.photo = photos[static_cast<std::size_t>(*number) - 1].photo;
    }
    postings.push_back(std::move(posting));
  }
  return postings;
}

Result<visits::Step> visit_step_in(const http::Request& request, std::string_view body,
                                   const Photos& photos) {
  const auto read_postings = [&](const Members& given, visits::Step& step) -> Outcome {
    MINHU_TRY(step.postings, postings_in(given, photos));
    return {};
  };
  return step_in<visits::Step>(request, body,
                               visits::named<visits::EventKind>(request.captures.at(1)),
                               {"fields", "postings", "expected_seq"}, read_postings);
}

Answer take(const Api& api, const http::Request& request, const VisitRequest& asked,
            const visits::Step& step) {
  MINHU_TRY(const visits::Visit visit,
            api.installation.database.write([&](Transaction& transaction) {
              return visits::take_step(transaction, asked.context, asked.id, step);
            }));
  return the_visit(api, request, asked.context, visit.id);
}

}  // namespace

Result<VisitRequest> admit_to_visit(const Api& api, const http::Request& request,
                                    std::string_view permission) {
  return admit_to<visits::VisitId>(api, request, permission, "visits.no_such_visit");
}

Answer the_visit(const Api& api, const http::Request& request, const cases::Context& context,
                 visits::VisitId id, int status) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto events = visits::load_events(reading, context.county.region, id);
    if (events.empty()) return fail(FaultCode::not_found, "visits.no_such_visit");
    const UnitNames units(reading, context.county.region);
    const VisitShowing showing{reading, context, api.language(request), units};
    return json(whole_visit(showing, visits::visit_from(events), events), status);
  });
}

Answer list_visits(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "visit:read"));
  MINHU_CHECK_OK(only_parameters(request, {"from", "to"}));
  MINHU_TRY(const Window window, window_of(request, context, most_days));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    const VisitShowing showing{reading, context, api.language(request), units};
    const FixedZone zone = context.county.rules.zone;
    bj::array shown;
    for (const visits::VisitRow& row :
         visits::between(reading, context.county.region, start_of_day(window.from, zone),
                         start_of_day(window.to, zone))) {
      shown.push_back(visit_line(showing, row));
    }
    const visits::Notice notice = visits::notice_of(context);
    return json({{"visits", std::move(shown)},
                 {"from", format_date(window.from)},
                 {"to", format_date(window.to)},
                 {"notice", bj::object{{"days", notice.days},
                                       {"first_day", format_date(notice.first_day)}}}});
  });
}

Answer plan_visit(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "visit:plan"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const visits::Planned planned, planned_in(body.members()));
  MINHU_TRY(const visits::Visit visit,
            api.installation.database.write([&](Transaction& transaction) {
              return visits::plan(transaction, context, planned, token);
            }));
  return the_visit(api, request, context, visit.id, 201);
}

Answer show_visit(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:read"));
  return the_visit(api, request, asked.context, asked.id);
}

Answer show_visit_steps(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto visit = visits::visit(reading, asked.context.county.region, asked.id);
    if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
    const UnitNames units(reading, asked.context.county.region);
    const VisitShowing showing{reading, asked.context, api.language(request), units};
    bj::array steps;
    for (const visits::OpenStep& step : visits::open_steps(reading, asked.context, *visit)) {
      steps.push_back(open_visit_step(showing, step));
    }
    return json({{"seq", visit->step_seq}, {"steps", std::move(steps)}});
  });
}

Answer take_visit_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:read"));
  MINHU_TRY(const visits::Step step, visit_step_in(request, request.body, {}));
  return take(api, request, asked, step);
}

Answer take_visit_step_with_files(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:hold"));
  MINHU_TRY(const std::string_view given, json_part(request, "step"));
  MINHU_TRY(Photos photos, photos_beside(api, request, asked.context));
  MINHU_TRY(visits::Step step, visit_step_in(request, given, photos));
  step.photos = std::move(photos);
  return take(api, request, asked, step);
}

Answer show_visit_figures(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"from", "to"}));
  MINHU_TRY(const Window window, window_of(request, context, most_counted_days));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    bj::object shown = visit_figures(visits::figures(reading, context, window.from, window.to,
                                                     visits::unseen_months_by_default));
    shown["from"] = format_date(window.from);
    shown["to"] = format_date(window.to);
    shown["unseen_months"] = visits::unseen_months_by_default;
    return json(shown);
  });
}

}  // namespace minhu::web_api
