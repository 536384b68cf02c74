#include "doors.h"

#include "features/cases/receipt_number.h"

namespace minhu::accused {

namespace {

// By what the doors list: queues, lists of standing still, counts, classes, what is alike, pages.
std::vector<std::string> lists() {
  std::vector<std::string> all{
      "/api/v1/queues",
      "/api/v1/handled",
      "/api/v1/handled?state=answered",
      "/api/v1/callbacks",
      "/api/v1/similar?category=minhu:01",
      "/api/v1/similar?category=minhu:01&place=339901101",
      "/api/v1/supervision/workload",
      "/api/v1/supervision/rechecks",
      "/api/v1/classes",
      "/api/v1/classes?mine=yes",
      "/api/v1/lessons",
      "/api/v1/views",
      "/api/v1/texts",
      "/api/v1/articles",
      "/api/v1/figures/annual",
      "/api/v1/recusals",
      "/api/v1/units",
      "/api/v1/promises",
      "/api/v1/relays",
      "/api/v1/visits",
      "/api/v1/receptions",
      "/api/v1/investigations",
      "/api/v1/agreements",
      "/api/v1/accusations",
      "/api/v1/leaders",
      "/api/v1/ties",
      "/office",
      "/office/rules",
  };
  for (const char* part : {"dispatch", "lead", "co", "call_back", "close", "asked", "review",
                           "transcribe", "ask_again", "reopen"}) {
    all.push_back("/api/v1/queue?part=" + std::string(part));
    all.push_back("/api/v1/queue?limit=1&part=" + std::string(part));
    all.push_back("/office?part=" + std::string(part));
  }
  for (const char* list :
       {"overdue", "silent_half", "silent_co", "sent_back", "bouncing", "owed", "asks_again"}) {
    all.push_back("/api/v1/supervision/cases?list=" + std::string(list));
    all.push_back("/api/v1/supervision/cases?limit=1&list=" + std::string(list));
  }
  return all;
}

std::string without(std::string text, const std::string& word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
    text.replace(at, word.size(), "*");
  }
  return text;
}

// The sums of the whole county are the same for whoever reads them and hold every case of
// everybody: they grow with any case and say of none whom it complains of. What is told by reader
// stands from "organs" to "sent".
void keep_what_depends_on_the_reader(Answer& annual) {
  const auto from = annual.body.find("\"organs\"");
  const auto to = annual.body.find("\"sent\"", from);
  if (from != std::string::npos) annual.body = annual.body.substr(from, to - from);
}

}  // namespace

Seen look_around(Town& town, AccountId by) {
  Seen seen;
  for (const std::string& target : lists()) {
    Answer answer = town.get(by, target);
    if (target == "/api/v1/figures/annual") keep_what_depends_on_the_reader(answer);
    seen.emplace(target, std::move(answer));
  }
  return seen;
}

