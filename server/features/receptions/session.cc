#include "features/receptions/session.h"

#include <boost/json.hpp>

#include "features/cases/said.h"
#include "kernel/enum_names.h"

namespace minhu::receptions {

namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

json::value instant(const std::optional<Instant>& at) {
  return at ? json::value(at->unix_ms) : json::value(nullptr);
}

std::optional<Instant> instant_at(const json::object& object, std::string_view key) {
  const json::value& value = object.at(key);
  if (value.is_null()) return std::nullopt;
  return Instant{value.as_int64()};
}

template <class SomeId>
std::string id_text(SomeId id) {
  return id.empty() ? std::string() : id.text();
}

template <class SomeId>
SomeId id_at(const json::object& object, std::string_view key) {
  return SomeId::parse(text_at(object, key)).value_or(SomeId());
}

void line(std::string& note, std::string_view what, std::string_view words) {
  if (words.empty()) return;
  note += what;
  note += "：";
  note += words;
  note += '\n';
}

std::string article27_words(const Article27& tests) {
  std::string words;
  const auto add = [&](bool holds, std::string_view text) {
    if (!holds) return;
    if (!words.empty()) words += "、";
    words += text;
  };
  add(tests.solve, "合理的诉求解决到位");
  add(tests.explain, "不合理的诉求解释清楚");
  add(tests.help, "生活有困难的帮扶到位");
  add(tests.by_law, "违法的行为依法处理");
  return words;
}

}  // namespace

MINHU_ENUM_NAMES(Decision, unit, "none", "on_spot", "unit")

std::optional<Decision> decision_named(std::string_view text) noexcept {
  return Decision_names.named(text);
}

std::string to_json(const Session& session) {
  json::array earlier;
  for (const std::string& number : session.earlier) earlier.push_back(json::value(number));
  json::value contact = nullptr;
  if (session.contact) {
    contact = json::string(cases::to_json(session.contact->reveal_because("it is sealed here")));
  }
  const json::object object{
      {"id", session.id.text()},
      {"number", session.number},
      {"visit", id_text(session.visit)},
      {"group", id_text(session.group)},
      {"begun_at", instant(session.begun_at)},
      {"ended_at", instant(session.ended_at)},
      {"people", session.people},
      {"representatives", session.representatives},
      {"contact", std::move(contact)},
      {"named", session.named},
      {"may_be_called", session.may_be_called},
      {"text", session.text},
      {"request", session.request},
      {"place", session.place},
      {"place_words", session.place_words},
      {"earlier", std::move(earlier)},
      {"complained_of", id_text(session.complained_of)},
      {"accusation", session.accusation},
      {"officials", session.officials},
      {"leader_words", session.leader_words},
      {"decision", name(session.decision)},
      {"answer", session.answer},
      {"outcome", session.outcome},
      {"unit", id_text(session.unit)},
      {"due", session.due},
      {"sponsor", session.sponsor},
      {"solve", session.article27.solve},
      {"explain", session.article27.explain},
      {"help", session.article27.help},
      {"by_law", session.article27.by_law},
      {"publish", session.publish},
      {"read_back", session.read_back},
      {"signed", session.is_signed},
  };
  return json::serialize(object);
}

Session session_of(std::string_view text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  const auto flag = [&](std::string_view key) { return object.at(key).as_bool(); };
  Session session;
  session.id = id_at<SessionId>(object, "id");
  session.number = text_at(object, "number");
  session.visit = id_at<visits::VisitId>(object, "visit");
  session.group = id_at<visits::GroupId>(object, "group");
  session.begun_at = instant_at(object, "begun_at");
  session.ended_at = instant_at(object, "ended_at");
  session.people = object.at("people").as_int64();
  session.representatives = object.at("representatives").as_int64();
  if (const json::value& contact = object.at("contact"); contact.is_string()) {
    session.contact =
        Sealed<cases::Contact>(cases::contact_of(std::string_view(contact.as_string())));
  }
  session.named = flag("named");
  session.may_be_called = flag("may_be_called");
  session.text = text_at(object, "text");
  session.request = text_at(object, "request");
  session.place = text_at(object, "place");
  session.place_words = text_at(object, "place_words");
  for (const json::value& number : object.at("earlier").as_array()) {
    session.earlier.emplace_back(number.as_string());
  }
  session.complained_of = id_at<UnitId>(object, "complained_of");
  session.accusation = flag("accusation");
  session.officials = text_at(object, "officials");
  session.leader_words = text_at(object, "leader_words");
  session.decision = decision_named(text_at(object, "decision")).value_or(Decision::none);
  session.answer = text_at(object, "answer");
  session.outcome = text_at(object, "outcome");
  session.unit = id_at<UnitId>(object, "unit");
  session.due = text_at(object, "due");
  session.sponsor = text_at(object, "sponsor");
  session.article27 = {flag("solve"), flag("explain"), flag("help"), flag("by_law")};
  session.publish = flag("publish");
  session.read_back = flag("read_back");
  session.is_signed = flag("signed");
  return session;
}

std::string words_of(const Session& session) {
  std::string words = session.text;
  if (!session.request.empty()) {
    if (!words.empty()) words += '\n';
    words += "诉求：" + session.request;
  }
  if (!session.earlier.empty()) {
    words += words.empty() ? "以前反映的编号：" : "\n以前反映的编号：";
    for (std::size_t i = 0; i < session.earlier.size(); ++i) {
      if (i > 0) words += "、";
      words += cases::show_number(session.earlier[i]);
    }
  }
  // Somebody sat there and left with a number: it is registered, and a person asks them again.
  if (words.empty()) words = "（当场没有记下文字，请联系来访人补记。）";
  return words;
}

std::string note_of(const Session& session, std::string_view unit_name) {
  std::string note;
  line(
      note, "来访人数",
      std::to_string(session.people) + "人，代表" + std::to_string(session.representatives) + "人");
  line(note, "在场人员", session.officials);
  line(note, "领导原话", session.leader_words);
  line(note, "当场答复", session.answer);
  line(note, "责任单位", unit_name);
  line(note, "答复期限", session.due);
  line(note, "包案", session.sponsor);
  line(note, "怎样算到位", article27_words(session.article27));
  line(note, "公开", session.publish ? "本人同意公开，不写是谁" : "本人没有同意公开");
  line(note, "核对", session.read_back ? "已当面读给来访人听，本人确认" : "没有读给来访人听");
  line(note, "签名", session.is_signed ? "有" : "没有");
  return note;
}

}  // namespace minhu::receptions
