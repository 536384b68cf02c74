// How a measurement and the rule of a watch lie in the facts of an event, and are read back.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "features/classes/measuring.h"
#include "ports/storage.h"

namespace minhu::classes {

namespace {

namespace json = boost::json;
using recurrence::Access;
using recurrence::Sentence;
using recurrence::Verdict;

constexpr std::array verdicts{Verdict::fewer, Verdict::no_change_seen, Verdict::more,
                              Verdict::too_few_to_say, Verdict::not_comparable};
constexpr std::array<std::string_view, 3> access_names{"open", "narrowed", "unknown"};

std::string written(double number) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end};
}

json::object to_json(const Sentence& sentence) {
  json::object details;
  for (const auto& [name, value] : sentence.details) details[name] = value;
  return {{"details", std::move(details)}, {"key", sentence.key}};
}

Sentence sentence_from(const json::value& value) {
  Sentence sentence{std::string(value.at("key").as_string()), {}};
  for (const auto& detail : value.at("details").as_object()) {
    sentence.details.emplace(detail.key(), detail.value().as_string());
  }
  return sentence;
}

template <class Number>
Number number_in(const Facts& facts, std::string_view name) {
  const std::string& text = facts.at(std::string(name));
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) throw StorageFailure("a measurement says no number: " + text);
  return number;
}

std::optional<double> maybe(const Facts& facts, std::string_view name) {
  if (!facts.contains(name)) return std::nullopt;
  return number_in<double>(facts, name);
}

std::optional<Months> months_in(const Facts& facts, const std::string& which) {
  const auto from = facts.find(which + "_from");
  if (from == facts.end()) return std::nullopt;
  return Months{from->second, facts.at(which + "_to")};
}

}  // namespace

std::string json_of(const Sentence& sentence) {
  return json::serialize(to_json(sentence));
}

Sentence sentence_in(std::string_view text) {
  return sentence_from(json::parse(text));
}

Facts facts_of(const Measurement& measurement) {
  Facts facts{{"verdict", std::string(recurrence::name(measurement.verdict))},
              {"before", std::to_string(measurement.cases_before)},
              {"after", std::to_string(measurement.cases_after)},
              {"before_a_month", written(measurement.before_a_month)},
              {"after_a_month", written(measurement.after_a_month)},
              {"expected_a_month", written(measurement.expected_a_month)},
              {"periods_below", std::to_string(measurement.periods_below)},
              {"intake", std::string(access_names[static_cast<std::size_t>(measurement.intake)])},
              {"sentence", json::serialize(to_json(measurement.sentence))}};
  const auto months = [&](const char* which, const std::optional<Months>& span) {
    if (!span) return;
    facts[std::string(which) + "_from"] = span->from;
    facts[std::string(which) + "_to"] = span->to;
  };
  months("before", measurement.before);
  months("after", measurement.after);
  if (measurement.percent) facts["percent"] = written(*measurement.percent);
  if (measurement.percent_low) facts["percent_low"] = written(*measurement.percent_low);
  if (measurement.percent_high) facts["percent_high"] = written(*measurement.percent_high);
  if (measurement.few) facts["few"] = "yes";
  json::array notes;
  for (const Sentence& note : measurement.notes) notes.push_back(to_json(note));
  facts["notes"] = json::serialize(notes);
  return facts;
}

std::optional<Measurement> measurement_of(const ClassFile& file) try {
  if (!file.measured_at) return std::nullopt;
  const Facts& facts = file.measurement;
  Measurement measured;
  const auto verdict = std::find_if(verdicts.begin(), verdicts.end(), [&](Verdict one) {
    return recurrence::name(one) == facts.at("verdict");
  });
  const auto access = std::find(access_names.begin(), access_names.end(), facts.at("intake"));
  if (verdict == verdicts.end() || access == access_names.end()) {
    throw StorageFailure("a measurement says something that is none");
  }
  measured.verdict = *verdict;
  measured.intake = static_cast<Access>(access - access_names.begin());
  measured.before = months_in(facts, "before");
  measured.after = months_in(facts, "after");
  measured.cases_before = number_in<std::int64_t>(facts, "before");
  measured.cases_after = number_in<std::int64_t>(facts, "after");
  measured.before_a_month = number_in<double>(facts, "before_a_month");
  measured.after_a_month = number_in<double>(facts, "after_a_month");
  measured.expected_a_month = number_in<double>(facts, "expected_a_month");
  measured.percent = maybe(facts, "percent");
  measured.percent_low = maybe(facts, "percent_low");
  measured.percent_high = maybe(facts, "percent_high");
  measured.periods_below = number_in<std::int64_t>(facts, "periods_below");
  measured.few = facts.contains("few");
  measured.sentence = sentence_from(json::parse(facts.at("sentence")));
  const json::value notes = json::parse(facts.at("notes"));
  for (const json::value& note : notes.as_array()) {
    measured.notes.push_back(sentence_from(note));
  }
  return measured;
} catch (const boost::system::system_error& error) {
  throw StorageFailure("a measurement is damaged: " + std::string(error.what()));
} catch (const std::out_of_range&) {
  throw StorageFailure("a measurement is not complete");
}

Result<Facts> watch_facts(const recurrence::Effect& effect, const std::string& from_month) {
  MINHU_TRY(const recurrence::Watch rule, recurrence::watch(effect, recurrence::Period::month));
  json::array season;
  for (const double part : rule.season) season.push_back(json::value(part));
  const json::object watch{{"back", rule.back},
                           {"bound", rule.bound},
                           {"can_see", rule.can_see},
                           {"dispersion", rule.dispersion},
                           {"expected", rule.expected},
                           {"false_alarms_a_year", rule.false_alarms_a_year},
                           {"limit", rule.limit},
                           {"season", std::move(season)},
                           {"sentence", to_json(rule.sentence)}};
  return Facts{{"watch", json::serialize(watch)}, {"watch_from", from_month}};
}

std::optional<Watched> watched(const ClassFile& file) try {
  if (file.watch.empty()) return std::nullopt;
  const json::value watch = json::parse(file.watch);
  const auto number = [&](std::string_view name) { return watch.at(name).to_number<double>(); };
  Watched found;
  found.from = file.watch_from;
  found.rule.back = number("back");
  found.rule.bound = number("bound");
  found.rule.can_see = watch.at("can_see").as_bool();
  found.rule.dispersion = number("dispersion");
  found.rule.expected = number("expected");
  found.rule.false_alarms_a_year = number("false_alarms_a_year");
  found.rule.limit = number("limit");
  for (const json::value& part : watch.at("season").as_array()) {
    found.rule.season.push_back(part.to_number<double>());
  }
  found.rule.sentence = sentence_from(watch.at("sentence"));
  return found;
} catch (const boost::system::system_error& error) {
  throw StorageFailure("the rule of a watch is damaged: " + std::string(error.what()));
}

}  // namespace minhu::classes
