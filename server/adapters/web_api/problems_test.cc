// api/problems.yaml lists what a program can meet, with the status that HTTP gives it, and nothing
// else. What that is follows from the build: the faults of the units that the API and the server
// are made of. Those of the commands, of imports and of the pages never become problem+json.
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <regex>

#include "adapters/web_api/test_api.h"
#include "project_folder.h"

namespace minhu::web_api {
namespace {

using Names = std::set<std::string>;

const std::filesystem::path server = project_folder() / "server";

// The doors of a program, and what the composition root hands to the handlers behind them.
const std::map<std::string, std::string> doors{
    {"web_api", "the routes"},
    {"floods", "stands before them"},
    {"http_beast", "refuses what never reaches a route; told as a problem below /api"},
    {"storage_sqlite", "behind the port of the database"},
    {"storage_postgres", "behind it, too"},
    {"images_vips", "behind the port of images"},
    {"attachments", "takes the uploads"}};

struct Unit {
  std::filesystem::path folder;
  Names uses;
};

// Lines "layer name unit;unit | units of its tests".
std::map<std::string, Unit> units() {
  std::map<std::string, Unit> all;
  std::ifstream in(unit_list());
  EXPECT_TRUE(in.is_open());
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line.substr(0, line.find('|')));
    std::string layer;
    std::string name;
    std::string used;
    words >> layer >> name;
    Unit unit{layer == name ? server / layer : server / layer / name, {}};
    while (std::getline(words >> std::ws, used, ';')) {
      used.erase(used.find_last_not_of(' ') + 1);
      if (!used.empty()) unit.uses.insert(used);
    }
    all.emplace(name, std::move(unit));
  }
  return all;
}

// The doors, what they use, and what that uses.
Names behind_the_doors(const std::map<std::string, Unit>& all) {
  Names found;
  std::vector<std::string> waiting;
  for (const auto& [door, why] : doors) waiting.push_back(door);
  while (!waiting.empty()) {
    const std::string name = waiting.back();
    waiting.pop_back();
    if (!all.contains(name)) {
      ADD_FAILURE() << "no unit is called " << name;
    } else if (found.insert(name).second) {
      waiting.insert(waiting.end(), all.at(name).uses.begin(), all.at(name).uses.end());
    }
  }
  return found;
}

std::string without_comments(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  for (std::string line; std::getline(in, line);) {
    text += line.substr(0, line.find("//")) + '\n';
  }
  return text;
}

int status_named(const std::string& code) {
  static const std::map<std::string, FaultCode> codes{
      {"invalid_input", FaultCode::invalid_input},
      {"unauthenticated", FaultCode::unauthenticated},
      {"not_allowed", FaultCode::not_allowed},
      {"not_found", FaultCode::not_found},
      {"conflict", FaultCode::conflict},
      {"gone", FaultCode::gone},
      {"too_large", FaultCode::too_large},
      {"unsupported_media", FaultCode::unsupported_media},
      {"too_many", FaultCode::too_many},
      {"unavailable", FaultCode::unavailable},
      {"out_of_storage", FaultCode::out_of_storage},
  };
  return http::status_of(codes.at(code));
}

struct Faults {
  // The status of each key; 0 where the source does not say it beside the key.
  std::map<std::string, int> status;
  Names every_literal;
};

#define KEY R"re("([a-z][a-z0-9_]*\.[a-z0-9_]+)")re"

