#include "features/demo/bulk.h"

#include <algorithm>
#include <future>
#include <vector>

#include "features/cases/clocks.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/demo/causes.h"
#include "features/demo/words.h"

namespace minhu::demo {

namespace {

using accounts::Role;
using cases::EventKind;

constexpr std::int64_t issues_in_the_pool = 3000;
constexpr std::int64_t first_version = 1;  // of a code that the speaker holds

// What cases are made of: real words about real issues of the county, with their answers.
struct Sample {
  std::string said;
  std::string answer;
  std::string category;
  std::string place;
  UnitId unit;
};

std::vector<Sample> samples(const Book& book, Instant from, Instant to, Dice& dice) {
  std::vector<Sample> pool;
  const World world = draw_world(book, issues_in_the_pool, from, to, dice);
  for (const Arrival& arrival : world.arrivals) {
    const Issue& issue = world.issues[arrival.issue];
    if (issue.truth.nature == Nature::accusation) continue;
    const Slots slots{&book, &issue, arrival.at};
    const Written words = tell(slots, arrival.speaker, Medium::typed, false, dice);
    const Office& office = book.office(issue.truth.owner);
    const auto how = dice.chance(office.truth.paper) ? Answering::poor : Answering::good;
    pool.push_back({cases::to_json(cases::Said{words.title, words.text, words.place_words}),
                    answer(slots, office.unit.name, how, dice), "minhu:" + issue.truth.category,
                    issue.truth.place, office.unit.id});
  }
  return pool;
}

struct BuiltCase {
  cases::CaseFile file;
  cases::CaseKey key;
  std::vector<cases::Event> events;
  std::vector<cases::SealedContent> contents;
  std::uint64_t serial = 0;
  Digest token_hash{};
  Digest code_hash{};
};

// One case, event by event, as take_step builds them; ends with the last day.
class Builder {
 public:
  Builder(const cases::County& county, const cases::Keyring& keyring, Entropy& entropy, Dice& dice,
          Instant to)
      : county_(county), keyring_(keyring), entropy_(entropy), dice_(dice), to_(to) {}

  BuiltCase build(const Sample& sample, Instant at, std::uint64_t serial) {
    built_ = {};
    now_ = at;
    over_ = false;
    const bool hotline = dice_.chance(0.62);
    const UnitId body = hotline ? county_.hotline_body : county_.petition_office;
    receive(sample, serial, hotline, body);
    if (dice_.chance(0.06)) {
      on_the_spot(sample, body);
    } else {
      by_a_unit(sample, hotline, body);
    }
    return std::move(built_);
  }

 private:
  struct Text {
    std::string_view field;
    cases::ContentRole role;
    std::string_view type;
    std::string_view text;
  };

  void receive(const Sample& sample, std::uint64_t serial, bool hotline, UnitId body) {
    const auto id = entropy_.id<cases::CaseId>(now_);
    const auto token = entropy_.bytes<16>();
    const std::string number = cases::make_number(keyring_, serial);
    built_.key = cases::make_case_key(id, entropy_);
    built_.serial = serial;
    built_.token_hash = cases::hash_of_token(keyring_, "receive", token);
    built_.code_hash = cases::hash_of_code(
        keyring_, number, cases::make_query_code(keyring_, number, first_version, token));
    add(EventKind::received, {Role::anyone, {}, {}},
        {{"channel", std::string(cases::name(cases::Channel::web))},
         {"dispatching_unit", body.text()},
         {"number", number},
         {"place", sample.place},
         {"track",
          std::string(cases::name(hotline ? cases::Track::hotline : cases::Track::petition))}},
        {{"", cases::ContentRole::words, cases::said_type, sample.said}});
  }

  void on_the_spot(const Sample& sample, UnitId body) {
    later(0.02);
    add(EventKind::answered_on_spot, {Role::clerk, body, {}}, {{"outcome", "explained"}},
        {answer_of(sample)});
    later(8);
    add(EventKind::closed, {Role::system, {}, {}}, {{"because", "window_over"}}, {});
  }

  void by_a_unit(const Sample& sample, bool hotline, UnitId body) {
    const accounts::Principal dispatcher{Role::dispatcher, body, {}};
    const accounts::Principal handler{Role::handler, sample.unit, {}};
    later(dice_.exponential(0.3));
    add(EventKind::triaged, dispatcher, {{"category", sample.category}}, {});
    later(dice_.exponential(0.3));
    add(hotline ? EventKind::dispatched : EventKind::transferred, dispatcher,
        {{"unit", sample.unit.text()}},
        {{"reason", cases::ContentRole::reason, cases::plain_type, "按分工由你单位办理"}});
    later(dice_.exponential(0.6));
    add(EventKind::signed_in, handler, {}, {});
    later(dice_.exponential(0.6));
    add(EventKind::accepted, handler, {}, {});
    later(dice_.exponential(hotline ? 2 : 18));
    std::vector<Text> texts{answer_of(sample)};
    if (!hotline) {  // article 32: an opinion says all of this
      for (const char* field : {"request", "facts", "opinion", "basis"}) {
        texts.push_back({field, cases::ContentRole::opinion, cases::plain_type, sample.answer});
      }
    }
    add(EventKind::answered, handler, {{"outcome", "supported"}}, texts);
    later(dice_.exponential(2));
    add(EventKind::callback_done, {Role::caller, body, {}},
        {{"reached", "yes"},
         {"satisfaction", dice_.chance(0.7) ? "satisfied" : "dissatisfied"},
         {"solved", dice_.chance(0.7) ? "yes" : "no"}},
        {});
    later(hotline ? 3 : 46);
    add(EventKind::closed, {Role::system, {}, {}}, {{"because", "window_over"}}, {});
  }

