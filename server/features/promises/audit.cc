#include "features/promises/audit.h"

#include <algorithm>
#include <array>
#include <set>

#include "features/promises/inventory.h"
#include "features/promises/posts.h"
#include "features/promises/relay_store.h"
#include "features/promises/store.h"

namespace minhu::promises {

namespace {

constexpr std::array<std::string_view, 12> missing_names{
    "item_gone",  "item_altered",         "item_added",        "list_altered",
    "left_out",   "not_answered",         "signature_altered", "not_taken_over",
    "relay_gone", "holder_without_relay", "unreadable",        "not_by_another"};
constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;

// What somebody changed by hand may no longer be readable at all: that is a finding, not the end of
// the audit.
template <class Load>
auto readable(Load load) -> decltype(load()) {
  try {
    return load();
  } catch (const StorageFailure&) {
    return std::nullopt;
  }
}

struct Auditor {
  Reading& reading;
  RegionId region;
  Instant now;
  Audited result;

  void report(Missing what, RelayId relay, std::int64_t item = 0, std::string subject = {}) {
    result.findings.push_back({what, relay, item, std::move(subject)});
  }

  void list(const Relay& relay, const std::vector<RelayItem>& items) {
    if (digest_of_list(relay.digests) != relay.list_digest) {
      report(Missing::list_altered, relay.id);
    }
    for (std::size_t i = 0; i < relay.digests.size(); ++i) {
      const auto number = static_cast<std::int64_t>(i) + 1;
      const auto found = std::find_if(items.begin(), items.end(),
                                      [&](const RelayItem& one) { return one.item == number; });
      if (found == items.end()) {
        report(Missing::item_gone, relay.id, number);
      } else if (digest_of(*found) != relay.digests[i]) {
        report(Missing::item_altered, relay.id, number, format_uuid(found->subject));
      }
    }
    for (const RelayItem& item : items) {
      if (item.item < 1 || item.item > static_cast<std::int64_t>(relay.digests.size())) {
        report(Missing::item_added, relay.id, item.item, format_uuid(item.subject));
      }
    }
  }

  // Owed both just before and at the moment of freezing: what else was recorded in that same
  // millisecond may lie on either side of it.
  void left_out(const Relay& relay, const std::vector<RelayItem>& items) {
    std::set<std::pair<ItemKind, Uuid>> listed;
    for (const RelayItem& item : items) listed.emplace(item.kind, item.subject);
    std::set<std::pair<ItemKind, Uuid>> at;
    for (const RelayItem& item :
         inventory_of(reading, region, relay.post, relay.post_title, {relay.frozen_at, true})) {
      at.emplace(item.kind, item.subject);
    }
    for (const RelayItem& item :
         inventory_of(reading, region, relay.post, relay.post_title, {relay.frozen_at, false})) {
      const std::pair<ItemKind, Uuid> key{item.kind, item.subject};
      if (at.count(key) != 0 && listed.count(key) == 0) {
        report(Missing::left_out, relay.id, 0, format_uuid(item.subject));
      }
    }
  }

  void answers(const Relay& relay) {
    const bool late = now.unix_ms - relay.frozen_at.unix_ms > days_to_answer * day_ms;
    if (relay.called_off || (relay.state == RelayState::frozen && !late)) return;
    for (std::size_t i = 0; i < relay.digests.size(); ++i) {
      const auto number = static_cast<std::int64_t>(i) + 1;
      if (relay.answer_to(number) == nullptr) report(Missing::not_answered, relay.id, number);
    }
  }

  void in_absence(const Relay& relay, const Signature& signature) {
    result.in_absence.push_back(
        {relay.id, signature.side, signature.in_absence->office, signature.at});
    const bool by_another = signature.account != relay.outgoing &&
                            signature.account != relay.incoming &&
                            (signature.account != relay.frozen_by || signature.account.empty());
    if (!by_another) report(Missing::not_by_another, relay.id);
  }

