// What is really behind the cases of the demo county. Written to a folder for those who measure the
// text engine, the classes, silence and visits; the server never reads or shows it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::demo {

// Shared: one concrete trouble that many could report, because of a cause of its class. Everyday:
// the same without a cause behind it. Single: the matter of one family. The rest are not troubles.
enum class Nature : std::uint8_t { shared, everyday, single, inquiry, suggestion, accusation };
std::string_view name(Nature) noexcept;

struct TrueCause {
  std::string key;
  std::string text;  // why it happens
  std::string kind;  // rule_missing, rule_wrong, duty_unclear, money, capacity, enforcement, …
  std::string category;
  std::string owner;                // unit code: who could end the cause
  std::optional<Date> treated_on;   // from then on `left` of the former rate
  double left = 1.0;                // 0: gone; above 1 never
  std::optional<Date> relapsed_on;  // the old rate again
};

struct TrueIssue {
  std::int64_t id = 0;
  Nature nature = Nature::single;
  std::string cause;     // key of its cause, empty when there is none
  std::string matter;    // key in data/matters.toml: what kind of trouble
  std::string category;  // the right one
  std::string owner;     // unit code of who should deal with it
  std::string place;     // code of its village
  std::string at;        // the road, estate, school or company, when there is one
  Instant started;
  Instant ended;                    // fixed, or faded by itself; may lie after the last day
  std::optional<Instant> fixed_at;  // really fixed
  std::int64_t reports = 0;         // cases about it; 0: nobody ever said a word
};

struct TrueCase {
  std::string number;
  std::int64_t issue = 0;
  std::int64_t speaker = 0;  // of this issue, counted from 1: the same number came again
  std::optional<std::string> copied_of;  // number of the case whose wording it copies
};

struct TrueVillage {
  std::string code;
  std::string name;
  std::string town;
  std::string terrain;  // plain, hills, mountain, urban
  std::int64_t population = 0;
  std::int64_t latitude_e7 = 0;
  std::int64_t longitude_e7 = 0;
  bool silent = false;
  double speaking = 1.0;        // how likely people here speak, 1: as in the median village
  double problems = 0;          // true issues per 1000 people and year
  std::int64_t issues = 0;      // that many could have reported
  std::int64_t unreported = 0;  // of these
  std::int64_t reports = 0;
};

// Of an office, never of a person.
struct TrueOffice {
  std::string unit;
  double days_to_act = 0;  // median between two of its own steps
  double paper = 0;        // share of its answers that solve nothing
  double objects = 0;      // share of cases it tries to return although they are its own
};

struct Truth {
  std::vector<TrueCause> causes;
  std::vector<TrueIssue> issues;
  std::vector<TrueCase> cases;
  std::vector<TrueVillage> villages;
  std::vector<TrueOffice> offices;
};

// causes.csv, issues.csv, cases.csv, villages.csv, offices.csv. Fault unavailable
// "demo.truth_not_written" with the file in its details.
Outcome write_truth(const Truth& truth, const std::filesystem::path& folder);

}  // namespace minhu::demo
