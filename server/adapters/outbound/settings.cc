#include "adapters/outbound/settings.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>

#include "adapters/outbound/mail.h"
#include "adapters/outbound/message_json.h"
#include "adapters/outbound/router.h"
#include "adapters/outbound/spool.h"
#include "adapters/outbound/webhook.h"
#include "kernel/toml.h"

namespace minhu::outbound {

namespace {

tl::unexpected<Fault> bad(std::string reason) {
  return fail(FaultCode::invalid_input, "outbound.bad_settings", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

constexpr std::array ways{OutboundWay::sms, OutboundWay::mail, OutboundWay::voice,
                          OutboundWay::paper};

Outcome only_known(const toml::table& table, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      return bad("\"" + std::string(key.str()) + "\" is not known here");
    }
  }
  return {};
}

Result<std::string> text(const toml::table& table, std::string_view key, bool required = true) {
  const auto* node = table.get(key);
  if (node == nullptr && !required) return std::string();
  const auto value = node == nullptr ? std::nullopt : node->value<std::string>();
  if (!value || value->empty()) return bad("\"" + std::string(key) + "\" is missing or no text");
  return *value;
}

Result<Sealed<std::string>> secret(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return bad(file + " cannot be read");
  std::string value{std::istreambuf_iterator<char>(in), {}};
  while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
  if (value.empty()) return bad(file + " is empty");
  return Sealed<std::string>(std::move(value));
}

Result<std::vector<Network>> networks(const toml::table& table) {
  std::vector<Network> all;
  const auto* node = table.get("networks");
  if (node == nullptr) return all;
  const auto* array = node->as_array();
  if (array == nullptr || array->empty()) return bad("\"networks\" is a list of networks");
  for (const auto& element : *array) {
    MINHU_TRY(const Network network, parse_network(element.value_or(std::string())));
    all.push_back(network);
  }
  return all;
}

Result<std::shared_ptr<Outbound>> webhook(const toml::table& table, const Clock& clock) {
  MINHU_CHECK_OK(only_known(table, {"by", "url", "key_file", "networks", "authorities"}));
  WebhookSettings settings;
  MINHU_TRY(settings.url, text(table, "url"));
  MINHU_TRY(const std::string key_file, text(table, "key_file"));
  MINHU_TRY(settings.key, secret(key_file));
  MINHU_TRY(settings.networks, networks(table));
  MINHU_TRY(settings.authorities, text(table, "authorities", false));
  MINHU_TRY(Webhook made, Webhook::make(std::move(settings), clock));
  return std::make_shared<Webhook>(std::move(made));
}

Result<MailSecurity> security(const toml::table& table) {
  const auto named = table["security"].value_or(std::string("starttls"));
  if (named == "starttls") return MailSecurity::starttls;
  if (named == "tls") return MailSecurity::tls;
  if (named == "none") return MailSecurity::none;
  return bad("\"security\" is starttls, tls or none");
}

Result<std::shared_ptr<Outbound>> mail(const toml::table& table, const Clock& clock) {
  MINHU_CHECK_OK(only_known(table, {"by", "server", "port", "security", "from", "user",
                                    "password_file", "networks", "authorities"}));
  MailSettings settings;
  MINHU_TRY(settings.server, text(table, "server"));
  MINHU_TRY(settings.security, security(table));
  MINHU_TRY(settings.from, text(table, "from"));
  MINHU_TRY(settings.user, text(table, "user", false));
  const auto port = table["port"].value_or(std::int64_t{settings.port});
  if (port < 1 || port > std::numeric_limits<std::uint16_t>::max()) return bad("\"port\" is none");
  settings.port = static_cast<std::uint16_t>(port);
  if (!settings.user.empty()) {
    MINHU_TRY(const std::string password_file, text(table, "password_file"));
    MINHU_TRY(settings.password, secret(password_file));
  }
  MINHU_TRY(settings.networks, networks(table));
  MINHU_TRY(settings.authorities, text(table, "authorities", false));
  MINHU_TRY(Mail made, Mail::make(std::move(settings), clock));
  return std::make_shared<Mail>(std::move(made));
}

Result<std::shared_ptr<Outbound>> adapter(OutboundWay way, const toml::table& table,
                                          const std::shared_ptr<Outbound>& spool,
                                          const Clock& clock) {
  MINHU_TRY(const std::string by, text(table, "by"));
  if (by == "webhook") return webhook(table, clock);
  if (by == "smtp" && way == OutboundWay::mail) return mail(table, clock);
  if (by == "spool") {
    MINHU_CHECK_OK(only_known(table, {"by"}));
    return spool;
  }
  return bad("\"by\" = \"" + by + "\" does not carry " + std::string(name(way)));
}

}  // namespace

Result<std::unique_ptr<Outbound>> from_settings(std::string_view toml, const Clock& clock) {
  toml::table table;
  try {
    table = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return bad("line " + std::to_string(error.source().begin.line) + ": " +
               std::string(error.description()));
  }
  MINHU_CHECK_OK(only_known(table, {"spool", "sms", "mail", "voice", "paper"}));
  MINHU_TRY(const std::string folder, text(table, "spool"));
  const auto spool = std::make_shared<Spool>(folder);
  std::map<OutboundWay, std::shared_ptr<Outbound>> adapters;
  for (const OutboundWay way : ways) {
    const auto* node = table.get(name(way));
    if (node == nullptr) continue;
    if (!node->is_table()) return bad("[" + std::string(name(way)) + "] is a table");
    MINHU_TRY(adapters[way], adapter(way, *node->as_table(), spool, clock));
  }
  return std::make_unique<Router>(std::move(adapters), spool);
}

}  // namespace minhu::outbound