  void signatures(const Relay& relay, const std::vector<RelayItem>& items) {
    const std::string now_says = relay.digest_to_sign();
    for (const Signature& signature : relay.signatures) {
      if (signature.digest != now_says) report(Missing::signature_altered, relay.id);
      if (signature.in_absence) in_absence(relay, signature);
    }
    if (relay.state != RelayState::complete) return;
    for (const RelayItem& item : items) {
      if (item.kind != ItemKind::promise) continue;
      const auto promise =
          readable([&] { return load_promise(reading, region, PromiseId(item.subject)); });
      const bool knows = promise && std::find(promise->relays.begin(), promise->relays.end(),
                                              relay.id) != promise->relays.end();
      if (!promise || (promise->open() && !knows)) {
        report(Missing::not_taken_over, relay.id, item.item, format_uuid(item.subject));
      }
    }
  }

  void from_outside(const std::set<RelayId>& complete) {
    for (const PromiseId id : every_promise(reading, region)) {
      const auto promise = readable([&] { return load_promise(reading, region, id); });
      if (!promise) {
        report(Missing::unreadable, RelayId(), 0, id.text());
        continue;
      }
      for (const RelayId relay : promise->relays) {
        if (complete.count(relay) == 0) report(Missing::relay_gone, relay, 0, id.text());
      }
    }
    for (const Holding& holding : all_holdings(reading, region)) {
      if (holding.relay.empty() && holding.seq > 0) {
        report(Missing::holder_without_relay, RelayId(), 0, holding.post.text());
      } else if (!holding.relay.empty() && complete.count(holding.relay) == 0) {
        report(Missing::relay_gone, holding.relay, 0, holding.post.text());
      }
    }
  }
};

}  // namespace

std::string_view name(Missing missing) noexcept {
  return missing_names[static_cast<std::size_t>(missing)];
}

Fault as_fault(const Finding& finding) {
  constexpr std::array<const char*, 12> keys{
      "promises.audit_item_gone",         "promises.audit_item_altered",
      "promises.audit_item_added",        "promises.audit_list_altered",
      "promises.audit_left_out",          "promises.audit_not_answered",
      "promises.audit_signature_altered", "promises.audit_not_taken_over",
      "promises.audit_relay_gone",        "promises.audit_holder_without_relay",
      "promises.audit_unreadable",        "promises.audit_not_by_another"};
  return Fault(FaultCode::conflict, keys[static_cast<std::size_t>(finding.what)], std::string(),
               {{"relay", finding.relay.empty() ? "-" : finding.relay.text()},
                {"item", std::to_string(finding.item)},
                {"subject", finding.subject.empty() ? "-" : finding.subject}});
}

PromisesAudited audit_promises(Reading& reading, RegionId region) {
  PromisesAudited audited;
  const auto find = [&](const char* key, PromiseId id) {
    audited.findings.emplace_back(FaultCode::conflict, key, std::string(),
                                  std::map<std::string, std::string>{{"promise", id.text()}});
  };
  for (const PromiseId id : every_promise(reading, region)) {
    ++audited.promises;
    const auto promise = readable([&] { return load_promise(reading, region, id); });
    if (!promise) {
      find("promises.audit_promise_unreadable", id);
      continue;
    }
    if (!find_post(reading, region, promise->post)) find("promises.audit_promise_no_owner", id);
    if (!parse_date(promise->due)) find("promises.audit_promise_no_date", id);
  }
  return audited;
}

Audited audit_relays(Reading& reading, RegionId region, Instant now) {
  Auditor auditor{reading, region, now, {}};
  std::set<RelayId> complete;
  for (const RelayId id : every_relay(reading, region)) {
    const auto relay = readable([&] { return load_relay(reading, region, id); });
    ++auditor.result.relays;
    if (!relay) {
      const bool any = !load_relay_events(reading, region, id).empty();
      auditor.report(any ? Missing::unreadable : Missing::relay_gone, id);
      continue;
    }
    const auto items = load_items(reading, region, id);
    auditor.result.items += static_cast<std::int64_t>(relay->digests.size());
    auditor.list(*relay, items);
    auditor.left_out(*relay, items);
    auditor.answers(*relay);
    auditor.signatures(*relay, items);
    if (relay->state == RelayState::complete) complete.insert(id);
  }
  auditor.from_outside(complete);
  return auditor.result;
}

}  // namespace minhu::promises
