#include "features/cases/queue.h"

#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"
#include "adapters/office_pages/queue_address.h"
#include "adapters/office_pages/remaining.h"
#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/places_and_units/names_of_many.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::office_pages {

namespace {

using cases::Part;

constexpr std::int64_t page_size = 50;
constexpr std::int64_t counted_up_to = 1000;

// What a role opens its day with: its own part, or the first that holds something.
Part first_part(accounts::Role role, const std::vector<cases::QueueCount>& counts) {
  const Part own = role == accounts::Role::caller ? Part::call_back
                   : role == accounts::Role::handler || role == accounts::Role::unit_head
                       ? Part::lead
                       : Part::dispatch;
  std::optional<Part> any;
  for (const auto& count : counts) {
    if (count.waiting == 0) continue;
    if (count.part == own) return own;
    if (!any) any = count.part;
  }
  return any.value_or(own);
}

std::string count_text(const Wording& wording, std::int64_t waiting) {
  return waiting < counted_up_to
             ? std::to_string(waiting)
             : wording.say("office.queue.more_than", {{"n", std::to_string(counted_up_to)}});
}

struct QueuePage {
  std::vector<cases::QueueCount> counts;
  Part part = Part::dispatch;
  cases::QueuePage page;
  std::map<std::string, std::string> places;  // the ways to them, by code
};

void put_line(templates::Values& values, const Wording& wording, const cases::County& county,
              const cases::QueueLine& line, const std::string& place, Instant now) {
  const cases::CaseFile& file = line.file;
  const Remaining left = remaining_time(county, file, now);
  auto& row = values.add("LINE");
  row.set("ID", file.id.text())
      .set("PART", cases::name(line.part))
      .set("HEADLINE", file.erased ? wording.say("office.queue.erased") : line.headline)
      .set("LEFT", left.words(wording))
      .set("TONE", css_class(left.tone))
      .set("PLACE", place.empty() ? wording.say("office.queue.no_place") : place)
      .set("CHANNEL", wording.of(file.channel))
      .set("STATE", wording.of(file.state));
  if (left.due) row.show("DUE").set("DUE_DAY", day(*left.due, county.rules.zone));
  if (file.returned > 0) {
    row.show("RETURNED")
        .set("TIMES", wording.say("office.queue.returned_times",
                                  {{"times", std::to_string(file.returned)}}));
  }
  if (file.reopened > 0) {
    row.add("MARK").set("TEXT", wording.say("office.queue.reopened_times",
                                            {{"times", std::to_string(file.reopened)}}));
  }
  if (file.urged > 0) {
    row.add("MARK").set(
        "TEXT", wording.say("office.queue.urged_times", {{"times", std::to_string(file.urged)}}));
  }
  if (file.urgency != cases::Urgency::ordinary) {
    row.add("MARK")
        .set("TEXT", wording.choice("urgency", cases::name(file.urgency)))
        .show_if(file.urgency != cases::Urgency::complex, "URGENT");
  }
}

void put_empty(templates::Values& values, const Wording& wording, const QueuePage& queue,
               bool past_the_first) {
  values.show("EMPTY").set(
      "EMPTY_WHY", past_the_first
                       ? wording.say("office.empty.page")
                       : wording.say("office.empty." + std::string(cases::name(queue.part))));
  bool others = false;
  for (const auto& count : queue.counts) {
    if (count.part == queue.part || count.waiting == 0) continue;
    others = true;
    values.add("OTHER")
        .set("PART", cases::name(count.part))
        .set("NAME", wording.of(count.part))
        .set("COUNT", count_text(wording, count.waiting));
  }
  values.show_if(others, "OTHERS");
}

}  // namespace

http::Response show_queue(const Office& office, const http::Request& request,
                          const accounts::Account& who) {
  Page page(office, request, &who);
  const Wording& wording = page.wording();
  auto& values = page.values();
  const std::string title = wording.say("office.queue.title");
  if (const auto kind = cases::named<cases::EventKind>(request.query_value("done"))) {
    values.show("DONE").set(
        "DONE_TEXT", wording.say("office.case.done_and_gone", {{"step", wording.step(*kind)}}));
  }
  if (!accounts::role_has(who.principal.role, "queue:read")) {
    values.show("NO_QUEUE")
        .set("NO_QUEUE_WHY",
             wording.say("office.queue.no_queue_why", {{"role", wording.of(who.principal.role)}}));
    return page.answer("queue", title);
  }

  const auto context = office.installation.as(who.principal);
  const std::string_view after_text = request.query_value("after");
  const auto after = read_cursor(after_text);
  const auto asked = part_named(request.query_value("part"));
  const auto queue = office.installation.database.read([&](Reading& reading) -> Result<QueuePage> {
    QueuePage found;
    found.counts = cases::queue_counts(reading, context);
    found.part = asked.value_or(first_part(who.principal.role, found.counts));
    MINHU_TRY(found.page, cases::queue_of(reading, context, {found.part}, after, page_size));
    std::vector<std::string> places;
    for (const auto& line : found.page.lines) places.push_back(line.file.place);
    found.places = places_and_units::place_paths(reading, context.county.region, places);
    return found;
  });
  if (!queue) return refuse(office, request, queue.error(), &who);

  for (const auto& count : queue->counts) {
    values.add("TAB")
        .set("PART", cases::name(count.part))
        .set("NAME", wording.of(count.part))
        .set("COUNT", count_text(wording, count.waiting))
        .show_if(count.part == queue->part, "CURRENT")
        .show_if(count.waiting == 0, "NOTHING");
  }
  values.show("QUEUE")
      .set("PART_NAME", wording.of(queue->part))
      .set("PART", cases::name(queue->part))
      .show_if(!after_text.empty() && !after, "BAD_CURSOR")
      .show_if(after.has_value(), "NOT_FIRST");
  const auto& lines = queue->page.lines;
  values.show_if(!lines.empty(), "LINES");
  for (const auto& line : lines) {
    const auto place = queue->places.find(line.file.place);
    put_line(values, wording, context.county, line,
             place == queue->places.end() ? std::string() : place->second, context.now);
  }
  if (queue->page.next) values.show("MORE").set("AFTER", write_cursor(*queue->page.next));
  if (lines.empty()) put_empty(values, wording, *queue, after.has_value());
  return page.answer("queue", wording.of(queue->part) + " · " + title);
}

http::Response find_case(const Office& office, const http::Request& request,
                         const accounts::Account& who) {
  const auto number = cases::parse_number(request.query_value("number"));
  if (!number) return refuse(office, request, number.error(), &who);
  const auto context = office.installation.as(who.principal);
  const auto found = office.installation.database.read([&](Reading& reading) {
    const auto file = cases::Sight(reading, context).find(*number);
    return file ? std::optional(file->id) : std::nullopt;
  });
  // The same answer for a number that there is not and a case that is not theirs.
  if (!found)
    return refuse(office, request, {FaultCode::not_found, "office.number_not_found"}, &who);
  http::Response response = http::see_other("/office/cases/" + found->text());
  response.with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::office_pages
