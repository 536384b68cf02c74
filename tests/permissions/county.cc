#include "county.h"

#include <stdexcept>

#include "features/cases/reading.h"
#include "features/cases/receive.h"
#include "features/cases/store.h"
#include "features/classes/steps.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visits/visits.h"

namespace minhu::permission_matrix {

namespace units = places_and_units;
using accounts::Principal;
using accounts::Role;
using cases::EventKind;

std::string canary(std::string_view matter, std::string_view text) {
  return "zq-" + std::string(matter) + "-" + std::string(text);
}

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;

void must(const Outcome& outcome, const std::string& what) {
  if (!outcome)
    throw std::runtime_error(what + ": " + outcome.error().key + " " + outcome.error().field);
}

}  // namespace

County::County(app::Foundation& foundation, std::int64_t region, std::string name)
    : foundation_(foundation),
      installation_{*foundation.database, county_, foundation.keyring, foundation.entropy,
                    foundation.clock} {
  county_.region = RegionId{region};
  county_.name = name;
  county_.rules = foundation.rules;
  county_.derivations = {&foundation.leaves};
  profile_.region = county_.region;
  profile_.name = std::move(name);
  profile_.organiser = "县信访局";
  profile_.phone = "0570-1234567";
  profile_.petition_office = "petition";
  profile_.hotline_body = "hotline";
  set_up_units();
}

void County::set_up_units() {
  struct Line {
    const char* code;
    const char* name;
    const char* parent;
    units::UnitLevel level;
  };
  using enum units::UnitLevel;
  constexpr Line lines[] = {{"government", "县人民政府", "", county},
                            {"petition", "县信访局", "government", county},
                            {"hotline", "12345热线中心", "government", county},
                            {"housing", "县住建局", "government", county},
                            {"water", "县水利局", "government", county},
                            {"forestry", "县林业局", "government", county},
                            {"inspection", "政务督查室", "government", county},
                            {"service", "数据中心", "government", county},
                            {"district", "东片区管委会", "government", county},
                            {"town", "竹源镇人民政府", "district", town},
                            {"village", "上溪村村民委员会", "town", village}};
  must(foundation_.database->write_job([&](Transaction& t) -> Outcome {
    units::put_county_profile(t, profile_);
    units::put_place(t, county_.region, {"339901", "", county_.name});
    units::put_place(t, county_.region, {"339901101", "339901", "竹源镇"});
    units::put_category(t, county_.region, {"minhu", "01", "", "城乡建设"});
    // What the first words of every case speak of: their category can be guessed.
    units::put_category_word(t, county_.region, "minhu:01", "污水管");
    for (const Line& line : lines) {
      units::Unit made;
      made.id = foundation_.entropy.id<UnitId>(foundation_.clock.now());
      made.code = line.code;
      made.name = line.name;
      made.level = line.level;
      if (*line.parent != '\0') made.parent = units_.at(line.parent);
      units::put_unit(t, county_.region, made);
      units_.emplace(line.code, made.id);
    }
    units::put_dispatch_rule(t, county_.region,
                             {"housing", "minhu:01", "", units_.at("housing"), "三定方案"});
    return {};
  }),
       "units");
  county_.petition_office = units_.at("petition");
  county_.hotline_body = units_.at("hotline");
}

std::vector<accounts::DemoLogin> County::logins(Holds which) const {
  std::vector<accounts::DemoLogin> all;
  for (const Person& person : people()) {
    if (person.holds != which) continue;
    const accounts::AccountId id(Uuid{7, static_cast<std::uint8_t>(all.size() + 1)});
    const auto role = accounts::role_named(person.role);
    if (!role) throw std::runtime_error("no role is called " + std::string(person.role));
    all.push_back({{id,
                    std::string(person.name),
                    std::string(person.who),
                    {*role, units_.at(std::string(person.unit)), id}},
                   std::string(password)});
  }
  return all;
}

const Matter& County::matter(std::string_view name) const {
  const auto found = matters_.find(name);
  if (found == matters_.end()) throw std::runtime_error("no case is called " + std::string(name));
  return found->second;
}

Matter& County::matter(std::string_view name) {
  return const_cast<Matter&>(std::as_const(*this).matter(name));
}

std::string County::now_of(std::string_view name) const {
  const auto id = cases::CaseId::parse(matter(name).id);
  return foundation_.database->read([&](Reading& reading) {
    const auto file = cases::load_file(reading, county_.region, *id);
    return std::string(cases::name(file->state)) + " " + std::to_string(file->seq);
  });
}

void County::add(Matter matter) {
  matters_.emplace(matter.name, std::move(matter));
}

