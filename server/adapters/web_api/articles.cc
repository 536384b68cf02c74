#include "adapters/web_api/articles.h"

#include "adapters/web_api/show.h"
#include "features/knowledge/knowledge.h"
#include "kernel/utf8.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;
using knowledge::Article;
using knowledge::ArticleId;
using knowledge::ArticleText;
using Details = std::map<std::string, std::string>;

constexpr std::size_t beginning_characters = 60;
constexpr std::int64_t most_found = 10;

bj::value category(Reading& reading, RegionId region, const std::string& code) {
  if (code.empty()) return nullptr;
  return bj::object{{"code", code},
                    {"name", places_and_units::category_name(reading, region, code)}};
}

// What a list shows of it.
bj::object line(Reading& reading, RegionId region, const UnitNames& units, const Article& article) {
  const ArticleText& text = article.text;
  return {{"id", article.id.text()},
          {"version", article.version},
          {"title", text.title},
          {"beginning", std::string(first_code_points(text.body, beginning_characters))},
          {"category", category(reading, region, text.category)},
          {"owner", units.show(text.owner)},
          {"review_on", format_date(text.review_on)},
          {"overdue", article.overdue},
          {"published", text.published}};
}

bj::object whole(Reading& reading, const cases::Context& context, const UnitNames& units,
                 const Article& article) {
  bj::object shown = line(reading, context.county.region, units, article);
  shown.erase("beginning");
  shown["body"] = article.text.body;
  shown["questions"] = article.text.questions;
  shown["source"] = article.text.source;
  shown["changed_at"] = format_instant(article.changed_at);
  shown["changed_by"] = units.show(article.changed_by);
  shown["may_edit"] = knowledge::may_edit(context.actor, article.text.owner);
  return shown;
}

Result<cases::Context> signed_in(const Api& api, const http::Request& request,
                                 std::string_view permission) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, permission));
  return api.installation.as(account.principal);
}

Result<ArticleId> article_of(const http::Request& request) {
  const auto id = ArticleId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "knowledge.no_such_article");
  return *id;
}

Result<ArticleText> text_of(const Members& given) {
  ArticleText text;
  MINHU_TRY(text.title, given.text("title", Presence::required));
  MINHU_TRY(text.body, given.text("body", Presence::required));
  MINHU_TRY(text.questions, given.text("questions"));
  MINHU_TRY(text.category, given.text("category"));
  MINHU_TRY(text.source, given.text("source", Presence::required));
  MINHU_TRY(const std::string_view owner, given.text("owner", Presence::required));
  text.owner = UnitId::parse(owner).value_or(UnitId());
  MINHU_TRY(const std::string_view review_on, given.text("review_on", Presence::required));
  const auto day = parse_date(review_on);
  if (!day) return fail(FaultCode::invalid_input, "knowledge.review_date", "review_on");
  text.review_on = *day;
  MINHU_TRY(const bool withdrawn, given.flag("withdrawn"));
  text.published = !withdrawn;
  return text;
}

// Reads again what was written: what is answered is what is kept.
Answer kept(const Api& api, const cases::Context& context, const Article& article, int status) {
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    return json(whole(reading, context, units, article), status);
  });
}

}  // namespace

Answer search_articles(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:read"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"text", "limit"}));
  MINHU_TRY(const std::string_view text, body.members().text("text", Presence::required));
  MINHU_TRY(const auto asked, body.members().number("limit"));
  const std::int64_t limit = asked.value_or(5);
  if (limit < 1 || limit > most_found) {
    return fail(FaultCode::invalid_input, "api.bad_limit", "limit",
                Details{{"most", std::to_string(most_found)}});
  }
  const RegionId region = context.county.region;
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, region);
    bj::array shown;
    for (const auto& found :
         knowledge::search_articles(reading, context, text, static_cast<std::size_t>(limit))) {
      bj::object one = line(reading, region, units, found.article);
      bj::array words;
      for (const std::string& word : found.words) words.push_back(bj::value(word));
      one["words"] = std::move(words);
      shown.push_back(std::move(one));
    }
    bj::value guessed = nullptr;
    if (const auto guess = places_and_units::guess_category(reading, region, text)) {
      bj::array words;
      for (const std::string& word : guess->words) words.push_back(bj::value(word));
      guessed =
          bj::object{{"code", guess->category},
                     {"name", places_and_units::category_name(reading, region, guess->category)},
                     {"words", std::move(words)}};
    }
    return json({{"category", std::move(guessed)}, {"articles", std::move(shown)}});
  });
}

Answer list_articles(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:read"));
  MINHU_CHECK_OK(only_parameters(request, {"part", "category"}));
  const std::string_view part = request.query_value("part");
  const auto shelf = knowledge::shelf_named(part.empty() ? "published" : part);
  if (!shelf) {
    return fail(FaultCode::invalid_input, "api.not_a_choice", "part",
                Details{{"field", "part"}, {"choices", "published, due, own, withdrawn"}});
  }
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    bj::array shown;
    for (const Article& article :
         knowledge::articles_on(reading, context, *shelf, request.query_value("category"))) {
      shown.push_back(line(reading, context.county.region, units, article));
    }
    return json({{"articles", std::move(shown)}});
  });
}

Answer show_article(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:read"));
  MINHU_TRY(const ArticleId id, article_of(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const Article article, knowledge::find_article(reading, context, id));
    const UnitNames units(reading, context.county.region);
    return json(whole(reading, context, units, article));
  });
}

Answer show_article_versions(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:read"));
  MINHU_TRY(const ArticleId id, article_of(request));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto versions, knowledge::versions_of(reading, context, id));
    const UnitNames units(reading, context.county.region);
    bj::array shown;
    for (const Article& article : versions) {
      shown.push_back(whole(reading, context, units, article));
    }
    return json({{"versions", std::move(shown)}});
  });
}

Answer write_article(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:write"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only(
      {"title", "body", "questions", "category", "owner", "review_on", "source", "withdrawn"}));
  MINHU_TRY(const ArticleText text, text_of(body.members()));
  MINHU_TRY(const Article article, api.installation.database.write([&](Transaction& transaction) {
    return knowledge::write_article(transaction, context, token, text);
  }));
  return kept(api, context, article, 201);
}

Answer change_article(const Api& api, const http::Request& request) {
  MINHU_TRY(const cases::Context context, signed_in(api, request, "article:write"));
  MINHU_TRY(const ArticleId id, article_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"version", "title", "body", "questions", "category", "owner",
                                      "review_on", "source", "withdrawn"}));
  MINHU_TRY(const auto version, body.members().number("version"));
  if (!version) {
    return fail(FaultCode::invalid_input, "api.missing_field", "version",
                Details{{"field", "version"}});
  }
  MINHU_TRY(const ArticleText text, text_of(body.members()));
  MINHU_TRY(const Article article, api.installation.database.write([&](Transaction& transaction) {
    return knowledge::change_article(transaction, context, id, *version, text);
  }));
  return kept(api, context, article, 200);
}

}  // namespace minhu::web_api
