// The names that officials read, in one language: states, steps, fields, choices, roles. Every one
// comes from the catalogue; wording_test.cc walks the tables and proves that none is missing.
#pragma once

#include <string>
#include <string_view>

#include "engines/catalogue/catalogue.h"
#include "engines/deadlines/deadlines.h"
#include "features/cases/case_file.h"

namespace minhu::office_pages {

class Wording {
 public:
  explicit Wording(const catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

  const std::string& language() const { return catalogue_.language(); }
  deadlines::Language deadline_language() const;
  std::string say(std::string_view key, const catalogue::Details& details = {}) const {
    return catalogue_.say(key, details);
  }

  // What stands between two sentences: nothing in Chinese.
  std::string_view gap() const { return language() == "zh-CN" ? "" : " "; }

  std::string of(cases::State state) const;
  std::string of(cases::Track track) const;
  std::string of(cases::Channel channel) const;
  std::string of(cases::Part part) const;
  std::string of(accounts::Role role) const;
  std::string step(cases::EventKind kind) const;
  std::string step_hint(cases::EventKind kind) const;  // empty where the name says enough
  // The label of an input: that of this step where it has one of its own ("why this unit"), else
  // the general one ("reason").
  std::string field(cases::EventKind kind, std::string_view field) const;
  std::string field(std::string_view field) const;
  std::string choice(std::string_view field, std::string_view value) const;

  // What an official reads about a fault. The features' own sentences speak to residents, so an
  // office sentence ("office.fault.<key>") goes first.
  std::string fault(const Fault& fault, std::string_view label = {}) const;

 private:
  std::string named(std::string_view area, std::string_view name) const;
  const catalogue::Catalogue& catalogue_;
};

// "2026-11-23 15:42" and "2026-11-23", as the wall clock of the county shows them.
std::string moment(Instant instant, FixedZone zone);
std::string day(Instant instant, FixedZone zone);

}  // namespace minhu::office_pages
