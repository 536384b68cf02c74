#include "adapters/office_pages/form.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace minhu::office_pages {

namespace {

// Four bytes a character at most, and room to see that it is too long.
constexpr std::size_t longest_text = cases::longest_import * 4 + 4096;

bool is_file(const http::Part& part) {
  return part.name == "files" && (part.size > 0 || !part.value.empty());
}

}  // namespace

std::string text_of(const http::Part& part) {
  if (part.spooled.empty()) return part.value;
  std::ifstream file(part.spooled, std::ios::binary);
  std::string text(longest_text, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

Typed typed_in(const http::Request& request) {
  Typed typed;
  for (const http::Part& part : request.parts) {
    if (part.name != "files") typed.emplace(part.name, text_of(part));
  }
  return typed;
}

Result<cases::ClientToken> token_in(const http::Request& request) {
  return cases::parse_token(request.form("token"));
}

cases::ClientToken bound_to(const cases::ClientToken& token, const Typed& typed) {
  Digest digest = sha256(token);
  for (const auto& [name, text] : typed) {
    digest = keyed_hash(digest, {as_bytes(name), as_bytes(text)});
  }
  cases::ClientToken bound{};
  std::copy_n(digest.begin(), bound.size(), bound.begin());
  return bound;
}

std::string new_token(Entropy& entropy) {
  return to_hex(entropy.bytes<16>());
}

bool brings_files(const http::Request& request) {
  return std::any_of(request.parts.begin(), request.parts.end(), is_file);
}

Result<std::vector<cases::NewAttachment>> uploads_in(const Office& office,
                                                     const http::Request& request) {
  std::vector<cases::NewAttachment> taken;
  for (const http::Part& part : request.parts) {
    if (!is_file(part)) continue;
    if (taken.size() == cases::most_attachments) {
      return fail(
          FaultCode::too_large, "cases.too_many_attachments", "files",
          std::map<std::string, std::string>{{"most", std::to_string(cases::most_attachments)}});
    }
    MINHU_TRY(cases::NewAttachment attachment, office.take_upload(part));
    taken.push_back(std::move(attachment));
  }
  return taken;
}

}  // namespace minhu::office_pages