// One case from its first words on. Each step is taken some hours after the one before.
class County::Story {
 public:
  Story(County& county, std::string name, std::int64_t days_ago,
        cases::Track track = cases::Track::petition, bool helped_by_clerk = false)
      : county_(county), name_(std::move(name)) {
    now_ = Instant{county.foundation_.clock.now().unix_ms - days_ago * day};
    cases::Words words;
    words.token = county.foundation_.entropy.bytes<16>();
    words.track = track;
    words.text = "村口的污水管破了。" + word("words");
    words.place = "339901101";
    words.place_words = "老磨坊旁边 " + word("place");
    cases::Contact contact;
    contact.name = word("name");
    contact.phone = word("phone");
    contact.address = word("address");
    words.contact = Sealed<cases::Contact>(contact);
    words.may_be_called = track != cases::Track::accusation;
    words.attachments = {{"text/plain; charset=utf-8", to_bytes(word("attachment"))}};
    words.helped_by_clerk = helped_by_clerk;
    const auto context =
        as(helped_by_clerk ? Principal{Role::clerk, unit("petition"), {}} : Principal{});
    auto prepared = cases::prepare(context, std::move(words));
    if (!prepared) throw std::runtime_error(name_ + ": " + prepared.error().key);
    const auto receipt = county.foundation_.database->write(
        [&](Transaction& t) { return cases::receive(t, context, **prepared); });
    if (!receipt) throw std::runtime_error(name_ + ": " + receipt.error().key);
    id_ = receipt->case_id;
    number_ = receipt->number;
    const auto& code = helped_by_clerk ? receipt->activation_code : receipt->query_code;
    code_ = code.reveal_because("a test holds the receipt");
  }

  std::string word(std::string_view text) const { return canary(name_, text); }
  cases::CaseId id() const { return id_; }
  UnitId unit(std::string_view code) const { return county_.unit_id(code); }

  Story& step(Principal who, EventKind kind, Fields fields = {},
              std::vector<cases::NewAttachment> attachments = {}) {
    now_.unix_ms += hour;
    cases::Step taken;
    taken.kind = kind;
    taken.fields = std::move(fields);
    taken.attachments = std::move(attachments);
    must(county_.foundation_.database->write_job([&](Transaction& t) -> Outcome {
      MINHU_TRY(const cases::Event event, cases::take_step(t, as(who), id_, taken));
      return {};
    }),
         name_ + " " + std::string(cases::name(kind)));
    return *this;
  }
  Story& days(std::int64_t count) {
    now_.unix_ms += count * day;
    return *this;
  }

  Principal speaker() const { return {Role::speaker, {}, {}}; }
  Principal clerk() const { return {Role::clerk, unit("petition"), {}}; }
  Principal dispatcher() const { return {Role::dispatcher, unit("petition"), {}}; }
  Principal caller() const { return {Role::caller, unit("petition"), {}}; }
  Principal supervisor() const { return {Role::supervisor, unit("inspection"), {}}; }
  Principal handler() const { return {Role::handler, unit("housing"), {}}; }
  Principal helper() const { return {Role::handler, unit("water"), {}}; }

  Story& sorted() {
    return step(dispatcher(), EventKind::triaged,
                {{"category", "minhu:01"}, {"complained_of", unit("town").text()}});
  }
  // To the town first, whose village is asked about it; then it turns out whom it complains of.
  Story& with_the_handlers() {
    step(dispatcher(), EventKind::transferred, to("town"));
    step(supervisor(), EventKind::supervised,
         {{"trigger", "late"}, {"unit", unit("village").text()}, {"reason", word("order")}});
    step(dispatcher(), EventKind::taken_back,
         {{"complained_of", unit("town").text()}, {"reason", word("reason")}});
    step(dispatcher(), EventKind::transferred, to("housing"));
    step(handler(), EventKind::signed_in);
    step(handler(), EventKind::co_handler_added, {{"unit", unit("water").text()}});
    step(handler(), EventKind::accepted);
    step(clerk(), EventKind::noted, {{"note", word("desk-note")}});
    return step(helper(), EventKind::noted, {{"note", word("note")}});
  }
  Story& answered() {
    return step(handler(), EventKind::answered,
                {{"public_answer", word("answer")},
                 {"outcome", "supported"},
                 {"request", word("request")},
                 {"facts", word("facts")},
                 {"opinion", word("opinion")},
                 {"basis", word("basis")}},
                {{"text/plain; charset=utf-8", to_bytes(word("evidence"))}});
  }
  Story& rated() {
    return step(speaker(), EventKind::rated,
                {{"solved", "partly"}, {"satisfaction", "mostly"}, {"words", word("rating")}});
  }
  Story& closed() {
    step(caller(), EventKind::callback_done,
         {{"reached", "yes"}, {"solved", "yes"}, {"note", word("call-note")}});
    days(45);  // the time for a review is over, that for a rating is not
    return step(dispatcher(), EventKind::closed, {{"because", "window_over"}});
  }
  Story& erased() {
    now_.unix_ms += day;
    must(county_.foundation_.database->write_job([&](Transaction& t) -> Outcome {
      MINHU_TRY(const cases::Event event,
                cases::erase(t, as({Role::system, {}, {}}), id_, "the speaker asked for it"));
      return {};
    }),
         name_ + " erased");
    return *this;
  }

