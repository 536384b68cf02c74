#include "features/drafts/draft_json.h"

#include <algorithm>
#include <boost/json.hpp>

#include "features/cases/said.h"

namespace minhu::drafts {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

}  // namespace

std::string to_json(const Draft& draft) {
  json::object object{{"filing", to_hex(draft.filing)},
                      {"track", cases::name(draft.track)},
                      {"text", draft.text},
                      {"place", draft.place},
                      {"place_words", draft.place_words},
                      {"may_be_called", draft.may_be_called},
                      {"same_class", draft.same_class}};
  if (draft.contact) {
    object["contact"] = cases::to_json(draft.contact->reveal_because("it is sealed as one draft"));
  }
  if (draft.identity_level) object["identity_level"] = cases::name(*draft.identity_level);
  json::array attachments;
  for (const KeptAttachment& kept : draft.attachments) {
    attachments.push_back(
        json::object{{"id", kept.id.text()}, {"type", kept.media_type}, {"size", kept.size}});
  }
  object["attachments"] = std::move(attachments);
  json::array forms;
  for (const std::string& form : draft.forms_taken) forms.emplace_back(form);
  object["forms_taken"] = std::move(forms);
  if (draft.filed) {
    object["filed"] =
        json::object{{"number", draft.filed->number},
                     {"code", draft.filed->query_code.reveal_because("the receipt is shown again")},
                     {"at", draft.filed->at.unix_ms}};
  }
  return json::serialize(object);
}

Draft draft_of(std::string_view text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  Draft draft;
  const auto filing = from_hex(text_at(object, "filing"));
  MINHU_ASSERT(filing && filing->size() == draft.filing.size());
  std::copy(filing->begin(), filing->end(), draft.filing.begin());
  draft.track = cases::named<cases::Track>(text_at(object, "track")).value_or(draft.track);
  draft.text = text_at(object, "text");
  draft.place = text_at(object, "place");
  draft.place_words = text_at(object, "place_words");
  draft.may_be_called = object.at("may_be_called").as_bool();
  // Not in drafts that were begun before there were classes.
  if (object.contains("same_class")) draft.same_class = text_at(object, "same_class");
  if (object.contains("identity_level")) {
    draft.identity_level = cases::named<cases::IdentityLevel>(text_at(object, "identity_level"));
  }
  if (const auto* contact = object.if_contains("contact")) {
    draft.contact = Sealed(cases::contact_of(std::string_view(contact->as_string())));
  }
  for (const auto& kept : object.at("attachments").as_array()) {
    const json::object& one = kept.as_object();
    draft.attachments.push_back({AttachmentId::parse(text_at(one, "id")).value_or(AttachmentId()),
                                 text_at(one, "type"), one.at("size").as_int64()});
  }
  for (const auto& form : object.at("forms_taken").as_array()) {
    draft.forms_taken.emplace_back(form.as_string());
  }
  if (const auto* filed = object.if_contains("filed")) {
    const json::object& one = filed->as_object();
    draft.filed = Filed{text_at(one, "number"), Sealed(text_at(one, "code")),
                        Instant{one.at("at").as_int64()}};
  }
  return draft;
}

}  // namespace minhu::drafts
