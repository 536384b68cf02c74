// The sentences that people read, by key and language. Code names a key; the words lie in
// pages/messages/<language>/<area>.json, one flat object a file. Immutable after loading,
// thread-safe.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/embedded_file.h"
#include "kernel/result.h"

namespace minhu::catalogue {

using Details = std::map<std::string, std::string>;

class Catalogue {
 public:
  // Fault invalid_input catalogue.bad_file (details: file, reason), also for a key that two files
  // share.
  static Result<Catalogue> read(std::string language, std::span<const EmbeddedFile> files);

  // As plain text, {name} replaced by details["name"]; {name@family}: by the sentence "family.code"
  // of each code in it, between blanks. A key without a sentence is said itself; none is shipped.
  std::string say(std::string_view key, const Details& details = {}) const;
  // The sentence of a fault, with its own details.
  std::string say(const Fault& fault) const { return say(fault.key, fault.details); }
  bool has(std::string_view key) const { return sentences_.contains(key); }
  const std::string& language() const { return language_; }
  std::vector<std::string_view> keys() const;

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> sentences_;
};

// Every language of the house; the first is the one that everybody falls back to.
class Catalogues {
 public:
  // `files` are named "<language>/<area>.json".
  static Result<Catalogues> read(std::span<const EmbeddedFile> files,
                                 std::span<const std::string_view> languages);
  // The language asked for, or the first.
  const Catalogue& of(std::string_view language) const;
  std::span<const Catalogue> all() const { return catalogues_; }

 private:
  std::vector<Catalogue> catalogues_;
};

}  // namespace minhu::catalogue