  void end() {
    Matter matter;
    matter.name = name_;
    matter.id = id_.text();
    matter.number = cases::show_number(number_);
    matter.code = code_;
    county_.foundation_.database->read_job([&](Reading& reading) {
      const RegionId region = county_.county_.region;
      matter.seq = cases::load_file(reading, region, id_)->seq;
      for (const auto& info : cases::list_content(reading, region, id_)) {
        if (info.role == cases::ContentRole::attachment)
          matter.attachments.push_back(info.id.text());
        if (info.role == cases::ContentRole::evidence) matter.evidence.push_back(info.id.text());
      }
    });
    county_.add(std::move(matter));
  }

 private:
  Fields to(std::string_view code) const {
    return {{"unit", unit(code).text()}, {"reason", word("reason")}};
  }
  cases::Context as(Principal who) const {
    return {county_.county_, county_.foundation_.keyring, county_.foundation_.entropy, now_, who};
  }

  County& county_;
  std::string name_;
  Instant now_;
  cases::CaseId id_;
  std::string number_;
  std::string code_;
};

void County::have_every_case() {
  Story(*this, "new", 3).sorted().end();
  Story assigned(*this, "assigned", 20);
  assigned.with_the_handlers();
  Story(*this, "answered", 20).with_the_handlers().answered().rated().end();
  Story(*this, "closed", 55).with_the_handlers().answered().closed().end();
  Story(*this, "erased", 150).with_the_handlers().answered().closed().erased().end();

  Story(*this, "held", 5, cases::Track::accusation).end();
  Story held_later(*this, "held_later", 20);
  held_later.with_the_handlers().step(held_later.dispatcher(), EventKind::held).end();

  Story merged(*this, "merged", 19);
  merged.step(merged.dispatcher(), EventKind::merged, {{"into", assigned.id().text()}}).end();
  assigned.end();

  Story review(*this, "review", 40);
  review.with_the_handlers()
      .answered()
      .step(review.speaker(), EventKind::review_requested, {{"words", review.word("asked")}})
      .end();

  Story(*this, "hotline", 2, cases::Track::hotline).end();
  Story(*this, "counter", 2, cases::Track::petition, true).end();
  Story(*this, "spare", 2).end();
  Story(*this, "spare_page", 2).end();
  for (const char* name : {"spare_answered", "spare_consent"}) {
    Story(*this, name, 20).with_the_handlers().answered().end();
  }
  Story(*this, "mine", 2).end();  // of somebody else who stands at the same doors
  have_a_class();
  have_a_visit();
}

void County::have_a_class() {
  const cases::Context context{county_,
                               foundation_.keyring,
                               foundation_.entropy,
                               foundation_.clock.now(),
                               {Role::dispatcher, unit_id("petition"), {}}};
  const auto rejected = foundation_.database->write([&](Transaction& t) {
    return classes::dismiss(t, context, {"minhu:01", {}, {}}, "一处一处修好了，不是一类。", {1});
  });
  must(rejected ? Outcome() : Outcome(tl::unexpected<Fault>(rejected.error())), "a class");
  rejected_class_ = rejected->id.text();
}

void County::have_a_visit() {
  const cases::Context context{county_,
                               foundation_.keyring,
                               foundation_.entropy,
                               foundation_.clock.now(),
                               {Role::dispatcher, unit_id("petition"), {}}};
  visits::Planned planned;
  planned.unit = unit_id("petition");
  planned.leader = {"沈国平", "县长", "县政府全面工作", visits::Rank::county_head};
  planned.place = std::to_string(county_.region.value);
  planned.begins.unix_ms =
      start_of_day(to_date(context.now)).unix_ms + std::int64_t{249} * 3'600'000;
  planned.ends.unix_ms = planned.begins.unix_ms + std::int64_t{2} * 3'600'000;
  const auto made = foundation_.database->write(
      [&](Transaction& t) { return visits::plan(t, context, planned, {1}); });
  must(made ? Outcome() : Outcome(tl::unexpected<Fault>(made.error())), "a visit");
  planned_visit_ = made->id.text();
}

void County::have_one_case() {
  Story(*this, "foreign", 20).with_the_handlers().answered().end();
  Story(*this, "foreign_held", 5, cases::Track::accusation).end();
}

}  // namespace minhu::permission_matrix
