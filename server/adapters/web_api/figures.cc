// Figures of offices and of the county. Whatever comes from features/insight has its small numbers
// hidden; null stands for such a number.
#include "adapters/web_api/api.h"
#include "adapters/web_api/areas.h"
#include "adapters/web_api/show.h"
#include "features/insight/sheets.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using insight::Hideable;

bj::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}
bj::value number(const Hideable& value) {
  return value ? bj::value(*value) : bj::value(nullptr);
}

struct Question {
  insight::Period period;
  UnitId unit;
  std::optional<cases::Track> track;
  insight::Scheme scheme = insight::Scheme::calendar;
};

tl::unexpected<Fault> not_a_choice(const char* field, const char* choices) {
  return fail(FaultCode::invalid_input, "api.not_a_choice", field,
              std::map<std::string, std::string>{{"field", field}, {"choices", choices}});
}

Instant now_of(const Api& api) {
  return api.installation.clock.now();
}
Date today_of(const Api& api) {
  return to_date(now_of(api), api.installation.county.rules.zone);
}

Result<Question> question_of(const Api& api, const http::Request& request) {
  Question question;
  const auto scheme = insight::scheme_named(request.query_value("scheme"));
  if (!scheme) return not_a_choice("scheme", "calendar, business");
  question.scheme = *scheme;
  const auto period = request.query_value("period");
  if (period.empty()) {
    question.period = insight::year_of(today_of(api), *scheme);
  } else {
    MINHU_TRY(question.period, insight::period_named(period, *scheme));
  }
  if (const auto unit = request.query_value("unit"); !unit.empty()) {
    const auto id = UnitId::parse(unit);
    if (!id) return fail(FaultCode::invalid_input, "insight.no_such_unit", "unit");
    question.unit = *id;
  }
  if (const auto track = request.query_value("track"); !track.empty()) {
    question.track = cases::named<cases::Track>(track);
    if (!question.track || *question.track == cases::Track::accusation) {
      return not_a_choice("track", "petition, hotline, suggestion, open311");
    }
  }
  return question;
}

Result<std::string> unit_name(Reading& reading, const Api& api, UnitId unit) {
  if (unit.empty()) return api.installation.county.name;
  const auto found = places_and_units::find_unit(reading, api.installation.county.region, unit);
  if (!found) return fail(FaultCode::invalid_input, "insight.no_such_unit", "unit");
  return found->name;
}

class Show {
 public:
  explicit Show(const catalogue::Catalogue& sentences) : sentences_(sentences) {}

  std::string say(std::string_view key) const {
    return sentences_.say("insight." + std::string(key));
  }

  bj::object period(const insight::Period& period, Date today) const {
    return {{"name", view(period.name)},
            {"scheme", view(insight::name(period.scheme))},
            {"from", format_date(period.from())},
            {"to", format_date(period.to())},
            {"running", period.to() >= today}};
  }

  bj::array parts(const std::vector<insight::Part>& parts, std::string_view prefix) const {
    bj::array all;
    for (const insight::Part& part : parts) {
      all.push_back(bj::object{{"name", view(part.name)},
                               {"title", say(std::string(prefix) + std::string(part.name))},
                               {"count", number(part.count)}});
    }
    return all;
  }

  bj::array lines(const std::vector<insight::Line>& lines, std::string_view prefix) const {
    bj::array all;
    for (const insight::Line& line : lines) {
      std::string title = line.name;
      if (line.name.empty()) {
        title = say("row.unsorted");
      } else if (!prefix.empty()) {
        title = say(std::string(prefix) + line.name);
      }
      all.push_back(bj::object{{"title", title}, {"count", number(line.count)}});
    }
    return all;
  }