// Every key of a Fault in a source.
void read_faults(const std::string& text, Faults& found) {
  static const std::regex literal(KEY);
  static const std::regex with_code(R"re(FaultCode::([a-z_]+),[\s\n]*)re" KEY);
  static const std::regex choice(R"re(FaultCode::([a-z_]+),[^;"]*\?\s*)re" KEY
                                 R"re(\s*:\s*)re" KEY);
  static const std::regex wrapped(R"re(\b(?:refuse|malformed|at_fault|bad|not_now)\(\s*)re" KEY);
  static const std::regex renamed(R"re((?:\.key = |\{"[a-z]+\.[a-z0-9_]+", ))re" KEY);
  // The server says a status of its own where FaultCode has none (405, 408, 414, 431, 500).
  static const std::regex with_status(R"re((\d{3}),\s*Fault\(FaultCode::[a-z_]+,\s*)re" KEY);
  static const std::regex failed(R"re(failed\((\d{3}),\s*)re" KEY);
  const auto each = [&](const std::regex& pattern, auto&& use) {
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) use(*at);
  };
  each(literal, [&](const std::smatch& match) { found.every_literal.insert(match[1]); });
  each(wrapped, [&](const std::smatch& match) { found.status.emplace(match[1], 0); });
  each(renamed, [&](const std::smatch& match) { found.status.emplace(match[1], 0); });
  each(with_code,
       [&](const std::smatch& match) { found.status[match[2]] = status_named(match[1]); });
  each(choice, [&](const std::smatch& match) {
    found.status[match[2]] = found.status[match[3]] = status_named(match[1]);
  });
  each(with_status,
       [&](const std::smatch& match) { found.status[match[2]] = std::stoi(match[1]); });
  each(failed, [&](const std::smatch& match) { found.status[match[2]] = std::stoi(match[1]); });
}

#undef KEY

Faults faults_of(const Names& names, const std::map<std::string, Unit>& all) {
  Faults found;
  for (const std::string& name : names) {
    for (const auto& entry : std::filesystem::directory_iterator(all.at(name).folder)) {
      const std::string file = entry.path().filename().string();
      const bool source = file.ends_with(".cc") || file.ends_with(".h");
      const bool for_tests =
          file.ends_with("_test.cc") || file.starts_with("test_") || file.ends_with("_for_tests.h");
      if (source && !for_tests) read_faults(without_comments(entry.path()), found);
    }
  }
  return found;
}

TEST(Problems, EveryFaultThatAProgramCanMeetStandsInTheListAndNoOther) {
  const auto listed = json_of(YAML::LoadFile((project_folder() / "api/problems.yaml").string()));
  const auto& problems = listed.at("problems").as_object();
  const auto all = units();
  const Faults faults = faults_of(behind_the_doors(all), all);
  EXPECT_GT(faults.status.size(), 100U);
  for (const auto& [key, status] : faults.status) {
    const auto* problem = problems.if_contains(key);
    if (problem == nullptr) {
      ADD_FAILURE() << "add to api/problems.yaml:\n  " << key
                    << ": {status: " << (status == 0 ? "?" : std::to_string(status))
                    << ", means: \"…\"}";
      continue;
    }
    EXPECT_TRUE(status == 0 || problem->at("status").as_int64() == status)
        << key << " is " << status;
    EXPECT_FALSE(problem->at("means").as_string().empty()) << key;
  }
  for (const auto& problem : problems) {
    EXPECT_TRUE(faults.every_literal.contains(std::string(problem.key())))
        << "nothing that a program meets gives " << problem.key();
  }
}

TEST(Problems, AreThoseOfTheUnitsBehindTheApiAndTheServer) {
  const auto all = units();
  const Names met = behind_the_doors(all);
  for (const char* unit : {"kernel", "cases", "accounts", "places_and_units", "attachments"}) {
    EXPECT_TRUE(met.contains(unit)) << unit;
  }
  for (const char* unit : {"app", "imports", "demo", "outbound", "pages", "office_pages"}) {
    EXPECT_TRUE(all.contains(unit)) << unit;
    EXPECT_FALSE(met.contains(unit)) << unit;
  }
}

TEST(Problems, AreFoundInEveryFormInWhichASourceGivesThem) {
  Faults found;
  read_faults(R"cc(
                fail(FaultCode::conflict, "a.one");
                Fault(FaultCode::gone, late ? "a.two" : "a.three");
                return malformed("a.four");
                fault.key = "a.five";
                Refused(405, Fault(FaultCode::invalid_input, "a.six"));
                failed(500, "a.seven");
                open("a.eight");
              )cc",
              found);
  const std::map<std::string, int> expected{{"a.one", 409},  {"a.two", 410}, {"a.three", 410},
                                            {"a.four", 0},   {"a.five", 0},  {"a.six", 405},
                                            {"a.seven", 500}};
  EXPECT_EQ(found.status, expected);
  EXPECT_TRUE(found.every_literal.contains("a.eight"));
}

}  // namespace
}  // namespace minhu::web_api
