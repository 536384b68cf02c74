#include "adapters/pages/form.h"

#include <algorithm>

#include "features/accounts/gate.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

std::string capitals(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// A file field that was left alone arrives as an empty part.
bool is_file(const http::Part& part) {
  return (part.name == "photos" || part.name == "voice") && part.size > 0;
}

}  // namespace

std::string new_token(const Site& site) {
  return to_hex(site.installation.entropy.bytes<16>());
}

Result<cases::ClientToken> token_of(const http::Request& request) {
  return cases::parse_token(request.form("token"));
}

Outcome from_our_own_page(const http::Request& request) {
  if (accounts::comes_from_elsewhere(request)) {
    return fail(FaultCode::not_allowed, "accounts.foreign_request");
  }
  return {};
}

Result<std::string> text_of(const http::Request& request, std::string_view field,
                            std::size_t most) {
  const http::Part* part = request.part(field);
  if (part == nullptr) return std::string();
  // What was too large to be held in memory is too long for any field of ours.
  if (!part->spooled.empty()) {
    return fail(FaultCode::invalid_input, "cases.words_too_long", std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  MINHU_TRY(std::string text, clean_text(part->value));
  if (code_points(text) > most) {
    return fail(FaultCode::invalid_input, "cases.words_too_long", std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  return text;
}

void Errors::show(templates::Values& values) const {
  if (list_.empty()) return;
  templates::Values& summary = values.add("ERRORS");
  for (const Error& error : list_) {
    summary.add("ERROR").set("FIELD", error.field).set("SENTENCE", error.sentence);
    values.add(capitals(error.field) + "_ERROR").set("SENTENCE", error.sentence);
    values.show(capitals(error.field) + "_INVALID");
  }
}

std::string Errors::title(const Site& site, const http::Request& request, std::string title) const {
  return any() ? site.say(request, "residents.error_title") + title : title;
}

bool brings_files(const http::Request& request) {
  return std::any_of(request.parts.begin(), request.parts.end(), is_file);
}

Uploads take_uploads(const Site& site, const http::Request& request) {
  Uploads uploads;
  for (const http::Part& part : request.parts) {
    if (!is_file(part)) continue;
    auto taken = site.take_upload(part);
    if (taken) {
      uploads.taken.push_back(std::move(*taken));
    } else {
      uploads.refused.push_back(site.surface.sentences(request).say(taken.error()));
    }
  }
  return uploads;
}

}  // namespace minhu::pages
