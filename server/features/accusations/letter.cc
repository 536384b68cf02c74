#include "features/accusations/letter.h"

#include <boost/json.hpp>

namespace minhu::accusations {

namespace {

namespace json = boost::json;

constexpr std::string_view senders[] = {"reporter", "handler", "custodians"};

std::string text_in(const json::object& object, std::string_view field) {
  const auto* found = object.if_contains(field);
  return found == nullptr ? std::string() : std::string(found->as_string());
}

SealedId id_in(const json::object& object, std::string_view field) {
  return SealedId::parse(text_in(object, field)).value_or(SealedId());
}

}  // namespace

std::string to_json(const Letter& letter) {
  json::array files;
  for (const LetterFile& file : letter.files) {
    json::object one{{"id", file.id.text()}, {"type", file.media_type}, {"size", file.size}};
    if (!file.original.empty()) {
      one["original"] = file.original.text();
      one["original_type"] = file.original_type;
    }
    files.push_back(std::move(one));
  }
  json::array kept_from;
  for (const std::string& account : letter.kept_from) kept_from.emplace_back(account);
  return json::serialize(json::object{{"level", name(letter.level)},
                                      {"words", letter.words},
                                      {"files", std::move(files)},
                                      {"complaint", letter.complaint},
                                      {"has_identity", letter.has_identity},
                                      {"kept_from", std::move(kept_from)}});
}

std::string to_json(const Identity& identity) {
  return json::serialize(json::object{{"name", identity.name}, {"contact", identity.contact}});
}

std::string to_json(const Message& message) {
  return json::serialize(json::object{{"from", senders[static_cast<std::size_t>(message.from)]},
                                      {"at", message.at.unix_ms},
                                      {"unit", message.unit},
                                      {"words", message.words},
                                      {"decision", message.decision}});
}

Letter letter_of(std::string_view text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  Letter letter;
  letter.level = level_named(text_in(object, "level")).value_or(Level::anonymous);
  letter.words = text_in(object, "words");
  letter.complaint = text_in(object, "complaint");
  letter.has_identity = object.at("has_identity").as_bool();
  for (const json::value& one : object.at("kept_from").as_array()) {
    letter.kept_from.emplace_back(one.as_string());
  }
  for (const json::value& one : object.at("files").as_array()) {
    const json::object& file = one.as_object();
    letter.files.push_back({id_in(file, "id"), text_in(file, "type"), file.at("size").as_int64(),
                            id_in(file, "original"), text_in(file, "original_type")});
  }
  return letter;
}

Identity identity_of(std::string_view text) {
  const json::value value = json::parse(text);
  return {text_in(value.as_object(), "name"), text_in(value.as_object(), "contact")};
}

Message message_of(std::string_view text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  Message message;
  const std::string from = text_in(object, "from");
  for (std::size_t i = 0; i < std::size(senders); ++i) {
    if (senders[i] == from) message.from = static_cast<Message::From>(i);
  }
  message.at = {object.at("at").as_int64()};
  message.unit = text_in(object, "unit");
  message.words = text_in(object, "words");
  message.decision = text_in(object, "decision");
  return message;
}

}  // namespace minhu::accusations
