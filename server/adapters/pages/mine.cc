// What is stored about me in this case, and what I may ask for: a copy, a correction, an end to
// calls, erasing (features/rights). Who looked at my name.
#include <algorithm>

#include "adapters/pages/dates.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/notices.h"
#include "adapters/pages/own_case.h"
#include "adapters/pages/phone.h"
#include "adapters/pages/timeline.h"
#include "features/cases/access.h"
#include "features/cases/key_tending.h"
#include "features/cases/said.h"
#include "features/rights/rights.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

constexpr std::size_t longest_reach = 200;  // characters of a telephone number or an address

Quiet quietness(const Opened& opened) {
  return opened.by_hidden_field ? Quiet::yes : Quiet::no;
}

void set_case(const Site& site, const Opened& opened, templates::Values& values) {
  values.set("NUMBER", cases::show_number(opened.pass.number));
  values.set("TOKEN", new_token(site));
  if (opened.by_hidden_field) values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
}

std::string masked_address(std::string_view address) {
  constexpr std::size_t shown = 3;
  return std::string(first_code_points(address, shown)) + "****";
}

// Enough to recognise one's own: the whole of it is in the copy. Where both were left, both are
// shown: each can be wrong.
std::string masked(const catalogue::Catalogue& say, const cases::Contact& contact) {
  if (contact.address.empty()) return mask_phone(contact.phone);
  const std::string address = masked_address(contact.address);
  if (contact.phone.empty()) return address;
  return say.say("residents.check.contact",
                 {{"before", mask_phone(contact.phone)}, {"after", address}});
}

Result<rights::Stored> stored(const Site& site, Reading& reading, const Opened& opened) {
  return rights::everything(reading, site.speaker(), opened.id);
}

void show_contact(const catalogue::Catalogue& say, const rights::Stored& stored,
                  templates::Values& values) {
  if (!stored.contact) {
    values.show("NO_CONTACT");
    return;
  }
  const cases::Contact& contact =
      stored.contact->reveal_because("shown, masked, to the speaker themselves");
  templates::Values& box = values.add("CONTACT");
  box.set("MASKED", masked(say, contact));
  if (!contact.name.empty()) box.add("NAME").set("TEXT", contact.name);
  const std::string way = "residents.mine.way." + contact.way;
  box.set("WAY", say.say(say.has(way) ? way : "residents.mine.way.none"));
}

http::Response mine_page(const Site& site, const http::Request& request, const Opened& opened,
                         const Errors& errors, int status) {
  const auto& say = site.surface.sentences(request);
  return site.installation.database.read([&](Reading& reading) -> http::Response {
    const auto own = stored(site, reading, opened);
    if (!own) return site.refuse(request, own.error());
    const cases::CaseFile& file = own->view.file;
    templates::Values values;
    set_case(site, opened, values);
    std::size_t files = 0;
    for (const auto& entry : own->view.timeline) files += entry.attachments.size();
    values.set("WORDS", say.say("residents.mine.words",
                                {{"n", std::to_string(code_points(own->view.said.text))}}));
    values.set("FILES", files == 0
                            ? say.say("residents.check.none")
                            : say.say("residents.mine.files", {{"n", std::to_string(files)}}));
    const bool published = own->publication.allowed;
    values.show(published ? "PUBLIC" : "NOT_PUBLIC");
    values.set("EVENTS", say.say("residents.mine.events",
                                 {{"n", std::to_string(own->view.timeline.size())}}));
    for (const auto& entry : own->view.timeline) {
      for (const auto& attachment : entry.attachments) {
        values.add("ATTACHED").set("ID", attachment.id.text()).set("TYPE", attachment.media_type);
      }
    }
    if (file.erased) {
      values.show("ERASED");
    } else {
      templates::Values& kept = values.add("KEPT");
      show_contact(say, *own, kept);
      kept.show(file.may_be_called ? "CALLS" : "NO_CALLS");
      // What is never published asks nobody whether it may be.
      if (rights::can_be_published(file)) {
        kept.add("PUBLICATION").show(published ? "STOP" : "START");
      }
    }
    if (own->notice.empty()) {
      values.show("NO_NOTICE");
    } else {
      values.add("NOTICE").set("VERSION", own->notice);
    }
    const auto typed = request.form("reach");
    values.set("REACH", is_valid_utf8(typed) ? typed : std::string_view());
    errors.show(values);
    return site.surface.page(request, "mine", values,
                             {errors.title(site, request, say.say("residents.mine.title")), status,
                              Keep::nothing, quietness(opened)});
  });
}

http::Response mine(const Site& site, const http::Request& request, const Opened& opened) {
  return mine_page(site, request, opened, {}, 200);
}

http::Response copy(const Site& site, const http::Request& request, const Opened& opened) {
  return site.installation.database.read([&](Reading& reading) -> http::Response {
    const auto own = stored(site, reading, opened);
    if (!own) return site.refuse(request, own.error());
    http::Response response = http::json(rights::as_json(reading, site.installation.county, *own));
    response.with("Content-Disposition", "attachment; filename=\"minhu-copy.json\"");
    response.with("X-Content-Type-Options", "nosniff");
    response.with("Cache-Control", "no-store");
    return response;
  });
}

// Back to the page, which shows what is kept now.
http::Response shown_again(const Site& site, const http::Request& request, const Opened& opened) {
  if (opened.by_hidden_field) return mine(site, request, opened);
  return http::see_other(case_address(opened.pass.number) + "/mine");
}

