// The demo county: a place that does not exist, with hidden causes behind its grievances, played
// through the real use cases. It shows Minhu alive on the first start, and it is the ground truth
// on which classes, silence and visits are tested: what the text engine should find is known here.
//
// Everything is fictional and made from data/*.toml. Nothing in it is taken from a real text, and
// no number in it can be dialled: every phone number begins with 000, which no network of China
// gives.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engines/deadlines/deadlines.h"
#include "features/accounts/accounts.h"
#include "features/cases/context.h"
#include "features/demo/truth.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::demo {

struct Options {
  std::uint64_t seed = 7;
  int months = 24;             // back from `until`
  std::int64_t cases = 20000;  // in all; people who come again because nothing changed included
  Date until;                  // the first day that is not played: "today" of the installation
};

struct Progress {
  Date day;
  std::int64_t cases = 0;
  std::int64_t events = 0;
};
using OnProgress = std::function<void(const Progress&)>;

struct Summary {
  std::int64_t cases = 0;
  std::int64_t events = 0;
  std::int64_t open = 0;     // cases in which somebody of ours still owes something
  std::int64_t overdue = 0;  // of these
  // Steps that the rules of cases refused, by kind and fault key: an office that was too late to
  // object, a speaker who urges again after two days. People try such things; the case goes on.
  std::map<std::string, std::int64_t> refused;
};

struct Played {
  Summary summary;
  Truth truth;
};

// Places, units, categories, duties, dispatch rules, words and the county profile. Running it again
// writes the same rows. Fault out_of_storage.
Outcome build_county(Database& database);

// Where its villages lie and how many live there: what visits are planned from. After build_county;
// running it again writes the same rows.
Outcome put_villages(Database& database);
// After the county was played: a month that is frozen, with a plan that was accepted, for two
// deputies who never sign in. A second call for the same month does nothing. Faults of
// features/visit_plans.
Outcome plan_a_month(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Instant now);

// Before plan_a_month: the lot of the month before, from its freezing to the published seed, so
// that everybody can draw it again. A second call for the same month does nothing. Faults of
// features/visit_plans.
Outcome put_drawn_lot(Database& database, const cases::County& county,
                      const cases::Keyring& keyring, Entropy& entropy, Instant now);

// What the clerks of the county may answer at once; some of it waits for its review. Running it
// again changes nothing.
Outcome put_articles(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Instant now);

// Leaders' visits around the day: two that are over, with cases that came in on their days, and
// three that are coming, with bookings; one of them was moved. After simulate; running it again
// changes nothing.
Outcome put_visits(Database& database, const cases::County& county, const cases::Keyring& keyring,
                   Entropy& entropy, Date today);

// What leaders promised, and a post whose hand-over one of the two has signed. After put_visits;
// running it again changes nothing.
Outcome put_promises(Database& database, const cases::County& county, const cases::Keyring& keyring,
                     Entropy& entropy, Date today);

// What cases::Installation needs of it. Ids of units and accounts never change, so this needs no
// database.
cases::County county(deadlines::RuleBook rules);

// The accounts behind these logins, as rows like everybody's: whoever is named in a register of
// officials, keeps a post for a colleague or is listed by an administrator must be there. They
// have no password of their own. After simulate, in whose words nobody is named after them;
// running it again changes nothing.
Outcome put_officials(Database& database, Instant now);
// One login for every role and for a few units more, with new passwords at each call; kept in
// memory.
std::vector<accounts::DemoLogin> demo_logins(Entropy& entropy);

// Plays `options.months` months into a database in which build_county ran. With a SeededEntropy the
// same options give the same bytes. Faults: invalid_input demo.not_so_few (fewer than 50 cases or
// less than one month), conflict demo.not_empty (there are cases already), out_of_storage.
Result<Played> simulate(Database& database, const cases::County& county,
                        const cases::Keyring& keyring, Entropy& entropy, const Options& options,
                        const OnProgress& on_progress = {});

}  // namespace minhu::demo