  bj::object picture(const insight::Picture& picture) const {
    bj::array shares;
    for (const insight::ShownShare& share : picture.shares) {
      const std::string key(share.figure->name);
      shares.push_back(
          bj::object{{"name", view(key)},
                     {"title", say(key + ".title")},
                     {"definition", say(key + ".what")},
                     {"published", share.figure->audience == insight::Audience::everybody},
                     {"above", number(share.above)},
                     {"below", number(share.below)}});
    }
    bj::array durations;
    for (const insight::ShownDays& shown : picture.days) {
      const insight::Days taken = shown.days.value_or(insight::Days());
      const bool known = shown.days.has_value();
      durations.push_back(
          bj::object{{"name", view(shown.name)},
                     {"title", say("days." + std::string(shown.name))},
                     {"median", known ? number(taken.median) : bj::value(nullptr)},
                     {"p90", known ? number(taken.p90) : bj::value(nullptr)},
                     {"sum", known ? bj::value(taken.sum) : bj::value(nullptr)},
                     {"counted", known ? bj::value(taken.counted) : bj::value(nullptr)}});
    }
    return {{"received", number(picture.received)},
            {"due", number(picture.due)},
            {"parts", parts(picture.parts, "standing.")},
            {"own_registered", number(picture.own_registered)},
            {"shares", std::move(shares)},
            {"days", std::move(durations)},
            {"counts", parts(picture.counts, "count.")}};
  }

  bj::value tier(const insight::Tier& tier) const {
    bj::array bands;
    for (const insight::Band& band : tier.bands) {
      bands.push_back(bj::object{{"figure", view(band.figure->name)},
                                 {"low_percent", band.low_percent},
                                 {"high_percent", band.high_percent}});
    }
    return bj::object{{"size", view(insight::name(tier.size))},
                      {"size_title", say("size." + std::string(insight::name(tier.size)))},
                      {"long_matters", tier.long_matters},
                      {"offices", tier.offices},
                      {"bands", std::move(bands)}};
  }

  bj::array offices(const std::vector<insight::OfficeLine>& all) const {
    bj::array shown;
    for (const insight::OfficeLine& line : all) {
      shown.push_back(
          bj::object{{"unit", line.unit.empty() ? bj::value(nullptr) : bj::value(line.unit.text())},
                     {"name", line.name.empty() ? say("row.small_offices") : line.name},
                     {"offices", line.offices},
                     {"received", number(line.received)},
                     {"due", line.due},
                     {"parts", parts(line.parts, "standing.")},
                     {"returned", number(line.returned)},
                     {"reopened", number(line.reopened)},
                     {"median_days", number(line.median_days)}});
    }
    return shown;
  }

  bj::array not_measured() const {
    bj::array all;
    for (const std::string_view unknown : insight::not_measured()) {
      const std::string key = "not_measured." + std::string(unknown);
      all.push_back(bj::object{{"title", say(key + ".title")}, {"why", say(key)}});
    }
    return all;
  }

 private:
  const catalogue::Catalogue& sentences_;
};

Result<insight::Period> year_of(const Api& api, const http::Request& request) {
  const auto scheme = insight::scheme_named(request.query_value("scheme"));
  if (!scheme) return not_a_choice("scheme", "calendar, business");
  const auto year = request.query_value("year");
  if (year.empty()) return insight::year_of(today_of(api), *scheme);
  if (year.size() != 4) return fail(FaultCode::invalid_input, "insight.bad_period", "year");
  return insight::period_named(year, *scheme);
}

Answer show_figures(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"period", "scheme", "unit", "track"}));
  MINHU_TRY(const Question asked, question_of(api, request));
  const auto& county = api.installation.county;
  const Show show(api.language(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const std::string name, unit_name(reading, api, asked.unit));
    const auto picture =
        insight::picture(reading, county, {asked.period, asked.unit, asked.track}, now_of(api));
    bj::value tier = nullptr;
    if (!asked.unit.empty()) {
      tier = show.tier(insight::tier_of(reading, county, asked.unit, asked.period, now_of(api)));
    }
    return json({{"name", name},
                 {"period", show.period(asked.period, today_of(api))},
                 {"picture", show.picture(picture)},
                 {"days_definition", show.say("days.what")},
                 {"tier", std::move(tier)},
                 {"not_measured", show.not_measured()}});
  });
}