  static Text answer_of(const Sample& sample) {
    return {"public_answer", cases::ContentRole::public_answer, cases::plain_type, sample.answer};
  }

  void later(double days) {
    now_ = days_after(now_, days + 0.001);
    over_ = over_ || now_ >= to_;
  }

  void add(EventKind kind, accounts::Principal actor, cases::Facts facts,
           const std::vector<Text>& texts) {
    if (over_) return;
    cases::Event event;
    event.case_id = built_.key.case_id;
    event.seq = built_.file.seq + 1;
    event.kind = kind;
    event.happened_at = now_;
    event.recorded_at = now_;
    event.actor = actor;
    event.facts = std::move(facts);
    for (const Text& text : texts) {
      built_.contents.push_back(cases::seal_content(built_.key, text.role, text.type,
                                                    as_bytes(text.text), now_, entropy_));
      event.contents.push_back(built_.contents.back().ref);
      if (!text.field.empty()) {
        event.facts[std::string(text.field)] = built_.contents.back().ref.id.text();
      }
    }
    event.clocks = cases::clock_changes(county_, built_.file, event);
    cases::apply(built_.file, event);
    built_.events.push_back(std::move(event));
  }

  const cases::County& county_;
  const cases::Keyring& keyring_;
  Entropy& entropy_;
  Dice& dice_;
  Instant to_;
  Instant now_;
  bool over_ = false;
  BuiltCase built_;
};

void store(Transaction& transaction, const cases::County& county, const cases::Keyring& keyring,
           Entropy& entropy, const BuiltCase& built, bool closed_without_histories) {
  const RegionId region = county.region;
  const cases::CaseId id = built.key.case_id;
  cases::insert_receipt(transaction, region, built.serial, id,
                        {first_version, built.code_hash, false});
  cases::store_case_key(transaction, region, built.key, keyring, entropy);
  if (closed_without_histories && built.file.closed_at) {
    cases::save_file(transaction, region, std::nullopt, built.file);
    return;
  }
  for (const cases::SealedContent& content : built.contents) {
    cases::store_content(transaction, region, id, content, built.file.changed_at);
  }
  cases::append_events(transaction, county, std::nullopt, built.file, built.events);
}

}  // namespace

Result<Bulk> load_bulk(Database& database, const cases::County& county,
                       const cases::Keyring& keyring, Entropy& entropy, const BulkOptions& options,
                       const std::function<void(const Bulk&)>& on_progress) {
  const Book book = read_book();
  Dice dice(options.seed);
  const Instant to = start_of_day(options.until);
  const Instant from = days_after(to, -30.4 * options.months);
  const std::vector<Sample> pool = samples(book, from, to, dice);
  std::int64_t serial =
      database.read([&](Reading& reading) { return cases::last_serial(reading, county.region); });

  Builder builder(county, keyring, entropy, dice, to);
  std::int64_t begun = 0;
  // Cases come in order of time, so that every table but the one of request tokens grows at its
  // end; those are sorted within a transaction.
  const auto next_batch = [&] {
    std::vector<BuiltCase> batch;
    const std::int64_t until = std::min(begun + options.cases_in_a_transaction, options.cases);
    for (; begun < until; ++begun) {
      const double part = static_cast<double>(begun) / static_cast<double>(options.cases);
      const Instant at = days_after(from, part * 30.4 * options.months);
      const std::uint64_t mine = cases::serial_after(serial, at);
      serial = static_cast<std::int64_t>(mine);
      batch.push_back(builder.build(dice.pick(pool), at, mine));
    }
    return batch;
  };

  Bulk bulk;
  // While one batch is being written the next is built: the two take about as long.
  for (auto batch = next_batch(); !batch.empty();) {
    auto building = std::async(std::launch::async, next_batch);
    const Outcome stored = database.write_job([&](Transaction& transaction) -> Outcome {
      for (const BuiltCase& built : batch) {
        store(transaction, county, keyring, entropy, built, options.closed_without_histories);
      }
      std::vector<const BuiltCase*> by_token;
      for (const BuiltCase& built : batch) by_token.push_back(&built);
      std::sort(by_token.begin(), by_token.end(), [](const BuiltCase* a, const BuiltCase* b) {
        return a->token_hash < b->token_hash;
      });
      for (const BuiltCase* built : by_token) {
        cases::remember_request(transaction, county.region, built->token_hash, built->key.case_id,
                                0, built->file.registered_at);
      }
      return {};
    });
    auto following = building.get();
    if (!stored) return tl::unexpected<Fault>(stored.error());
    for (const BuiltCase& built : batch) {
      ++bulk.cases;
      bulk.events += static_cast<std::int64_t>(built.events.size());
    }
    batch = std::move(following);
    if (on_progress) on_progress(bulk);
  }
  return bulk;
}

}  // namespace minhu::demo