http::Response correct_contact(const Site& site, const http::Request& request,
                               const Opened& opened) {
  const auto& say = site.surface.sentences(request);
  Errors errors;
  auto reach = text_of(request, "reach", longest_reach);
  if (reach && reach->empty()) reach = fail(FaultCode::invalid_input, "rights.contact_empty");
  if (!reach) {
    errors.add("reach", say.say(reach.error()));
    return mine_page(site, request, opened, errors, 400);
  }
  if (const auto phone = parse_phone(*reach)) *reach = phone->digits;
  const auto context = site.speaker();
  const auto event = site.installation.database.write([&](Transaction& transaction) {
    return rights::correct_contact(transaction, context, opened.id, Sealed(*reach));
  });
  if (event) return shown_again(site, request, opened);
  errors.add("reach", say.say(event.error()));
  return mine_page(site, request, opened, errors, http::status_of(event.error().code));
}

http::Response stop_calls(const Site& site, const http::Request& request, const Opened& opened) {
  const auto context = site.speaker();
  const auto event = site.installation.database.write([&](Transaction& transaction) {
    return rights::stop_calls(transaction, context, opened.id);
  });
  // Asked for twice, or erased meanwhile: it is as they wanted it.
  if (event || event.error().key == "rights.no_calls_wished" ||
      event.error().code == FaultCode::gone) {
    return shown_again(site, request, opened);
  }
  return site.refuse(request, event.error());
}

http::Response publication(const Site& site, const http::Request& request, const Opened& opened) {
  const std::string_view answer = request.form("say");
  if (answer != "yes" && answer != "no") return mine(site, request, opened);
  const auto context = site.speaker();
  const auto event = site.installation.database.write([&](Transaction& transaction) {
    return answer == "yes"
               ? rights::allow_publication(transaction, context, opened.id, current_notice)
               : rights::refuse_publication(transaction, context, opened.id);
  });
  // Said twice, or erased meanwhile: it is as they wanted it.
  if (event || event.error().key == "rights.publication_as_before" ||
      event.error().code == FaultCode::gone) {
    return shown_again(site, request, opened);
  }
  return site.refuse(request, event.error());
}

http::Response erase_page(const Site& site, const http::Request& request, const Opened& opened) {
  const auto& say = site.surface.sentences(request);
  return site.installation.database.read([&](Reading& reading) -> http::Response {
    const auto own = stored(site, reading, opened);
    if (!own) return site.refuse(request, own.error());
    templates::Values values;
    set_case(site, opened, values);
    const Outcome may = rights::may_erase(own->view.file);
    if (may) {
      values.add("MAY").set("DAYS",
                            say.say("residents.erase.days",
                                    {{"days", std::to_string(cases::days_until_unrecoverable)}}));
    } else {
      values.add("REFUSED").set("SENTENCE", say.say(may.error()));
    }
    return site.surface.page(
        request, "erase", values,
        {say.say("residents.erase.title"), 200, Keep::nothing, quietness(opened)});
  });
}

http::Response erase(const Site& site, const http::Request& request, const Opened& opened) {
  // A quiet page asks for the page itself by POST; whoever meant it has ticked the box.
  if (request.part("show") != nullptr || request.form("sure") != "yes") {
    return erase_page(site, request, opened);
  }
  const auto context = site.speaker();
  const auto event = site.installation.database.write(
      [&](Transaction& transaction) { return rights::erase(transaction, context, opened.id); });
  if (!event && event.error().code != FaultCode::gone) return erase_page(site, request, opened);
  if (opened.by_hidden_field) return show_progress(site, request, opened, "");
  return http::see_other(case_address(opened.pass.number));
}

http::Response looks(const Site& site, const http::Request& request, const Opened& opened) {
  const auto& say = site.surface.sentences(request);
  const auto context = site.speaker();
  return site.installation.database.read([&](Reading& reading) -> http::Response {
    const auto own = stored(site, reading, opened);
    if (!own) return site.refuse(request, own.error());
    const Teller teller{reading,
                        site.installation.county,
                        say,
                        context.now,
                        to_date(context.now, site.installation.county.rules.zone),
                        site.surface.county().phone};
    templates::Values values;
    set_case(site, opened, values);
    teller.show_openings(own->view, values);
    teller.show_name_requests(own->view, values);
    return site.surface.page(
        request, "looks", values,
        {say.say("residents.looks.title"), 200, Keep::nothing, quietness(opened)});
  });
}

}  // namespace

http::Response show_mine(const Site& site, const http::Request& request) {
  return with_own_case(site, request, mine);
}
http::Response download_copy(const Site& site, const http::Request& request) {
  return with_own_case(site, request, copy);
}
http::Response take_contact_correction(const Site& site, const http::Request& request) {
  return with_own_case(site, request, correct_contact);
}
http::Response take_no_calls(const Site& site, const http::Request& request) {
  return with_own_case(site, request, stop_calls);
}
http::Response take_publication(const Site& site, const http::Request& request) {
  return with_own_case(site, request, publication);
}
http::Response show_erase(const Site& site, const http::Request& request) {
  return with_own_case(site, request, erase_page);
}
http::Response take_erase(const Site& site, const http::Request& request) {
  return with_own_case(site, request, erase);
}
http::Response show_looks(const Site& site, const http::Request& request) {
  return with_own_case(site, request, looks);
}

}  // namespace minhu::pages