Answer show_figure_months(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"scheme", "unit", "track", "limit"}));
  MINHU_TRY(const Question asked, question_of(api, request));
  MINHU_TRY(const std::int64_t months, limit_of(request, 12, 36));
  const Show show(api.language(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const std::string name, unit_name(reading, api, asked.unit));
    bj::array shown;
    for (const insight::Month& month :
         insight::history(reading, api.installation.county, asked.unit, asked.track,
                          static_cast<int>(months), asked.scheme, now_of(api))) {
      shown.push_back(bj::object{{"period", show.period(month.period, today_of(api))},
                                 {"picture", show.picture(month.picture)}});
    }
    return json({{"name", name}, {"months", std::move(shown)}});
  });
}

Answer show_figure_offices(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"period", "scheme"}));
  MINHU_TRY(const Question asked, question_of(api, request));
  const Show show(api.language(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    return json({{"period", show.period(asked.period, today_of(api))},
                 {"offices", show.offices(insight::offices(reading, api.installation.county,
                                                           asked.period, now_of(api)))}});
  });
}

Answer show_annual(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"year", "scheme"}));
  MINHU_TRY(const insight::Period year, year_of(api, request));
  const Show show(api.language(request));
  const auto annual = api.installation.database.read([&](Reading& reading) {
    return insight::annual(reading, api.installation.as(account.principal), year);
  });
  bj::array advice;
  for (const insight::Recommendations& one : annual.recommendations) {
    advice.push_back(
        bj::object{{"title", show.say("about." + std::string(insight::name(one.about)))},
                   {"sent", number(one.sent)},
                   {"adopted", number(one.adopted)},
                   {"partly", number(one.partly)},
                   {"refused", number(one.refused)}});
  }
  return json({{"county", api.installation.county.name},
               {"period", show.period(year, today_of(api))},
               {"picture", show.picture(annual.picture)},
               {"days_definition", show.say("days.what")},
               {"channels", show.lines(annual.channels, "channel.")},
               {"fields", show.lines(annual.fields, "")},
               {"organs", show.lines(annual.complained, "")},
               {"organs_below_five", number(annual.complained_below_five)},
               {"sent", show.lines(annual.sent, "sending.")},
               {"supervised", show.lines(annual.supervised, "trigger.")},
               {"supervision_answered", number(annual.supervision_answered)},
               {"recommendations", std::move(advice)},
               {"offices", show.offices(annual.offices)},
               {"not_measured", show.not_measured()}});
}

Answer download_annual(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "figures:read"));
  MINHU_CHECK_OK(only_parameters(request, {"year", "scheme"}));
  MINHU_TRY(const insight::Period year, year_of(api, request));
  const auto annual = api.installation.database.read([&](Reading& reading) {
    return insight::annual(reading, api.installation.as(account.principal), year);
  });
  auto bytes = api.write_workbook(insight::sheets_of(annual, api.language(request)));
  if (!bytes) return fail(FaultCode::unavailable, "insight.workbook_not_written");
  http::Response response;
  response.body = std::move(*bytes);
  response.with("Content-Type",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.with("Content-Disposition", "attachment; filename=\"minhu-" + year.name + ".xlsx\"");
  response.with("Cache-Control", "no-store");
  response.with("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

std::vector<http::Route> figures_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/figures",                                    "figures:read",       Body::none, no_body,    on(show_figures)},
      {Method::get,     "/api/v1/figures/months",                             "figures:read",       Body::none, no_body,    on(show_figure_months)},
      {Method::get,     "/api/v1/figures/offices",                            "figures:read",       Body::none, no_body,    on(show_figure_offices)},
      {Method::get,     "/api/v1/figures/annual",                             "figures:read",       Body::none, no_body,    on(show_annual)},
      {Method::get,     "/api/v1/figures/annual.xlsx",                        "figures:read",       Body::none, no_body,    on(download_annual)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
