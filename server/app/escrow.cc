// `minhu escrow …`: the key that two of three custodians open together, on the machine
// itself. Papers are read from standard input, so that they stand in no history of commands.
#include "features/accusations/escrow.h"

#include <fmt/core.h>
#include <sodium.h>

#include <cstdio>
#include <iostream>

#include "app/commands.h"
#include "app/terminal.h"

namespace minhu::app {

namespace {

// Foundation and county outlive what stands on them.
struct Escrow {
  std::unique_ptr<Foundation> foundation;
  cases::County county;
  accounts::PasswordHasher hasher;
  cases::Installation installation;
  accusations::Ground ground{installation, hasher};

  Escrow(std::unique_ptr<Foundation> opened, cases::County of)
      : foundation(std::move(opened)),
        county(std::move(of)),
        installation{*foundation->database, county, foundation->keyring, foundation->entropy,
                     foundation->clock} {}
};

Result<std::unique_ptr<Escrow>> open_house(const FoundationOptions& options) {
  MINHU_TRY(auto foundation, Foundation::open(options, WhenMissing::refuse));
  MINHU_TRY(auto county, foundation->county());
  return std::make_unique<Escrow>(std::move(foundation), std::move(county));
}

std::string day_of(Instant time) {
  return format_date(to_date(time));
}

accusations::Paper read_paper(const char* which) {
  std::fprintf(stderr, "%s: ", which);
  std::string line;
  std::getline(std::cin, line);
  accusations::Paper paper(line);
  sodium_memzero(line.data(), line.size());
  return paper;
}

void say(std::string_view text) {
  fmt::print("{}\n", text);
}

}  // namespace

int escrow_init(const FoundationOptions& foundation_options, bool anew) {
  const auto house = open_house(foundation_options);
  if (!house) return refuse(house.error());
  const auto papers = accusations::make_escrow((*house)->ground, anew);
  if (!papers) return refuse(papers.error());
  for (std::size_t i = 0; i < papers->size(); ++i) {
    say(fmt::format("{}\n  {}\n", accusations::custodians[i],
                    (*papers)[i].reveal_because("it is handed to its custodian, once")));
  }
  return finish("three papers, one for each custodian; any two open, and none is kept here");
}

int escrow_list(const FoundationOptions& foundation_options) {
  const auto house = open_house(foundation_options);
  if (!house) return refuse(house.error());
  const auto all = (*house)->foundation->database->read(
      [&](Reading& reading) { return accusations::escrowed(reading, (*house)->ground); });
  for (const accusations::Listed& one : all) {
    say(fmt::format("{} {} {}", one.id.text(), day_of(one.received_at),
                    accusations::name(one.state)));
  }
  return finish(fmt::format("{} reports that two papers open", all.size()));
}

int escrow_open(const FoundationOptions& foundation_options, const std::string& report) {
  const auto house = open_house(foundation_options);
  if (!house) return refuse(house.error());
  const auto id = cases::CaseId::parse(report);
  if (!id) return refuse(Fault(FaultCode::not_found, "accusations.not_found"));
  const auto one = read_paper("first paper");
  const auto other = read_paper("second paper");
  const auto opened = accusations::open_escrow((*house)->ground, *id, one, other);
  if (!opened) return refuse(opened.error());
  say(fmt::format("level: {}", accusations::name(opened->letter.level)));
  if (opened->letter.has_identity) {
    say(fmt::format("name: {}\ncontact: {}", opened->identity.name, opened->identity.contact));
  }
  say(opened->letter.words);
  for (const accusations::Message& message : opened->messages) {
    say(fmt::format("\n[{}] {} {}", day_of(message.at), message.decision, message.words));
  }
  return finish("opened; the case has it written down, and its reporter reads it");
}

}  // namespace minhu::app
