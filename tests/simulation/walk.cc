#include "walk.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "lists.h"

namespace minhu::simulation {

namespace {

namespace json = boost::json;

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr int most_tries = 500;  // of one request; so many in a row are a program that is stuck

constexpr std::array troubles_of_people{
    "村口的路灯坏了两个多月，晚上老人出门看不见路", "楼道里的电梯三天两头停，八十岁的人下不来楼",
    "河边的污水管破了，味道很大，孩子不敢开窗",     "小区门口天天堵车，救护车进不来",
    "幼儿园今年不收外来户的孩子，说是没有学位",     "公共厕所锁了半年，赶集的人没有地方去"};

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

json::value parsed(const std::string& body) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  return error ? json::value() : value;
}

}  // namespace

Walk::Walk(std::uint64_t seed, Again again)
    : dice_(seed ^ 0x5EED), again_(again), program_(seed, *parse_instant("2026-03-02 09:00")) {
  for (const accounts::Account& official : program_.officials()) {
    if (official.principal.role == accounts::Role::handler) {
      units_.push_back(official.principal.unit.text());
    }
  }
  program_.foundation().database->read_job([&](Reading& reading) {
    reading.query(
        "SELECT scheme, code FROM category WHERE region_id = ?1 ORDER BY scheme, code",
        {param(program_.county().region)}, [&](const Row& row) {
          categories_.push_back(std::string(row.text(0)) + ":" + std::string(row.text(1)));
        });
  });
}

void Walk::go(int turns, std::int64_t one_in) {
  program_.weather().rough(one_in);
  for (int i = 0; i < turns; ++i) turn();
  program_.weather().calm();
}

void Walk::settle() {
  program_.weather().calm();
  program_.start_again();
  for (int i = 0; i < 5; ++i) program_.run_jobs();
}

void Walk::turn() {
  const std::int64_t what = dice_.between(1, 20);
  if (what <= 3 || handed_.size() < 3) return hand_in();
  if (what <= 6) return speaker_acts();
  if (what <= 17) return official_acts();
  if (what <= 18) return program_.run_jobs();
  time_passes();
}

void Walk::time_passes() {
  // An operator sets the clock: back an hour, on a day.
  const std::int64_t how = dice_.between(1, 12);
  if (how == 1) return program_.pass(-hour_ms);
  if (how == 2) return program_.pass(3 * day_ms);
  program_.pass(dice_.between(1, 300) * minute_ms);
}

std::string Walk::key() {
  return fmt::format("{:016x}{:016x}", dice_.next(), dice_.next());
}