std::vector<CaseDoor> doors_of(const std::string& id, const std::string& number) {
  const std::string one = "/api/v1/cases/" + id;
  const std::string page = "/office/cases/" + id;
  const std::string content = "0190aaaa-0000-7000-8000-00000000cafe";
  std::vector<CaseDoor> all{
      {"GET", one, ""},
      {"GET", one + "/steps", ""},
      {"GET", one + "/changes?after=0", ""},
      {"GET", one + "/draft?tab=note", ""},
      {"GET", one + "/texts", ""},
      {"GET", one + "/similar", ""},
      {"GET", one + "/reading", ""},
      {"GET", one + "/names", ""},
      {"GET", one + "/class", ""},
      {"GET", one + "/attachments/" + content, ""},
      {"GET", "/api/v1/find?number=" + number, ""},
      {"GET", "/office/find?number=" + number, ""},
      {"GET", "/api/v1/reception_history?number=" + number, ""},
      {"GET", page, ""},
      {"GET", page + "/files/" + content, ""},
      {"GET", "/office/print/opinion?case=" + id, ""},
      {"POST", one + "/phone", R"({"reason":"回访"})"},
      {"POST", one + "/names", R"({"reason":"核实"})"},
      {"POST", one + "/names/1/decision", R"({"agreed":true})"},
      {"POST", one + "/names/1/look", ""},
      {"POST", one + "/not_similar", R"({"other":")" + id + R"("})"},
      {"POST", one + "/preview/answered", R"({"fields":{"public_answer":"x"}})"},
      {"POST", one + "/texts/" + content + "/used", ""},
      {"POST", "/api/v1/queue/bulk", R"({"step":"signed_in","cases":[{"id":")" + id + R"("}]})"},
      {"PUT", one + "/draft?tab=note", R"({"fields":{"note":"x"},"revision":0})"},
      {"PUT", one + "/not_learnt", ""},
      {"DELETE", one + "/draft?tab=note", ""},
      {"POST", page + "/reveal", "reason=x"},
  };
  for (const char* step :
       {"signed_in", "accepted", "noted", "answered", "objected", "supervised", "recommended",
        "transferred", "triaged", "merged", "callback_done", "recusal_asked", "recused", "held"}) {
    all.push_back({"POST", one + "/steps/" + step, R"({"fields":{"note":"x"}})"});
    all.push_back({"POST", page + "/steps/" + step, "token=" + std::string(32, '1') + "&note=x"});
  }
  return all;
}

Answer knock(Town& town, AccountId by, const CaseDoor& door) {
  if (door.method == "GET") return town.get(by, door.target);
  const bool form = door.target.starts_with("/office");
  return town.send(by, door.method, door.target, door.body,
                   form ? "application/x-www-form-urlencoded" : "application/json");
}

std::string no_such_id(Town& town) {
  return town.foundation().entropy.id<CaseId>(town.foundation().clock.now()).text();
}

std::string no_such_number(Town& town) {
  const Instant now = town.foundation().clock.now();
  return cases::make_number(town.foundation().keyring, cases::serial_after(-1, now) + 100'000);
}

std::vector<std::string> differences(const Seen& then, const Seen& now) {
  std::vector<std::string> all;
  for (const auto& [target, answer] : now) {
    if (then.at(target) == answer) continue;
    all.push_back(target + "\n   then " + std::to_string(then.at(target).status) + " " +
                  then.at(target).body.substr(0, 600) + "\n   now  " +
                  std::to_string(answer.status) + " " + answer.body.substr(0, 600));
  }
  return all;
}

std::vector<std::string> traces(const Seen& seen, const Matter& matter) {
  std::vector<std::string> all;
  for (const auto& [target, answer] : seen) {
    for (const std::string& trace :
         {matter.id.text(), cases::show_number(matter.number), std::string(canary)}) {
      if (answer.body.find(trace) != std::string::npos) all.push_back(target + " tells " + trace);
    }
  }
  return all;
}

std::vector<std::string> told_apart(Town& town, AccountId by, const Matter& matter) {
  const std::string id = no_such_id(town);
  const std::string number = no_such_number(town);
  const auto doors = doors_of(matter.id.text(), cases::show_number(matter.number));
  const auto others = doors_of(id, cases::show_number(number));
  std::vector<std::string> all;
  for (std::size_t i = 0; i < doors.size(); ++i) {
    Answer real = knock(town, by, doors[i]);
    Answer none = knock(town, by, others[i]);
    real.body = without(without(real.body, matter.id.text()), cases::show_number(matter.number));
    none.body = without(without(none.body, id), cases::show_number(number));
    if (real == none) continue;
    all.push_back(doors[i].method + " " + doors[i].target + "\n   there " +
                  std::to_string(real.status) + " " + real.body.substr(0, 400) + "\n   none  " +
                  std::to_string(none.status) + " " + none.body.substr(0, 400));
  }
  return all;
}

}  // namespace minhu::accused