Walk::Told Walk::send(const std::string& path, const std::string& body, Headers headers) {
  for (int tries = 1; tries <= most_tries; ++tries) {
    Answer answer = program_.ask(http::Method::post, path, body, headers);
    trace_.push_back(fmt::format("{} {}", answer.status, path));
    if (!answer.is_open()) return {std::move(answer), tries == 1};
    ++repeats_;
    if (again_ == Again::under_a_new_one) headers["idempotency-key"] = key();
    program_.pass(dice_.between(1, 5'000));
  }
  throw std::runtime_error("nobody answers " + path);
}

void Walk::perhaps_again(const std::string& path, const std::string& body, const Headers& headers,
                         std::string_view field, const json::value& first) {
  if (again_ == Again::under_a_new_one || dice_.between(1, 4) > 1) return;
  program_.pass(dice_.between(1, 12) * minute_ms);  // the session of an official goes on
  const Answer again = send(path, body, headers).answer;
  const json::value value = parsed(again.body);
  const bool same = again.says_so() && value.is_object() && first.is_object() &&
                    value.as_object().contains(field) &&
                    value.as_object().at(field) == first.as_object().at(field);
  if (!same) wrong_.push_back(fmt::format("sent again, {}: {} {}", path, again.status, again.body));
}

void Walk::hand_in() {
  const std::string text =
      fmt::format("{}。（第{}件）", dice_.one_of(troubles_of_people), handed_.size() + 1);
  json::object body{{"text", text}};
  if (dice_.coin()) body["place"] = dice_.one_of(program_.places());
  constexpr std::array tracks{"hotline", "petition", "suggestion", "accusation"};
  if (dice_.coin()) body["track"] = dice_.one_of(tracks);
  if (dice_.coin()) {
    body["contact"] = {{"phone", fmt::format("000{:08}", dice_.between(0, 99'999'999))}};
    body["may_be_called"] = dice_.coin();
  }
  const Headers headers{{"idempotency-key", key()}};
  const std::string sent = json::serialize(body);
  const Answer answer = send("/api/v1/cases", sent, headers).answer;
  if (!answer.says_so()) {
    wrong_.push_back(fmt::format("words were refused: {} {}", answer.status, answer.body));
    return;
  }
  const json::value receipt = parsed(answer.body);
  handed_.push_back({text, text_of(receipt.at("number")), text_of(receipt.at("query_code"))});
  trace_.push_back(handed_.back().number);
  perhaps_again("/api/v1/cases", sent, headers, "number", receipt);
}

Answer Walk::look_at(const Handed& matter) {
  return program_.ask(http::Method::get, "/api/v1/receipts/" + matter.number, {},
                      {{"x-query-code", matter.code}});
}

void Walk::speaker_acts() {
  const Handed& matter = dice_.one_of(handed_);
  const Answer shown = look_at(matter);
  trace_.push_back(fmt::format("{} a receipt", shown.status));
  if (shown.is_open()) return;
  if (!shown.says_so()) {
    wrong_.push_back(fmt::format("a receipt of {}: {}", matter.number, shown.status));
    return;
  }
  const json::value value = parsed(shown.body);
  if (shown.body.find(matter.text) == std::string::npos) {
    wrong_.push_back("the words of " + matter.number + " are not those that were said");
  }
  const auto& steps = value.at("steps").as_array();
  if (steps.empty()) return;
  const auto& open = dice_.one_of(steps).as_object();
  step("/api/v1/receipts/" + matter.number + "/steps/" + text_of(open.at("kind")), open,
       value.at("seq").to_number<std::int64_t>(), matter.number, {{"x-query-code", matter.code}});
}

void Walk::official_acts() {
  constexpr std::array parts{"dispatch", "lead",  "co",     "call_back",
                             "close",    "asked", "review", "reopen"};
  const auto official = static_cast<std::size_t>(
      dice_.between(0, static_cast<std::int64_t>(program_.officials().size()) - 1));
  const std::string cookie = program_.cookie_of(official);
  const Headers headers{{"cookie", cookie}};
  for (int look = 0; look < 4; ++look) {
    const std::string part = dice_.one_of(parts);
    const Answer queue =
        program_.ask(http::Method::get, "/api/v1/queue", {}, headers, {{"part", part}});
    trace_.push_back(fmt::format("{} queue {}", queue.status, part));
    if (queue.status != 200) continue;
    const std::string differs = difference_in_queue(program_, program_.officials()[official], part);
    if (!differs.empty()) wrong_.push_back(differs);
    const json::value listed = parsed(queue.body);
    const auto& lines = listed.at("lines").as_array();
    if (lines.empty()) continue;
    const std::string id = text_of(dice_.one_of(lines).at("id"));
    if (std::find(ids_.begin(), ids_.end(), id) == ids_.end()) ids_.push_back(id);
    const Answer shown =
        program_.ask(http::Method::get, "/api/v1/cases/" + id + "/steps", {}, headers);
    trace_.push_back(fmt::format("{} steps", shown.status));
    if (shown.status != 200) return;
    const json::value open = parsed(shown.body);
    const auto& steps = open.at("steps").as_array();
    if (steps.empty()) return;
    const auto& chosen = dice_.one_of(steps).as_object();
    return step("/api/v1/cases/" + id + "/steps/" + text_of(chosen.at("kind")), chosen,
                open.at("seq").to_number<std::int64_t>(), id, headers);
  }
}

bool Walk::is_hidden(const std::string& subject, const Headers& headers) {
  if (!headers.contains("cookie")) return false;
  const Weather::Pause calm(program_.weather());
  return program_.ask(http::Method::get, "/api/v1/cases/" + subject, {}, headers).status == 404;
}

json::object Walk::filled(const json::object& open) {
  json::object fields;
  for (const json::value& field : open.at("fields").as_array()) {
    if (!field.at("required").as_bool() && dice_.coin()) continue;
    const std::string form = text_of(field.at("form"));
    std::string value;
    if (form == "words") {
      value = fmt::format("说明{}", dice_.between(1, 999));
    } else if (form == "choice") {
      const auto* choices = field.as_object().if_contains("choices");
      if (choices == nullptr || choices->as_array().empty()) continue;
      value = text_of(dice_.one_of(choices->as_array()));
    } else if (form == "unit") {
      value = dice_.one_of(units_);
    } else if (form == "other_case") {
      if (ids_.empty()) continue;
      value = dice_.one_of(ids_);
    } else if (form == "place") {
      value = dice_.one_of(program_.places());
    } else if (form == "category") {
      value = dice_.one_of(categories_);
    } else if (form == "date") {
      value = format_date(to_date(program_.now()) + std::chrono::days(dice_.between(1, 30)));
    } else if (form == "count") {
      value = std::to_string(dice_.between(1, 8));
    } else if (form == "flag") {
      value = "yes";
    } else if (form == "official") {
      value = dice_.one_of(program_.officials()).id.text();
    }
    fields[text_of(field.at("name"))] = value;
  }
  return fields;
}

void Walk::step(const std::string& path, const json::object& open, std::int64_t seq,
                const std::string& subject, Headers headers) {
  json::object body{{"fields", filled(open)}};
  if (dice_.coin()) body["expected_seq"] = seq;
  headers["idempotency-key"] = key();
  const std::string sent = json::serialize(body);
  const auto [answer, at_once] = send(path, sent, headers);
  if (answer.status == 500) wrong_.push_back("500 to " + path);
  const std::string kind = text_of(open.at("kind"));
  if (answer.status == 404 && !at_once && is_hidden(subject, headers)) {
    perhaps_taken_.push_back({kind, subject, 0});
  }
  if (!answer.says_so()) return;
  const json::value done = parsed(answer.body);
  taken_.push_back({text_of(done.at("kind")), subject, done.at("seq").to_number<std::int64_t>()});
  if (!is_hidden(subject, headers)) perhaps_again(path, sent, headers, "seq", done);
}

}  // namespace minhu::simulation
